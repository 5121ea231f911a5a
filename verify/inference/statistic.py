"""The functionals of a replicate's law that a rate can speak about, each with its own error.

Every statistic reduces replicates to the logarithm of its estimate and to the variance that this
logarithm would have with a single replicate, so that dividing by their number gives its variance.
"""

from typing import Protocol

import attrs
import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc


@attrs.frozen
class LogEstimate:
    """The log of an estimated statistic, and `variance`: replicates times its variance.

    `absent` says why there is no log, where that is not for want of a positive value.
    """

    value: float
    variance: float
    bias: float  # of the log, times replicates
    absent: str = ""


class Statistic(Protocol):
    """A positive functional of a law, estimated from independent replicates."""

    @property
    def label(self) -> str:
        """How a report names it."""
        ...

    def estimate(self, replicates: NDArray[np.float64]) -> LogEstimate:
        """The log of the statistic; -inf or nan where the statistic is not positive."""
        ...

    def influence(self, replicates: NDArray[np.float64]) -> NDArray[np.float64]:
        """What each replicate adds to the estimate, to first order, up to an affine map."""
        ...


@attrs.frozen
class Mean:
    """The expectation."""

    label = "mean"

    def estimate(self, replicates: NDArray[np.float64]) -> LogEstimate:
        """log of the average; by the delta method its bias is -cv^2/2 per replicate."""
        mean = replicates.mean()
        with np.errstate(divide="ignore", invalid="ignore"):
            squared_cv = _variance(replicates) / mean**2
            return LogEstimate(float(np.log(mean)), float(squared_cv), float(-squared_cv / 2))

    def influence(self, replicates: NDArray[np.float64]) -> NDArray[np.float64]:
        """The replicates themselves."""
        return replicates


@attrs.frozen
class RootMeanSquare:
    """The root of the second moment: the size of an error in L2."""

    label = "rms"

    def estimate(self, replicates: NDArray[np.float64]) -> LogEstimate:
        """Half the log of the mean square: the delta method on the squares."""
        square = Mean().estimate(replicates**2)
        return LogEstimate(square.value / 2, square.variance / 4, square.bias / 2)

    def influence(self, replicates: NDArray[np.float64]) -> NDArray[np.float64]:
        """The squares."""
        return np.square(replicates)


@attrs.frozen
class StandardDeviation:
    """The standard deviation."""

    label = "sd"

    def estimate(self, replicates: NDArray[np.float64]) -> LogEstimate:
        """The root mean square of the deviations, with the divisor R - 1 instead of R.

        The concavity of the log adds -(m4/m2^2 - 1)/4 a replicate as bias; R - 1 removes the other
        part of it, -1/2 from the estimated mean.  The variance is the jackknife's, in closed form:
        the delta method's m4 is far too small in small samples of a skewed law.
        """
        count = replicates.size
        squares = np.square(replicates - replicates.mean())
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = squares.sum() / np.float64(count - 1)
            bias = -((squares**2).mean() / squares.mean() ** 2 - 1) / 4
            without = squares.sum() - squares * (count / np.float64(count - 1))
            variance = (count - 1) * np.log(without).var() * count / 4
            return LogEstimate(float(np.log(mean) / 2), float(variance), float(bias))

    def influence(self, replicates: NDArray[np.float64]) -> NDArray[np.float64]:
        """The squared deviations."""
        return np.asarray(np.square(replicates - replicates.mean()))


@attrs.frozen
class Quantile:
    """The quantile at `level`, 0 < level < 1: for laws whose moments are infinite."""

    level: float = attrs.field(default=0.5)

    @level.validator
    def _inside(self, _: object, level: float) -> None:
        if not 0 < level < 1:
            raise ValueError(f"a quantile's level lies strictly between 0 and 1, found {level!r}")

    @property
    def label(self) -> str:
        """The median has a name of its own."""
        return "median" if self.level == 0.5 else f"{self.level:g}-quantile"

    def estimate(self, replicates: NDArray[np.float64]) -> LogEstimate:
        """Median-unbiased sample quantile; its error by Maritz and Jarrett (JASA 1978).

        Their estimate is the variance of an order statistic drawn from the sample: weights are
        increments of a beta distribution function.  Taken on the logs, where no delta method
        is needed, because a quantile commutes with a monotone map.
        """
        count = replicates.size
        with np.errstate(divide="ignore"):
            logs = np.log(np.sort(replicates))
        shape = (count + 1) * self.level, (count + 1) * (1 - self.level)
        weights = np.diff(betainc(*shape, np.arange(count + 1) / count))
        value = np.quantile(logs, self.level, method="median_unbiased")
        return LogEstimate(float(value), count * weighted_variance(weights, logs), 0.0)

    def influence(self, replicates: NDArray[np.float64]) -> NDArray[np.float64]:
        """Whether a replicate lies above the quantile."""
        quantile = np.quantile(replicates, self.level, method="median_unbiased")
        return (replicates > quantile).astype(float)


def weighted_variance(weights: NDArray[np.float64], logs: NDArray[np.float64]) -> float:
    """The variance of a law on `logs`, shape (n,), with `weights` that sum to 1."""
    used = weights > 1e-12  # the far order statistics may be log 0
    centre = weights[used] @ logs[used]
    return float(weights[used] @ (logs[used] - centre) ** 2)


def _variance(replicates: NDArray[np.float64]) -> np.floating:
    return replicates.var(ddof=1) if replicates.size > 1 else np.float64(0.0)
