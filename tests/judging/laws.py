"""Columns of replicates whose law is known."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
GRID = 64.0 * 2 ** np.arange(12)


def columns(
    law: Callable[[Array], Array], sigma: float = 0.05, count: int = 128, seed: int = 0
) -> dict[str, Array]:
    """`count` replicates of the law times mean-one noise at every n of the grid, in a random order.

    The order of the rows is nothing that a verdict may depend on.
    """
    rng = np.random.default_rng(seed)
    n = rng.permutation(np.repeat(GRID, count))
    return {"n": n, "y": law(n) * rng.lognormal(-(sigma**2) / 2, sigma, len(n))}


def power(exponent: float) -> Callable[[Array], Array]:
    """n to an exponent."""
    return lambda n: n**exponent
