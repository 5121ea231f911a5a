"""Drifting decision processes: the oracle by enumeration, the policy against two others."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from theorems.nonstationary_regret.simulators import environments as env
from theorems.nonstationary_regret.simulators.decision_processes import (
    SLIP,
    corridor,
    rooms,
    uniform_regret,
    uniform_worth,
    worth,
)
from theorems.nonstationary_regret.simulators.episodic import optimistic
from theorems.nonstationary_regret.simulators.index_policies import MOSS, blocks, restarted

from .test_kernels import largest


def _process(rng: np.random.Generator, S: int, A: int) -> tuple[np.ndarray, np.ndarray]:
    return rng.random((S, A)), rng.dirichlet(np.ones(S), (S, A))


def _of_policy(means: np.ndarray, moves: np.ndarray, actions: np.ndarray) -> float:
    """What an episode is worth under actions[h, s]."""
    later, states = np.zeros(len(means)), np.arange(len(means))
    for row in actions[::-1]:
        later = means[states, row] + moves[states, row] @ later
    return float(later[0])


@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1), H=st.integers(1, 3), A=st.integers(1, 3))
def test_the_oracle_is_the_best_of_all_policies(seed: int, H: int, A: int) -> None:
    means, moves = _process(np.random.default_rng(seed), 2, A)
    found, best = worth(means, moves, H)
    everyone = [
        _of_policy(means, moves, np.array(one).reshape(H, 2))
        for one in product(range(A), repeat=2 * H)
    ]
    assert best[0, 0] == pytest.approx(max(everyone), abs=1e-12)
    assert found[0, 0].max() == best[0, 0]
    assert uniform_worth(means, moves, H) == pytest.approx(np.mean(everyone), abs=1e-12)


def test_who_takes_the_best_reward_of_the_moment_is_not_the_oracle() -> None:
    """The comparison can fail: here the better reward leads away from the better state."""
    means = np.array([[0.5, 0.4], [1.0, 1.0]])
    moves = np.array([[[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [0.0, 1.0]]])
    greedy = _of_policy(means, moves, np.zeros((2, 2), int))
    assert (greedy, worth(means, moves, 2)[1][0, 0]) == (1.0, 1.4)


def test_what_actions_cost_sums_to_the_regret() -> None:
    """Of uniform play: the expected shortfall of its actions, over the states that it visits."""
    rng, H = np.random.default_rng(0), 4
    means, moves = _process(rng, 3, 2)
    found, best = worth(means, moves, H)
    law, total = np.array([1.0, 0.0, 0.0]), 0.0
    for h in range(H):
        total += law @ (best[h] - found[h].mean(axis=1))
        law = law @ moves.mean(axis=1)
    whole = uniform_regret(np.array([1]), means[None], moves, H)
    assert whole == pytest.approx(total)


def test_uniform_play_in_rooms_has_its_closed_form() -> None:
    rng, T, H = np.random.default_rng(1), 1000, 4
    last, means = env.swap(rng, T, 5, 0.3)
    found = uniform_regret(last, rooms(means), corridor(2), H)
    assert found == pytest.approx(0.3 * T * (H - 1) * (1 - 2 * SLIP) / 2)


@pytest.mark.parametrize("kind", [MOSS, 0.5])
@pytest.mark.parametrize("gaussian", [False, True])
def test_with_one_state_and_one_step_it_is_the_bandit(kind: float, gaussian: bool) -> None:
    """On the same random numbers, to the last pull."""
    last, means = env.needle(np.random.default_rng(2), 3000, 4, 0.2, K=5)
    for restarts in (last, blocks(3000, 700)):
        of_bandit = restarted(np.random.default_rng(3), last, means, restarts, kind, gaussian)
        found = optimistic(
            np.random.default_rng(3),
            *(last, means[:, None, :], np.ones((1, 5, 1)), 1, restarts, kind, gaussian),
        )
        assert found == pytest.approx(of_bandit, rel=1e-9)
        assert found > 0


@pytest.mark.parametrize("kind", [MOSS, 0.5])
def test_it_is_the_algorithm_over_lists_of_steps(kind: float) -> None:
    T, S, A, H = 150, 3, 2, 3
    rng = np.random.default_rng(4)
    means, moves = np.stack([_process(rng, S, A)[0] for _ in range(2)]), _process(rng, S, A)[1]
    last, restarts = np.array([90, T]), blocks(T, 60)
    ours, rng, regret = np.random.default_rng(5), np.random.default_rng(5), 0.0
    steps: list[tuple[int, int, float, int]] = []
    for episode in range(T):
        block = int(np.searchsorted(restarts, episode, side="right"))
        start = int(restarts[block - 1]) if block else 0
        horizon = H * int(restarts[block] - start)
        if episode == start:
            steps = []
        row = means[int(np.searchsorted(last, episode, side="right"))]
        index = _plan(steps, S, A, H, kind, horizon)
        exact, s = worth(row, moves, H)[0], 0
        for h in range(H):
            a = largest(rng, list(index[h, s]))
            found = float(rng.random() < row[s, a])
            regret += exact[h, s].max() - exact[h, s, a]
            after = min(int((rng.random() >= np.cumsum(moves[s, a])).sum()), S - 1)
            steps.append((s, a, found, after))
            s = after
    found = optimistic(ours, last, means, moves, H, restarts, kind, False)
    assert found == pytest.approx(regret)


def _plan(steps: list, S: int, A: int, H: int, kind: float, horizon: int) -> np.ndarray:
    """Optimistic worths, from the steps since the restart."""
    index, later = np.full((H, S, A), math.inf), np.zeros(S)
    for h in reversed(range(H)):
        for s, a in product(range(S), range(A)):
            mine = [(r, after) for t, b, r, after in steps if (t, b) == (s, a)]
            if mine:
                n = len(mine)
                log = kind * math.log(len(steps)) if kind else math.log(horizon / (S * A * n))
                width = math.sqrt(max(0.0, log) / n)
                come = sum(later[after] for _, after in mine) / n
                index[h, s, a] = sum(r for r, _ in mine) / n + (H - h) * width + come
        later = np.minimum(index[h].max(axis=1), H - h)
    return index


def test_labels_of_states_and_actions_do_not_matter() -> None:
    """Means of 1,500 runs within four standard errors; the first state is the same one."""
    rng, T, H = np.random.default_rng(6), 300, 3
    means, moves = _process(rng, 3, 3)
    last, states, actions = np.array([T]), [0, 2, 1], [2, 0, 1]
    other = means[states][:, actions], moves[states][:, actions][:, :, states]
    assert worth(*other, H)[1][0, 0] == pytest.approx(worth(means, moves, H)[1][0, 0])
    runs = [
        np.array(
            [
                optimistic(rng, last, *map(np.ascontiguousarray, one), H, last, MOSS, False)
                for _ in range(1500)
            ]
        )
        for one in ((means[None], moves), (other[0][None], other[1]))
    ]
    error = math.hypot(*(one.std() / math.sqrt(len(one)) for one in runs))
    assert abs(runs[0].mean() - runs[1].mean()) <= 4 * error
    assert min(one.min() for one in runs) >= 0
    shifted = moves[states][:, actions], means[states][:, actions]
    assert worth(shifted[1], shifted[0], H)[1][0, 0] != pytest.approx(
        worth(means, moves, H)[1][0, 0]
    )  # successors must be relabelled too
