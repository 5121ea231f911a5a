"""Log-sum-exp layers as eps -> 0: ties, smooth and kinked data, grids of atoms.

Everything is exact or quadrature; nothing is drawn.
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from theorems.hamilton_jacobi.layer import potential

Array = NDArray[np.float64]
Lines = Sequence[Sequence[int]]
"""Affine functions of one variable, by slope and height, with slopes that differ."""

FAR = 45.0
"""Exponents beyond which exp is below the rounding of 1."""


def break_points(lines: Lines) -> list[Fraction]:
    """Where the largest of the lines changes, ascending."""
    ties = {Fraction(b - d, c - a) for (a, b), (c, d) in combinations(lines, 2)}
    return sorted(x for x in ties if len(leaders(lines, x)) > 1)


def leaders(lines: Lines, x: Fraction) -> list[int]:
    """The slopes of the lines that are largest at x."""
    values = [a * x + b for a, b in lines]
    return [a for (a, _), value in zip(lines, values, strict=True) if value == max(values)]


def largest_gap(eps: float, lines: Lines) -> float:
    """sup over x of f - max_j (W_j x + b_j).

    Where one line leads the gap is convex in x, so that it is largest at a break point.
    """
    return eps * max(
        math.log(sum(math.exp(-off / eps) for off in distances(lines, x)))
        for x in break_points(lines)
    )


def distances(lines: Lines, x: Fraction) -> list[float]:
    """How far each line is below the largest at x; exactly 0 where it is a leader."""
    values = [a * x + b for a, b in lines]
    return [float(max(values) - value) for value in values]


def total_gap(eps: float, lines: Lines) -> float:
    """The integral over x of f - max_j (W_j x + b_j), by Gauss and Legendre's rule.

    In u = |x - break| / eps the exponents are exact, and beyond FAR nothing is left.
    """
    breaks = break_points(lines)
    edges = [-math.inf, *map(float, breaks), math.inf]
    total = 0.0
    for k, x in enumerate(breaks):
        off = np.array(distances(lines, x)) / eps
        for side, top, width in (
            (-1, min(leaders(lines, x)), edges[k + 1] - edges[k]),
            (1, max(leaders(lines, x)), edges[k + 2] - edges[k + 1]),
        ):
            u, weight = panels(min(FAR, width / (2 * eps)))
            fall = np.array([side * (top - a) for a, _ in lines])
            exponents = -(off + np.outer(u, fall))
            exponents[:, fall == 0] = -np.inf
            total += eps**2 * float(weight @ np.log1p(np.exp(exponents).sum(axis=1)))
    return total


def panels(end: float) -> tuple[Array, Array]:
    """Nodes and weights of twenty points on panels of [0, end] of width 1 or less."""
    count = math.ceil(end)
    nodes, weights = np.polynomial.legendre.leggauss(20)
    half = end / (2 * count)
    middles = half * (2 * np.arange(count) + 1)
    return (middles[:, None] + half * nodes).ravel(), np.tile(half * weights, count)


def generic_exponent(eps: float, place: int) -> float:
    """-eps log((f - max) / eps) of a fixed random layer at one of its places."""
    off = np.sort(planted(place))[::-1]
    exponents = (off[1:] - off[0]) / eps
    small = exponents[0] + math.log(np.exp(exponents - exponents[0]).sum())
    return -eps * (small if small < -FAR else math.log(math.log1p(math.exp(small))))


def planted(place: int) -> Array:
    """The logits of a fixed random layer, N = 12, d = 2, at a place of a given number."""
    rng = np.random.default_rng(0)
    W, b = rng.normal(size=(12, 2)), rng.normal(size=12)
    return np.asarray(W @ rng.normal(size=(8, 2))[place] + b)


def first_gap(place: int) -> float:
    """The distance from the largest of these logits to the second."""
    top = np.sort(planted(place))[::-1]
    return float(top[0] - top[1])


def second_gap(place: int) -> float:
    """The distance from the largest to the third."""
    top = np.sort(planted(place))[::-1]
    return float(top[0] - top[2])


def minimiser(r: float, t: float) -> float:
    """The radius of the y that minimises (1 + |y|^2)^{1/2} + |x - y|^2 / 4t at |x| = r."""
    from scipy.optimize import brentq  # noqa: PLC0415 - slow to load

    found = brentq(lambda s: s / math.hypot(1, s) + (s - r) / (2 * t), -r - 1, r + 1, xtol=1e-15)
    return float(found)


def curvatures(s: float) -> Array:
    """Those of (1 + |y|^2)^{1/2} at |y| = s, along y and across, shape (2,)."""
    return np.array([(1 + s * s) ** -1.5, (1 + s * s) ** -0.5])


def smooth_excess(eps: float, r: float, t: float = 1.0) -> float:
    """(u_eps - u_0) / eps at |x| = r in the plane for the data g(y) = (1 + |y|^2)^{1/2}.

    u_eps is normalised by the heat kernel; Gauss and Hermite's rule about the minimiser.
    """
    place = np.array([minimiser(r, t), 0.0])
    scale = np.sqrt(eps / (curvatures(place[0]) + 1 / (2 * t)))
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    s = np.stack(np.meshgrid(nodes, nodes, indexing="ij"), axis=-1)
    mass = np.multiply.outer(weights, weights)
    y = place + scale * s
    rise = height(y, r, t) - height(place, r, t)
    integral = (mass * np.exp((s * s).sum(axis=-1) / 2 - rise / eps)).sum() * scale.prod()
    return -math.log(integral / (4 * math.pi * eps * t))


def height(y: Array, r: float, t: float) -> Any:
    """(1 + |y|^2)^{1/2} + |x - y|^2 / 4t at x = (r, 0) for y (..., 2), shape (...)."""
    off = y - np.array([r, 0.0])
    return np.sqrt(1 + (y * y).sum(axis=-1)) + (off * off).sum(axis=-1) / (4 * t)


def smooth_limit(r: float) -> float:
    """log det(I + 2t Hess g(y*)) / 2 at t = 1, with y* the minimiser for |x| = r."""
    return float(np.log1p(2 * curvatures(minimiser(r, 1.0))).sum() / 2)


def smooth_limit_at_place(r: float) -> float:
    """The same with the Hessian at x."""
    return float(np.log1p(2 * curvatures(r)).sum() / 2)


def smooth_limit_half(r: float) -> float:
    """The same with t in the place of 2t, as it would be for H(p) = |p|^2 / 2."""
    return float(np.log1p(curvatures(minimiser(r, 1.0))).sum() / 2)


def kinked_excess(eps: float, d: int) -> float:
    """(u_eps - u_0) / eps at x = 0 and t = 1 in d dimensions for the data g(y) = |y|.

    The minimum is at the kink and u_0 = 0; with |y| = eps s the integral is Gauss and Laguerre's.
    """
    s, weights = _laguerre()
    radial = float(weights @ (s ** (d - 1) * np.exp(-eps * s * s / 4)))
    sphere = 2 * math.pi ** (d / 2) / math.gamma(d / 2)
    return -math.log(sphere * radial) + d / 2 * math.log(4 * math.pi / eps)


@lru_cache
def _laguerre() -> tuple[Array, Array]:
    return np.polynomial.laguerre.laggauss(64)


def kink_coefficient(eps: float, d: int) -> float:
    """That of log(1 / eps) in (u_eps - u_0) / eps: its growth as eps is halved, over log 2."""
    return (kinked_excess(eps / 2, d) - kinked_excess(eps, d)) / math.log(2)


def smooth_coefficient(eps: float, d: int) -> float:
    """The same for smooth data, for the place |x| = d in the plane."""
    return (smooth_excess(eps / 2, d) - smooth_excess(eps, d)) / math.log(2)


PLACE, EDGE = 0.3, 2.0
"""Where the potential of a grid of atoms is read, at t = 1; the atoms lie in [-EDGE, EDGE]."""


HOPF_LAX = PLACE**2 / 4
"""min_y |y| + (PLACE - y)^2 / 4 over all y: the minimum is at the kink y = 0."""

WITHOUT_TWO = PLACE**2 / 2
"""The same for the Hamiltonian |p|^2 / 2."""


def grid_potential(N: int, eps: float) -> float:
    """u of N atoms of height |y| at the midpoints of equal parts of [-EDGE, EDGE].

    Atoms whose terms are below exp(-FAR) / N of the largest one are left out: the height grows
    from the kink at least like (1 - PLACE / 2) |y|.
    """
    reach = (FAR + math.log(N)) * eps / (1 - PLACE / 2)
    half = min(math.ceil(reach * N / (2 * EDGE)) + 1, (N + 1) // 2)
    odd = np.arange(N % 2 - 2 * half + 1, 2 * half, 2)
    y = EDGE * odd[np.abs(odd) < N] / N
    return float(potential(np.array([PLACE]), 1.0, y[:, None], np.abs(y), eps))


def mean_potential(N: int, eps: float) -> float:
    """The same for the mean of the N exponentials in the place of their sum."""
    return grid_potential(N, eps) + eps * math.log(N)


def many_atoms(eps: float) -> float:
    """The limit of the mean as N -> inf: an integral over [-EDGE, EDGE], by error functions.

    With y = s or -s, s in [0, EDGE], the exponent is a square about PLACE - 2 or -PLACE - 2.
    """
    from scipy.special import erfcx  # noqa: PLC0415 - slow to load

    root, total = math.sqrt(eps), 0.0
    for centre in (PLACE - 2, -PLACE - 2):
        near, far = -centre / (2 * root), (EDGE - centre) / (2 * root)
        total += erfcx(near) - math.exp(near**2 - far**2) * erfcx(far)
    return HOPF_LAX - eps * math.log(math.sqrt(math.pi * eps) * total / (2 * EDGE))


def whole_mass(eps: float) -> float:
    """The same where the atoms have the mass 2 EDGE of the interval, not 1."""
    return many_atoms(eps) - eps * math.log(2 * EDGE)


def bare_diagonal(eps: float) -> float:
    """u of 2^{1 / eps} atoms: eps log N = log 2 below the mean, which the integral is in doubles.

    Without an error from 1 / eps = 32 on; that of 2^20 atoms is 1e-11.
    """
    return many_atoms(eps) - math.log(2)


def mean_along(eps: float, speed: float) -> float:
    """The mean over eps^{-speed} atoms."""
    return mean_potential(round(eps**-speed), eps)


def half(d: int) -> float:
    """d / 2."""
    return d / 2


def whole(d: int) -> float:
    """d."""
    return float(d)
