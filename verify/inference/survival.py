"""Quantiles of a time-to-event when some runs were stopped before it: right censoring.

A run that was stopped enters as minus the time at which it was stopped, so that one number tells
both; nothing is dropped, for the runs that are stopped are the long ones.
"""

import attrs
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc

from verify.errors import InputError
from verify.inference.statistic import LogEstimate, Quantile, weighted_variance

Array = NDArray[np.float64]

ROUNDING = 1e-12
"""Shares of the runs that are closer are equal."""


def censored(time: ArrayLike, observed: ArrayLike) -> Array:
    """The times at which runs ended as `KaplanMeier` reads them: negative unless `observed`.

    `time` and `observed` (booleans: the run ended with the event and was not stopped) have one
    shape, that of the result.  Raises InputError.
    """
    times, events = np.asarray(time, dtype=float), np.asarray(observed)
    if events.dtype != np.bool_ or events.shape != times.shape:
        raise InputError(
            f"found observed of type {events.dtype} and shape {events.shape}; expected booleans "
            f"of shape {times.shape}, one for each time, such as steps < budget"
        )
    bad = ~((times > 0) & np.isfinite(times))
    if bad.any():
        raise InputError(
            f"found the time {times[bad][0]:g}; expected positive finite times; count steps from "
            "1, and give a run that was stopped the time at which it was stopped"
        )
    return np.where(events, times, -times)


@attrs.frozen
class KaplanMeier(Quantile):
    """The quantile at `level` of a time-to-event, from replicates as `censored` returns them.

    What stops a run must not know what its time would have been; a fixed budget does not.
    """

    @property
    def label(self) -> str:
        """That of the time, not of the signed replicates."""
        return f"{Quantile(self.level).label} time to event"

    def estimate(self, replicates: Array) -> LogEstimate:
        """Quantile of the product-limit curve (JASA 1958); without censoring that of `Quantile`.

        Derived here.  The quantile lies below t when the curve at t is past the level, and near the
        quantile the curve has the mean F(t) and the variance F (1 - F)/n of a binomial share, with
        n the effective size.  So I_F(t)((n + 1) level, (n + 1) (1 - level)), an incomplete beta
        function, is the quantile's law, and its steps at the events are the weights of Maritz and
        Jarrett (JASA 1978).  The k-th of n times, with F = (k - 1/2)/n halfway up its step, has the
        plotting position (k - 1/3)/(n + 1/3), which is median-unbiased.
        """
        curve = ProductLimit.of(replicates)
        size = curve.size_at(self.level)
        position = (size * curve.halfway + 1 / 6) / (size + 1 / 3)
        if curve.unseen > 0 and not np.any(position >= self.level - ROUNDING):
            return LogEstimate(np.nan, np.nan, 0.0, self._absent(replicates, curve))
        value = float(np.interp(self.level, position, curve.log_time))
        law = betainc((size + 1) * self.level, (size + 1) * (1 - self.level), curve.share)
        return LogEstimate(value, replicates.size * _variance(curve.log_time, law, value), 0.0)

    def influence(self, replicates: Array) -> Array:
        """Whether a time exceeds the quantile: of a run stopped before it, the probability."""
        curve, quantile = ProductLimit.of(replicates), self.estimate(replicates).value
        log_time = _log_time(replicates)
        stopped = (replicates < 0) & (log_time < quantile)
        above = (log_time > quantile).astype(float)
        above[stopped] = curve.survival(quantile) / curve.survival(log_time[stopped])
        return above

    def _absent(self, replicates: Array, curve: "ProductLimit") -> str:
        return (
            f"too few runs reached the event for the level {self.level:g} "
            f"({np.sum(replicates >= 0)} of {replicates.size}, by the product-limit estimate a "
            f"share of {1 - curve.unseen:.3g}); raise the budget or take a lower quantile"
        )


@attrs.frozen(eq=False)
class ProductLimit:
    """The product-limit curve: `share` F after each of the events in order, shape (m,).

    `halfway` is F halfway up each step, and `greenwood` is (variance of F)/(1 - F), by Greenwood's
    formula, written so that it has its limit where F reaches 1.
    """

    log_time: Array
    share: Array
    halfway: Array
    greenwood: Array

    @classmethod
    def of(cls, replicates: Array) -> "ProductLimit":
        """Tied events one by one, which gives the same curve, and before runs stopped then."""
        log_time, stopped = _log_time(replicates), replicates < 0
        order = np.lexsort((stopped, log_time))
        event = ~stopped[order]
        at_risk = np.arange(replicates.size, 0, -1)[event]
        after = np.cumprod(1 - 1 / at_risk, dtype=np.float64)
        before = np.r_[1.0, after][:-1]
        more = at_risk[:-1]  # at least 2
        earlier = np.cumsum(np.r_[0.0, 1 / (more * (more - 1))])[: after.size]
        greenwood = after * earlier + before / at_risk**2
        return cls(log_time[order][event], 1 - after, 1 - (before + after) / 2, greenwood)

    @property
    def unseen(self) -> float:
        """The share of times past the last event."""
        return float(1 - self.share[-1]) if self.share.size else 1.0

    def size_at(self, level: float) -> float:
        """How many runs without censoring would tell F at the quantile as well: F (1 - F)/var."""
        if not self.share.size:
            return 0.0
        k = min(int(np.searchsorted(self.share, level - ROUNDING)), self.share.size - 1)
        return float(self.share[k] / self.greenwood[k])

    def survival(self, log_time: Array | float) -> Array:
        """The share of times above exp(`log_time`), of its shape."""
        events = np.searchsorted(self.log_time, log_time, side="right")
        return np.asarray(np.r_[1.0, 1 - self.share][events])


def _variance(log_time: Array, law: Array, value: float) -> float:
    """Of the distribution function `law` of the quantile at the events, both of shape (m,).

    What lies past the last event is the mirror image of as much at the other end, about `value`,
    for to first order the quantile is normal; to leave it out would understate the variance.
    """
    weights = np.diff(law, prepend=0.0)
    mirrored = np.diff(np.minimum(law, 1 - law[-1]), prepend=0.0)
    return weighted_variance(np.r_[weights, mirrored], np.r_[log_time, 2 * value - log_time])


def _log_time(replicates: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.abs(replicates)))
