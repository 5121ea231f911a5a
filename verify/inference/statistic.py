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
    """The log of an estimated statistic, and `variance`: replicates times its variance."""

    value: float
    variance: float
    bias: float  # of the log, times replicates


class Statistic(Protocol):
    """A positive functional of a law, estimated from independent replicates."""

    @property
    def label(self) -> str:
        """How a report names it."""
        ...

    def estimate(self, replicates: NDArray[np.float64]) -> LogEstimate:
        """The log of the statistic; -inf or nan where the statistic is not positive."""
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


@attrs.frozen
class RootMeanSquare:
    """The root of the second moment: the size of an error in L2."""

    label = "rms"

    def estimate(self, replicates: NDArray[np.float64]) -> LogEstimate:
        """Half the log of the mean square: the delta method on the squares."""
        square = Mean().estimate(replicates**2)
        return LogEstimate(square.value / 2, square.variance / 4, square.bias / 2)


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
        used = weights > 1e-12  # the far order statistics may be log 0
        centre = weights[used] @ logs[used]
        variance = count * float(weights[used] @ (logs[used] - centre) ** 2)
        value = np.quantile(logs, self.level, method="median_unbiased")
        return LogEstimate(float(value), variance, 0.0)


def _variance(replicates: NDArray[np.float64]) -> np.floating:
    return replicates.var(ddof=1) if replicates.size > 1 else np.float64(0.0)
