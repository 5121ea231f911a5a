"""At which eps the basins of the entropy merge: chains of pairs, and rings of jittered atoms.

Atoms with g = 0 at t = 1.  On a product of sets of atoms the weights are products, so that H is a
sum of entropies on lines and its basins are products of theirs.  Derived here.
"""

from collections.abc import Callable

import numpy as np

from theorems.hamilton_jacobi.critical_points import slopes
from theorems.hamilton_jacobi.layer import Array, gibbs

REACH = 6
"""Neighbours on either side that count."""

PER_ATOM = 16
"""Places per atom at which the slope of the entropy is read."""

SMALLEST = 1e-10
"""From this eps on it is looked for the merging, in steps by a half."""


def pair_merging(N: float, d: int) -> float:
    """The eps at which every pair merges into a basin, N atoms on a product of d chains in [0, 1].

    The gaps of a chain of n = N^{1/d} atoms are 2/3 and 4/3 of 1/n by turns; it has no ends.  By
    symmetry the middle of a pair is a critical point of H, a minimum once H_xx is positive there.
    """
    spacing = N ** (-1 / d)
    y = (np.arange(-REACH, REACH + 1)[:, None] * 2 + np.array([-1 / 3, 1 / 3])).ravel() * spacing
    return first_time(lambda eps: bend(y, eps) > 0)


def bend(y: Array, eps: float) -> float:
    """4 eps^2 H_xx at 0, of atoms y (N,) that are symmetric about 0."""
    z = -(y**2) / 4
    weight = gibbs(z, eps)
    return float(-(weight * y**2 * (1 + (z - weight @ z) / eps)).sum())


def half_merging(N: int, jitter: list[float]) -> float:
    """The eps from which at most half of the basins are left, for N atoms on a ring of length 1.

    The atoms are at (j + jitter_j) / N; the jitter of a cell is repeated around the ring.
    """
    return first_time(lambda eps: 2 * basins(N, jitter, eps) <= len(jitter))


def basins(N: int, jitter: list[float], eps: float) -> int:
    """Minima of H on a cell of the ring, by the signs of H_x at PER_ATOM places per atom."""
    count = len(jitter)
    near = np.arange(-REACH, count + REACH)
    W = (near + np.array(jitter)[near % count]) / N / 2
    x = (np.arange(count * PER_ATOM) + 0.5) / PER_ATOM / N
    rising = slopes(x, eps, W, -(W**2)) < 0
    return int((rising & ~np.roll(rising, 1)).sum())


def first_time(merged: Callable[[float], bool]) -> float:
    """The eps at which `merged` is true first, from SMALLEST on, to rounding."""
    high = SMALLEST
    while not merged(high):
        high *= 1.5
    low = high / 1.5
    while low < (centre := (low + high) / 2) < high:
        low, high = (low, centre) if merged(centre) else (centre, high)
    return high
