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
from verify.inference.statistic import (
    FewReplicatesError,
    LogEstimate,
    Mean,
    RootMeanSquare,
    Statistic,
)

Array = NDArray[np.float64]

FEWEST_WITH_CONTROLS = 32
"""Replicates from which on estimated coefficients are trusted."""

COLLINEAR = 1e-9
"""A direction of the controls that is smaller, relative to the largest, is their rounding."""

FALSE_ALARM = 1e-4
"""How often a sweep whose declaration is right may be told that it is not."""


@attrs.frozen(eq=False)
class Fit:
    """The mean of a summand, with its variance, and that of the plain mean of as many draws.

    `adjusted` (R,) are numbers with that mean, whose deviations from it are the residuals;
    `coefficients` were estimated beside it.
    """

    mean: float
    variance: float
    plain: float
    adjusted: Array
    coefficients: int = 0


def regression(summand: Array, controls: Array) -> Fit:
    """The intercept of least squares of `summand` (R,) on `controls` (R, C) of mean zero.

    Its variance is s^2 (1/R + m' S^-1 m), with m the means of the controls, S the sums of squares
    about them and s^2 with R - 1 - C degrees of freedom (Lavenberg and Welch, Management Science
    1981).  A control that is constant or a combination of others changes nothing but C.
    Raises FewReplicatesError unless R > C + 1.
    """
    count, number = controls.shape
    _refuse_few(count, number + 2)
    centre = controls.mean(axis=0)
    centred = controls - centre
    size = np.sqrt(np.mean(centred**2, axis=0))
    moves = size > COLLINEAR * np.abs(controls).max(axis=0)
    basis, length, back = np.linalg.svd(centred[:, moves] / size[moves], full_matrices=False)
    kept = length > COLLINEAR * length.max(initial=0.0)
    basis, offset = basis[:, kept], (back @ (centre[moves] / size[moves]))[kept] / length[kept]
    deviation = summand - summand.mean()
    along = basis.T @ deviation
    residual = deviation - basis @ along
    mean = summand.mean() - along @ offset
    scale = residual @ residual / (count - 1 - int(kept.sum()))
    variance = scale * (1 / count + offset @ offset)
    plain = summand.var(ddof=1) / count
    return Fit(float(mean), float(variance), float(plain), mean + residual, number)


def paired(summand: Array) -> Fit:
    """The mean of pairs (R, 2); the plain mean is that of 2R independent draws.

    Raises FewReplicatesError for fewer than two pairs.
    """
    count = len(summand)
    _refuse_few(count, 2)
    merged = summand.mean(axis=1)
    plain = summand.var(axis=0, ddof=1).mean() / (2 * count)
    return Fit(float(merged.mean()), float(merged.var(ddof=1) / count), float(plain), merged)


def _refuse_few(count: int, needed: int) -> None:
    if count < needed:
        raise FewReplicatesError(
            f"{count} replicates that carry a reduction of variance; expected at least {needed}, "
            "or their noise cannot be estimated; take more replicates or declare fewer controls"
        )


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
