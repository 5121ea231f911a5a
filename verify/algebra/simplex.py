"""Linear programming in exact rational arithmetic, with proofs of the answer.

The simplex method on the dual standard form, with Bland's rule, which cannot cycle (R. G. Bland,
New finite pivoting rules for the simplex method, Math. Oper. Res. 2, 1977).  The tableau holds
integers over one common denominator, the last pivot, by which every update divides exactly
(J. Edmonds; E. H. Bareiss, Math. Comp. 22, 1968): no gcd is taken on the way.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import attrs

from verify.algebra.linear import Vector


@attrs.frozen
class Optimum:
    """The largest objective . x under rows . x <= limits, where it is finite.

    `point` attains `value`.  The `multipliers`, one >= 0 for each row, prove that nothing exceeds
    it: sum_i multipliers_i rows_i = objective and multipliers . limits = value (duality).
    """

    value: Fraction
    point: tuple[Fraction, ...]
    multipliers: tuple[Fraction, ...]


@attrs.frozen
class Unbounded:
    """A `direction` with rows . direction <= 0 and objective . direction > 0 (Farkas' lemma)."""

    direction: tuple[Fraction, ...]


def maximise(
    objective: Vector, rows: Sequence[Vector], limits: Vector | None = None
) -> Optimum | Unbounded:
    """The largest objective . x over all x, of either sign, with rows . x <= limits.

    Left out limits are zeros.  Some x must satisfy the rows, as x = 0 does where limits >= 0; else
    `ValueError` is raised.
    """
    cost = [Fraction(0)] * len(rows) if limits is None else limits
    tableau = _Tableau(rows, objective, cost)
    tableau.minimise(tableau.artificial_cost)
    if tableau.cells[tableau.artificial_cost][-1] != 0:
        return Unbounded(tableau.prices(tableau.artificial_cost))
    tableau.expel_artificials()
    tableau.minimise(tableau.cost)
    return Optimum(tableau.value(), tableau.prices(tableau.cost), tableau.solution())


class _Tableau:
    """min cost . y over y >= 0 with sum_i y_i rows_i = objective: the dual, in standard form.

    Line k of `cells` is equation k: one column for each y_i, one artificial column for each
    equation, and the right-hand side >= 0.  Two more lines hold the reduced costs.  All entries are
    over the common denominator `common` > 0.
    """

    def __init__(self, rows: Sequence[Vector], objective: Vector, cost: Vector) -> None:
        self.columns, self.equations = len(rows), len(objective)
        self.common = 1
        self.basis = [self.columns + k for k in range(self.equations)]
        self.cells: list[list[int]] = []
        self.scales: list[int] = []
        for k, target in enumerate(objective):
            line = [row[k] for row in rows] + [target]
            scale = lcm(*(entry.denominator for entry in line)) * (-1 if target < 0 else 1)
            whole = [int(entry * scale) for entry in line]
            unit = [int(j == k) for j in range(self.equations)]
            self.cells.append(whole[:-1] + unit + whole[-1:])
            self.scales.append(scale)
        self.cost, self.artificial_cost = self.equations, self.equations + 1
        self.cost_scale = lcm(*(entry.denominator for entry in cost))
        zeros = [0] * self.equations
        self.cells.append([int(entry * self.cost_scale) for entry in cost] + zeros + [0])
        sums = [-sum(line[j] for line in self.cells[:-1]) for j in range(self.columns)]
        self.cells.append(sums + zeros + [-sum(line[-1] for line in self.cells[:-1])])

    def minimise(self, cost: int) -> None:
        """Pivot by Bland's rule until no reduced cost on line `cost` is negative."""
        while True:
            reduced = self.cells[cost]
            entering = next((j for j in range(self.columns) if reduced[j] < 0), None)
            if entering is None:
                return
            leaving = None
            for k in range(self.equations):
                entry, right = self.cells[k][entering], self.cells[k][-1]
                if entry <= 0:
                    continue
                order = (Fraction(right, entry), self.basis[k])
                if leaving is None or order < leaving[0]:
                    leaving = (order, k)
            if leaving is None:
                raise ValueError("no point satisfies the rows")
            self.pivot(leaving[1], entering)

    def pivot(self, line: int, column: int) -> None:
        """Make `column` basic in `line`, where its entry is positive."""
        source, common = self.cells[line], self.common
        pivot = source[column]
        for k, target in enumerate(self.cells):
            if k == line:
                continue
            factor = target[column]
            if factor:
                self.cells[k] = [
                    (entry * pivot - factor * above) // common
                    for entry, above in zip(target, source, strict=True)
                ]
            elif pivot != common:
                self.cells[k] = [entry * pivot // common for entry in target]
        self.basis[line], self.common = column, pivot

    def expel_artificials(self) -> None:
        """Replace the artificial columns left in the basis, all at zero, where others can stand."""
        for k in range(self.equations):
            if self.basis[k] < self.columns:
                continue
            column = next((j for j in range(self.columns) if self.cells[k][j]), None)
            if column is not None:
                if self.cells[k][column] < 0:
                    self.cells[k] = [-entry for entry in self.cells[k]]
                self.pivot(k, column)

    def value(self) -> Fraction:
        return Fraction(-self.cells[self.cost][-1], self.common * self.cost_scale)

    def solution(self) -> tuple[Fraction, ...]:
        """The y of the current basis."""
        found = [Fraction(0)] * self.columns
        for k, column in enumerate(self.basis):
            if column < self.columns:
                found[column] = Fraction(self.cells[k][-1], self.common)
        return tuple(found)

    def prices(self, cost: int) -> tuple[Fraction, ...]:
        """The x dual to the current basis, read off the artificial columns of line `cost`."""
        reduced = self.cells[cost][self.columns : -1]
        if cost == self.artificial_cost:
            return tuple(
                scale * (1 - Fraction(entry, self.common))
                for entry, scale in zip(reduced, self.scales, strict=True)
            )
        return tuple(
            scale * Fraction(-entry, self.common * self.cost_scale)
            for entry, scale in zip(reduced, self.scales, strict=True)
        )
