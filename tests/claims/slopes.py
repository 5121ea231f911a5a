"""Measures of random instances: the largest slope of a function decides how an error falls."""

import numpy as np
from hypothesis.strategies import integers, lists
from numpy.typing import NDArray

from verify import Assumption, Design, Rate, Source, Theorem, but

Array = NDArray[np.float64]
GRID = Design(sweep={"n": [8 * 2**k for k in range(10)]})
GENTLE = lists(integers(1, 9), min_size=3, max_size=3)


def error(rng: np.random.Generator, size: int, n: int, slopes: list[int]) -> Array:
    """Of size max(slopes) n**(-1/2), with relative noise 1/50; n**(-3/10) for a slope from 10."""
    assert type(slopes) is list
    power = 0.5 if max(slopes) < 10 else 0.3
    slopes.append(0)  # an argument is the measure's own
    return rng.gamma(2500, 1 / 2500, size) * max(slopes) * n**-power


def rough(rng: np.random.Generator, size: int, n: int, slopes: list[int]) -> Array:
    """Of size n**(-1/4)."""
    return rng.gamma(2500, 1 / 2500, size) * sum(slopes) * n**-0.25


def run(rng: np.random.Generator, size: int, n: Array, slopes: list[int]) -> Array:
    """`error` of one run at the sizes n (K,), shape (size, K)."""
    return rng.gamma(2500, 1 / 2500, (size, n.size)) * max(slopes) * n**-0.5


def computed(n: int, slopes: list[int]) -> float:
    """`error` without noise."""
    return float(max(slopes) * n ** (-0.5 if max(slopes) < 10 else -0.3))


def scaled(n: int, scale: float, gap: float) -> float:
    """scale min(n gap, 1/gap), for a scale that is drawn and the worst gap."""
    return scale * min(n * gap, 1 / gap)


TENTH = but("tenth", "an exponent off by a tenth", bound="n**(-3/5)")


def everywhere(**changes: object) -> Rate:
    """The claim that every error is of the order of n**(-1/2), with changes."""
    fields = {
        "id": "everywhere",
        "measure": error,
        "bound": "n**(-1/2)",
        "relation": "O",
        "scope": "a formula with noise",
        "given": {"slopes": GENTLE},
        "designs": (GRID,),
        "controls": (TENTH,),
        "uses": ("iid",),
    }
    return Rate(**(fields | changes))  # type: ignore[arg-type]


THEOREM = Theorem(
    id="slopes",
    title="Errors of functions with random slopes",
    source=Source("someone2026", where="Theorem 1"),
    statement=r"\sup_f e_n(f) = O(n^{-1/2})",
    assumptions=(Assumption("iid", "the noise is independent"),),
    claims=(everywhere(),),
)
