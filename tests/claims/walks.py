"""Random walks that are read at many times: a theorem whose replicates are runs.

Walkers are Gaussian, so that the mean square of a run at m and at n > m has the correlation m/n.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verify import Assumption, Design, Rate, Source, Theorem, but

Array = NDArray[np.float64]
WALKERS = 256


def displacement(rng: np.random.Generator, size: int, n: Array) -> Array:
    """Root mean square over the walkers of a run at the times n (K,), shape (size, K)."""
    order = np.argsort(n)
    steps = np.diff(n[order], prepend=0)
    walks = (rng.normal(size=(size, WALKERS, n.size)) * np.sqrt(steps)).cumsum(axis=2)
    found = np.empty((size, n.size))
    found[:, order] = np.sqrt(np.mean(walks**2, axis=1))
    return found


def one_run(rng: np.random.Generator, n: Array) -> Array:
    """The same, a run at a call, shape (K,)."""
    return displacement(rng, 1, n)[0]


def elapsed(rng: np.random.Generator, size: int, h: Array) -> Array:
    """The same at the times h, whole or not."""
    return displacement(rng, size, h)


def spread(rng: np.random.Generator, size: int, T: Array, J: Array, d: int) -> Array:
    """J displacements at time T in units of d: T**(1/2) J."""
    assert (np.shape(d), T.shape, J.shape) == ((), J.shape, T.shape)
    return displacement(rng, size, T) * J / d


def computed(n: Array) -> Array:
    """The law of the displacement, computed: one call for the whole grid."""
    assert n.dtype == np.int64
    return np.asarray(np.sqrt(n) * (1 - 1 / (4.0 * WALKERS * n)))


def flat(rng: np.random.Generator, size: int, n: Array) -> Array:
    """One place only."""
    return displacement(rng, size, n)[:, 0]


def on_its_side(rng: np.random.Generator, size: int, n: Array) -> Array:
    """Rows and columns exchanged."""
    return displacement(rng, size, n).T


def last(rng: np.random.Generator, n: Array) -> float:
    """A number for a run."""
    return float(one_run(rng, n)[-1])


def smallest(n: Array) -> float:
    """A number for the whole grid."""
    return float(n[0])


def broken(rng: np.random.Generator, size: int, n: Array) -> Array:
    """Not finite at one place."""
    found = displacement(rng, size, n)
    found[3, 4] = np.nan
    return found


def scalar(rng: np.random.Generator, size: int, m: float) -> Array:
    """Without the variable that is swept."""
    return rng.random(size)


GRID = Design(sweep={"n": [8 * 2**k for k in range(10)]})
TENTH = but("tenth", "an exponent off by a tenth", bound="n**(2/5)")


def walk(measure: Callable[..., Any] = displacement, **changes: Any) -> Rate:
    """The claim that a displacement is of the order of n**(1/2), with changes."""
    fields: dict[str, Any] = {
        "id": "root",
        "measure": measure,
        "statistic": "rms",
        "bound": "n**(1/2)",
        "relation": "Theta",
        "together": True,
        "uses": ("iid",),
        "scope": "Gaussian walkers",
        "designs": (GRID,),
        "controls": (TENTH,),
    }
    return Rate(**(fields | changes))


def theorem(*claims: Rate) -> Theorem:
    """The theorem with other claims."""
    return THEOREM.replaced({"claims": claims}, THEOREM.place)


THEOREM = Theorem(
    id="walks",
    title="The displacement of a random walk",
    source=Source("feller1971", where="Chapter VI"),
    statement=r"\|S_n\|_{L^2} = \Theta(n^{1/2})",
    assumptions=(Assumption("iid", "the steps are independent with one law"),),
    claims=(walk(),),
)
