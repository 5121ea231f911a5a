"""Measures with an argument over which a rate is maximised."""

import numpy as np
from numpy.typing import NDArray

from verify import Assumption, Design, Rate, Source, Theorem, but

Array = NDArray[np.float64]
GRID = Design(sweep={"n": [8 * 2**k for k in range(10)]})
BOTH_ENDS = {"arm": ("both", "arms have no order")}


def pull(rng: np.random.Generator, size: int, n: int, arm: float) -> Array:
    """Of size n**(1/2), a little less for later arms; relative noise 1/10."""
    return rng.gamma(100, 1 / 100, size) * n**0.5 * (1 - arm / 1000)


def pulled(n: int, arm: int) -> float:
    """The same without noise, and in no order."""
    return n**0.5 * (1 + ((3 * arm) % 5) / 10)


def regret(n: int, gap: float) -> float:
    """min(n gap, 1/gap): largest, n**(1/2), at the gap n**(-1/2)."""
    return min(n * gap, 1 / gap)


def noisy_regret(rng: np.random.Generator, size: int, n: int, gap: float) -> Array:
    """The same with relative noise 1/50."""
    return rng.gamma(2500, 1 / 2500, size) * regret(n, gap)


def several(n: int, gap: float, arms: int) -> float:
    """Largest, 5 n**(1/2), at gap n**(-1/2) and 5 arms."""
    return regret(n, gap) * min(arms, 25 / arms)


def run(rng: np.random.Generator, size: int, n: Array, gap: float) -> Array:
    """`noisy_regret` of one run at the times n (K,), shape (size, K): one noise for all."""
    return rng.gamma(2500, 1 / 2500, (size, 1)) * np.minimum(n * gap, 1 / np.asarray(gap))


def elapsed(h: float, gap: float) -> float:
    """The regret at time 1/h."""
    return regret(1 / h, gap)  # type: ignore[arg-type]


TENTH = but("tenth", "an exponent off by a tenth", bound="n**(2/5)")
SHRINKING = ("n**(-1/2)/4", "n**(-1/2)/2", "n**(-1/2)", "2*n**(-1/2)", "4*n**(-1/2)")


def worst(**changes: object) -> Rate:
    """The claim that the worst regret is of the order of n**(1/2), with changes."""
    fields = {
        "id": "worst",
        "measure": noisy_regret,
        "bound": "n**(1/2)",
        "relation": "Theta",
        "scope": "a formula with noise",
        "designs": (GRID,),
        "worst_over": {"gap": SHRINKING},
        "controls": (TENTH,),
        "uses": ("iid",),
    }
    return Rate(**(fields | changes))  # type: ignore[arg-type]


THEOREM = Theorem(
    id="arms",
    title="The worst gap",
    source=Source("lai1985", where="Section 1"),
    statement=r"\max_\Delta R_n(\Delta) = \Theta(n^{1/2})",
    assumptions=(Assumption("iid", "the noise is independent"),),
    claims=(worst(),),
)
