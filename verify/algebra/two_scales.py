"""Refutations of dominance where powers tie: sequences x_i = exp(u_i s) s**w_i.

On the directions u where the powers tie, log x_i grows like s if u_i != 0 and is slower than any
power of s if not.  So once it is settled which u_i vanish, and the signs of the others, the second
scale asks for w with e . w + (log powers where u_i != 0) decided: again a linear program.
"""

from collections.abc import Sequence
from itertools import product

from verify.algebra.case import Case, objective
from verify.algebra.cones import relative_interior
from verify.algebra.linear import ONE, ZERO, Row, dot, largest, minus, scaled, unit, vector
from verify.algebra.simplex import Optimum, Unbounded, maximise

MOST_LOGS = 6


def refute_with_logs(case: Case) -> tuple[Row, Row] | None:
    """Rays (u, w) along which `case` fails by a power of s, or None if there are none.

    Exhaustive over the signs of u_i for the variables with logs; with more than `MOST_LOGS` of
    them nothing is tried.
    """
    if len(case.log_names) > MOST_LOGS:
        return None
    places = [case.names.index(name) for name in case.log_names]
    rows = case.rows(scored=False)
    signs = [_possible_signs(rows, place) for place in places]
    for pattern in product(*signs):
        if not any(pattern):
            continue
        fixed = [_sign_rows(len(rows[0]), p, sign) for p, sign in zip(places, pattern, strict=True)]
        ray = relative_interior(rows + [row for group in fixed for row in group])
        if all((ray[p] != 0) == (sign != 0) for p, sign in zip(places, pattern, strict=True)):
            weights = _second_scale(case, ray[:-1])
            if weights is not None:
                return scaled(ray[:-1], 1 / largest(ray[:-1])), weights
    return None


def _possible_signs(rows: Sequence[Row], place: int) -> list[int]:
    """The signs that x_place takes where rows . x <= 0, zero last."""
    place_row = unit(len(rows[0]), place)
    ends = {1: place_row, -1: minus(place_row)}
    return [sign for sign, end in ends.items() if isinstance(maximise(end, rows), Unbounded)] + [0]


def _sign_rows(size: int, place: int, sign: int) -> list[Row]:
    """Rows for x_place >= 0, <= 0 or = 0."""
    row = unit(size, place)
    return [minus(row)] * (sign >= 0) + [row] * (sign <= 0)


def _second_scale(case: Case, ray: Row) -> Row | None:
    """The w for which the monomials and conditions that tie along `ray` come out as wanted."""
    low = [(m, dot(vector(m.powers, case.names), ray)) for m in case.low]
    high = [(m, dot(vector(m.powers, case.names), ray)) for m in case.high]
    level = min(power for _, power in low)
    tied_low = tuple(m for m, power in low if power == level)
    tied_high = tuple(m for m, power in high if power == level)
    tight = tuple(row for row in case.conditions if dot(row, ray) == 0)
    tied = Case(tied_low, tied_high, case.names, tight)
    moving = [name for name, entry in zip(case.names, ray, strict=True) if entry]
    counts = [sum(vector(m.logs, moving), ZERO) for m in tied_low + tied_high]
    limits = counts[: len(tied_low)] + [-count for count in counts[len(tied_low) :]]
    rows = tied.rows()
    cap = objective(rows)
    found = maximise(cap, [*rows, cap], [*limits, *[ZERO] * len(tight), ONE])
    if isinstance(found, Optimum) and found.value > 0:
        return found.point[:-2]
    return None
