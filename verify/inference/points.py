"""Replicates at each x to points of a log-log plot, with the covariance of their errors."""

from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from verify.errors import InputError
from verify.inference.statistic import FewReplicatesError, LogEstimate, Statistic

MODELLING_FLOOR = 1e-3
"""Relative error ascribed to the nuisance family itself: none is true to more digits than that."""

SHRINKAGE = 0.1
"""The weight of independence in an estimated correlation."""

Array = NDArray[np.float64]


@attrs.frozen(eq=False)
class Points:
    """The log of a statistic at K ascending places.

    `x`, `log_value` (second-order bias removed), `variance` (of the logs, as estimated at each
    place alone) and `smooth_variance` (the same, smoothed over x) have shape (K,).
    `replicates` is the smallest number behind a point, less the coefficients that were estimated
    beside it; infinity says that the data are exact.
    `correlation` (K, K) is None for independent points.
    """

    x: Array
    log_value: Array
    variance: Array
    smooth_variance: Array
    replicates: float
    correlation: Array | None = None

    @property
    def covariance(self) -> Array:
        """Of the log values, shape (K, K), with the modelling floor.

        It is made to be inverted: an estimated correlation is shrunk towards independence, for the
        smallest of K estimated eigenvalues is far too small, and inflated by (R-1)/(R-K), for the
        inverse is biased upwards.
        """
        independent = np.eye(len(self.x))
        floor = MODELLING_FLOOR**2 * independent
        if self.correlation is None:
            return np.diag(self.smooth_variance) + floor
        sd = np.sqrt(self.smooth_variance)
        shrunk = SHRINKAGE * independent + (1 - SHRINKAGE) * self.correlation
        inflation = (self.replicates - 1) / (self.replicates - len(self.x))
        return np.asarray(inflation * shrunk * np.outer(sd, sd) + floor)


def exact_points(x: Sequence[float], values: Sequence[float]) -> Points:
    """Points of a quantity that was computed without sampling."""
    place, value = np.asarray(x, dtype=float), np.asarray(values, dtype=float)
    order = np.argsort(place)
    zero = np.zeros(len(place))
    return Points(place[order], _logs(place, value)[order], zero, zero, np.inf)


def sampled_points(
    x: Sequence[float], samples: Sequence[Array], statistic: Statistic, *, together: bool = False
) -> Points:
    """Points estimated from the replicates `samples[k]`, shape (R_k,), at `x[k]`.

    `together`: replicate r is one run that was read at every x, or was drawn with the same random
    numbers at every x, so that the points move together; R must be larger than K.  Replicates that
    carry a reduction of variance have the shape (R_k, W) that their statistic reads.
    Raises InputError where the statistic is not positive: its log does not exist; and
    FewReplicatesError for fewer than a correlation, or coefficients, can be estimated from.
    """
    if together:
        _refuse_unmatched([len(one) for one in samples])
    order = np.argsort(x)
    place = np.asarray(x, dtype=float)[order]
    estimates = [statistic.estimate(np.asarray(samples[k], dtype=float)) for k in order]
    count = np.array([len(samples[k]) for k in order], dtype=float)
    free = min(len(samples[k]) - one.coefficients for k, one in zip(order, estimates, strict=True))
    _refuse_absent(place, estimates, statistic)
    value = np.array([estimate.value for estimate in estimates])
    _refuse_nonpositive(place, value)
    variance = np.array([estimate.variance for estimate in estimates])
    smooth = _smooth(np.log(place), variance)
    share = np.array([e.bias / e.variance if e.variance > 0 else 0.0 for e in estimates])
    bias = share * smooth / count
    correlation = _correlation([samples[k] for k in order], statistic, free) if together else None
    return Points(place, value - bias, variance / count, smooth / count, float(free), correlation)


def _correlation(samples: Sequence[Array], statistic: Statistic, free: int) -> Array:
    """The correlation of the estimates, (K, K), from that of the replicates' influence on them.

    `free` is the number of replicates less that of coefficients; what common random numbers give
    at every place is a run.
    """
    if free <= len(samples):
        spent = len(samples[0]) - free
        less = f", less {spent} for coefficients," if spent else ""
        raise FewReplicatesError(
            f"{len(samples[0])} runs{less} that were read at {len(samples)} places each; expected "
            "more runs than places, or the correlation of the points cannot be estimated"
        )
    influence = np.stack([statistic.influence(np.asarray(one, dtype=float)) for one in samples])
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.asarray(np.nan_to_num(np.corrcoef(influence)))
    np.fill_diagonal(found, 1.0)
    return found


def _smooth(log_x: Array, variance: Array) -> Array:
    """A power law through the variances: removes the correlation of an estimate with its error.

    Fitted on the logs, then scaled to the right mean (Duan's smearing, JASA 1983).
    """
    positive = variance > 0
    if positive.sum() < 3:
        return variance
    line = np.polynomial.Polynomial.fit(log_x[positive], np.log(variance[positive]), 1)
    fitted = np.exp(line(log_x))
    return np.asarray(fitted * np.mean(variance[positive] / fitted[positive]))


def _logs(x: Array, value: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(value)
    _refuse_nonpositive(x, logs)
    return np.asarray(logs)


def _refuse_unmatched(counts: Sequence[int]) -> None:
    if min(counts) < max(counts):
        raise InputError(
            f"from {min(counts)} to {max(counts)} replicates at a place; expected equally many "
            "at each, because replicate r at one place belongs to replicate r at the others"
        )


def _refuse_absent(x: Array, estimates: Sequence[LogEstimate], statistic: Statistic) -> None:
    for place, estimate in zip(x, estimates, strict=True):
        if estimate.absent:
            raise InputError(f"the {statistic.label} at {place:g} is unknown: {estimate.absent}")


def _refuse_nonpositive(x: Array, logs: Array) -> None:
    bad = ~np.isfinite(logs)
    if bad.any():
        raise InputError(
            f"the statistic at {x[bad][0]:g} is not a positive finite number; a rate compares "
            "logarithms, so every point must be positive: measure a distance, an error or a cost"
        )
