"""What a store holds: by measure, as rows of replicates, and what may go."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
import numpy as np

from verify.planning import BLOCK
from verify.sampling.store import Store

FIRST = {"measure": "string", "seed": "string", "source": "string", "replicate": "int64"}
LAST = {"column": "int64", "value": "float64"}
"""The columns of every row, and what is in them; those of the variables stand between."""


@attrs.frozen
class Chosen:
    """Blocks of one measure, of one seed, or of code other than `source`; of all, unless said."""

    measure: str | None = None
    seed: int | None = None
    not_source: str | None = None

    def where(self) -> tuple[str, tuple[str, ...]]:
        """The condition in SQL, and its parameters."""
        seed = None if self.seed is None else str(self.seed)
        asked = {"measure = ?": self.measure, "seed = ?": seed, "source != ?": self.not_source}
        said = {text: value for text, value in asked.items() if value is not None}
        return " AND ".join(said) or "1", tuple(said.values())


ALL = Chosen()


@attrs.frozen
class Holding:
    """What a store has of one measure under one seed by one source; `size` in bytes."""

    measure: str
    seed: str
    source: str
    cells: int
    blocks: int
    size: int


def holdings(store: Store, chosen: Chosen = ALL) -> list[Holding]:
    """What there is, by measure, seed and source."""
    where, values = chosen.where()
    counts = "count(DISTINCT variables), count(*), sum(length(replicates))"
    group = "GROUP BY measure, seed, source ORDER BY measure, seed, source"
    sql = f"SELECT measure, seed, source, {counts} FROM block WHERE {where} {group}"
    return [Holding(*row) for row in store.query(sql, values)]


def remove(store: Store, chosen: Iterable[Chosen]) -> None:
    """Delete blocks for good, and give their room back to the system."""
    for one in chosen:
        where, values = one.where()
        store.query(f"DELETE FROM block WHERE {where}", values)
    store.query("VACUUM")
    store.query("PRAGMA wal_checkpoint(TRUNCATE)")


def columns(store: Store, chosen: Chosen = ALL) -> dict[str, str]:
    """The columns of `rows`, and whether each has int64, float64 or string.

    A variable that is called as one of the others has an underscore after its name.
    """
    where, values = chosen.where()
    found: dict[str, list[Any]] = {}
    sql = f"SELECT DISTINCT measure, variables FROM block WHERE {where}"
    for measure, text in store.query(sql, values):
        for name, value in store.variables(text, measure).items():
            found.setdefault(_column(name), []).extend(_each(value))
    return {**FIRST, **{name: _kind(found[name]) for name in sorted(found)}, **LAST}


def rows(store: Store, chosen: Chosen = ALL) -> Iterator[dict[str, Any]]:
    """Every number that was measured, one a row, in the order of measure, cell and replicate.

    A run that is read at K places has K rows, with the replicate to tell which belong together; a
    reduction of variance numbers its columns from 0.
    """
    where, values = chosen.where()
    fields = "measure, seed, source, number, variables, replicates, checksum"
    order = "measure, seed, source, variables, number"
    found = store.stream(f"SELECT {fields} FROM block WHERE {where} ORDER BY {order}", values)
    for measure, seed, source, number, text, content, checksum in found:
        numbers = store.replicates(content, checksum, f"{measure} at {text}")
        known = store.variables(text, measure)
        variables = {_column(name): _each(value) for name, value in known.items()}
        own = {"measure": measure, "seed": seed, "source": source}
        for (replicate, place, column), value in np.ndenumerate(_shaped(numbers, variables)):
            at = {name: values[place % len(values)] for name, values in variables.items()}
            count = number * BLOCK + replicate
            yield {**own, "replicate": count, **at, "column": column, "value": float(value)}


def _each(value: Any) -> list[Any]:
    """The values of a variable at the places of a sweep, or its one value; drawn data as JSON."""
    if isinstance(value, list):
        return value
    return [json.dumps(value["instance"]) if isinstance(value, dict) else value]


def _kind(values: list[Any]) -> str:
    found = set(map(type, values))
    if found == {int} and all(abs(value) < 2**63 for value in values):
        return "int64"
    return "float64" if found <= {int, float} else "string"


def _shaped(numbers: Any, variables: Mapping[str, list[Any]]) -> Any:
    """The numbers of a block by replicate, place and column; an exact measure has one replicate."""
    places = max((len(values) for values in variables.values()), default=1)
    return numbers.reshape(1 if len(numbers) == places else BLOCK, places, -1)


def _column(name: str) -> str:
    return f"{name}_" if name in FIRST | LAST else name
