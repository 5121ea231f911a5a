"""The measures on decision processes against plain runs, and exact values of their controls."""

import math

import numpy as np
import pytest

from theorems.nonstationary_regret import further_regret
from theorems.nonstationary_regret.simulators import decision_processes as processes
from theorems.nonstationary_regret.simulators import environments as env
from theorems.nonstationary_regret.simulators.episodic import optimistic
from theorems.nonstationary_regret.simulators.index_policies import MOSS
from theorems.nonstationary_regret.simulators.oracle import instance


def _agree(found: np.ndarray, plain: list[float]) -> bool:
    error = math.hypot(found.std() / math.sqrt(len(found)), np.std(plain) / math.sqrt(len(plain)))
    return bool(abs(found.mean() - np.mean(plain)) <= 4 * error)


def _run(
    rng: np.random.Generator, T: int, L: int, gap: float, restarts: np.ndarray | None
) -> float:
    last, means = env.swap(rng, T, L, gap)
    where = last if restarts is None else restarts
    rooms = processes.rooms(means)
    return optimistic(rng, last, rooms, further_regret.MOVES, 3, where, MOSS, False)


def test_one_segment_scaled_up_has_the_regret_of_the_whole_run() -> None:
    rng, T, J, gap = np.random.default_rng(0), 600, 3, 0.3
    plain = [_run(rng, T, J, gap, None) for _ in range(1500)]
    assert _agree(further_regret.told(rng, 4000, T, J, gap), plain)


def test_one_block_scaled_up_has_the_regret_of_the_whole_run() -> None:
    rng, T, V, L = np.random.default_rng(1), 800, 1.0, 4
    (segments, gap), length = instance(V, L), round((T / V) ** (2 / 3))
    plain = []
    for _ in range(1500):
        restarts = np.append(np.arange(int(rng.integers(1, length + 1)), T, length), T)
        plain.append(_run(rng, T, segments, gap, restarts))
    assert _agree(further_regret.periodic(rng, 6000, T, V, L), plain)


def test_uniform_play_is_that_of_backward_induction() -> None:
    rng, T = np.random.default_rng(2), 500
    for L, gap in ((1, 1.0), (4, 0.2)):
        last, means = env.swap(rng, T, L, gap)
        whole = processes.uniform_regret(last, processes.rooms(means), further_regret.MOVES, 3)
        assert further_regret.uniform(T, gap) == pytest.approx(whole)


def test_the_variation_is_what_is_said_where_one_arm_changes() -> None:
    segments, gap = instance(3.0, 9)
    _, means = env.hidden(np.random.default_rng(3), 1000, segments, gap / 2)
    assert env.variation(means) == pytest.approx(3.0)
    assert means.min() >= 0
    assert means.max() <= 1
