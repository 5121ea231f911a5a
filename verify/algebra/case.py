"""One case of dominance: is the least of some monomials at most C times the greatest of others?

With y = log x every monomial is linear, and the case fails along powers exactly if a direction u
of the cone has e . u > t for each lower and e . u <= t for each upper exponent vector e: a linear
program, whose multipliers prove the case where there is no such direction.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import attrs

from verify.algebra.certificate import Farkas
from verify.algebra.linear import ONE, ZERO, Row, box, largest, minus, scaled, unit, vector
from verify.algebra.normal_form import Clause
from verify.algebra.simplex import Optimum, Unbounded, maximise


@attrs.frozen
class Case:
    """min(low) <= C max(high) over the variables `names`, with one row for each condition.

    The last conditions may be `halves`, (name, sign): x >= 1 for sign 1, x <= 1 for -1.
    """

    low: Clause
    high: Clause
    names: tuple[str, ...]
    conditions: tuple[Row, ...]
    halves: tuple[tuple[str, int], ...] = ()

    def within(self, halves: Iterable[tuple[str, int]]) -> "Case":
        """The part of this case in which some variables lie on one side of 1."""
        new = tuple(halves)
        rows = [vector({name: Fraction(-sign)}, self.names) for name, sign in new]
        conditions = (*self.conditions, *rows)
        return attrs.evolve(self, conditions=conditions, halves=(*self.halves, *new))

    @property
    def log_names(self) -> tuple[str, ...]:
        """The variables whose logs occur."""
        found = {name for monomial in self.low + self.high for name in monomial.logs}
        return tuple(name for name in self.names if name in found)

    def rows(self, log_names: Sequence[str] = (), scored: bool = True) -> list[Row]:
        """Rows of the linear program in (y, one l for each of `log_names`, t, score), row . x <= 0.

        score + t <= e . y + q . l for `low`; e . y + q . l <= t for `high`; the conditions on y.
        Without `scored` the last column is left out, and the score is 0.
        """
        last = 1 if scored else 0
        rows = []
        for monomial in self.low:
            entries = vector(monomial.powers, self.names) + vector(monomial.logs, log_names)
            rows.append((*minus(entries), ONE, *[ONE] * last))
        for monomial in self.high:
            entries = vector(monomial.powers, self.names) + vector(monomial.logs, log_names)
            rows.append((*entries, -ONE, *[ZERO] * last))
        rest = (ZERO,) * (len(log_names) + 1 + last)
        return rows + [condition + rest for condition in self.conditions]


def solve_powers(case: Case) -> Unbounded | Optimum:
    """Along powers alone: a direction (y, t, score) of failure, or multipliers that exclude one."""
    rows = case.rows()
    return maximise(objective(rows), rows)


def steepest(case: Case) -> Row:
    """The ray on which a failing case fails most, its largest entry 1."""
    rows = case.rows()
    walls = box(len(case.names), len(rows[0]))
    found = maximise(objective(rows), rows + walls, [ZERO] * len(rows) + [ONE] * len(walls))
    assert isinstance(found, Optimum)  # the box bounds it
    ray = found.point[: len(case.names)]
    return scaled(ray, 1 / largest(ray))


def objective(rows: Sequence[Row]) -> Row:
    """The score, the last entry of `rows`."""
    return unit(len(rows[0]), len(rows[0]) - 1)


def proof(case: Case, multipliers: Sequence[Fraction]) -> Farkas:
    """The proof that the multipliers of `case.rows()` make, scaled to weights with sum 1."""
    a, b = len(case.low), len(case.low) + len(case.high)
    weights = scaled(multipliers[: b + len(case.conditions)], 1 / sum(multipliers[:a], ZERO))
    return Farkas(
        low=case.low,
        high=case.high,
        low_weights=weights[:a],
        high_weights=weights[a:b],
        conditions=weights[b:],
        halves=case.halves,
    )
