"""Rewards of one pull, and where the environment stands."""

import math

import numpy as np

from theorems.nonstationary_regret.simulators.compiled import compiled

DEVIATION = 0.5
"""Of a normal reward: the largest that a reward in [0, 1] can have."""


@compiled
def reward(rng: np.random.Generator, mean: float, gaussian: bool) -> float:
    """A Bernoulli reward of that mean, or a normal one with standard deviation 1/2."""
    if gaussian:
        return mean + DEVIATION * rng.standard_normal()
    return 1.0 if rng.random() < mean else 0.0


@compiled
def bonus(kind: float, n: int, log_t: float, horizon: int, arms: int) -> float:
    """What optimism adds to a mean of n rewards, by the policy.

    kind = 0 is MOSS, sqrt(max(0, log(horizon / (arms n))) / n) (Audibert and Bubeck, 2009);
    kind > 0 is UCB1, sqrt(kind log(t) / n) after t pulls of all arms (Auer et al., 2002).
    """
    if kind > 0:
        return math.sqrt(kind * log_t / n)
    return math.sqrt(max(0.0, math.log(horizon / (arms * n))) / n)
