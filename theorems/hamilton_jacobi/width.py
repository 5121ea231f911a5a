"""What the potential of N atoms lacks of that of its initial data, on [-2, 2]^d at t = 1.

u(x) = -eps log of the mean over y of exp(-(g(y) + |x - y|^2 / 4) / eps), and u_N(x) the same mean
over N atoms.  For g(y) = sum_i h(y_i) the mean is a product over coordinates, so that the largest
|u_N - u| over |x_i| <= 3/2 is d times that in one dimension, with m = N^{1/d} atoms.
"""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

Array = NDArray[np.float64]

HALF = 2.0
PLACES = np.linspace(-1.5, 1.5, 41)


def midpoints(m: int) -> Array:
    """The midpoints of m equal parts of [-2, 2]."""
    return HALF * ((2 * np.arange(m) + 1) / m - 1)


def midpoint_error(N: int, d: int) -> float:
    """The largest |u_N - u| at eps = 1 for g = |y|_1 / d^{1/2} and atoms at midpoints."""
    return d * kink_error(midpoints(edge(N, d)), d)


def closed_error(N: int, d: int) -> float:
    """The same for a regular grid that includes the ends, all with one weight."""
    return d * kink_error(np.linspace(-HALF, HALF, edge(N, d)), d)


def trapezoid_error(N: int, d: int) -> float:
    """The same with half the weight for each end."""
    m = edge(N, d)
    weight = np.r_[0.5, np.ones(m - 2), 0.5] / (m - 1)
    return d * kink_error(np.linspace(-HALF, HALF, m), d, weight)


def kink_error(atoms: Array, d: int, weight: Array | None = None) -> float:
    """In one dimension for g = |y| / d^{1/2}, at eps = 1."""
    steep = 1 / math.sqrt(d)
    nodes, weights = np.polynomial.legendre.leggauss(64)
    half = HALF * (nodes + 1) / 2
    exact = np.stack([density(-half, steep), density(half, steep)]).mean(axis=0) @ weights / 2
    found = density(atoms, steep)
    mean = found.mean(axis=1) if weight is None else found @ weight
    return float(np.abs(np.log1p((mean - exact) / exact)).max())


def density(y: Array, steep: float) -> Array:
    """exp(-(steep |y| + (x - y)^2 / 4)) at all places x, shape (places, len(y))."""
    value: Array = np.exp(-(steep * np.abs(y) + (PLACES[:, None] - y) ** 2 / 4))
    return value


def worst_data_error(N: int, d: int) -> float:
    """The same for midpoints and the data that are worst for them: the distance from the atoms.

    g(y) = sum_i min_j |y_i - a_j| / d^{1/2}, a the atoms along an edge, which do not see it.
    """
    m = edge(N, d)
    atoms = midpoints(m)
    nodes, weights = np.polynomial.legendre.leggauss(16)
    half = HALF / m * (nodes + 1) / 2  # of a part, on either side of its atom
    off = np.r_[-half, half][:, None]
    near = density((atoms + off).ravel(), 0).reshape(len(PLACES), len(off), m).mean(axis=2)
    exact = near @ (np.r_[weights, weights] / 4 * np.exp(-np.abs(off[:, 0]) / math.sqrt(d)))
    return d * float(np.abs(np.log(density(atoms, 0).mean(axis=1) / exact)).max())


def prescribed_error(N: int, eps: float, d: int) -> float:
    """The largest |u_N - u| for g = |y|^2 / 2 and the grid with its ends, at viscosity eps.

    The integral is that of a Gaussian of precision 3/2 over eps around x/3.
    """
    atoms = np.linspace(-HALF, HALF, edge(N, d))
    scale = math.sqrt(0.75 / eps)
    centre = PLACES / 3
    mass = erf(scale * (HALF - centre)) + erf(scale * (HALF + centre))
    exact = math.sqrt(math.pi) / scale / 2 * mass / (2 * HALF)
    found = np.exp(-((scale * (atoms - centre[:, None])) ** 2)).mean(axis=1)
    return d * eps * float(np.abs(np.log1p((found - exact) / exact)).max())


def iid_error(N: int, d: int) -> float:
    """Root mean square of u_N - u at eps = 1, x = (1/2, .., 1/2), for N independent atoms.

    With S = exp(u - u_N), a mean of N variables of mean 1, and L(s) = E exp(-s S),
    E (log S)^2 = 2 int_0^inf (log s + gamma) (L(s) - exp(-s)) ds / s: the coefficient of z in the
    expansion of Gamma(z) E (S^{-z} - 1).  L is a series in the moments of one summand.
    """
    s = np.exp(np.arange(-30, 4.25, 0.05))
    power = np.arange(2, 80)
    terms = np.cumprod(np.full((80, len(s)), -s / N) / np.arange(1, 81)[:, None], axis=0)
    log_one = np.log1p(-s / N + summand_moments(power, d) @ terms[1:79])
    gap = np.exp(-s) * np.expm1(N * log_one + s)
    return math.sqrt(2 * 0.05 * float((np.log(s) + np.euler_gamma) @ gap))


def summand_moments(power: NDArray[np.int64], d: int) -> Array:
    """E V^k / (E V)^k for V = exp(-(g(y) + |x - y|^2 / 4)), y uniform on [-2, 2]^d."""
    nodes, weights = np.polynomial.legendre.leggauss(200)
    y = HALF * np.r_[-(nodes + 1), nodes + 1] / 2
    weights = np.r_[weights, weights] / 4
    log_v = -(np.abs(y) / math.sqrt(d) + (0.5 - y) ** 2 / 4)
    log_v -= math.log(weights @ np.exp(log_v))
    value: Array = (np.exp(np.outer(power, log_v)) @ weights) ** d
    return value


def edge(N: int, d: int) -> int:
    """Atoms along an edge, N^{1/d}, which is to be whole."""
    m = round(math.pow(N, 1 / d))
    if m**d != N:
        raise ValueError(f"N = {N} is not a power {d}")
    return m
