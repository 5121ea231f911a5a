"""Distances of two laws from a band of the difference of their distribution functions."""

import attrs
import numpy as np

from verify.inference.limit import Band
from verify.inference.points import Array
from verify.inference.simultaneous import POWER, Simultaneous, drawn_errors


@attrs.frozen
class Distance:
    """A distance with its interval, and how much of the interval is error that replicates shrink.

    `spread` is that part of the upper end, `reached` by how much an estimate exceeds the truth with
    probability 1 - POWER; `gap` is the part of the upper end that stays.
    """

    estimate: float
    low: float
    high: float
    spread: float
    reached: float
    gap: float = 0.0


def largest(band: Band, errors: Simultaneous) -> Distance:
    """The largest difference in size over the places of a curve."""
    above = np.maximum(band.high, -band.low)
    low, high = float(_nearest(band).max()), float(above.max())
    estimate = float(np.abs(band.estimate).max())
    return Distance(estimate, low, high, *_reach(band, errors))


def kolmogorov(band: Band, level: Array, errors: Simultaneous) -> Distance:
    """sup |F - G| over the line, from a band of F - G at J places where G has the values `level`.

    Between neighbours s < t both functions rise, so that F(x) - G(x) is at most F(t) - G(s), which
    is the difference at t and the rise of G, and at least the difference at s less that rise; left
    of the first place and right of the last one the missing neighbour has the difference 0.
    """
    steps = np.diff(np.concatenate([[0.0], level, [1.0]]))
    above = np.append(band.high, 0.0)
    below = np.append(0.0, -band.low)
    high = float((np.maximum(above, below) + steps).max())
    inner = largest(band, errors)
    return attrs.evolve(inner, high=max(high, inner.high), gap=max(0.0, high - inner.high))


def wasserstein(band: Band, places: Array, errors: Simultaneous, level: float) -> Distance:
    """The integral of |F - G| between the first and the last of J ascending places.

    |W(a) - W(b)| <= W(a - b): the error of the integral of |estimate| is at most the integral of
    the size of the error, whose quantile at `level` is taken from draws of the errors, each with
    the standard deviation that its side of the band says.
    """
    weight = trapezoid(places)
    draws = drawn_errors(np.eye(len(places))) if errors.draws is None else errors.draws
    sizes = np.abs(draws) @ (weight * band.half / errors.critical)
    spread, reached = np.quantile(sizes, [level, POWER])
    estimate = float(np.abs(band.estimate) @ weight)
    ends = max(0.0, estimate - float(spread)), estimate + float(spread)
    return Distance(estimate, *ends, float(spread), float(reached))


def trapezoid(places: Array) -> Array:
    """The weights (J,) with which values at ascending places (J,) make an integral."""
    steps = np.diff(places) / 2
    return np.asarray(np.append(steps, 0.0) + np.append(0.0, steps))


def massart(confidence: float, *counts: int) -> float:
    """The half-width of a distribution function's band; the sum of both for two samples.

    sqrt(log(2 / alpha) / (2 R)), with Massart's constant (Ann. Probab. 1990), valid for every R;
    each of several samples has its share of alpha.
    """
    alpha = (1 - confidence) / len(counts)
    return float(sum(np.sqrt(np.log(2 / alpha) / (2 * count)) for count in counts))


def _nearest(band: Band) -> Array:
    """The smallest size of a difference inside the band at each place (J,)."""
    return np.maximum(0.0, np.maximum(band.low, -band.high))


def _reach(band: Band, errors: Simultaneous) -> tuple[float, float]:
    half = float(band.half.max())
    return half, half * errors.reached / errors.critical
