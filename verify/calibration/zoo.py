"""The zoo: laws with a known exponent that finite data disguise, and the noise they come with.

The main list has what theorems about learning bring: pure powers, finite-size corrections fast and
slow, logarithms, lower-order terms and kinks that the bound names, heavy tails, runs that are read
at many places.  The second list lies at the border of the nuisance family or beyond it: it shows
where the interval fails.
"""

from collections.abc import Callable

import attrs
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FIRST = 64
"""The smallest n of every sweep; the others are doublings of it."""

WRONG = 0.1
"""How far off the exponent of a wrong claim is."""
MARGIN = 0.05

Noise = Callable[[np.random.Generator, Array, int], Array]
"""Positive factors of mean one, shape (K, R): `noise(rng, x, R)` at the places x (K,)."""


def lognormal(rng: np.random.Generator, x: Array, replicates: int) -> Array:
    """Relative noise: the log has sd 1/2."""
    return rng.lognormal(-0.125, 0.5, (len(x), replicates))


def rising(rng: np.random.Generator, x: Array, replicates: int) -> Array:
    """The sd of the log rises from .2 to .8, evenly in log x."""
    sd = np.linspace(0.2, 0.8, len(x))[:, None]
    return np.exp(sd * rng.standard_normal((len(x), replicates)) - sd**2 / 2)


def pareto(rng: np.random.Generator, x: Array, replicates: int) -> Array:
    """Tail index 1.8: a mean and no variance."""
    return np.asarray((rng.pareto(1.8, (len(x), replicates)) + 1) * (0.8 / 1.8))


def one_run(rng: np.random.Generator, x: Array, replicates: int) -> Array:
    """Each replicate is one run of a sum that grows like sqrt(x), read at every x."""
    steps = np.diff(np.sqrt(x), prepend=0)[:, None]
    increments = steps * rng.lognormal(-0.125, 0.5, (len(x), replicates))
    return np.asarray(increments.cumsum(axis=0) / np.sqrt(x)[:, None])


@attrs.frozen
class Law:
    """A mean that grows like `n**power`, up to what the bound says, under multiplicative noise.

    `bound` and `logs` are what the claim declares; `together` says that one run is read at all n.
    """

    name: str
    mean: Callable[[Array], Array]
    bound: str = "n**(1/2)"
    power: float = 0.5
    logs: float = 0.0
    noise: Noise = lognormal
    together: bool = False

    def sample(self, rng: np.random.Generator, x: Array, replicates: int) -> Array:
        """Replicates at the places x (K,), shape (K, R)."""
        return self.mean(x)[:, None] * self.noise(rng, x, replicates)


@attrs.frozen
class Setting:
    """A sweep over `points` doublings of n with `replicates` at each."""

    points: int
    replicates: int

    @property
    def label(self) -> str:
        """As a table names it."""
        return f"{self.points} x {self.replicates}"

    @property
    def grid(self) -> Array:
        """The values of n, shape (points,)."""
        return np.asarray(FIRST * 2.0 ** np.arange(self.points))


SETTINGS = (Setting(10, 32), Setting(10, 256), Setting(15, 256))

MAIN = (
    Law("3 n^.5", lambda n: 3 * n**0.5),
    Law("n^.5 (1 + 3 n^-.5)", lambda n: n**0.5 * (1 + 3 * n**-0.5)),
    Law("n^.5 (1 + 2 n^-.25)", lambda n: n**0.5 * (1 + 2 * n**-0.25)),
    Law("n^.5 (1 - 3 n^-.5)", lambda n: n**0.5 * (1 - 3 * n**-0.5)),
    Law("n^.5 log n", lambda n: n**0.5 * np.log(n), logs=1),
    Law("n^(2/3) + 3 n^.5", lambda n: n ** (2 / 3) + 3 * n**0.5, "n**(2/3) + sqrt(n)", 2 / 3),
    Law("n^(2/3) + 12 n^.5", lambda n: n ** (2 / 3) + 12 * n**0.5, "n**(2/3) + sqrt(n)", 2 / 3),
    Law(
        "min(n^(2/3), sqrt(20 n))",
        lambda n: np.minimum(n ** (2 / 3), np.sqrt(20 * n)),
        "min(n**(2/3), sqrt(20*n))",
    ),
    Law("n^.5, Pareto 1.8 noise", np.sqrt, noise=pareto),
    Law("n^.5, one run read at all n", np.sqrt, noise=one_run, together=True),
    Law("n^.5, sigma .2 to .8", np.sqrt, noise=rising),
    Law("n^.5 sqrt(log n)", lambda n: np.sqrt(n * np.log(n)), logs=0.5),
    Law("5 n^.25", lambda n: 5 * n**0.25, "n**(1/4)", 0.25),
    Law(
        "n^.5, 15 % ripple a decade",
        lambda n: n**0.5 * (1 + 0.15 * np.sin(2 * np.pi * np.log10(n))),
    ),
)

SECOND = (
    Law("n^.5 (1 + 2 n^-.35)", lambda n: n**0.5 * (1 + 2 * n**-0.35)),
    Law("n^.5 (1 - 6 n^-.7)", lambda n: n**0.5 * (1 - 6 * n**-0.7)),
    Law("n^.5 (1 + 2 n^-.15)", lambda n: n**0.5 * (1 + 2 * n**-0.15)),
    Law("n^.5 (1 - 2 n^-.25 + 3 n^-.5)", lambda n: n**0.5 * (1 - 2 * n**-0.25 + 3 * n**-0.5)),
    Law("n^.5 log(n)^.7", lambda n: n**0.5 * np.log(n) ** 0.7, logs=1),
    Law("n^.5 log(n)^1.5", lambda n: n**0.5 * np.log(n) ** 1.5, logs=1.5),
    Law("n^.5 (1 + 2/log n)", lambda n: n**0.5 * (1 + 2 / np.log(n))),
    Law("n^.5 + 40", lambda n: n**0.5 + 40),
)

ZOOS = {"main": MAIN, "second": SECOND}
