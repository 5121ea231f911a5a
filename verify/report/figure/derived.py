"""What the pictures show of the points of a sweep: slopes between neighbours, and residuals."""

import math
from collections.abc import Sequence
from itertools import pairwise

import attrs

from verify.claims.rate.outcome import PointRow


@attrs.frozen
class Estimate:
    """A number at a place, with its interval."""

    x: float
    value: float
    low: float
    high: float


def drawable(points: Sequence[PointRow]) -> list[PointRow]:
    """The points that have logarithms, in the order of x; others cannot be drawn."""
    kept = [
        point
        for point in points
        if all(0 < number < math.inf for number in (point.x, *_numbers(point)))
    ]
    return sorted(kept, key=lambda point: point.x)


def local_slopes(points: Sequence[PointRow]) -> list[Estimate]:
    """The slope of log value on log x between neighbours, at the geometric mean of the two places.

    Intervals take the errors of different points as independent.
    """
    return [_between(left, right) for left, right in pairwise(points) if left.x < right.x]


def residuals(points: Sequence[PointRow]) -> list[Estimate]:
    """The values relative to the fitted curve, minus one, with their intervals, in per cent."""
    return [
        Estimate(
            point.x,
            *(100 * (part / point.fit - 1) for part in (point.value, point.low, point.high)),
        )
        for point in points
    ]


def bands(points: Sequence[PointRow]) -> list[Estimate]:
    """The band of the fitted curve relative to the curve itself, in per cent."""
    return [
        Estimate(
            point.x, 0.0, *(100 * (edge / point.fit - 1) for edge in (point.fit_low, point.fit_high))
        )
        for point in points
    ]


def _numbers(point: PointRow) -> tuple[float, ...]:
    return point.value, point.low, point.high, point.fit, point.fit_low, point.fit_high


def _between(left: PointRow, right: PointRow) -> Estimate:
    run = math.log(right.x / left.x)
    slope = math.log(right.value / left.value) / run
    half = math.hypot(*(math.log(point.high / point.low) / 2 for point in (left, right))) / run
    return Estimate(math.sqrt(left.x * right.x), slope, slope - half, slope + half)
