"""AdSwitch: exact facts, a second implementation, and what random checks of bad arms are for."""

import math

import numpy as np
import pytest

from theorems.nonstationary_regret.simulators import environments as env
from theorems.nonstationary_regret.simulators.adswitch import (
    EXPLORATION,
    SEPARATION,
    adswitch,
    check,
)
from theorems.nonstationary_regret.simulators.glr_ucb import CONFIDENCE, EVERY, glr_ucb

from .test_kernels import Rewards

T = 2**15
PLAIN = np.array([T]), np.array([[1.0, 0.0]])
BETA = CONFIDENCE * math.log(T)


def _first() -> int:
    """Pulls at which arms with rewards 1 and 0 are told apart: a multiple of EVERY."""
    w = next(2**i for i in range(30) if 2**i > SEPARATION * BETA)
    return EVERY * math.ceil(w / EVERY)


def test_arms_alternate_until_they_are_separated_and_then_the_worse_one_rests() -> None:
    """The arm that is judged must not have been pulled more often than the other one."""
    rng = np.random.default_rng(0)
    found = [adswitch(rng, *PLAIN, 0.0, False) for _ in range(40)]
    assert {one[0] for one in found} == {_first(), _first() + EVERY}
    assert {one[1:] for one in found} == {(0, 0)}


def test_checks_start_at_their_rate_and_take_what_their_scale_asks_for() -> None:
    """At gap 1 there is the scale 1/2 alone, and a check has 4 beta pulls, rounded up."""
    rng, runs = np.random.default_rng(1), 300
    found = np.array([adswitch(rng, *PLAIN, EXPLORATION, False) for _ in range(runs)])
    rate = EXPLORATION / 2 * math.sqrt(1 / (2 * T * BETA))
    expected = rate * (T - 2 * _first() - EVERY)
    error = found[:, 2].std() / math.sqrt(runs)
    assert found[:, 2].mean() == pytest.approx(expected, abs=4 * error + rate * EVERY)
    assert (found[:, 0] <= _first() + EVERY + 4 * math.ceil(BETA) * found[:, 2]).all()
    assert (found[:, 1] == 0).all()


@pytest.mark.parametrize("gap", [0.05, 0.25, 0.3, 1.0])
def test_the_chance_of_a_check_is_in_proportion_to_its_scale(gap: float) -> None:
    u, chance, beta = (np.arange(100_000) + 0.5) / 100_000, 0.4, 5.0
    lengths = np.array([check(one, chance, gap, beta) for one in u])
    scales = [2.0**-i for i in range(1, 12) if 2.0**-i >= gap / 2]
    assert set(lengths) == {0, *(beta / d**2 for d in scales)}
    for d in scales:
        assert (lengths >= beta / d**2).mean() == pytest.approx(chance * d, abs=1e-5)
    assert check(0.0, chance, 1.01, beta) == 0  # no scale is fine enough


def test_an_episode_ends_where_what_is_remembered_is_contradicted() -> None:
    rng, last = np.random.default_rng(2), np.array([T // 2, T])
    up, down = np.array([[0.5, 0.0], [0.5, 1.0]]), np.array([[1.0, 0.5], [0.0, 0.5]])
    ups = np.array([adswitch(rng, last, up, EXPLORATION, False) for _ in range(40)])
    downs = np.array([adswitch(rng, last, down, 0.0, False) for _ in range(40)])
    assert min((one[:, 1] == 1).mean() for one in (ups, downs)) >= 0.85  # few false alarms
    assert downs[:, 1].min() == 1  # the arm that is played shows it by itself
    assert downs[:, 0].max() < 500
    blind = np.array([adswitch(rng, last, up, 0.0, False) for _ in range(40)])
    assert (blind[:, 1] == 0).mean() >= 0.85
    assert np.quantile(blind[:, 0], 0.15) >= T / 4


def test_where_nothing_changes_hardly_an_episode_ends() -> None:
    """Of 160 runs two or three do: what is remembered of an arm is a quarter of its gap off."""
    rng, found = np.random.default_rng(3), []
    for gap in (0.02, 0.1, 0.3, 1.0):
        last, means = env.swap(rng, T, 1, gap)
        found += [adswitch(rng, last, means, EXPLORATION, False)[1] for _ in range(40)]
    assert sum(found) <= 8


@pytest.mark.parametrize("gap", [0.2, 0.5])
def test_a_change_that_is_hidden_costs_far_less_than_without_checks(gap: float) -> None:
    """A third of what it costs then, and less than UCB, which looks at an arm log(t) times."""
    rng = np.random.default_rng(4)
    runs = [env.hidden(rng, 2**19, 2, gap) for _ in range(40)]
    with_checks, blind, detection = (
        np.array([play(*one) for one in runs])
        for play in (
            lambda last, means: adswitch(rng, last, means, EXPLORATION, False)[0],
            lambda last, means: adswitch(rng, last, means, 0.0, False)[0],
            lambda last, means: glr_ucb(rng, last, means, 0.0, False)[0],
        )
    )
    assert with_checks.mean() < blind.mean() / 3
    more = detection - with_checks
    assert more.mean() > 4 * more.std() / math.sqrt(len(runs))


class Plain:
    """The algorithm over lists of rewards, for one episode after another."""

    def __init__(self, rng: np.random.Generator, arms: int, horizon: int) -> None:
        self.rng, self.arms, self.horizon = rng, arms, horizon
        self.beta = CONFIDENCE * math.log(horizon)
        self.rested = [-rng.random() for _ in range(arms)]
        self.episode, self.checks = 0, 0
        self.begin()

    def begin(self) -> None:
        self.episode += 1
        self.rewards: list[list[float]] = [[] for _ in range(self.arms)]
        self.bad: dict[int, tuple[float, float]] = {}
        self.until = [0] * self.arms

    def choose(self) -> int:
        chance = EXPLORATION * math.sqrt(self.episode / (self.arms * self.horizon * self.beta))
        for k in sorted(self.bad):
            u = self.rng.random()
            begun = [
                math.ceil(self.beta) * 4**i
                for i in range(1, 20)
                if 2.0**-i >= self.bad[k][0] / 2 and u < chance * 2.0**-i
            ]
            self.checks += bool(begun)
            if begun:
                self.until[k] = max(self.until[k], len(self.rewards[k]) + max(begun))
        open_to_play = [
            k for k in range(self.arms) if k not in self.bad or len(self.rewards[k]) < self.until[k]
        ]
        return min(open_to_play, key=lambda k: self.rested[k])

    def learn(self, t: int, arm: int, reward: float) -> None:
        seen = self.rewards[arm]
        seen.append(reward)
        self.rested[arm] = t
        n = len(seen)
        if arm in self.bad:
            gap, level = self.bad[arm]
            windows = [math.ceil(self.beta) * 2**i for i in range(20)]
            if any(
                abs(np.mean(seen[-w:]) - level) > gap / 4 + math.sqrt(self.beta / w)
                for w in windows
                if w <= n
            ):
                self.begin()
        elif n % EVERY == 0:
            for w in (2**i for i in range(1, 20) if 2 * 2**i <= n):
                for split in (w, n - w):
                    off = np.mean(seen[:split]) - np.mean(seen[split:])
                    if off**2 > self.beta * (1 / w + 1 / (n - w)):
                        self.begin()
                        return
            self.evict(arm)

    def evict(self, arm: int) -> None:
        seen = self.rewards[arm]
        for w in (2**i for i in range(20) if 2**i <= len(seen)):
            for k in range(self.arms):
                if k not in self.bad and len(self.rewards[k]) >= w:
                    apart = np.mean(self.rewards[k][-w:]) - np.mean(seen[-w:])
                    if apart > 0 and apart**2 > SEPARATION * self.beta / w:
                        self.bad[arm] = float(apart), float(np.mean(seen[-w:]))
                        return


@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_algorithm_over_lists_of_rewards(seed: int) -> None:
    last, means = env.needle(np.random.default_rng(seed), 4000, 4, 0.9, K=3)
    ours, rng = np.random.default_rng(5 + seed), np.random.default_rng(5 + seed)
    plain = Plain(rng, 3, 4000)
    world = Rewards(rng, last, means)
    for t in range(4000):
        arm = plain.choose()
        plain.learn(t, arm, world.pull(arm))
    found = adswitch(ours, last, means, EXPLORATION, False)
    assert found == (pytest.approx(world.regret), plain.episode - 1, plain.checks)
    assert plain.episode > 1
    assert plain.checks > 0
