"""Means of replicates that carry a reduction of variance: control variates, antithetic pairs.

A statistic that reads them is one like any other: its estimate has the right standard error and
the degrees of freedom that are left, and its influence is that of the reduced replicates.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import attrs
import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from verify.errors import InputError
from verify.inference.adjusted import Fit, paired, regression
from verify.inference.statistic import LogEstimate, Mean, RootMeanSquare, Statistic

Array = NDArray[np.float64]

FEWEST_WITH_CONTROLS = 32
"""Replicates from which on estimated coefficients are trusted."""

FALSE_ALARM = 1e-4
"""How often a sweep whose declaration is right may be told that it is not."""


@attrs.frozen
class Reduced(ABC):
    """A mean or a root mean square of replicates (R, W) that carry a reduction of variance."""

    of: Mean | RootMeanSquare
    name: ClassVar[str]

    @property
    def label(self) -> str:
        """That of the statistic: what is estimated stays the same."""
        return self.of.label

    def estimate(self, replicates: Array) -> LogEstimate:
        """The log of the statistic, as `Statistic` has it; FewReplicatesError."""
        fit = self.fit(replicates)
        variance = len(replicates) * fit.variance
        return LogEstimate.of_mean(fit.mean, variance, self.of.power, fit.coefficients)

    def influence(self, replicates: Array) -> Array:
        """The adjusted summands, shape (R,): the residuals, up to a constant."""
        return self.fit(replicates).adjusted

    def equivalent(self, replicates: Array) -> Array:
        """Replicates (R,) whose plain summands have the sizes of the adjusted ones."""
        return np.asarray(np.abs(self.fit(replicates).adjusted) ** self.of.power)

    def ratio(self, replicates: Array) -> float:
        """The variance of the plain estimate with as many draws over that of this one."""
        fit = self.fit(replicates)
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(np.float64(fit.plain) / fit.variance)

    @abstractmethod
    def fit(self, replicates: Array) -> Fit:
        """The mean of the summands."""

    @abstractmethod
    def vanishing(self, replicates: Array) -> dict[str, Array]:
        """Columns (R,), by name, whose mean is zero if the declaration is right."""


@attrs.frozen
class ControlVariates(Reduced):
    """The first column is the quantity, the others are controls whose mean is exactly zero."""

    name: ClassVar[str] = "control variates"

    def fit(self, replicates: Array) -> Fit:
        """By regression on the controls."""
        return regression(self.of.influence(replicates[:, 0]), replicates[:, 1:])

    def vanishing(self, replicates: Array) -> dict[str, Array]:
        """The controls."""
        return {f"control {k}": replicates[:, k] for k in range(1, replicates.shape[1])}


@attrs.frozen
class Antithetic(Reduced):
    """The two columns have one law."""

    name: ClassVar[str] = "antithetic pairs"

    def fit(self, replicates: Array) -> Fit:
        """By the means of the pairs."""
        return paired(self.of.influence(replicates))

    def vanishing(self, replicates: Array) -> dict[str, Array]:
        """How the two differ, and how their squares do: of one law both have mean zero."""
        return {
            "the difference of the two antithetic values": replicates @ [1.0, -1.0],
            "the difference of their squares": replicates**2 @ [1.0, -1.0],
        }


def reduced(statistic: Statistic, *, controls: bool, antithetic: bool) -> Statistic:
    """The statistic as it reads replicates with `controls`, or `antithetic` ones; else itself.

    Raises InputError for a statistic that is no mean and no root mean square.
    """
    if not controls and not antithetic:
        return statistic
    kind = ControlVariates if controls else Antithetic
    if not isinstance(statistic, Mean | RootMeanSquare):
        raise InputError(
            f"found the statistic {statistic.label} of replicates with {kind.name}; expected "
            "'mean' or 'rms', for they reduce the variance of a sum"
        )
    return kind(statistic)


def doubts(places: Sequence[str], samples: Sequence[Array], statistic: Reduced) -> list[str]:
    """A sentence on the column of `samples[k]`, (R_k, W), that speaks most against its declaration.

    Student's t statistic of each column that must have mean zero, against the level FALSE_ALARM
    divided by the number of columns and places (Bonferroni): for normal columns an upper bound of
    the probability of a false alarm, whatever their correlation.
    """
    found = []
    columns = [statistic.vanishing(one) for one in samples]
    for place, named in zip(places, columns, strict=True):
        for name, column in named.items():
            level = FALSE_ALARM / (2 * len(named) * len(columns))
            bound = -stdtrit(len(column) - 1, level)
            if (z := _standardised(column)) > bound:
                found.append((z / bound, z, float(bound), name, place))
    return [
        f"{name} at {place} has a mean that is {z:.1f} standard errors from zero (by chance more "
        f"than {bound:.1f} in 1 of {1 / FALSE_ALARM:,.0f} sweeps): the declaration of "
        f"{statistic.name} is wrong there, and the estimate biased"
        for _, z, bound, name, place in sorted(found)[-1:]
    ]


def _standardised(column: Array) -> float:
    """The mean over its standard error, without sign; 0 for a column of zeros."""
    mean, count = column.mean(), len(column)
    if mean == 0 or count < 2:
        return 0.0
    with np.errstate(divide="ignore"):
        return float(abs(mean) / (column.std(ddof=1) / np.sqrt(count)))
