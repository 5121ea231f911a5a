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

ROUNDING = 1e-12
"""What a comparison that no index is computed for leaves to those that are: ties are common."""


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
    The arm ahead is pulled, and no index computed, as long as it cannot be overtaken.
    """
    arms = means.shape[1]
    sums, pulls, index = np.zeros(arms), np.zeros(arms, np.int64), np.empty(arms)
    t, segment, block, start, arm, regret = 0, 0, 0, 0, 0, 0.0
    best = means[0].max()
    while t < ends[-1]:
        if t == ends[segment]:
            segment += 1
            best = means[segment].max()
        if t == restarts[block]:
            block, start = block + 1, t
            sums[:], pulls[:] = 0.0, 0
        age, horizon = t - start, restarts[block] - start
        log_age = math.log(age) if age > 0 and kind > 0 else 0.0
        for k in range(arms):  # the index of MOSS moves with its own arm alone
            if pulls[k] == 0:
                index[k] = np.inf
            elif kind > 0 or k == arm:
                index[k] = sums[k] / pulls[k] + bonus(kind, pulls[k], log_age, horizon, arms)
        arm = argmax(rng, index)
        steps, least = 1, np.inf
        if age >= max(3, arms):
            steps, least = lead(index, sums, pulls, kind, arm, age, log_age, horizon)
            steps = min(steps, min(ends[segment], restarts[block]) - t)
        mean, found, n = means[segment, arm], sums[arm], pulls[arm]
        for _ in range(steps):
            found += reward(rng, mean, gaussian)
            n += 1
            if found <= least * n:
                break
        regret += (best - mean) * (n - pulls[arm])
        t += n - pulls[arm]
        sums[arm], pulls[arm] = found, n
    return regret


@compiled
def lead(
    index: Array,
    sums: Array,
    pulls: Whole,
    kind: float,
    arm: int,
    age: int,
    log_age: float,
    horizon: int,
) -> tuple[int, float]:
    """For how many pulls the arm ahead stays there, as long as its mean exceeds what is returned.

    From the third round on its bonus falls with every pull of it; those of its rivals do not, and
    log(age + m) <= log(age) + m / age.  So it is ahead if its mean exceeds the best index that a
    rival can have at the end less its own bonus then.
    """
    n, arms = pulls[arm], len(index)
    rival, width = -np.inf, 0.0
    for k in range(arms):
        if k != arm:
            rival, width = max(rival, index[k]), max(width, index[k] - sums[k] / pulls[k])
    own = index[arm] - sums[arm] / n
    ahead = index[arm] - rival
    if not ahead > 0:
        return 1, np.inf
    closing = own  # twice what n pulls take from the lead, to first order
    if kind > 0:
        closing += width * n / (age * log_age)
    elif own > 0:
        closing += 1 / (own * n)
    steps = n
    if ahead < 2 * closing:  # as far as half of the lead
        steps = int(n * ahead / closing) + 1
    if kind > 0:
        later = log_age + steps / age
        for k in range(arms):
            if k != arm:
                rival = max(rival, sums[k] / pulls[k] + bonus(kind, pulls[k], later, horizon, arms))
    return steps, rival - bonus(kind, n + steps, log_age, horizon, arms) + ROUNDING


@compiled
def argmax(rng: np.random.Generator, index: Array) -> int:
    """The place of the largest entry, of several at random; drawn only if there are several."""
    found, ties = 0, 1
    for k in range(1, len(index)):
        if index[k] > index[found]:
            found, ties = k, 1
        elif index[k] == index[found]:
            ties += 1
    if ties > 1:
        skipped = int(rng.random() * ties)
        for k in range(found, len(index)):
            if index[k] == index[found]:
                if skipped == 0:
                    return k
                skipped -= 1
    return found
