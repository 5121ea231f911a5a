"""Regression by averages over congruent cubes: the error given the counts, and its expectation.

(X_i, Y_i), i <= n, with X uniform on [0,1]^d and Y = f(X) + noise of variance 1.  The estimate
averages Y over each cube of a partition and is 0 on a cube without data.
"""

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def conditional_error(
    rng: np.random.Generator,
    size: int,
    n: int,
    cubes: int,
    spread: float | Array,
    square: float | Array,
) -> Array:
    """Root of E[||f_n - f||^2 | how many of the n points fell into each cube], shape (size,).

    `spread` is the variance of f within a cube and `square` its mean square there, or on [0,1]^d:
    numbers, or one for each cube.  A mean of N values errs by spread + (spread + 1) / N on average
    over the points and the noise; the expectation of the squares is that of the raw error, at a
    cost of `cubes` instead of n.
    """
    count = rng.multinomial(n, np.full(cubes, 1 / cubes), size)
    mean_of = spread + (spread + 1) / np.maximum(count, 1)
    risk: Array = np.where(count > 0, mean_of, square).mean(axis=1)
    return np.sqrt(risk)


def expected_risk(n: int, cubes: int, spread: float, square: float) -> float:
    """E ||f_n - f||^2, over the counts too, where `spread` and `square` are the same in all cubes.

    The count of a cube is binomial; its law is summed over twelve standard deviations on either
    side of its mean, from the ratios of neighbouring probabilities.  There are two cubes or more.
    """
    mean = n / cubes
    reach = 12 * math.sqrt(mean) + 12
    count = np.arange(max(0, math.floor(mean - reach)), min(n, math.ceil(mean + reach)) + 1.0)
    ratio = (n - count[:-1]) / (count[1:] * (cubes - 1))
    log_chance = np.cumsum(np.r_[0.0, np.log(ratio)])
    chance = np.exp(log_chance - log_chance.max())
    mean_of = spread + (spread + 1) / np.maximum(count, 1)
    risk = np.where(count > 0, mean_of, square)
    return float(chance @ risk / chance.sum())


def side(n: int, d: int, smoothness: int = 1) -> int:
    """Cubes along an edge, n^{1/(d+2s)} for smoothness s; n = m^{d+2s} needs no rounding."""
    return round(math.pow(n, 1 / (d + 2 * smoothness)))
