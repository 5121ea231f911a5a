"""The functionals of a replicate's law that a rate can speak about, each with its own error.

Every statistic reduces replicates to the logarithm of its estimate and to the variance that this
logarithm would have with a single replicate, so that dividing by their number gives its variance.
"""

from typing import ClassVar, Protocol, Self

import attrs
import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from verify.errors import InputError


class FewReplicatesError(InputError):
    """Replicates too few for what has to be estimated from them."""


@attrs.frozen
class LogEstimate:
    """The log of an estimated statistic, and `variance`: replicates times its variance.

    `absent` says why there is no log, where that is not for want of a positive value.
    `coefficients` were estimated beside it, and each costs a degree of freedom.
    """

    value: float
    variance: float
    bias: float  # of the log, times replicates
    absent: str = ""
    coefficients: int = 0

    @classmethod
    def of_mean(cls, mean: float, variance: float, power: float, coefficients: int = 0) -> Self:
        """The log of a mean to a power; `variance` is replicates times that of the mean.

        By the delta method the log of the mean has the bias -cv^2/2 per replicate.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            squared_cv = np.float64(variance) / np.float64(mean) ** 2
            value = power * np.log(np.float64(mean))
        bias = -power * squared_cv / 2
        return cls(
            float(value), float(power**2 * squared_cv), float(bias), coefficients=coefficients
        )


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
    power: ClassVar[float] = 1

    def estimate(self, replicates: NDArray[np.float64]) -> LogEstimate:
        """log of the average."""
        return LogEstimate.of_mean(replicates.mean(), _variance(replicates), self.power)

    def influence(self, replicates: NDArray[np.float64]) -> NDArray[np.float64]:
        """The replicates themselves."""
        return replicates


@attrs.frozen
class RootMeanSquare:
    """The root of the second moment: the size of an error in L2."""

    label = "rms"
    power: ClassVar[float] = 1 / 2

    def estimate(self, replicates: NDArray[np.float64]) -> LogEstimate:
        """Half the log of the mean square: the delta method on the squares."""
        squares = replicates**2
        return LogEstimate.of_mean(squares.mean(), _variance(squares), self.power)

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


STATISTICS: dict[object, Statistic] = {
    "mean": Mean(),
    "rms": RootMeanSquare(),
    "sd": StandardDeviation(),
    "median": Quantile(),
}
"""Those that a claim may call by name."""


def weighted_variance(weights: NDArray[np.float64], logs: NDArray[np.float64]) -> float:
    """The variance of a law on `logs`, shape (n,), with `weights` that sum to 1."""
    used = weights > 1e-12  # the far order statistics may be log 0
    centre = weights[used] @ logs[used]
    return float(weights[used] @ (logs[used] - centre) ** 2)


def _variance(replicates: NDArray[np.float64]) -> float:
    return float(replicates.var(ddof=1)) if replicates.size > 1 else 0.0
