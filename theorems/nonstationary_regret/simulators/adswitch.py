"""AdSwitch of Auer, Gajane and Ortner (2019): arms that were given up are checked at random.

The algorithm is theirs, for any number of arms: in an episode all arms are good at first; of the
good arms, and of the bad ones that are being checked, the one that has rested longest is pulled.  A
good arm is evicted where another one is separated from it, and remembered with its mean and gap.  A
check of a bad arm, on a scale d = 1/2, 1/4, ... that its gap allows, starts with a chance in
proportion to d (episodes / (K T))^{1/2}, and takes of order log(T) / d^2 pulls.  An episode ends
where a good arm's mean has changed, or a bad arm's is off what is remembered by more than a quarter
of its gap and the width of the window.  Other than there: beta = log(T) / 2 stands for the
logarithms and their constants; windows are the last or first 2^i rewards of an arm, or 2^i beta of
a bad one; scales go down to half of the gap; and one draw decides for all scales.
"""

import math

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.compiled import compiled
from theorems.nonstationary_regret.simulators.glr_ucb import CONFIDENCE, EVERY, changed
from theorems.nonstationary_regret.simulators.rewards import reward

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

SEPARATION = 4.0
"""In units of beta / w: the squared difference of means of w rewards that evicts an arm."""
EXPLORATION = 1.0
"""The chance of a check on scale d is this times d (episodes / (K T beta))^{1/2}."""


@compiled
def adswitch(
    rng: np.random.Generator, ends: Whole, means: Array, exploration: float, gaussian: bool
) -> tuple[float, int, int]:
    """Pseudo-regret, the number of restarts, and that of checks."""
    T, arms = ends[-1], means.shape[1]
    beta = CONFIDENCE * math.log(T)
    totals, pulls, rested = np.zeros((arms, T + 1)), np.zeros(arms, np.int64), np.empty(arms)
    gap, level, owed = np.zeros(arms), np.zeros(arms), np.zeros(arms, np.int64)
    for k in range(arms):
        rested[k] = -rng.random()
    segment, restarts, checks, regret, best = 0, 0, 0, 0.0, means[0].max()
    for t in range(T):
        if t == ends[segment]:
            segment += 1
            best = means[segment].max()
        chance = exploration * math.sqrt((restarts + 1) / (arms * T * beta))
        for k in range(arms):
            if gap[k] > 0:
                length = check(rng.random(), chance, gap[k], beta)
                checks += length > 0
                owed[k] = max(owed[k], pulls[k] + length)
        arm = due(rested, gap, pulls, owed)
        n = pulls[arm] + 1
        totals[arm, n] = totals[arm, n - 1] + reward(rng, means[segment, arm], gaussian)
        pulls[arm], rested[arm] = n, t
        regret += best - means[segment, arm]
        anew = False
        if gap[arm] > 0:
            anew = moved(totals[arm], n, level[arm], gap[arm], beta)
        elif n % EVERY == 0:
            anew = changed(totals[arm], n, beta)
            if not anew:
                gap[arm], level[arm] = separated(totals, pulls, gap, arm, beta)
        if anew:
            restarts += 1
            pulls[:], gap[:], owed[:] = 0, 0.0, 0
    return regret, restarts, checks


@compiled
def check(u: float, chance: float, gap: float, beta: float) -> int:
    """Pulls of the longest check that starts, 0 if none does; u is uniform on [0, 1].

    On scale d, a power of 2 from gap / 2 to 1/2, one of beta / d^2 pulls starts if u < chance d.
    """
    d = 0.5
    if u >= chance * d or d < gap / 2:
        return 0
    while u < chance * d / 2 and d >= gap:
        d /= 2
    return math.ceil(beta) * round(1 / (d * d))


@compiled
def due(rested: Array, gap: Array, pulls: Whole, owed: Whole) -> int:
    """Of the good arms (gap = 0), and of those being checked, the one that has rested longest."""
    found = -1
    for k in range(len(rested)):
        if (gap[k] == 0 or pulls[k] < owed[k]) and (found < 0 or rested[k] < rested[found]):
            found = k
    return found


@compiled
def separated(
    totals: Array, pulls: Whole, gap: Array, arm: int, beta: float
) -> tuple[float, float]:
    """By how much a good arm is worse than another one, and its mean; zeros if that is not seen.

    It is where the means of their last w rewards are apart by (SEPARATION beta / w)^{1/2}, w = 2^i.
    """
    w = 1
    while w <= pulls[arm]:
        own = (totals[arm, pulls[arm]] - totals[arm, pulls[arm] - w]) / w
        for k in range(len(pulls)):
            if gap[k] == 0 and w <= pulls[k]:
                apart = (totals[k, pulls[k]] - totals[k, pulls[k] - w]) / w - own
                if apart > 0 and apart * apart * w > SEPARATION * beta:
                    return apart, own
        w *= 2
    return 0.0, 0.0


@compiled
def moved(totals: Array, n: int, level: float, gap: float, beta: float) -> bool:
    """Whether the last w of n rewards of a bad arm are off its remembered mean, `level`.

    w runs over the powers of 2 times beta, rounded up, and off is gap / 4 + (beta / w)^{1/2}.
    """
    w = math.ceil(beta)
    while w <= n:
        if abs((totals[n] - totals[n - w]) / w - level) > gap / 4 + math.sqrt(beta / w):
            return True
        w *= 2
    return False
