"""The value of a residual at an instance as a ball, refined until it is narrow enough."""

from collections.abc import Mapping, Sequence
from typing import Any

from verify.claims.exact.arithmetic import LARGEST
from verify.claims.exact.balls import FIRST, as_double, enclosures, refined
from verify.claims.exact.reading import Reading
from verify.spec.measure import Measure


def in_balls(
    residual: Measure, data: Mapping[str, Any], width: float, first: int = FIRST
) -> tuple[Reading, int]:
    """An enclosure of the residual and its bits: the first that excludes 0 or has radius <= width.

    Every number of an instance is handed over exactly, as an `arb`.  The precision doubles from
    `first` up to `LIMIT`; then it is undecided.
    Raises InputError where the residual raises, or returns other than balls.
    """
    return refined(lambda bits: _reading(enclosures(residual, data, bits), width), first)


def _reading(balls: Sequence[Any], width: float) -> Reading:
    """What the enclosures say: the one that excludes 0, else the widest."""
    for one in balls:
        if one.is_finite() and not one.contains(0):
            return Reading(as_double(one.abs_lower()), one.str(10), False)
    widest = max(balls, key=_radius)
    largest = max(as_double(one.abs_upper()) for one in balls)
    return Reading(largest, widest.str(10), True if _radius(widest) <= width else None)


def _radius(ball: Any) -> float:
    """The radius, of a complex ball the larger one of its parts."""
    if not ball.is_finite():
        return LARGEST
    return max(as_double(part.rad()) for part in (ball.real, ball.imag) if part is not None)
