"""From a table to what was swept: the variable that moves, those that do not, the replicates."""

from fractions import Fraction

import attrs
import numpy as np
from numpy.typing import NDArray

from verify.algebra import Bound
from verify.inference.exponent import FEWEST_POINTS
from verify.judging.table import LARGEST, Array, Table, fault, too_large

WIDEST = 1e50
"""Beyond it, and below its inverse, powers of a variable overflow."""


@attrs.frozen(eq=False)
class Sweep:
    """The column `value` over a grid of one `variable`: K ascending places.

    `rows` are the rows of the table at each place, in their order, each of shape (R_k,); `fixed`
    are the other variables of the bound, and `bound` is the bound with them put in.
    """

    table: Table
    value: str
    variable: str
    grid: list[float]
    rows: list[NDArray[np.intp]]
    fixed: dict[str, Fraction]
    bound: Bound

    @property
    def replicates(self) -> list[Array]:
        """The replicates at each place, each of shape (R_k,)."""
        return [self.table.columns[self.value][part] for part in self.rows]

    @property
    def label(self) -> str:
        """Where the fixed variables stood, as a report names it."""
        return ", ".join(f"{name}={float(number):g}" for name, number in self.fixed.items())

    def where(self, place: int) -> str:
        """The words for the first row at a place of the grid."""
        return self.table.place(self.variable, int(self.rows[place][0]))


def sweep(table: Table, value: str, bound: Bound) -> Sweep:
    """The replicates of the column `value` over the one variable of the bound that moves.

    Raises InputError unless exactly one moves, over at least FEWEST_POINTS positive values with two
    replicates or more at each, and the others have values at which the bound is defined.
    """
    _refuse_numbers(table, value, bound)
    variable = _moving(table, bound)
    column = table.columns[variable]
    grid, counts = np.unique(column, return_counts=True)
    rows = np.split(np.argsort(column, kind="stable"), np.cumsum(counts)[:-1])
    fixed = {
        name: Fraction(f"{table.columns[name][0]:.12g}")  # a bound has constants of few digits
        for name in sorted(bound.symbols - {variable})
    }
    inner = bound.substitute(fixed)
    found = Sweep(table, value, variable, grid.tolist(), rows, fixed, inner)
    _refuse_grid(found)
    if variable not in inner.symbols:
        what, expected = f"the bound {inner} with {found.label}", f"a bound in {variable}"
        raise fault("constant-bound", found.where(0), what, expected)
    return found


def _moving(table: Table, bound: Bound) -> str:
    """The variable that moves; where none does, the first: it will have too few values."""
    changed = {
        name: column != column[0] for name, column in table.columns.items() if name in bound.symbols
    }
    moving = sorted(name for name, rows in changed.items() if rows.any())
    designs = [name for name in moving if name in bound.exponent_symbols]
    if not moving:
        return min(bound.base_symbols)
    if moving == designs or len(moving) > 1:
        name = (designs or moving)[-1]
        where = table.place(name, int(changed[name].argmax()))
        others = ", ".join(other for other in moving if other != name)
        found = f"another {name}, while {others} varies" if others else f"another {name}"
        expected = "one variable that varies, outside exponents"
        hint = f"judge one at a time: keep the rows with one value of {name}"
        raise fault("two-variables" if others else "moving-exponent", where, found, expected, hint)
    return moving[0]


def _refuse_numbers(table: Table, value: str, bound: Bound) -> None:
    for name in sorted(bound.base_symbols):
        if found := table.first(name, table.columns[name] <= 0):
            hint = "a bound is a function of positive variables"
            raise fault("nonpositive-variable", *found, "a positive number", hint)
        if found := table.first(name, abs(np.log(table.columns[name])) > np.log(WIDEST)):
            raise too_large(*found, f"numbers from {1 / WIDEST:g} to {WIDEST:g}")
    if found := table.first(value, np.abs(table.columns[value]) > LARGEST):
        raise too_large(*found)


def _refuse_grid(found: Sweep) -> None:
    """A sweep needs places to tell a power from its corrections, and replicates for the noise."""
    if len(found.grid) < FEWEST_POINTS:
        values = ", ".join(f"{x:g}" for x in found.grid)
        expected = f"at least {FEWEST_POINTS} distinct values"
        hint = "an exponent with its finite-size corrections needs about ten doublings"
        what = f"{found.variable} = {values} only"
        raise fault("few-points", found.where(0), what, expected, hint)
    for place, rows in enumerate(found.rows):
        if len(rows) < 2:
            what = f"one replicate at {found.variable} = {found.grid[place]:g}"
            hint = "the noise is estimated from the replicates; a verdict needs eight of them"
            raise fault("one-replicate", found.where(place), what, "at least two", hint)
