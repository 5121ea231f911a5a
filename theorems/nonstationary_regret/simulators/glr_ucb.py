"""UCB that starts anew when an arm's mean has changed, by a generalised likelihood ratio.

In the manner of Besson, Kaufmann, Maillard and Seznec (2022), with the test at dyadic lengths and a
restart of all arms.  It knows the horizon, and neither the changes nor their size.
"""

import math

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.compiled import compiled
from theorems.nonstationary_regret.simulators.index_policies import argmax
from theorems.nonstationary_regret.simulators.rewards import reward

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

CONFIDENCE = 0.5
"""Of the test and of UCB, in units of log(T)."""
EVERY = 8
"""Pulls of an arm between two tests of it."""


@compiled
def glr_ucb(
    rng: np.random.Generator, ends: Whole, means: Array, exploration: float, gaussian: bool
) -> tuple[float, int]:
    """Pseudo-regret and the number of restarts.

    After t pulls since the last restart an arm is drawn at random with the chance
    exploration (K / t)^{1/2}; elsewhere UCB with the bonus (log(t) / (2 n))^{1/2}.
    """
    T, arms = ends[-1], means.shape[1]
    totals, pulls, index = np.zeros((arms, T + 1)), np.zeros(arms, np.int64), np.empty(arms)
    segment, start, restarts, regret, best = 0, 0, 0, 0.0, means[0].max()
    for t in range(T):
        if t == ends[segment]:
            segment += 1
            best = means[segment].max()
        age = t - start
        if exploration > 0 and rng.random() * math.sqrt(age) < exploration * math.sqrt(arms):
            arm = int(rng.random() * arms)
        else:
            scale = CONFIDENCE * math.log(max(2, age))
            for k in range(arms):
                n = pulls[k]
                index[k] = totals[k, n] / n + math.sqrt(scale / n) if n else np.inf
            arm = argmax(rng, index)
        n = pulls[arm] + 1
        found = reward(rng, means[segment, arm], gaussian)
        totals[arm, n] = totals[arm, n - 1] + found
        pulls[arm] = n
        regret += best - means[segment, arm]
        if n % EVERY == 0 and changed(totals[arm], n, CONFIDENCE * math.log(T)):
            start, restarts = t + 1, restarts + 1
            pulls[:] = 0
    return regret, restarts


@compiled
def changed(totals: Array, n: int, beta: float) -> bool:
    """Whether the mean of the first or the last w of n rewards is off that of the others.

    w runs over the powers of 2, and off is a squared difference above beta (1/w + 1/(n - w)).
    """
    w = 2
    while w <= n // 2:
        bound = beta * (1 / w + 1 / (n - w))
        for split in (w, n - w):
            before = totals[split] / split
            after = (totals[n] - totals[split]) / (n - split)
            if (before - after) ** 2 > bound:
                return True
        w *= 2
    return False
