"""What was measured of a limit: a curve at every place of a sweep, and the target that it tends to.

A number is a curve of one place; a law is the curve of its distribution function.
"""

from collections.abc import Sequence

import attrs
import numpy as np
from scipy.special import betainc

from verify.errors import InputError
from verify.inference.points import SHRINKAGE, Array, smoothed
from verify.inference.statistic import Mean, Quantile, Statistic, weighted_variance


@attrs.frozen(eq=False)
class Level:
    """A statistic of one sample on its own scale, and the variance of its estimate."""

    value: float
    variance: float


@attrs.frozen(eq=False)
class Target:
    """The J values that a curve tends to, with the variances of their errors; 0 for exact ones.

    `replicates` is the number behind a value that is drawn.
    """

    value: Array
    variance: Array
    replicates: float = np.inf


@attrs.frozen(eq=False)
class Approach:
    """A curve of J values at K ascending places of a sweep.

    `value` and `variance`, of its error, have shape (K, J); `target` has J values.  `replicates` is
    the smallest number behind a value or a target; infinity says that all are exact.  `correlation`
    (J, J) is that of the errors along the curve, None where they are independent.
    """

    x: Array
    value: Array
    variance: Array
    target: Target
    replicates: float
    correlation: Array | None = None


def level_of(replicates: Array, statistic: Statistic) -> Level:
    """A statistic of replicates (R,) and its variance; the statistics themselves estimate a log."""
    count = len(replicates)
    if isinstance(statistic, Mean):
        spread = float(replicates.var(ddof=1)) if count > 1 else 0.0
        return Level(float(replicates.mean()), spread / count)
    if isinstance(statistic, Quantile):  # by Maritz and Jarrett (JASA 1978), as on the logs
        ordered, at = np.sort(replicates), np.arange(count + 1) / count
        shape = (count + 1) * statistic.level, (count + 1) * (1 - statistic.level)
        centre = np.quantile(ordered, statistic.level, method="median_unbiased")
        return Level(float(centre), weighted_variance(np.diff(betainc(*shape, at)), ordered))
    found = statistic.estimate(replicates)
    if found.value == -np.inf:
        return Level(0.0, 0.0)
    value = float(np.exp(found.value - found.bias / count))
    return Level(value, value**2 * found.variance / count)


def exact_approach(x: Sequence[float], value: Array, target: Target) -> Approach:
    """A curve (K, J) that was computed without sampling, at the places `x`."""
    order = np.argsort(x)
    place, values = np.asarray(x, dtype=float)[order], np.asarray(value, dtype=float)[order]
    return Approach(place, values, np.zeros_like(values), target, target.replicates)


def sampled_approach(
    x: Sequence[float],
    samples: Sequence[Array],
    statistic: Statistic,
    target: Target,
    *,
    together: bool,
) -> Approach:
    """A curve from replicates: `samples[k]` at `x[k]` has shape (R_k, J).

    `together`: a row is one replicate that saw the whole curve, so that its values move together;
    otherwise the columns are independent.  Raises InputError where a value is not finite.
    """
    order = np.argsort(x)
    place, ordered = np.asarray(x, dtype=float)[order], [samples[k] for k in order]
    levels = [[level_of(column, statistic) for column in one.T] for one in ordered]
    value = np.array([[one.value for one in row] for row in levels])
    variance = np.array([[one.variance for one in row] for row in levels])
    if not np.isfinite(value).all():
        raise InputError(f"the {statistic.label} at {place[~np.isfinite(value).all(1)][0]:g} is "
                         "not a finite number")  # fmt: skip
    count = np.array([len(one) for one in ordered], dtype=float)
    smooth = _each_smoothed(place, variance, count)
    correlation = _correlation(ordered, statistic) if together and value.shape[1] > 1 else None
    fewest = min(float(count.min()), target.replicates)
    return Approach(place, value, smooth, target, fewest, correlation)


def drawn_approach(
    x: Sequence[float], draws: Sequence[Array], places: Array, target: Target
) -> Approach:
    """The distribution functions at `places` (J,) of laws of which `draws[k]` (R_k,) are given.

    The errors of one distribution function are those of a Brownian bridge.  A share's variance
    counts half an event more on both sides, so that a place which no draw reached is not exact.
    """
    order = np.argsort(x)
    place, count = np.asarray(x, dtype=float)[order], np.array([len(draws[k]) for k in order])
    share = np.stack([distribution(draws[k], places) for k in order])
    likely = (share * count[:, None] + 0.5) / (count[:, None] + 1)
    variance = _each_smoothed(place, likely * (1 - likely) / count[:, None], count)
    pooled = likely.mean(axis=0)
    fewest = min(float(count.min()), target.replicates)
    return Approach(place, share, variance, target, fewest, bridge(pooled))


def distribution(draws: Array, places: Array) -> Array:
    """The share of draws at or below each of the places (J,)."""
    return np.asarray(np.searchsorted(np.sort(draws), places, side="right") / len(draws))


def bridge(level: Array) -> Array:
    """The correlation (J, J) of a Brownian bridge at ascending levels strictly inside (0, 1)."""
    odds = np.sqrt(level / (1 - level))
    below, above = np.minimum.outer(odds, odds), np.maximum.outer(odds, odds)
    return np.asarray(below / above)


def _each_smoothed(x: Array, variance: Array, count: Array) -> Array:
    """The variances of the curve's values, each smoothed along the sweep."""
    columns = [smoothed(np.log(x), column * count) / count for column in variance.T]
    return np.stack(columns, axis=1)


def _correlation(samples: Sequence[Array], statistic: Statistic) -> Array:
    """The correlation along the curve, averaged over the sweep, shrunk towards independence."""
    parts = []
    for one in samples:
        influence = np.stack([statistic.influence(np.ascontiguousarray(c)) for c in one.T])
        with np.errstate(divide="ignore", invalid="ignore"):
            parts.append(np.nan_to_num(np.corrcoef(influence)))
    found = np.asarray((1 - SHRINKAGE) * np.mean(parts, axis=0))
    np.fill_diagonal(found, 1.0)
    return found
