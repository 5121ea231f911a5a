"""Columns that a program holds: lists, arrays, a data frame; one entry in each row."""

from collections.abc import Iterable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from verify.judging.names import Names
from verify.judging.table import Array, Table, columns_of, fault, table, too_large
from verify.spec.declaration import shown


class Columns(Protocol):
    """What a dict and a data frame have in common."""

    def keys(self) -> Iterable[Any]:
        """The names of the columns."""
        ...

    def __getitem__(self, name: str, /) -> Any:
        """The column of that name."""
        ...


def from_columns(data: Columns, names: list[str], run: str | None = None) -> Table:
    """The columns `names` of `data` as a table of float64; the column `run` may hold text.

    Raises InputError for data without named columns, a column that is missing, of another length
    or shape, and for an entry that is not a finite number.
    """
    try:
        known = [str(name) for name in data.keys()]  # noqa: SIM118 - iterating is not promised
    except AttributeError:
        kind = type(data).__name__
        expected = 'columns by name, as {"n": [...], "y": [...]}'
        raise fault("not-columns", "data", f"a {kind}", expected) from None
    runs = Names()
    columns_of("data", [*names, *([] if run is None else [run])], known)
    columns = {name: _numbers(name, data[name]) for name in names}
    if run is not None:
        columns[run] = runs.numbers(_entries(run, data[run]), lambda row: _place(run, row))
    first = names[0]
    for name, column in columns.items():
        if len(column) != len(columns[first]):
            found = f"{len(column)} rows in {name!r}, {len(columns[first])} in {first!r}"
            raise fault("unequal-columns", "data", found, "one row a replicate in every column")
    return table("data", columns, _place, list(runs.known))


def _place(column: str, row: int) -> str:
    return f"data[{column!r}][{row}]"


def _column(name: str, given: Any) -> NDArray[Any]:
    where = f"data[{name!r}]"
    try:
        column = np.asarray(given)
    except ValueError:
        raise fault("not-a-column", where, "rows of different lengths", "one entry a row") from None
    if column.ndim != 1:
        found = f"an array of shape {column.shape}"
        raise fault("not-a-column", where, found, "shape (N,)", "one entry for each replicate")
    return column


def _entries(name: str, given: Any) -> list[Any]:
    """The entries as they are: an array of texts and nothing else would make a text of None."""
    return list(given) if isinstance(given, list | tuple) else _column(name, given).tolist()


def _numbers(name: str, given: Any) -> Array:
    column = _column(name, given)
    if column.dtype.kind in "biuf":
        return column.astype(np.float64)
    return np.array([_number(name, row, entry) for row, entry in enumerate(column.tolist())])


def _number(name: str, row: int, entry: Any) -> float:
    """An entry of a column of mixed type: Python's own numbers, also long ones, but no text."""
    try:
        if not isinstance(entry, str | bytes):
            return float(entry)
    except OverflowError:
        raise too_large(_place(name, row), "an integer beyond 1e308") from None
    except (TypeError, ValueError):
        pass
    raise fault("not-a-number", _place(name, row), shown(entry), "a number")
