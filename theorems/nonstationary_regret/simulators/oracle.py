"""MOSS that is told of every change, on the family "swap", by one of its segments.

Segments are independent, so that the regret is on average J times that of one drawn at random.
"""

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
    regrets, controls = plays(rng, random_lengths(rng, size, T, round(J)), gap, MOSS)
    return round(J) * np.column_stack([regrets, controls])


@control_variates(CONTROLS)
def oracle_at_variation(rng: np.random.Generator, size: int, T: int, V: float, L: float) -> Array:
    """The same with a variation of V in L segments, rounded, at least two: the gap is V / (L - 1).

    Raises ValueError for a gap above 1.
    """
    segments = max(2, round(L))
    return oracle_regret(rng, size, T, segments, gap_of(V, segments))


def gap_of(V: float, segments: int) -> float:
    """The gap whose swaps use up a variation of V; ValueError for one above 1."""
    gap = V / (segments - 1)
    if gap > 1:
        raise ValueError(f"gap {gap:g} of {segments} segments with variation {V:g}; expected <= 1")
    return gap


def uniform_regret(T: int, gap: float) -> float:
    """Expected pseudo-regret of uniform play on two arms."""
    return gap * T / 2


def uniform_at_variation(T: int, V: float, L: float) -> float:
    """The same with a variation of V in L segments."""
    return uniform_regret(T, gap_of(V, max(2, round(L))))
