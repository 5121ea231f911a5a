"""Exact root mean-square errors of linear estimates, for targets that one layer can be or cannot.

n values Y_i = f(x_i) + standard normal noise at regular points; the error is in L2.
"""

import math

import numpy as np
from numpy.typing import NDArray

from theorems.hamilton_jacobi.layer import layer

Array = NDArray[np.float64]

WEIGHTS = np.array([[-1.0], [0.0], [1.0]])
HEIGHTS = np.array([0.0, 0.25, -0.125])
VISCOSITY = 0.5


def plane_fit_error(n: int, d: int) -> float:
    """Error for |x|^2 / 2 on [0,1]^d of a plane fitted in each of m^d cubes, m = n^{1/(d+4)}.

    A cube has m^4 = q^d points.  With u in [-1/2, 1/2] along an edge the points have the second
    moment (1 - 1/q^2) / 12; bias and variance follow by hand.
    """
    m, q = tiling(n, d)
    bias = d / 720 + (d / (24 * q**2)) ** 2
    return math.sqrt((bias + 1 + d / (1 - 1 / q**2)) / m**4)


def plane_fit_bound(n: int, d: int) -> float:
    """What that error is at most, whatever f with curvatures in [-1, 1].

    In a cube f is a plane and a rest r of at most |u|^2 / (2 m^2).  What the fit makes of r is no
    larger than r over the points, and over the cube by a factor of at most (1 - 1/q^2)^{-1/2}.
    """
    m, q = tiling(n, d)
    fourth = d / 80 + d * (d - 1) / 144  # E |u|^4
    bias = fourth / 4 * (1 + 1 / math.sqrt(1 - 1 / q**2)) ** 2
    return math.sqrt((bias + 1 + d / (1 - 1 / q**2)) / m**4)


def tiling(n: int, d: int) -> tuple[int, int]:
    """Cubes, and points in a cube, along an edge: n = m^{d+4} and q^d = m^4."""
    m = round(math.pow(n, 1 / (d + 4)))
    q = round(math.pow(m, 4 / d))
    if (m * q) ** d != n:
        raise ValueError(f"n = {n} is not m^{d + 4} with m^4 a power {d}")
    return m, q


def polynomial_error(n: int) -> float:
    """Error for a network of fixed weights and eps of the polynomial with log2(n) coefficients.

    Least squares at n = 2^p midpoints of [-1, 1], which has length 1 here.
    """
    p = round(math.log2(n))
    points = (2 * np.arange(n) + 1) / n - 1
    basis = legendre(points, p)
    inverse = np.linalg.inv(np.linalg.qr(basis, mode="r"))
    coefficients = inverse @ (inverse.T @ (basis.T @ network(points)))
    nodes, weights = np.polynomial.legendre.leggauss(200)
    bias = legendre(nodes, p) @ coefficients - network(nodes)
    return math.sqrt(float(bias**2 @ weights) / 2 + float((inverse**2).sum()))


def legendre(x: Array, p: int) -> Array:
    """The first p Legendre polynomials, orthonormal in L2([-1, 1], dx / 2), shape (len(x), p)."""
    value = np.polynomial.legendre.legvander(x, p - 1) * np.sqrt(2 * np.arange(p) + 1)
    return np.asarray(value, dtype=np.float64)


def network(x: Array) -> Array:
    """The layer of three neurons at x in [-1, 1], shape of x."""
    return np.asarray(layer(x[:, None], WEIGHTS, HEIGHTS, VISCOSITY), dtype=np.float64)


def gibbs_error(n: int, d: int) -> float:
    """Error of Gibbs averages of the data at the viscosity eps = n^{-2/(d+2)} / 4."""
    return average_error(n, d, n ** (-2 / (d + 2)) / 4)


def fixed_gibbs_error(n: int, d: int) -> float:
    """The same at the viscosity 1/64, whatever n."""
    return average_error(n, d, 1 / 64)


def average_error(n: int, d: int, eps: float) -> float:
    """Error for |x_1 - 1/2| on the torus [0,1)^d of averages weighted by exp(-|x - x_i|^2 / 2 eps).

    These are the Gibbs weights of the data as atoms at 2 t = 1.  The average is a convolution with
    the heat kernel: bias and variance are series of Fourier; the n^{1/d} points along an edge are
    taken to be close, n^{-1/d} << eps^{1/2}.
    """
    k = np.arange(1, max(64, round(64 / math.sqrt(eps))), 2, dtype=float)
    bias = 2 * np.sum((np.expm1(-2 * (np.pi * k) ** 2 * eps) / (np.pi * k) ** 2) ** 2)
    every = np.arange(1, max(8, round(4 / math.sqrt(eps))), dtype=float)
    kernel = 1 + 2 * np.sum(np.exp(-4 * (np.pi * every) ** 2 * eps))
    return math.sqrt(float(bias) + float(kernel) ** d / n)
