"""Index policies on two Bernoulli arms, exactly in law, by jumps, with controls of mean zero.

While one arm is pulled, the other's sum and number of pulls rest.  So the arm that is ahead is
pulled m times at once, m chosen from the past so that it stays ahead even without a reward, and the
sum of its m rewards is binomial.
"""

import math

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.compiled import compiled
from theorems.nonstationary_regret.simulators.rewards import bonus

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

FEW = 24
"""Rewards up to which they are drawn one by one in less time than their sum."""
READ = np.array([1 / 2, 3 / 4, 1.0])
"""Parts of a run after which its martingales are read."""
CONTROLS = 5 * len(READ)
"""What `play` returns beside the pulls, with mean exactly zero."""


@compiled
def play(rng: np.random.Generator, horizon: int, gap: float, kind: float) -> tuple[int, Array]:
    """Pulls of the worse arm in one run, means 1/2 +- gap/2, and its controls, shape (CONTROLS,).

    The policy is that of `bonus`, without a restart.
    """
    sums, pulls, index = np.zeros(2), np.zeros(2, np.int64), np.full(2, np.inf)
    chance = np.array([0.5 + gap / 2, 0.5 - gap / 2])
    reading, controls = np.ceil(READ * horizon), np.empty((len(READ), 5))
    t, ahead, read = 0, 0, 0
    while t < horizon:
        if t >= 2:
            log_t = math.log(t)
            for k in range(2):
                if t == 2 or kind > 0 or k == ahead:  # the index of MOSS rests with its arm
                    index[k] = sums[k] / pulls[k] + bonus(kind, pulls[k], log_t, horizon, 2)
        ahead = 0 if index[0] > index[1] else 1
        if index[0] == index[1]:
            ahead = int(rng.random() * 2)
        m = 1
        if t >= 2:
            m = safe_pulls(sums, pulls, index, ahead, t, horizon, kind)
            m = min(m, int(reading[read]) - t)
        if m <= FEW:
            for _ in range(m):
                sums[ahead] += rng.random() < chance[ahead]
        else:
            sums[ahead] += rng.binomial(m, chance[ahead])
        pulls[ahead] += m
        t += m
        if t < 2:
            index[ahead] = -np.inf  # it is the other's turn
        while read < len(READ) and t >= reading[read]:
            controls[read] = martingales(sums, pulls, chance)
            read += 1
    return pulls[1], controls.ravel()


@compiled
def safe_pulls(
    sums: Array, pulls: Whole, index: Array, ahead: int, t: int, horizon: int, kind: float
) -> int:
    """A number of pulls after the first one of which the arm ahead stays there without a reward.

    Its index falls with each of them and the other one's does not, so that the last decides.
    """
    other = 1 - ahead
    m = min(horizon - t, max(1, int(2 * (index[ahead] - index[other]) * pulls[ahead])))
    while m > 1:
        n, log_t = pulls[ahead] + m - 1, math.log(t + m - 1)
        rival = index[other]
        if kind > 0:
            rival = sums[other] / pulls[other] + bonus(kind, pulls[other], log_t, horizon, 2)
        if sums[ahead] / n + bonus(kind, n, log_t, horizon, 2) > rival:
            break
        m = 3 * m // 4
    return m


@compiled
def martingales(sums: Array, pulls: Whole, chance: Array) -> Array:
    """What has mean zero at every time, shape (5,).

    M_k is the sum of the rewards of arm k less their means, n_k its number of pulls, v the variance
    of a reward: M_0, M_1, M_0^2 - v n_0, M_1^2 - v n_1 and M_0 M_1.
    """
    first, second = sums - chance * pulls
    v = chance * (1 - chance)
    squares = first**2 - v[0] * pulls[0], second**2 - v[1] * pulls[1]
    return np.array([first, second, squares[0], squares[1], first * second])


@compiled
def plays(
    rng: np.random.Generator, horizons: Whole, gap: float, kind: float
) -> tuple[Array, Array]:
    """Pseudo-regret of a run for each of the horizons (R,), and the controls, (R, CONTROLS)."""
    regrets, controls = np.empty(len(horizons)), np.empty((len(horizons), CONTROLS))
    for r in range(len(horizons)):
        worse, found = play(rng, horizons[r], gap, kind)
        regrets[r] = gap * worse
        controls[r] = found
    return regrets, controls
