"""The mean of a summand with less variance: adjusted by control variates, or taken over pairs."""

import attrs
import numpy as np
from numpy.typing import NDArray

from verify.inference.statistic import FewReplicatesError

Array = NDArray[np.float64]

COLLINEAR = 1e-9
"""A direction of the controls that is smaller, relative to the largest, is their rounding."""


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
