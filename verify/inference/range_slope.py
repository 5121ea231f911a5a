"""The slope on the tested range: least squares through the log-log points, nothing extrapolated."""

import attrs
import numpy as np
from scipy.special import stdtrit

from verify.inference.points import Array, Points

LEVEL = 0.97
"""Confidence level of every printed interval."""


@attrs.frozen
class RangeSlope:
    """The projection slope of log y on log x over the grid, with its interval."""

    estimate: float
    low: float
    high: float


def projection(x: Array) -> Array:
    """Weights a with slope = a.y of the least-squares line through (x, y), both of shape (K,).

    Centred sums, which keep the digits that the normal equations lose.
    """
    centred = x - x.mean()
    return np.asarray(centred / (centred @ centred))


def range_slope(points: Points) -> RangeSlope:
    """Slope with a t interval from the replicates (Welch-Satterthwaite), of level LEVEL.

    It assumes nothing about the law beyond the grid: the spread comes from the replicates
    at each point, not from the misfit of the line.
    """
    weights = projection(np.log(points.x))
    slope = float(weights @ points.log_value)
    parts = weights**2 * points.variance
    variance = parts.sum()
    if variance == 0:
        return RangeSlope(slope, slope, slope)
    freedom = variance**2 / (parts**2).sum() * (points.replicates - 1)
    half = float(stdtrit(freedom, (1 + LEVEL) / 2) * np.sqrt(variance))
    return RangeSlope(slope, slope - half, slope + half)
