"""What the pictures show of the points of a sweep, each number at log10 of its place."""

import math
from collections.abc import Sequence
from itertools import pairwise

import attrs

from verify.claims.points import PointRow


@attrs.frozen
class Estimate:
    """A number at a place, with its interval."""

    x: float
    value: float
    low: float
    high: float


def drawable(points: Sequence[PointRow]) -> list[PointRow]:
    """The points that have logarithms, in the order of the limit; none if fewer than two places."""
    kept = [
        point
        for point in points
        if all(0 < number < math.inf for number in (point.x, *_data(point), *_fit(point)))
    ]
    return kept if len({point.x for point in kept}) > 1 else []


def data(points: Sequence[PointRow]) -> list[Estimate]:
    """The measured values, as log10."""
    return [Estimate(math.log10(p.x), *map(math.log10, _data(p))) for p in points]


def fit(points: Sequence[PointRow]) -> list[Estimate]:
    """The fitted curve with its band, as log10."""
    return [Estimate(math.log10(p.x), *map(math.log10, _fit(p))) for p in points]


def local_slopes(points: Sequence[PointRow]) -> list[Estimate]:
    """The slope of log value on log x between neighbours, half-way between the two.

    Intervals take the errors of different points as independent.
    """
    return [_slope(left, right) for left, right in pairwise(data(points)) if left.x != right.x]


def residuals(points: Sequence[PointRow]) -> list[Estimate]:
    """The measured values relative to the fitted curve, minus one, in per cent."""
    return [Estimate(math.log10(p.x), *_per_cent(_data(p), p.fit)) for p in points]


def band(points: Sequence[PointRow]) -> list[Estimate]:
    """The fitted curve with its band relative to the curve itself, minus one, in per cent."""
    return [Estimate(math.log10(p.x), *_per_cent(_fit(p), p.fit)) for p in points]


def _data(point: PointRow) -> tuple[float, float, float]:
    return point.value, point.low, point.high


def _fit(point: PointRow) -> tuple[float, float, float]:
    return point.fit, point.fit_low, point.fit_high


def _per_cent(values: Sequence[float], unit: float) -> list[float]:
    return [100 * (value / unit - 1) for value in values]


def _slope(left: Estimate, right: Estimate) -> Estimate:
    run = right.x - left.x
    slope = (right.value - left.value) / run
    half = math.hypot(right.high - right.low, left.high - left.low) / 2 / abs(run)
    return Estimate((left.x + right.x) / 2, slope, slope - half, slope + half)
