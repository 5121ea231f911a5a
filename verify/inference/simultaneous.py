"""How far J normal errors reach at once: critical values of the largest of them."""

import attrs
import numpy as np
from scipy.special import ndtri

from verify.inference.points import Array

DRAWS, SEED = 20_000, 20_240_607
"""Of the errors; the same in every run, so that a critical value is one of the design."""

POWER = 0.9
"""The probability with which a limit that is right is to be recognised."""


@attrs.frozen(eq=False)
class Simultaneous:
    """`critical` is the quantile, at a level, of the largest |z_j|, and `reached` that of the
    largest z_j at POWER; `draws` (N, J) are of z, None where they are independent.
    """

    critical: float
    reached: float
    draws: Array | None


def simultaneous(correlation: Array | None, count: int, level: float) -> Simultaneous:
    """For `count` standard normal errors of a correlation (J, J); None says independent.

    In closed form where they are independent (Sidak, JASA 1967), else by simulation.
    """
    if correlation is None:
        critical = ndtri((1 + level ** (1 / count)) / 2)
        return Simultaneous(float(critical), float(ndtri(POWER ** (1 / count))), None)
    draws = drawn_errors(correlation)
    critical = np.quantile(np.abs(draws).max(axis=1), level)
    return Simultaneous(float(critical), float(np.quantile(draws.max(axis=1), POWER)), draws)


def drawn_errors(correlation: Array) -> Array:
    """DRAWS standard normal errors of a correlation (J, J), the same in every run."""
    value, vector = np.linalg.eigh(correlation)
    root = vector * np.sqrt(np.maximum(value, 0))
    normal = np.random.default_rng(SEED).standard_normal((DRAWS, len(correlation)))
    return np.asarray(normal @ root.T)
