r"""The error of a mean of n draws: n^{-1/2} with a finite variance, n^{1/a - 1} for a stable law.

Setting.  X_1, ..., X_n independent with one symmetric law; the error is |X_1 + ... + X_n| / n.
Claims.  With a finite variance s^2 the root-mean-square error is s n^{-1/2}.  For a symmetric
stable law of index a < 2 the variance is infinite and the mean has the law of n^{1/a - 1} X_1, so
at a = 3/2 the median error is of order n^{-1/3}, at every n.
"""

import numpy as np
from numpy.typing import NDArray

from verify import Assumption, Design, Quantile, Rate, Source, Theorem, but

Array = NDArray[np.float64]
INDEX = 1.5


def error(rng: np.random.Generator, size: int, n: int) -> Array:
    """Replicates of the error with draws uniform on [-1, 1], shape (size,)."""
    mean: Array = rng.uniform(-1, 1, (size, n)).mean(axis=1)
    return np.abs(mean)


def stable_error(rng: np.random.Generator, size: int, n: int) -> Array:
    """Replicates of the error with symmetric stable draws of index 3/2, shape (size,)."""
    mean: Array = stable(rng, (size, n)).mean(axis=1)
    return np.abs(mean)


def stable(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Draws with characteristic function exp(-|t|^INDEX), by Chambers, Mallows and Stuck (1976)."""
    angle = rng.uniform(-np.pi / 2, np.pi / 2, shape)
    tail = np.cos((1 - INDEX) * angle) / rng.standard_exponential(shape)
    scale = np.cos(angle) ** (1 / INDEX)
    return np.sin(INDEX * angle) / scale * tail ** ((1 - INDEX) / INDEX)


GRID = Design(sweep={"n": [2**k for k in range(17)]})

THEOREM = Theorem(
    id="monte_carlo",
    title="The error of a mean, with and without a variance",
    source=Source("feller1971", where="Chapter VI"),
    statement=r"|\bar X_n| = \Theta(n^{-1/2}),\quad |\bar S_n| = \Theta(n^{-1/3})",
    assumptions=(
        Assumption("iid", "the draws are independent with one symmetric law"),
        Assumption("variance", "the variance of a draw is finite"),
        Assumption("stable", "a draw has the characteristic function exp(-|t|^{3/2})"),
    ),
    claims=(
        Rate(
            "finite_variance",
            measure=error,
            statistic="rms",
            bound="n**(-1/2)",
            relation="Theta",
            uses=("iid", "variance"),
            scope="the mean itself, of uniform draws",
            designs=(GRID,),
            cost="n",
            controls=(
                but("tenth", "an exponent off by a tenth", bound="n**(-2/5)"),
                but(
                    "heavy_tail",
                    "without a variance the mean converges more slowly",
                    measure=stable_error,
                    statistic=Quantile(1 / 2),
                    violates="variance",
                ),
            ),
        ),
        Rate(
            "stable",
            measure=stable_error,
            statistic=Quantile(1 / 2),
            bound="n**(-1/3)",
            relation="Theta",
            uses=("iid", "stable"),
            scope="the mean itself, of exactly stable draws of index 3/2",
            designs=(GRID,),
            slowest_correction=1,
            because="the mean has the law of n**(-1/3) X_1 at every n, without corrections",
            cost="n",
            controls=(
                but("tenth", "an exponent off by a tenth", bound="n**(-13/30)"),
                but(
                    "finite_variance",
                    "draws with a variance converge faster",
                    measure=error,
                    violates="stable",
                ),
            ),
        ),
    ),
)
