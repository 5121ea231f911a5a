"""The algorithms that the transformers stand for, on the same rewards, with the same ties."""

import math

import numpy as np

from theorems.nonstationary_regret.attention.transformer import Array, Whole
from theorems.nonstationary_regret.simulators.compiled import compiled


@compiled
def first_best(sums: Array, pulls: Whole, beta: float) -> tuple[int, float]:
    """The first arm with the largest upper confidence bound, and that; without pulls infinite."""
    arm, best = 0, -np.inf
    for k in range(len(sums)):
        index = np.inf
        if pulls[k] > 0:
            index = sums[k] / pulls[k] + math.sqrt(beta / pulls[k])
        if index > best:
            arm, best = k, index
    return arm, best


@compiled
def play(
    means: Array, uniform: Array, beta: float, length: int, threshold: float
) -> tuple[Whole, Whole]:
    """Arms that UCB plays on the last `length` rounds, and restarts before each, both (T,).

    It starts anew after tau rounds of an epoch if the sum of the largest index, cut off at 1, is
    larger than that of the rewards by more than threshold sqrt(tau).  Rewards are drawn as in
    `decoding.play`.
    """
    T, K = means.shape
    sums, pulls, start, late = np.zeros(K), np.zeros(K, np.int64), 0, 0.0
    arms, rewards = np.empty(T, np.int64), np.empty(T)
    restarts, drawn = np.zeros(T, np.int64), np.zeros(K, np.int64)
    for t in range(T):
        if t > start and late - threshold * math.sqrt(t - start) > 0:
            sums[:], pulls[:], start, late, restarts[t] = 0.0, 0, t, 0.0, 1
        if t > length:
            pulls[arms[t - 1 - length]] -= 1
            sums[arms[t - 1 - length]] -= rewards[t - 1 - length]
        arm, best = first_best(sums, pulls, beta)
        reward = 1.0 if uniform[arm, drawn[arm]] < means[t, arm] else 0.0
        drawn[arm] += 1
        sums[arm] += reward
        pulls[arm] += 1
        late += min(best, 1.0) - reward
        arms[t], rewards[t] = arm, reward
    return arms, restarts
