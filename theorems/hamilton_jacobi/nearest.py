"""How far the nearest of n atoms is: on the flat torus of dimension k, and from a midpoint grid.

The torus is that of k circles of circumference 1.  With data for which g(y) + |x - y|^2 / 4t
exceeds its least value, at y*, by the p-th power of the distance from y*, the tropical potential of
n atoms errs at x by that power of the distance of the nearest atom: p = 1 is a cone, p = 2 smooth.
"""

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, erf, poch

Array = NDArray[np.float64]

AVERAGED = 32
"""Samples of atoms of which a replicate is the mean."""
NEAR = 40
"""Atoms that are expected in the cube that is searched; none is there with chance e^-40."""


def torus_error(n: int, k: int, p: float) -> float:
    """E min_j dist(y_j, y*)^p for n independent uniform atoms, in the metric of the torus.

    The distance exceeds r <= 1/2 with chance (1 - v_k r^k)^n, an incomplete beta integral; beyond
    it lies less than (k^{1/2} / 2)^p (1 - v_k / 2^k)^n, which may not reach 1e-12 of the rest.
    """
    v = ball_volume(k)
    whole = v / 2**k
    value = v ** (-p / k) * math.gamma(1 + p / k) / poch(n + 1, p / k)
    if math.exp(p * math.log(math.sqrt(k) / 2) + n * math.log1p(-min(whole, 1 - 1e-16))) > (
        1e-12 * value
    ):
        raise ValueError(f"n = {n} atoms are too few to neglect distances above 1/2 for k = {k}")
    return float(value * betainc(p / k, n + 1, min(whole, 1)))


def scaled_torus_error(n: int, k: int, p: float) -> float:
    """n^{p/k} times that, which has a limit."""
    return float(n ** (p / k) * torus_error(n, k, p))


def poisson_constant(k: int, p: float) -> float:
    """Gamma(1 + p/k) v_k^{-p/k}: E R^p for the nearest point of a Poisson process of rate 1."""
    return float(math.gamma(1 + p / k) * ball_volume(k) ** (-p / k))


def packing_constant(k: int, p: float) -> float:
    """v_k^{-p/k}, the p-th power of the radius of a ball of volume 1."""
    return float(ball_volume(k) ** (-p / k))


def ball_volume(k: int) -> float:
    """Volume of the unit ball of R^k."""
    return float(math.pi ** (k / 2) / math.gamma(k / 2 + 1))


def embedded_error(rng: np.random.Generator, size: int, n: int, k: int, p: float) -> Array:
    """Means of AVERAGED replicates of min_j |y_j - y*|^p, shape (size,), by the distance in R^12.

    Each circle of circumference 1 lies in a plane of its own, so that the k-torus, k <= 6, is flat
    in R^12; the chord of an arc a is sin(pi a) / pi.  Only the atoms of a small cube of arcs around
    y* are drawn: their number is binomial.  The nearest in R^12 is nearest along each arc.
    """
    half = min(0.5, (NEAR / n) ** (1 / k) / 2)
    count = rng.binomial(n, (2 * half) ** k, size * AVERAGED)
    arcs = rng.uniform(-half, half, (len(count), max(1, int(count.max())), k))
    square = (np.sin(np.pi * arcs) ** 2).sum(axis=2) / np.pi**2
    square[np.arange(square.shape[1]) >= count[:, None]] = np.inf
    nearest = np.minimum(square.min(axis=1), k * np.sin(np.pi * half) ** 2 / np.pi**2)
    value: Array = (nearest ** (p / 2)).reshape(size, AVERAGED).mean(axis=1)
    return value


def wasserstein(N: int, k: int) -> float:
    """Wasserstein-1 distance of N midpoints from the uniform law on [0,1]^k, N^{1/k} whole.

    The cells of the grid have equal mass and each point is nearest to its own midpoint, so that it
    is the mean distance from the centre of a cell:
    E |U| = pi^{-1/2} int_0^inf (1 - E exp(-v^2 |U|^2)) dv / v^2.
    """
    from scipy.integrate import quad  # noqa: PLC0415 - slow to load

    h = 1 / round(N ** (1 / k))

    def rest(v: float) -> float:
        one = math.sqrt(math.pi) * erf(v * h / 2) / (v * h)
        return float((1 - one**k) / v**2)

    ends = (1e-6 / h, 1 / h, 10 / h, math.inf)
    near = k * h**2 / 12 * ends[0]  # below, where 1 - one^k is k v^2 h^2 / 12
    value = near + sum(quad(rest, *part, epsabs=0, epsrel=1e-11)[0] for part in pairwise(ends))
    return float(value) / math.sqrt(math.pi)
