"""A rate of another project."""

import numpy as np

from rates.simulators import law
from verify import Assumption, Design, Rate, Source, Theorem, but


def error(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """The quantity, shape (size,)."""
    return law(rng, size, n, -1 / 2)


THEOREM = Theorem(
    id="square_root",
    title="The square_root law",
    source=Source("somebody2026", where="Theorem 1"),
    statement=r"y = \Theta(n^{-1/2})",
    assumptions=(Assumption("iid", "independent draws"),),
    claims=(
        Rate(
            "root",
            measure=error,
            bound="n**(-1/2)",
            relation="Theta",
            uses=("iid",),
            scope="synthetic data",
            designs=(Design(sweep={"n": [2**k for k in range(3, 15)]}),),
            controls=(but("tenth", "off by a tenth", bound="n**(-2/5)"),),
        ),
    ),
)
