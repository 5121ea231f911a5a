"""Exp3.S (Auer et al., SIAM J. Comput. 2002) and Rexp3 (Besbes, Gur and Zeevi, 2014)."""

import math

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.compiled import compiled
from theorems.nonstationary_regret.simulators.rewards import reward

Array = NDArray[np.float64]
Whole = NDArray[np.int64]


def exp3s_rates(T: int, L: int, K: int) -> tuple[float, float]:
    """The exploration and the sharing of Exp3.S that suit L segments: gamma and alpha."""
    gamma = math.sqrt(K * (L * math.log(K * T) + math.e) / ((math.e - 1) * T))
    return min(1.0, gamma), 1 / T


def rexp3_rates(T: int, V: float, K: int) -> tuple[int, float]:
    """The length of a block and the exploration of Rexp3 that suit a variation of V."""
    length = math.ceil((K * math.log(K)) ** (1 / 3) * (T / V) ** (2 / 3))
    return length, min(1.0, math.sqrt(K * math.log(K) / ((math.e - 1) * length)))


@compiled
def exp3(
    rng: np.random.Generator,
    ends: Whole,
    means: Array,
    restarts: Whole,
    gamma: float,
    alpha: float,
    gaussian: bool,
) -> float:
    """Pseudo-regret of exponential weights that start anew at `restarts`.

    Exp3.S has one block, Rexp3 no sharing: alpha = 0.
    """
    arms = means.shape[1]
    weights, chance = np.ones(arms), np.empty(arms)
    segment, block, regret, best = 0, 0, 0.0, means[0].max()
    for t in range(ends[-1]):
        if t == ends[segment]:
            segment += 1
            best = means[segment].max()
        if t == restarts[block]:
            block += 1
            weights[:] = 1.0
        total = weights.sum()
        for k in range(arms):
            chance[k] = (1 - gamma) * weights[k] / total + gamma / arms
        arm = drawn(rng, chance)
        found = reward(rng, means[segment, arm], gaussian)
        if found != 0:
            weights[arm] *= math.exp(gamma * found / (arms * chance[arm]))
        for k in range(arms):
            weights[k] += math.e * alpha / arms * total
        if weights[arm] > 1e100:
            weights /= weights[arm]
        regret += best - means[segment, arm]
    return regret


@compiled
def drawn(rng: np.random.Generator, chance: Array) -> int:
    """A place, drawn with the given chances."""
    left = rng.random()
    for k in range(len(chance) - 1):
        left -= chance[k]
        if left < 0:
            return k
    return len(chance) - 1
