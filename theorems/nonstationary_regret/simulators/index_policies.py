"""Uniform play, and index policies that start anew at given times: MOSS and UCB1.

The times are those of the changes (the oracle), the multiples of a block length (periodic
restart), or the horizon alone (no restart).
"""

import math

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.compiled import compiled
from theorems.nonstationary_regret.simulators.rewards import bonus, reward

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

MOSS = 0.0
"""The kind of index that `restarted` takes; a positive number is UCB1 with that constant."""


def blocks(T: int, length: int) -> Whole:
    """The ends of blocks of one length, the last one cut off at T."""
    return np.minimum(np.arange(length, T + length, length), T)


@compiled
def uniform(rng: np.random.Generator, ends: Whole, means: Array) -> float:
    """Pseudo-regret of uniform play."""
    t, regret = 0, 0.0
    for segment in range(len(ends)):
        row = means[segment]
        best = row.max()
        while t < ends[segment]:
            regret += best - row[int(rng.random() * len(row))]
            t += 1
    return regret


@compiled
def restarted(
    rng: np.random.Generator,
    ends: Whole,
    means: Array,
    restarts: Whole,
    kind: float,
    gaussian: bool,
) -> float:
    """Pseudo-regret of an index policy (`kind` as in `bonus`) that starts anew at `restarts`.

    Each arm is pulled once at first; ties are broken at random.  The last restart is the horizon.
    """
    arms = means.shape[1]
    sums, pulls, index = np.zeros(arms), np.zeros(arms, np.int64), np.empty(arms)
    segment, block, start, arm, regret = 0, 0, 0, 0, 0.0
    best = means[0].max()
    for t in range(ends[-1]):
        if t == ends[segment]:
            segment += 1
            best = means[segment].max()
        if t == restarts[block]:
            block, start = block + 1, t
            sums[:], pulls[:] = 0.0, 0
        log_age = math.log(max(1, t - start)) if kind > 0 else 0.0
        horizon = restarts[block] - start
        for k in range(arms):  # the index of MOSS moves with its own arm alone
            if pulls[k] == 0:
                index[k] = np.inf
            elif kind > 0 or k == arm:
                index[k] = sums[k] / pulls[k] + bonus(kind, pulls[k], log_age, horizon, arms)
        arm = argmax(rng, index)
        sums[arm] += reward(rng, means[segment, arm], gaussian)
        pulls[arm] += 1
        regret += best - means[segment, arm]
    return regret


@compiled
def argmax(rng: np.random.Generator, index: Array) -> int:
    """The place of the largest entry, of several at random."""
    found, ties = 0, 1
    for k in range(1, len(index)):
        if index[k] > index[found]:
            found, ties = k, 1
        elif index[k] == index[found]:
            ties += 1
            if rng.random() * ties < 1:
                found = k
    return found
