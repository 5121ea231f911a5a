"""The versions of a policy that the table of `benchmarks.bandits` compares play the same policy."""

import math
import random

import numpy as np
import pytest

from benchmarks import bandits
from benchmarks import plain_adaptive as adaptive
from benchmarks import plain_policies as plain
from benchmarks import vectorised_policies as columns
from theorems.nonstationary_regret import linear_policies
from theorems.nonstationary_regret.simulators.adswitch import EXPLORATION, adswitch
from theorems.nonstationary_regret.simulators.decision_processes import corridor, rooms
from theorems.nonstationary_regret.simulators.episodic import optimistic
from theorems.nonstationary_regret.simulators.exponential_weights import exp3
from theorems.nonstationary_regret.simulators.glr_ucb import glr_ucb
from theorems.nonstationary_regret.simulators.index_policies import (
    MOSS,
    blocks,
    restarted,
    uniform,
)
from theorems.nonstationary_regret.simulators.master import master, rescaled
from theorems.nonstationary_regret.simulators.sliding_window import sliding_window

LAST, MEANS = np.array([1300, 2400]), np.array([[0.7, 0.3, 0.2], [0.1, 0.8, 0.3]])
ENDS, ROWS = LAST.tolist(), MEANS.tolist()
BLOCKS, MOVES, STILL = blocks(2400, 700), corridor(2), np.array([[0.7, 0.3]])
HALF = np.ones(60), np.zeros(60)
LINUCB = linear_policies.Policy(linear_policies.LINUCB)

VERSIONS = {
    "uniform": (
        lambda rng: uniform(rng, LAST, MEANS),
        lambda: plain.uniform(ENDS, ROWS),
        lambda rng, R: columns.uniform(rng, R, LAST, MEANS),
    ),
    "UCB1": (
        lambda rng: restarted(rng, LAST, MEANS, BLOCKS, 0.5, False),
        lambda: plain.ucb1(ENDS, ROWS, BLOCKS.tolist(), 0.5),
        lambda rng, R: columns.index_policy(rng, R, LAST, MEANS, BLOCKS, 0.5),
    ),
    "MOSS": (
        lambda rng: restarted(rng, LAST, MEANS, BLOCKS, MOSS, False),
        lambda: plain.moss(ENDS, ROWS, BLOCKS.tolist()),
        lambda rng, R: columns.index_policy(rng, R, LAST, MEANS, BLOCKS, MOSS),
    ),
    "window": (
        lambda rng: sliding_window(rng, LAST, MEANS, 150, 0.5, False),
        lambda: plain.sliding_window(ENDS, ROWS, 150, 0.5),
        lambda rng, R: columns.sliding_window(rng, R, LAST, MEANS, 150, 0.5),
    ),
    "Exp3.S": (
        lambda rng: exp3(rng, LAST, MEANS, BLOCKS, 0.1, 1e-3, False),
        lambda: plain.exp3(ENDS, ROWS, BLOCKS.tolist(), 0.1, 1e-3),
        lambda rng, R: columns.exp3(rng, R, LAST, MEANS, BLOCKS, 0.1, 1e-3),
    ),
    "GLR-UCB": (
        lambda rng: glr_ucb(rng, LAST, MEANS, 0.0, False)[0],
        lambda: adaptive.glr_ucb(ENDS, ROWS),
        lambda rng, R: columns.glr_ucb(rng, R, LAST, MEANS),
    ),
    "AdSwitch": (
        lambda rng: adswitch(rng, LAST, MEANS, EXPLORATION, False)[0],
        lambda: adaptive.adswitch(ENDS, ROWS),
        None,
    ),
    "MASTER": (
        lambda rng: master(rng, LAST, MEANS, rescaled(2400, 3), False)[0],
        lambda: adaptive.master(ENDS, ROWS, rescaled(2400, 3)),
        None,
    ),
    "LinUCB": (
        lambda rng: linear_policies.play(rng, LINUCB, *HALF, 6, 4)[0][-1],
        lambda: adaptive.linucb(60, 6, 4, 1.0),
        lambda rng, R: columns.linucb(rng, R, 60, 6, 4, 1.0),
    ),
    "episodes": (
        lambda rng: optimistic(
            rng, np.array([300]), rooms(STILL), MOVES, 3, np.array([300]), MOSS, False
        ),
        lambda: adaptive.episodes([300], rooms(STILL).tolist(), MOVES.tolist(), 3),
        None,
    ),
}


@pytest.mark.parametrize("name", VERSIONS)
def test_versions_of_a_policy_have_the_same_mean_regret(name: str) -> None:
    """Within four standard errors, with fixed seeds."""
    compiled, loop, vectorised = VERSIONS[name]
    rng = np.random.default_rng(0)
    random.seed(0)
    ours = np.array([compiled(rng) for _ in range(400)])
    others = [np.array([loop() for _ in range(60)])]
    if vectorised is not None:
        others.append(vectorised(rng, 200))
    for theirs in others:
        error = math.hypot(*(one.std() / math.sqrt(len(one)) for one in (ours, theirs)))
        assert abs(ours.mean() - theirs.mean()) <= 4 * error
        assert error < 0.15 * ours.mean()


def test_the_table_has_every_policy_and_says_why_a_version_is_missing() -> None:
    sizes = bandits.Sizes(400, 400, 40, 10)
    found = bandits.policies(np.random.default_rng(1), sizes)
    assert set(found) == {
        "uniform play",
        "UCB1",
        "UCB1, two arms, by jumps",
        "MOSS",
        "MOSS, two arms, by jumps",
        "MOSS, oracle restart",
        "MOSS, periodic restart",
        "sliding-window UCB",
        "Exp3.S",
        "Rexp3",
        "GLR-UCB",
        "AdSwitch",
        "MASTER",
        "LinUCB",
        "optimistic episodes",
    }
    assert {name for name, one in found.items() if isinstance(one.vectorised, str)} == {
        "AdSwitch",
        "MASTER",
        "optimistic episodes",
    }


def test_a_line_counts_pulls_by_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a clock that a call moves on: a hundred pulls in 1, 4 and 2 seconds."""
    clock = [0.0]
    monkeypatch.setattr(bandits, "process_time", lambda: clock[0])

    def call(seconds: float) -> bandits.Play:
        return lambda: clock.__setitem__(0, clock[0] + seconds)

    reasons = ["another"]
    row = bandits.Versions((call(1), 100), (call(4), 100), (call(2), 100))
    found = bandits.line("here", row, reasons)
    assert found == "| here | 1.0e+02 | 2.5e+01 | 4 | 5.0e+01 | 2 |"
    found = bandits.line("here", row._replace(vectorised="no sense"), reasons)
    assert found == "| here | 1.0e+02 | 2.5e+01 | 4 | none (2) |  |"
    assert reasons == ["another", "no sense"]
