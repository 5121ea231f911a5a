"""Least squares over the functions that one layer can be: the convex ones, in one dimension.

A log-sum-exp layer is convex in its input, and every convex piecewise linear function is the limit
of such layers as eps -> 0.  The estimate is the best convex function with knots k/m to n values
Y_i = f((i - 1/2) / n) + standard normal noise on [0,1], n a multiple of m.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from theorems.hamilton_jacobi.layer import layer

Array = NDArray[np.float64]
Target = Callable[[Array], Array]
"""A function of x, at most quadratic between two knots."""


def convex_error(rng: np.random.Generator, size: int, n: int, m: int, target: Target) -> Array:
    """Replicates of ||f_n - f|| in L2([0,1]), shape (size,), at a cost that does not grow with n.

    The products of the data with the m + 1 hat functions are all that the estimate needs.
    """
    mass, moments = normal_equations(n, m, target)
    root = np.linalg.cholesky(mass)
    observed = np.linalg.solve(root, moments) + rng.standard_normal((size, m + 1)) / np.sqrt(n)
    return distance(convex_fit(observed, root), target)


def convex_fit(observed: NDArray[Any], root: NDArray[Any]) -> Array:
    """The convex heights theta (.., m + 1) with the least |root' theta - observed| in each row.

    Written as a line and hinges with weights that are not negative, as in a layer without noise.
    """
    from scipy.optimize import nnls  # noqa: PLC0415 - slow to load

    m = observed.shape[-1] - 1
    knots = np.arange(m + 1) / m
    line, _ = np.linalg.qr(root.T @ np.stack([np.ones(m + 1), knots], axis=1))
    bent = root.T @ np.maximum(knots[:, None] - knots[1:-1], 0)
    free = bent - line @ (line.T @ bent)
    rest = np.atleast_2d(observed - observed @ line @ line.T)
    hinges = np.stack([nnls(free, row)[0] for row in rest]) @ bent.T
    fitted = hinges + (observed - hinges) @ line @ line.T
    return np.asarray(np.linalg.solve(root.T, fitted.T).T.reshape(observed.shape), dtype=np.float64)


def tent_distance(W: Any, b: Any, eps: float) -> float:
    """||f - target||^2 in L2([0,1]) for the layer f with these W and b (N,), target -2 |x - 1/2|.

    By Gauss's rule on either half.
    """
    nodes, weights = np.polynomial.legendre.leggauss(32)
    x = np.r_[nodes + 1, nodes + 3] / 4
    off = layer(x[:, None], np.asarray(W)[:, None], b, eps) + 2 * np.abs(x - 0.5)
    return float(off**2 @ np.r_[weights, weights] / 4)


def normal_equations(n: int, m: int, target: Target) -> tuple[Array, Array]:
    """Mean products of the hat functions with one another and with f over the n points."""
    nodes, weights = cell_nodes(n // m)
    hats = np.stack([1 - nodes, nodes])
    block = (hats * weights) @ hats.T / m
    values = target((np.arange(m)[:, None] + nodes) / m) * weights @ hats.T / m
    mass = np.zeros((m + 1, m + 1))
    moments = np.zeros(m + 1)
    for k in range(m):
        mass[k : k + 2, k : k + 2] += block
        moments[k : k + 2] += values[k]
    return mass, moments


def distance(heights: Array, target: Target) -> Array:
    """||g - f|| in L2([0,1]) for g (.., m + 1) by its heights at the knots, shape (..)."""
    m = heights.shape[-1] - 1
    nodes, weights = cell_nodes(None)
    g = heights[..., :-1, None] * (1 - nodes) + heights[..., 1:, None] * nodes
    square = (g - target((np.arange(m)[:, None] + nodes) / m)) ** 2 @ weights
    root: Array = np.sqrt(square.mean(axis=-1))
    return root


def cell_nodes(q: int | None) -> tuple[Array, Array]:
    """Three nodes in (0, 1) and weights that average a quintic over (j - 1/2) / q, j <= q.

    They match the second and the fourth central moment of these points; of all of (0, 1) for None.
    """
    tiny = 0.0 if q is None else 1 / q**2
    second = (1 - tiny) / 12
    fourth = (1 - tiny) * (3 - 7 * tiny) / 240
    if second == 0:
        return np.array([0.5]), np.array([1.0])
    off, share = np.sqrt(fourth / second), second**2 / fourth / 2
    return np.array([0.5 - off, 0.5, 0.5 + off]), np.array([share, 1 - 2 * share, share])


def projection() -> list[Any]:
    """That -1/2 is the convex function nearest to -2 |x - 1/2|, at the distance 12^{-1/2}.

    What is left over is orthogonal to lines, and its product with a hinge (x - k)_+ is negative:
    -w^2 (3 - 4w) / 12 with w the distance of k from the nearer end of [0,1].
    """
    return certificate(sign=1)


def valley_projection() -> list[Any]:
    """The same for 2 |x - 1/2| and 1/2."""
    return certificate(sign=-1)


def certificate(sign: int) -> list[Any]:
    """What vanishes if a constant is the projection of the tent with that sign; in sympy."""
    from sympy import Rational, integrate, symbols  # noqa: PLC0415 - slow to load

    x, k, w = symbols("x k w", real=True)
    half = Rational(1, 2)
    left, right = sign * (2 * x - half), sign * (3 * half - 2 * x)

    def mean(factor: Any) -> Any:
        return integrate(left * factor, (x, 0, half)) + integrate(right * factor, (x, half, 1))

    early = integrate(left * (x - k), (x, k, half)) + integrate(right * (x - k), (x, half, 1))
    late = integrate(right * (x - k), (x, k, 1))
    product = -(w**2) * (3 - 4 * w) / 12
    square = integrate(left**2, (x, 0, half)) + integrate(right**2, (x, half, 1))
    return [
        mean(1),
        mean(x),
        early - product.subs(w, k),
        late - product.subs(w, 1 - k),
        square - Rational(1, 12),
    ]
