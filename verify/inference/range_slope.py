"""The slope on the tested range: least squares through the log-log points, nothing extrapolated."""

import attrs
import numpy as np
from scipy.special import stdtrit

from verify.inference.points import Array, Points

LEVEL = 0.97
"""Confidence level of every printed interval, whenever the run was stopped."""


@attrs.frozen
class RangeSlope:
    """The projection slope of log y on log x over the grid, with its interval."""

    estimate: float
    low: float
    high: float


def projection(x: Array) -> Array:
    """Weights a with slope = a.y of the least-squares line through (x, y), both of shape (K,).

    Centred sums, which keep the digits that the normal equations lose; centred twice, because the
    mean is rounded, and weights that do not add up to 0 let the level of y in.
    """
    centred = x - x.mean()
    centred = centred - centred.mean()
    return np.asarray(centred / (centred @ centred))


def range_slope(points: Points, level: float = LEVEL) -> RangeSlope:
    """Slope with a t interval from the replicates (Welch-Satterthwaite), of `level`.

    It assumes nothing about the law beyond the grid: the spread comes from the replicates
    at each point, not from the misfit of the line.
    """
    weights = projection(np.log(points.x))
    slope = float(weights @ points.log_value)
    variance, freedom = _spread(points, weights)
    if variance == 0:
        return RangeSlope(slope, slope, slope)
    half = float(stdtrit(freedom, (1 + level) / 2) * np.sqrt(variance))
    return RangeSlope(slope, slope - half, slope + half)


def correlation_gain(points: Points) -> float:
    """The variance that the slope would have on independent points, over the one that it has.

    Infinity where the correlation leaves none, nan where there is none either way.
    """
    weights = projection(np.log(points.x))
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.sum(weights**2 * points.variance) / np.float64(_spread(points, weights)[0]))


def _spread(points: Points, weights: Array) -> tuple[float, float]:
    """Variance of the weighted sum of the log values, and its degrees of freedom."""
    parts = weights**2 * points.variance
    if points.correlation is not None:  # every run has a slope of its own
        signed = weights * np.sqrt(points.variance)
        shared = float(signed @ points.correlation @ signed)  # below 0 by rounding alone
        return max(shared, 0.0), points.replicates - 1
    variance = float(parts.sum())
    if variance == 0:
        return 0.0, np.inf
    return variance, float(variance**2 / (parts**2).sum() * (points.replicates - 1))
