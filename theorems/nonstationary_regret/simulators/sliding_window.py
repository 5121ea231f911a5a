"""UCB of the last rewards alone: the sliding window of Garivier and Moulines (2011)."""

import math

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.compiled import compiled
from theorems.nonstationary_regret.simulators.index_policies import argmax
from theorems.nonstationary_regret.simulators.rewards import reward

Array = NDArray[np.float64]
Whole = NDArray[np.int64]


def window_of(T: int, L: int) -> int:
    """The window 2 sqrt(T log(T) / (L - 1)) that suits L - 1 changes at a fixed gap."""
    return min(T, math.floor(2 * math.sqrt(T * math.log(T) / (L - 1))))


@compiled
def sliding_window(
    rng: np.random.Generator, ends: Whole, means: Array, window: int, xi: float, gaussian: bool
) -> float:
    """Pseudo-regret with the bonus sqrt(xi log(min(t, window)) / n), n pulls in the window."""
    arms = means.shape[1]
    sums, pulls, index = np.zeros(arms), np.zeros(arms, np.int64), np.empty(arms)
    chosen, seen = np.zeros(window, np.int64), np.zeros(window)
    segment, regret, best = 0, 0.0, means[0].max()
    for t in range(ends[-1]):
        if t == ends[segment]:
            segment += 1
            best = means[segment].max()
        scale = xi * math.log(max(2, min(t, window)))
        for k in range(arms):
            index[k] = sums[k] / pulls[k] + math.sqrt(scale / pulls[k]) if pulls[k] else np.inf
        arm = argmax(rng, index)
        place = t % window
        if t >= window:
            sums[chosen[place]] -= seen[place]
            pulls[chosen[place]] -= 1
        chosen[place], seen[place] = arm, reward(rng, means[segment, arm], gaussian)
        sums[arm] += seen[place]
        pulls[arm] += 1
        regret += best - means[segment, arm]
    return regret
