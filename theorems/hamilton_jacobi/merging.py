"""At which eps the basins of the entropy merge: chains of atoms, and rings of jittered ones.

Atoms with g = 0 at t = 1.  On a product of sets of atoms the weights are products, so that H is a
sum of entropies on lines and its basins are products of theirs.  Derived here.
"""

import math

import numpy as np

from theorems.hamilton_jacobi.critical_points import Array

REACH = 6
"""Neighbours on either side that count: beyond them a weight is below exp(-REACH^2 / 8)."""

PER_ATOM = 16
"""Places per atom at which the slope of the entropy is read."""

JITTER = 0.3
"""Largest displacement of an atom, relative to the spacing."""

LOW, HIGH = 0.02, 2.0
"""Between these multiples of spacing^2 / (4 t) half of the basins have merged."""


def pair_merging(N: float, d: int) -> float:
    """The eps at which every pair merges into a basin, for N atoms on a product of d chains in [0, 1].

    The gaps of a chain of n = N^{1/d} atoms are 2/3 and 4/3 of 1/n by turns.  By symmetry the middle
    of a pair is a critical point of H, and a minimum from the eps on at which H_xx is 0 there.
    """
    spacing = N ** (-1 / d)
    pairs = np.arange(-REACH, REACH + 1)[:, None] * 2 + np.array([-1 / 3, 1 / 3])
    y = pairs.ravel() * spacing
    low, high = (math.log(end * spacing**2 / 4) for end in (LOW, HIGH))
    while high - low > 1e-14 * abs(low):
        centre = (low + high) / 2
        low, high = (centre, high) if bend(y, math.exp(centre)) < 0 else (low, centre)
    return math.exp((low + high) / 2)


def bend(y: Array, eps: float) -> float:
    """eps^2 H_xx at 0 of atoms at y (N,): minus the sum of pi_j y_j^2 (1 + log(pi_j) + H) / 4.

    For weights that are symmetric about 0.
    """
    power = -(y**2) / (4 * eps)
    weight = np.exp(power - power.max())
    weight /= weight.sum()
    return float(-(weight * y**2 * (1 + power - weight @ power)).sum() / 4)


def half_merging(rng: np.random.Generator, size: int, N: int) -> Array:
    """The eps from which at most N/2 basins are left, for N jittered atoms on a ring of length 1.

    Of `size` rings, shape (size,).  The atoms are at (j + U_j) / N with U_j uniform on [-JITTER,
    JITTER]; basins are counted by the signs of H_x at PER_ATOM places per atom.
    """
    return np.array([_half(rng.uniform(-JITTER, JITTER, N)) for _ in range(size)]) / (4 * N**2)


def _half(jitter: Array) -> float:
    """4 eps / spacing^2 where half of the basins are left, by bisection to a hundredth."""
    low, high = math.log(LOW), math.log(HIGH)
    while high - low > 0.01:
        centre = (low + high) / 2
        few = 2 * basins(jitter, math.exp(centre)) <= len(jitter)
        low, high = (low, centre) if few else (centre, high)
    return math.exp((low + high) / 2)


def basins(jitter: Array, scale: float) -> int:
    """The minima of H on a ring of atoms at j + jitter_j, j < N, for 4 t eps = scale."""
    N = len(jitter)
    near = np.arange(-REACH, REACH + 1)
    place = (np.arange(PER_ATOM) + 0.5) / PER_ATOM - 0.5
    y = near + jitter[(np.arange(N)[:, None] + near) % N]  # (N, neighbours), about each atom
    off = place[:, None] - y[:, None, :]
    power = -(off**2) / scale
    power -= power.max(axis=-1, keepdims=True)
    weight = np.exp(power)
    total = weight.sum(axis=-1)
    mean, height = (weight * off).sum(-1) / total, (weight * power).sum(-1) / total
    slope = ((weight * off * power).sum(-1) / total - mean * height).ravel()  # H_x up to a factor
    rising = slope > 0
    return int((rising & ~np.roll(rising, 1)).sum())
