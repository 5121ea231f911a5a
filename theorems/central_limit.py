r"""Standardised sums of exponential draws tend to the normal law, with a distance of n^{-1/2}.

Setting.  E_1, ..., E_n are independent exponential draws of mean 1; Z_n is their sum less n, over
n^{1/2}, and F_n its distribution function.  The sum has the gamma law of shape n, so that a draw of
Z_n costs the same at every n.
Claims.  F_n tends to the normal distribution function Phi, E cos(t Z_n) to exp(-t^2 / 2) and
E |Z_n| to (2 / pi)^{1/2}; sup |F_n - Phi| is of order n^{-1/2}, and so is the distance of Z_n from
the normal draw that is the same quantile.
"""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc, gammaincinv, ndtr, ndtri

from verify import Assumption, Design, Limit, Rate, Source, Theorem, but

Array = NDArray[np.float64]
DRAWS = 200
"""Draws of which a replicate is the average."""
COUPLED = 50
"""Draws of which it is where each has to be inverted."""


def standardised(rng: np.random.Generator, size: int, n: int) -> Array:
    """DRAWS draws of Z_n for each of `size` replicates, shape (size, DRAWS)."""
    return (rng.standard_gamma(n, (size, DRAWS)) - n) / math.sqrt(n)


def shares(draws: Array, x: Array) -> Array:
    """The part of each row of draws that is at most x (J,), shape (size, J)."""
    rows = np.sort(draws, axis=1)
    below = np.stack([np.searchsorted(row, x, side="right") for row in rows])
    return np.asarray(below / draws.shape[1])


def share(rng: np.random.Generator, size: int, n: int, x: Array) -> Array:
    """Replicates of an unbiased estimate of F_n at x (J,), shape (size, J)."""
    return shares(standardised(rng, size, n), x)


def dependent_share(rng: np.random.Generator, size: int, n: int, x: Array) -> Array:
    """The same for n equal draws E and their own standardisation (n E - n) / n, shape (size, J)."""
    return shares(rng.standard_gamma(n / n, (size, DRAWS)) - 1, x)


def cosine(rng: np.random.Generator, size: int, n: int, t: Array) -> Array:
    """Replicates of an unbiased estimate of E cos(t Z_n) at t (J,), shape (size, J)."""
    draws = standardised(rng, size, n)
    return np.stack([np.cos(frequency * draws).mean(axis=1) for frequency in t], axis=1)


def size_of(rng: np.random.Generator, size: int, n: int) -> Array:
    """Replicates of an unbiased estimate of E |Z_n|, shape (size,)."""
    mean: Array = np.abs(standardised(rng, size, n)).mean(axis=1)
    return mean


def normal(x: Array) -> Array:
    """The normal distribution function at x (J,)."""
    return np.asarray(ndtr(x))


def wide(x: Array) -> Array:
    """That of the normal law of variance 3/2 at x (J,)."""
    return np.asarray(ndtr(x / math.sqrt(1.5)))


def laplace(x: Array) -> Array:
    """That of the Laplace law of variance 1 at x (J,)."""
    tail = np.exp(-math.sqrt(2) * np.abs(x)) / 2
    return np.where(x < 0, tail, 1 - tail)


def normal_cosine(t: float) -> float:
    """E cos(t Z) for a normal Z."""
    return math.exp(-(t**2) / 2)


def laplace_cosine(t: float) -> float:
    """E cos(t Z) for a Laplace Z of variance 1."""
    return 1 / (1 + t**2 / 2)


def distance(n: int) -> float:
    """sup |F_n - Phi|, on a grid of 0.002: computed exactly there, with an error below 1e-5 of it.

    F_n - Phi is (1 - x^2) phi(x) / (3 n^{1/2}) to first order, and largest near 0.
    """
    x = np.linspace(-3, 3, 3001)
    law = gammainc(n, np.maximum(n + math.sqrt(n) * x, 0))
    return float(np.abs(law - ndtr(x)).max())


def coupled(rng: np.random.Generator, size: int, n: Array) -> Array:
    """Replicates of an unbiased estimate of E |Z_n - Z| at every n (K,), shape (size, K).

    Z is normal and Z_n the same quantile of its law, to first order Z + (Z^2 - 1) / (3 n^{1/2});
    the same normal draws serve every n.
    """
    z = rng.standard_normal((size, COUPLED, 1))
    mean: Array = np.abs((gammaincinv(n, ndtr(z)) - n) / np.sqrt(n) - z).mean(axis=1)
    return mean


SWEEP = {"n": [4**k for k in range(2, 12)]}
GRID = Design(sweep={"n": [2**k for k in range(4, 14)]})
QUANTILES = [float(ndtri(k / 128)) for k in range(1, 128)]

THEOREM = Theorem(
    id="central_limit",
    title="The central limit theorem for exponential draws",
    source=Source("feller1971", where="Chapter XVI"),
    statement=r"Z_n \to N(0, 1),\quad \sup_x |F_n(x) - \Phi(x)| = \Theta(n^{-1/2})",
    assumptions=(
        Assumption("iid", "the draws are independent with one law"),
        Assumption("exponential", "a draw has the exponential law of mean 1"),
    ),
    claims=(
        Limit(
            "law",
            measure=share,
            target=normal,
            along=SWEEP,
            each={"x": QUANTILES},
            distance="kolmogorov",
            together=True,
            margin=0.024,
            uses=("iid", "exponential"),
            scope="the standardised sum itself, by its exact gamma law",
            controls=(
                but("wide", "the sum has variance 1, not 3/2", target=wide),
                but("laplace", "the limit is not the Laplace law", target=laplace),
                but(
                    "dependent",
                    "equal draws have an exponential sum at every n",
                    measure=dependent_share,
                    violates="iid",
                ),
            ),
        ),
        Limit(
            "cosines",
            measure=cosine,
            target=normal_cosine,
            along=SWEEP,
            each={"t": [0.5, 1, 1.5, 2, 2.5]},
            together=True,
            margin=0.03,
            uses=("iid", "exponential"),
            scope="the real part of the characteristic function at five frequencies",
            controls=(but("laplace", "the limit is not the Laplace law", target=laplace_cosine),),
        ),
        Limit(
            "absolute",
            measure=size_of,
            target=math.sqrt(2 / math.pi),
            along=SWEEP,
            margin=0.03,
            uses=("iid", "exponential"),
            scope="the first absolute moment of the standardised sum itself",
            controls=(
                but("laplace", "the first absolute moment of a Laplace law", target=math.sqrt(0.5)),
            ),
        ),
        Rate(
            "speed",
            measure=distance,
            bound="n**(-1/2)",
            relation="Theta",
            uses=("iid", "exponential"),
            scope="the exact distribution function, on a grid of its argument",
            designs=(GRID,),
            controls=(but("tenth", "an exponent off by a tenth", bound="n**(-3/5)"),),
        ),
        Rate(
            "coupling",
            measure=coupled,
            bound="n**(-1/2)",
            relation="Theta",
            uses=("iid", "exponential"),
            scope="Z_n at every n and its limit, all from the same random number",
            designs=(GRID,),
            together=True,
            controls=(but("tenth", "an exponent off by a tenth", bound="n**(-2/5)"),),
        ),
    ),
)
