"""MOSS that is told of every change, on the family "swap", by one of its segments.

Segments are independent, so that the regret is on average J times that of one drawn at random.
"""

import math

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.environments import random_lengths
from theorems.nonstationary_regret.simulators.index_policies import MOSS
from theorems.nonstationary_regret.simulators.two_arms import CONTROLS, plays
from verify import control_variates

Array = NDArray[np.float64]


@control_variates(CONTROLS)
def oracle_regret(rng: np.random.Generator, size: int, T: int, J: int, gap: float) -> Array:
    """Pseudo-regret over J segments with means 1/2 +- gap/2, and controls: (size, 1 + CONTROLS)."""
    lengths = random_lengths(rng, size, T, J)
    return J * np.column_stack(plays(rng, lengths, gap, MOSS))


@control_variates(CONTROLS)
def oracle_at_variation(rng: np.random.Generator, size: int, T: int, V: float, L: float) -> Array:
    """The same with the `instance` of variation V that has about L segments."""
    return oracle_regret(rng, size, T, *instance(V, L))


def instance(V: float, L: float) -> tuple[int, float]:
    """A number of segments near L, and the gap whose swaps use up V: V / (segments - 1) <= 1."""
    segments = max(2, math.ceil(V) + 1, round(L))
    return segments, V / (segments - 1)


def uniform_regret(T: int, gap: float) -> float:
    """Expected pseudo-regret of uniform play on two arms."""
    return gap * T / 2


def uniform_at_variation(T: int, V: float, L: float) -> float:
    """The same with a variation of V in L segments."""
    return uniform_regret(T, instance(V, L)[1])
