"""MASTER of Wei and Luo (2021) on top of UCB1: a random multi-scale schedule and two restart tests.

Blocks n = 0, 1, ... have 2^n rounds.  In block n, where 2^m divides the rounds that are over, an
instance of order m starts with chance rho(2^n) / rho(2^m), for m = n, ..., 0; that of order n
always does.  The shortest instance of the moment plays and learns, and the others rest.  A test
that fires begins again with n = 0.  Here rho(t) = t^{-1/2}: the chance is 2^{-(n - m)/2}.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.compiled import compiled
from theorems.nonstationary_regret.simulators.index_policies import argmax
from theorems.nonstationary_regret.simulators.rewards import reward

Array = NDArray[np.float64]
Whole = NDArray[np.int64]


class Constants(NamedTuple):
    """What MASTER is run with: its logarithms and constants.

    The bonus of UCB1 after n pulls is (bonus / n)^{1/2}; the chance of an instance below the order
    of its block is `sparsity` times that of the schedule.  With rate(t) = (scale / t)^{1/2} +
    linear / t, an instance of order m fires where its rewards exceed the smallest optimistic value
    of its block by first * rate(2^m), and a block of order n after t rounds where their mean falls
    short of the optimistic values by (second + growth * n) * rate(t).
    """

    bonus: float
    sparsity: float
    scale: float
    linear: float
    first: float
    second: float
    growth: float


def literal(T: int, K: int, delta: float | None = None) -> Constants:
    """The constants as published: rho^ = 6 (log2(T) + 1) log(T / delta) rho, delta = 1/T."""
    log = math.log(T / (1 / T if delta is None else delta))
    factor = 6 * (math.log2(T) + 1) * log
    return Constants(log, 1.0, K * log, K * log, 9 * factor, 3 * factor, 0.0)


def rescaled(T: int, K: int, confidence: float = 0.4, sparsity: float = 0.1) -> Constants:
    """Smaller constants and logarithms of the same structure: the sum over orders stays."""
    beta = confidence * math.log(T)
    return Constants(beta, sparsity, K * beta, 0.0, 1 / math.sqrt(K), 2.0, 2.0 * sparsity)


SILENT = Constants(0.0, 1.0, 0.0, 0.0, math.inf, math.inf, 0.0)
"""Without its tests: the schedule alone; to be given a bonus."""


@compiled
def master(
    rng: np.random.Generator, ends: Whole, means: Array, c: Constants, gaussian: bool
) -> tuple[float, int, int, int]:
    """Pseudo-regret, restarts by the first and by the second test, and rounds of the top order.

    The last is the number of rounds in which the instance of its block's own order plays.
    """
    T, arms = ends[-1], means.shape[1]
    orders = int(math.log2(T)) + 2
    sums, pulls = np.zeros((orders, arms)), np.zeros((orders, arms))
    started, before = np.full(orders, -1), np.zeros(orders)
    index = np.empty(arms)
    segment, regret, best, top = 0, 0.0, means[0].max(), 0
    n, age, seen, excess, least = 0, 0, 0.0, 0.0, np.inf
    fired = np.zeros(2, np.int64)
    for t in range(T):
        if t == ends[segment]:
            segment += 1
            best = means[segment].max()
        start_instances(rng, n, age, c.sparsity, started, sums, pulls, before, seen)
        m = 0
        while started[m] < 0:
            m += 1
        top += m == n
        for k in range(arms):
            count = max(1.0, pulls[m, k])
            index[k] = min(1.0, sums[m, k] / count + math.sqrt(c.bonus / count))
            if pulls[m, k] == 0:
                index[k] = 1.0
        arm = argmax(rng, index)
        found = reward(rng, means[segment, arm], gaussian)
        regret += best - means[segment, arm]
        sums[m, arm] += found
        pulls[m, arm] += 1
        least = min(least, index[arm])
        seen += found
        excess += index[arm] - found
        age += 1
        first = instance_fires(n, age, c, started, before, seen, least)
        second = excess / age >= (c.second + c.growth * n) * rate(c, age)
        fired[0] += first
        fired[1] += second and not first
        if first or second or age == 1 << n:
            n = 0 if first or second else n + 1
            age, seen, excess, least = 0, 0.0, 0.0, np.inf
            started[:] = -1
    return regret, fired[0], fired[1], top


@compiled
def start_instances(
    rng: np.random.Generator,
    n: int,
    age: int,
    sparsity: float,
    started: Whole,
    sums: Array,
    pulls: Array,
    before: Array,
    seen: float,
) -> None:
    """End the instances that are over, and start new ones where their order allows it."""
    m = 0
    while m <= n and age % (1 << m) == 0:
        started[m] = -1
        if m == n or rng.random() < sparsity * 2 ** (-(n - m) / 2):
            started[m], before[m] = age, seen
            sums[m], pulls[m] = 0.0, 0.0
        m += 1


@compiled
def rate(c: Constants, t: int) -> float:
    """How far UCB1 may be off after t rounds, up to constants."""
    return math.sqrt(c.scale / t) + c.linear / t


@compiled
def instance_fires(
    n: int, age: int, c: Constants, started: Whole, before: Array, seen: float, least: float
) -> bool:
    """Whether an instance that ends now has seen rewards beyond what optimism allowed since."""
    m = 0
    while m <= n and age % (1 << m) == 0:
        mean = (seen - before[m]) / (1 << m)
        if started[m] >= 0 and mean >= least + c.first * rate(c, 1 << m):
            return True
        m += 1
    return False


def first_horizon(convention: str) -> float:
    """The smallest T, to a millionth of it, at which the second test could fire at all.

    It fires where a mean of numbers in [0, 1] reaches 3 rho^(t); rho^ falls with t, so that it
    cannot before 3 rho^(T) < 1.  `convention` is "literal" (two arms, rho of UCB1, delta = 1/T),
    "root" (rho = t^{-1/2}, delta = 1/T), or "root, delta = T^{-2}".
    """
    low, high = math.log(2), math.log(1e30)
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (low, middle) if reach(math.exp(middle), convention) < 1 else (middle, high)
    return math.exp(high)


def reach(T: float, convention: str) -> float:
    """3 rho^(T), under one of the conventions of `first_horizon`."""
    log = (3 if convention == "root, delta = T^{-2}" else 2) * math.log(T)
    rho = T**-0.5 if convention != "literal" else math.sqrt(2 * log / T) + 2 * log / T
    return 18 * (math.log2(T) + 1) * log * rho
