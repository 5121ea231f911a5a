"""Columns of finite numbers, each with the words for where its numbers stand."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from verify.errors import Finding, InputError, nearest

Array = NDArray[np.float64]
Place = Callable[[str, int], str]
"""The words for a column and a row, counted from 0."""
LARGEST = 1e150
"""Beyond it the squares that a variance needs overflow."""


@attrs.frozen(eq=False)
class Table:
    """Columns by name, each of shape (N,), N >= 1, one row a replicate; all numbers are finite.

    `names` are those of runs, if there is a column of runs: it holds their places in `names`.
    """

    columns: Mapping[str, Array]
    place: Place
    names: Sequence[str] = ()

    def first(self, column: str, bad: NDArray[np.bool_]) -> tuple[str, str] | None:
        """Where the first `bad` row of a column stands, and the number there; None if none is."""
        if not bad.any():
            return None
        row = int(bad.argmax())
        return self.place(column, row), f"{self.columns[column][row]:.6g}"


def table(
    name: str, columns: Mapping[str, Array], place: Place, names: Sequence[str] = ()
) -> Table:
    """The table of `columns`, all of one length, from the source `name`.

    Raises InputError for a table without rows, and for a number that is not finite.
    """
    made = Table(columns, place, names)
    for column, numbers in columns.items():
        if not len(numbers):
            raise fault("no-rows", name, "no rows", "one row for each replicate")
        if found := made.first(column, np.isnan(numbers)):
            hint = "leave the row out only if what it lacks does not depend on its value"
            raise fault("nan", found[0], "not a number (NaN)", "a number", hint)
        if found := made.first(column, np.isinf(numbers)):
            raise fault("infinite", *found, "a finite number", "censored values bias a mean")
    return made


def unpivot(wide: Table, value: str, run: str | None = None) -> Table:
    """The long form of a wide table: its first column, and all the others as one column `value`.

    Their headings become the column `run`, if it is asked for.
    """
    first, *rest = wide.columns
    if not rest:
        where = wide.place(first, 0)
        raise fault(
            "not-wide", where, "one column", "the swept variable, then a column a replicate"
        )
    count = len(rest)
    rows = len(wide.columns[first])
    values = np.stack([wide.columns[name] for name in rest], axis=1).ravel()
    columns = {first: np.repeat(wide.columns[first], count), value: values}
    if run is not None:
        columns[run] = np.tile(np.arange(count, dtype=np.float64), rows)
    return Table(
        columns,
        lambda column, row: wide.place(
            first if column == first else rest[row % count], row // count
        ),
        rest,
    )


def columns_of(name: str, wanted: Iterable[str], known: Sequence[str]) -> list[int]:
    """The places of the columns `wanted` among the `known` ones of the source `name`.

    Raises InputError for one that is missing, or that is there more than once.
    """
    return [_column(name, column, known) for column in wanted]


def _column(name: str, column: str, known: Sequence[str]) -> int:
    if column not in known:
        found = f"no column {column!r}"
        raise fault("missing-column", name, found, "a column of the data", nearest(column, known))
    if known.count(column) > 1:
        twice = [str(k + 1) for k, other in enumerate(known) if other == column]
        found = f"the name {column!r} of columns {' and '.join(twice)}"
        raise fault("duplicate-column", name, found, "a different name for each", "rename one")
    return known.index(column)


def fault(code: str, where: str, found: str, expected: str, hint: str = "") -> InputError:
    """The error for data: where, what was found and expected, and what to do."""
    return InputError(str(Finding(code, where, found, expected, hint)))


def too_large(where: str, found: str, expected: str = f"numbers up to {LARGEST:g}") -> InputError:
    """The error for a number with which nothing can be computed."""
    return fault("too-large", where, found, expected, "a constant factor is free: change the unit")
