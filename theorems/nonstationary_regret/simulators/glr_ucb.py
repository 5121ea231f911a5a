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
EVERY = 16
"""Pulls of an arm between two tests of it, and the fewest that a test compares."""


@compiled
def glr_ucb(
    rng: np.random.Generator, ends: Whole, means: Array, exploration: float, gaussian: bool
) -> tuple[float, int]:
    """Pseudo-regret and the number of restarts.

    After t pulls since the last restart an arm is drawn at random with the chance
    exploration (K / t)^{1/2}; elsewhere UCB with the bonus (log(t) / (2 n))^{1/2}.
    """
    T, arms = ends[-1], means.shape[1]
    totals, sums = np.zeros((arms, T // EVERY + 1)), np.zeros(arms)
    pulls, index = np.zeros(arms, np.int64), np.empty(arms)
    t, segment, start, restarts, regret = 0, 0, 0, 0, 0.0
    jumps = exploration == 0 and not gaussian
    while t < T:
        if t == ends[segment]:
            segment += 1
        m, age = 1, t - start
        if exploration > 0 and rng.random() * math.sqrt(age) < exploration * math.sqrt(arms):
            arm = int(rng.random() * arms)
        else:
            for k in range(arms):
                index[k] = optimistic(sums[k], pulls[k], age) if pulls[k] else np.inf
            arm = argmax(rng, index)
            if jumps:
                m = min(EVERY - pulls[arm] % EVERY, ends[segment] - t)
                m = pulls_ahead(sums, pulls, arm, age, m)
        for _ in range(m):
            sums[arm] += reward(rng, means[segment, arm], gaussian)
        pulls[arm] += m
        t += m
        regret += m * (means[segment].max() - means[segment, arm])
        tests, rest = divmod(pulls[arm], EVERY)
        if rest == 0:
            totals[arm, tests] = sums[arm] / EVERY
            if changed(totals[arm], tests, CONFIDENCE * math.log(T) / EVERY):
                start, restarts = t, restarts + 1
                sums[:], pulls[:] = 0.0, 0
    return regret, restarts


@compiled
def optimistic(total: float, n: int, age: int) -> float:
    """The upper confidence bound of n rewards, after `age` pulls of all arms."""
    return total / n + math.sqrt(CONFIDENCE * math.log(max(2, age)) / n)


@compiled
def pulls_ahead(sums: Array, pulls: Whole, arm: int, age: int, most: int) -> int:
    """A number of pulls, up to `most`, before each of which the arm is ahead without a reward.

    Its bound falls with each of them and those of the others rise, so that the last one decides.
    """
    m = most if pulls[arm] else 1
    while m > 1:
        ahead = optimistic(sums[arm], pulls[arm] + m - 1, age + m - 1)
        safe = True
        for k in range(len(pulls)):
            if k != arm and safe:
                safe = pulls[k] > 0 and optimistic(sums[k], pulls[k], age + m - 1) < ahead
        if safe:
            break
        m //= 2
    return m


@compiled
def changed(totals: Array, n: int, beta: float) -> bool:
    """Whether the mean of the first or the last w of n values is off that of the others.

    `totals` are the sums of the first 0, 1, .. n of them; w runs over the powers of 2, and off is a
    squared difference of means above beta (1/w + 1/(n - w)).
    """
    w = 1
    while w <= n // 2:
        bound = beta * (1 / w + 1 / (n - w))
        for split in (w, n - w):
            before = totals[split] / split
            after = (totals[n] - totals[split]) / (n - split)
            if (before - after) ** 2 > bound:
                return True
        w *= 2
    return False
