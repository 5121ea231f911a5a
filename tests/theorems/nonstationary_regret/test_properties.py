"""What holds for every kernel, on environments that Hypothesis draws.

A kernel may break ties at random, so that a relabelling of the arms leaves the law of the regret
and not the regret itself: means of RUNS runs are compared within five standard errors, with fixed
seeds.  What is said to fail here is played beside them.
"""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from theorems.nonstationary_regret.simulators.adswitch import EXPLORATION, adswitch
from theorems.nonstationary_regret.simulators.environments import uniform_regret
from theorems.nonstationary_regret.simulators.episodic import optimistic
from theorems.nonstationary_regret.simulators.exponential_weights import exp3
from theorems.nonstationary_regret.simulators.glr_ucb import glr_ucb
from theorems.nonstationary_regret.simulators.index_policies import (
    MOSS,
    blocks,
    restarted,
    uniform,
)
from theorems.nonstationary_regret.simulators.master import SILENT, master, rescaled
from theorems.nonstationary_regret.simulators.sliding_window import sliding_window

RUNS = 400
Policy = Callable[[np.random.Generator, np.ndarray, np.ndarray], float]


def _of_bandit(rng: np.random.Generator, last: np.ndarray, means: np.ndarray) -> float:
    """A bandit as a decision process with one state and episodes of one step."""
    moves = np.ones((1, means.shape[1], 1))
    single = np.ascontiguousarray(means[:, None, :])
    return optimistic(rng, last, single, moves, 1, last, 0.5, False)


def _sweeping(rng: np.random.Generator, last: np.ndarray, means: np.ndarray) -> float:
    """Each arm once, in the order of their labels, and then the first one: a mutant."""
    rows = np.repeat(means, np.diff(last, prepend=0), axis=0)
    arms = np.where(np.arange(len(rows)) < means.shape[1], np.arange(len(rows)), 0)
    return float((rows.max(axis=1) - rows[np.arange(len(rows)), arms]).sum())


POLICIES: dict[str, Policy] = {
    "uniform play": uniform,
    "MOSS, oracle": lambda rng, last, m: restarted(rng, last, m, last, MOSS, False),
    "MOSS, periodic": lambda rng, last, m: restarted(
        rng, last, m, blocks(int(last[-1]), 25), MOSS, False
    ),
    "UCB1": lambda rng, last, m: restarted(rng, last, m, last[-1:], 0.5, False),
    "UCB1, normal rewards": lambda rng, last, m: restarted(rng, last, m, last[-1:], 2.0, True),
    "window": lambda rng, last, m: sliding_window(rng, last, m, 30, 0.5, False),
    "Exp3.S": lambda rng, last, m: exp3(rng, last, m, last[-1:], 0.1, 0.01, False),
    "GLR-UCB": lambda rng, last, m: glr_ucb(rng, last, m, 0.5, False)[0],
    "AdSwitch": lambda rng, last, m: adswitch(rng, last, m, EXPLORATION, False)[0],
    "MASTER": lambda rng, last, m: master(rng, last, m, rescaled(int(last[-1]), 2), False)[0],
    "MALG": lambda rng, last, m: master(rng, last, m, SILENT._replace(bonus=2.0), False)[0],
    "episodes": _of_bandit,
}


@st.composite
def environments(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """One to four segments of one to forty rounds, and means of two to four arms in each."""
    lengths = draw(
        st.lists(st.integers(1, 40), min_size=1, max_size=4).filter(lambda x: sum(x) > 3)
    )
    arms = draw(st.integers(2, 4))
    row = st.lists(st.sampled_from([k / 8 for k in range(9)]), min_size=arms, max_size=arms)
    means = draw(st.lists(row, min_size=len(lengths), max_size=len(lengths)))
    return np.cumsum(lengths), np.array(means)


SETTINGS = settings(max_examples=12, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize("name", POLICIES)
@SETTINGS
@given(environment=environments())
def test_regret_is_between_nothing_and_that_of_the_worst_arm(name: str, environment) -> None:
    last, means = environment
    most = np.diff(last, prepend=0) @ (means.max(axis=1) - means.min(axis=1))
    for seed in range(5):
        found = POLICIES[name](np.random.default_rng(seed), last, means)
        assert -1e-12 <= found <= most + 1e-9
        assert found == POLICIES[name](np.random.default_rng(seed), last, means)
    level = np.full(means.shape, 0.5)
    assert POLICIES[name](np.random.default_rng(0), last, level) == 0


def _forgets_labels(policy: Policy, last: np.ndarray, means: np.ndarray, seed: int) -> bool:
    rng = np.random.default_rng(seed)
    order = rng.permutation(means.shape[1])
    ours, other = (
        np.array([policy(rng, last, rows) for _ in range(RUNS)])
        for rows in (means, np.ascontiguousarray(means[:, order]))
    )
    error = math.hypot(ours.std(), other.std()) / math.sqrt(RUNS)
    return bool(abs(ours.mean() - other.mean()) <= 5 * error + 1e-9)


@pytest.mark.parametrize("name", POLICIES)
@SETTINGS
@given(environment=environments(), seed=st.integers(0, 2**32 - 1))
def test_labels_of_arms_do_not_matter(name: str, environment, seed: int) -> None:
    assert _forgets_labels(POLICIES[name], *environment, seed)


def test_a_policy_that_knows_labels_is_found_out() -> None:
    """Among few environments: its order shows wherever the first arm is not like the others."""

    @settings(max_examples=12, deadline=None, derandomize=True, database=None)
    @given(environment=environments(), seed=st.integers(0, 2**32 - 1))
    def forgets(environment, seed: int) -> None:
        assert _forgets_labels(_sweeping, *environment, seed)

    with pytest.raises(AssertionError):
        forgets()


@SETTINGS
@given(environment=environments())
def test_uniform_play_has_its_exact_regret(environment) -> None:
    last, means = environment
    rng = np.random.default_rng(0)
    found = np.array([uniform(rng, last, means) for _ in range(RUNS)])
    expected = uniform_regret((last, means))
    assert abs(found.mean() - expected) <= 5 * found.std() / math.sqrt(RUNS) + 1e-9
