"""Regret of a transformer less that of the algorithm it stands for, on the same rewards."""

import math
from functools import lru_cache

import numpy as np

from theorems.nonstationary_regret.attention import decoding, policies, reference
from theorems.nonstationary_regret.attention.packing import Packed, packed
from theorems.nonstationary_regret.attention.transformer import Array, Whole

ALL, NEVER = 2**40, math.inf
"""A window that is never left, and a threshold that is never reached."""


@lru_cache(maxsize=32)
def ucb(horizon: int, sharpness: float, width: int) -> Packed:
    """UCB of two arms, ready to be played."""
    model = policies.ucb(2, half_log(horizon), horizon, sharpness, width)
    return packed(model, 2 * horizon + 1)


@lru_cache(maxsize=32)
def sliding_window(horizon: int, length: int, width: int) -> Packed:
    """Sliding-window UCB of two arms, ready to be played."""
    model = policies.sliding_window(2, half_log(length), length, width)
    return packed(model, 2 * horizon + 1)


@lru_cache(maxsize=32)
def restarting(horizon: int, sharpness: float, width: int) -> Packed:
    """UCB of two arms with a restart test, ready to be played."""
    beta = half_log(horizon)
    model = policies.restarting(beta, horizon, sharpness, width, threshold(horizon))
    return packed(model, 2 * horizon + 1)


def half_log(horizon: int) -> float:
    """beta, of the bonus sqrt(beta / N)."""
    return math.log(horizon) / 2


def threshold(horizon: int) -> float:
    """Of the restart test: sqrt(K beta), the size of the bonuses that were paid, for two arms."""
    return math.sqrt(2 * half_log(horizon))


def swaps(T: int, segments: int, gap: float) -> Array:
    """Means of two arms, 1/2 +- gap/2, that change places between equal segments, (T, 2).

    At first the second arm is the better one.
    """
    sign = 1 - 2 * (np.arange(T) * segments // T % 2)
    return np.asarray(0.5 + gap / 2 * np.stack([-sign, sign], axis=1))


def regret(means: Array, arms: Whole) -> float:
    """Pseudo-regret of the arms that were played."""
    return float((means.max(axis=1) - means[np.arange(len(arms)), arms]).sum())


def difference(
    net: Packed,
    rng: np.random.Generator,
    size: int,
    means: Array,
    beta: float,
    length: int = ALL,
    test: float = NEVER,
) -> Array:
    """Regret of a transformer less that of the algorithm, `size` pairs on the same rewards."""
    found = np.empty(size)
    for one in range(size):
        uniform = rng.random(means.T.shape)
        own, _ = decoding.play(net, means, uniform)
        exact, _ = reference.play(means, uniform, beta, length, test)
        found[one] = regret(means, own) - regret(means, exact)
    return found
