"""Environments and policies against exact values and second implementations.

Means of random runs are compared within four standard errors, with fixed seeds.
"""

import math

import numpy as np
import pytest

from theorems.nonstationary_regret.simulators import environments as env
from theorems.nonstationary_regret.simulators.exponential_weights import exp3, exp3s_rates
from theorems.nonstationary_regret.simulators.glr_ucb import changed, glr_ucb
from theorems.nonstationary_regret.simulators.index_policies import (
    MOSS,
    blocks,
    lead,
    restarted,
    uniform,
)
from theorems.nonstationary_regret.simulators.rewards import bonus
from theorems.nonstationary_regret.simulators.sliding_window import sliding_window
from theorems.nonstationary_regret.simulators.two_arms import CONTROLS, plays

from .exact_moss import bad_pulls

FAMILIES = (env.swap, env.hidden)
EXACT = [(40, 0.4, 8.2969), (120, 0.25, 22.0863), (250, 0.15, 52.3987)]


def _close(found: np.ndarray, expected: float, other_error: float = 0.0) -> bool:
    error = math.hypot(found.std(ddof=1) / math.sqrt(len(found)), other_error)
    return bool(abs(found.mean() - expected) <= 4 * error)


def _adjusted(values: np.ndarray, controls: np.ndarray) -> np.ndarray:
    """Values less what their controls, of mean zero, predict."""
    slopes = np.linalg.lstsq(controls - controls.mean(axis=0), values - values.mean(), rcond=None)
    return values - controls @ slopes[0]


# Environments.


@pytest.mark.parametrize("family", FAMILIES)
def test_segments_end_near_their_lattice_and_the_variation_is_what_is_said(family) -> None:
    rng = np.random.default_rng(0)
    for T, L in ((1000, 1), (1000, 7), (10**6, 100)):
        last, means = family(rng, T, L, 0.25)
        assert last[-1] == T
        assert len(last) == len(means) == L
        off = last[:-1] - np.arange(1, L) * T / L
        assert np.abs(off).max(initial=0) <= env.JITTER * T / L + 0.5
        size = 0.25 * (L - 1) * (2 if family is env.hidden else 1)
        assert env.variation(means) == pytest.approx(size)


def test_the_needle_has_one_better_arm_in_each_segment() -> None:
    _, means = env.needle(np.random.default_rng(1), 1000, 50, 0.2, K=5)
    assert np.sort(means, axis=1)[:, -2:] == pytest.approx(np.array([[0.4, 0.6]] * 50))
    assert len(set(means.argmax(axis=1))) == 5


def test_a_random_length_has_the_law_of_one_of_the_segments() -> None:
    rng = np.random.default_rng(2)
    T, L, count = 4000, 4, 20_000
    found = env.random_lengths(rng, count, T, L).astype(float)
    drawn = np.array([np.diff(env.ends(rng, T, L), prepend=0) for _ in range(count // 4)])
    for power in (1, 2, 3):
        whole = (drawn.astype(float) ** power).mean(axis=1)
        error = whole.std() / math.sqrt(len(whole))
        assert _close(found**power, whole.mean(), error)
    assert (env.random_lengths(rng, 10, 100, 1) == 100).all()


# Exact values.


@pytest.mark.parametrize(("horizon", "gap", "known"), EXACT)
def test_moss_pulls_the_worse_arm_as_often_as_the_recursion_says(horizon, gap, known) -> None:
    exact = bad_pulls(horizon, gap)
    assert exact == pytest.approx(known, abs=5e-5)
    rng, worse = np.random.default_rng(3), np.array([[0.5 + gap / 2, 0.5 - gap / 2]])
    regrets, controls = plays(rng, np.full(50_000, horizon), gap, MOSS)
    assert _close(regrets / gap, exact)
    adjusted = _adjusted(regrets / gap, controls)
    assert _close(adjusted, exact)
    assert adjusted.var() < 0.2 * regrets.var() / gap**2
    last = np.array([horizon])
    steps = [restarted(rng, last, worse, last, MOSS, False) / gap for _ in range(20_000)]
    assert _close(np.array(steps), exact)


def test_moss_with_a_bonus_off_by_a_tenth_is_not_that_of_the_recursion() -> None:
    """The comparison can fail: with a horizon that is larger by a tenth the mean is another."""
    regrets, controls = plays(np.random.default_rng(4), np.full(50_000, 44), 0.4, MOSS)
    assert not _close(_adjusted(regrets / 0.4, controls), bad_pulls(40, 0.4))


@pytest.mark.parametrize("kind", [MOSS, 0.5, 2.0])
@pytest.mark.parametrize("gap", [0.05, 0.4])
def test_jumps_have_the_law_of_single_steps(kind: float, gap: float) -> None:
    rng, last = np.random.default_rng(5), np.array([400])
    means = np.array([[0.5 - gap / 2, 0.5 + gap / 2]])
    steps = np.array([restarted(rng, last, means, last, kind, False) for _ in range(5000)])
    jumps, _ = plays(rng, np.full(20_000, 400), gap, kind)
    for power in (1, 2):
        error = (steps**power).std() / math.sqrt(len(steps))
        assert _close(jumps**power, (steps**power).mean(), error)


@pytest.mark.parametrize("kind", [MOSS, 0.5])
def test_controls_have_mean_zero(kind: float) -> None:
    _, controls = plays(np.random.default_rng(6), np.full(40_000, 300), 0.2, kind)
    assert controls.shape == (40_000, CONTROLS)
    for column in controls.T:
        assert column.std() > 0
        assert _close(column, 0.0)


def test_at_gap_one_only_the_bonus_keeps_the_worse_arm_alive() -> None:
    """Of rewards 1 and 0 it is pulled n times, the first n with log(1000 / (2 n)) < n."""
    regrets, controls = plays(np.random.default_rng(7), np.full(50, 1000), 1.0, MOSS)
    assert set(regrets) == {min(n for n in range(1, 9) if math.log(500 / n) < n)}
    assert (controls == 0).all()


@pytest.mark.parametrize("family", FAMILIES)
def test_uniform_play_has_its_exact_regret(family) -> None:
    rng = np.random.default_rng(8)
    last, means = family(rng, 500, 4, 0.3)
    found = np.array([uniform(rng, last, means) for _ in range(4000)])
    assert _close(found, env.uniform_regret((last, means)))
    assert env.uniform_regret((last, means)) == pytest.approx(0.3 * 500 / 2)
    last, means = env.needle(rng, 500, 3, 0.3, K=5)
    assert env.uniform_regret((last, means)) == pytest.approx(0.3 * (1 - 1 / 5) * 500)


def test_the_regret_of_the_oracle_is_a_sum_over_segments() -> None:
    """R(T, L, gap) = L R(T/L, 1, gap) where no change point is jittered."""
    rng, T, L, gap = np.random.default_rng(9), 2000, 5, 0.15
    regrets, controls = plays(rng, np.full(20_000, T // L), gap, MOSS)
    expected = L * _adjusted(regrets, controls).mean()
    last = np.arange(1, L + 1) * (T // L)
    _, means = env.swap(rng, T, L, gap)
    found = np.array([restarted(rng, last, means, last, MOSS, False) for _ in range(2000)])
    assert _close(found, expected, L * _adjusted(regrets, controls).std() / math.sqrt(20_000))


# Second implementations, on the same random numbers.


class Rewards:
    """Bernoulli rewards in a plain environment, drawn as the kernels draw them."""

    def __init__(self, rng: np.random.Generator, last: np.ndarray, means: np.ndarray) -> None:
        self.rng, self.rows = rng, np.repeat(means, np.diff(last, prepend=0), axis=0)
        self.history: list[tuple[int, float]] = []
        self.regret = 0.0

    def pull(self, arm: int) -> float:
        row = self.rows[len(self.history)]
        found = float(self.rng.random() < row[arm])
        self.history.append((arm, found))
        self.regret += row.max() - row[arm]
        return found

    def best(self, index: list[float]) -> int:
        """Of the largest entries one at random, as `argmax` chooses."""
        return largest(self.rng, index)


def largest(rng: np.random.Generator, index: list[float]) -> int:
    """The place of the largest entry; of several one at random, by one draw."""
    places = [k for k, one in enumerate(index) if one == max(index)]
    return places[int(rng.random() * len(places))] if len(places) > 1 else places[0]


def _index(history: list[tuple[int, float]], k: int, bonus) -> float:
    seen = [r for arm, r in history if arm == k]
    return math.fsum(seen) / len(seen) + bonus(len(seen)) if seen else math.inf


@pytest.mark.parametrize("kind", [MOSS, 2.0])
def test_index_policies_against_a_loop_over_their_history(kind: float) -> None:
    last, means = env.needle(np.random.default_rng(10), 300, 3, 0.5, K=4)
    ours, plain = np.random.default_rng(11), Rewards(np.random.default_rng(11), last, means)
    restarts = blocks(300, 80)
    start = 0
    for t in range(300):
        start = t if t in restarts else start
        length = min(80, 300 - start)

        def bonus(n: int, length: int = length, age: int = t - start) -> float:
            if kind > 0:
                return math.sqrt(kind * math.log(age) / n)
            return math.sqrt(max(0.0, math.log(length / (4 * n))) / n)

        plain.pull(plain.best([_index(plain.history[start:], k, bonus) for k in range(4)]))
    assert restarted(ours, last, means, restarts, kind, False) == pytest.approx(plain.regret)
    assert plain.regret > 0


@pytest.mark.parametrize("kind", [MOSS, 0.1, 2.0])
@pytest.mark.parametrize("gaps", [(0.0, 0.02), (0.3, 0.3), (1.0, 0.5)])
def test_pulls_without_an_index_are_those_with_one(kind: float, gaps: tuple[float, float]) -> None:
    """Over thousands of rounds, pull by pull, where arms are alike, tied and far apart."""
    T, (first, second) = 6000, gaps
    means = np.array([[0.5, 0.5 - first / 2, 0.5 + first / 2], [0.5 + second / 2, 0.5, 0.5]])
    last, restarts = np.array([3300, T]), np.array([1500, T])
    plain = Rewards(np.random.default_rng(20), last, means)
    for t in range(T):
        start = 0 if t < 1500 else 1500
        if t == start:
            sums, pulls = [0.0] * 3, [0] * 3
        index = [math.inf] * 3
        for k, n in enumerate(pulls):
            if n:
                log = math.log((1500 if start == 0 else T - 1500) / (3 * n))
                log = kind * math.log(t - start) if kind else max(0.0, log)
                index[k] = sums[k] / n + math.sqrt(log / n)
        arm = plain.best(index)
        sums[arm] += plain.pull(arm)
        pulls[arm] += 1
    found = restarted(np.random.default_rng(20), last, means, restarts, kind, False)
    assert found == pytest.approx(plain.regret, rel=1e-9)


@pytest.mark.parametrize("kind", [MOSS, 0.5, 2.0])
@pytest.mark.parametrize("ahead", [1e-4, 1e-3, 1e-2])
def test_an_arm_stays_ahead_for_long_where_the_other_one_is_rare(kind: float, ahead: float) -> None:
    """Of 100,000 rounds 30 are the rival's: one below the mean that is asked for it comes first."""
    pulls, mean = np.array([99_970, 30]), 0.75
    age, horizon = int(pulls.sum()), 300_000
    own, width = (bonus(kind, n, math.log(age), horizon, 2) for n in pulls)
    index = np.array([mean + own, mean + own - ahead])
    sums = pulls * (index - np.array([own, width]))
    steps, least = lead(index, sums, pulls, kind, 0, age, math.log(age), horizon)
    assert steps > 10
    assert least < mean  # else no more than one pull is made of it
    n, log_t = pulls[0] + steps - 1, math.log(age + steps - 1)
    rival = sums[1] / 30 + bonus(kind, 30, log_t, horizon, 2)
    assert least + bonus(kind, n, log_t, horizon, 2) > rival


def test_the_sliding_window_against_a_loop_over_its_history() -> None:
    last, means = env.swap(np.random.default_rng(12), 400, 4, 0.6)
    ours, plain = np.random.default_rng(13), Rewards(np.random.default_rng(13), last, means)
    for t in range(400):

        def bonus(n: int, t: int = t) -> float:
            return math.sqrt(0.5 * math.log(max(2, min(t, 60))) / n)

        recent = plain.history[max(0, t - 60) :]
        plain.pull(plain.best([_index(recent, k, bonus) for k in range(2)]))
    assert sliding_window(ours, last, means, 60, 0.5, False) == pytest.approx(plain.regret)


def test_exponential_weights_against_their_formula() -> None:
    last, means = env.needle(np.random.default_rng(14), 300, 3, 0.5, K=3)
    ours, plain = np.random.default_rng(15), Rewards(np.random.default_rng(15), last, means)
    gamma, alpha = exp3s_rates(300, 3, 3)
    weights = np.ones(3)
    for t in range(300):
        weights = np.ones(3) if t == 150 else weights
        p = (1 - gamma) * weights / weights.sum() + gamma / 3
        arm = min(int(np.searchsorted(np.cumsum(p), plain.rng.random(), side="right")), 2)
        gain = np.zeros(3)
        gain[arm] = plain.pull(arm) / p[arm]
        weights = weights * np.exp(gamma * gain / 3) + math.e * alpha / 3 * weights.sum()
    found = exp3(ours, last, means, np.array([150, 300]), gamma, alpha, False)
    assert found == pytest.approx(plain.regret)


def test_a_change_is_seen_where_the_largest_ratio_at_dyadic_lengths_is_beyond_beta() -> None:
    rng, answers = np.random.default_rng(16), set()
    for n in (4, 8, 24, 100):
        for shift in (0.0, 0.5, 1.0):
            rewards = (rng.random(n) < np.where(np.arange(n) < n // 2, 0.0, shift)).astype(float)
            statistics = [0.0]
            for w in (2**i for i in range(1, 10) if 2 * 2**i <= n):
                for split in (w, n - w):
                    off = rewards[:split].mean() - rewards[split:].mean()
                    statistics.append(off**2 / (1 / w + 1 / (n - w)))
            for beta in (0.3, 1.0, 3.0):
                found = changed(np.append(0.0, np.cumsum(rewards)), n, beta)
                assert found == (max(statistics) > beta)
                answers.add(found)
    assert answers == {True, False}


# What holds for every policy.

POLICIES = {
    "uniform": uniform,
    "moss": lambda rng, last, means: restarted(rng, last, means, last, MOSS, False),
    "ucb1": lambda rng, last, means: restarted(rng, last, means, last[-1:], 0.5, False),
    "window": lambda rng, last, means: sliding_window(rng, last, means, 100, 0.5, False),
    "exp3s": lambda rng, last, means: exp3(rng, last, means, last[-1:], 0.1, 1e-3, False),
    "glr_ucb": lambda rng, last, means: glr_ucb(rng, last, means, 0.5, False)[0],
}


@pytest.mark.parametrize("name", POLICIES)
def test_regret_is_not_negative_does_not_know_labels_and_repeats(name: str) -> None:
    policy, rng = POLICIES[name], np.random.default_rng(17)
    last, means = env.needle(rng, 600, 3, 0.3, K=3)
    found, other = (
        np.array([policy(rng, last, np.ascontiguousarray(rows)) for _ in range(1500)])
        for rows in (means, means[:, [2, 0, 1]])
    )
    assert found.min() >= 0
    assert _close(found, other.mean(), other.std() / math.sqrt(len(other)))
    assert policy(np.random.default_rng(1), last, means) == policy(
        np.random.default_rng(1), last, means
    )


def test_glr_ucb_starts_anew_after_a_plain_change_and_not_without_one() -> None:
    rng = np.random.default_rng(18)
    last, means = env.swap(rng, 4000, 2, 0.9)
    found = [glr_ucb(rng, last, means, 0.0, False)[1] for _ in range(20)]
    assert max(found) == 1
    assert sum(found) >= 15  # UCB may turn to the other arm before a test is due
    still = np.array([4000]), np.array([[0.6, 0.4]])
    assert sum(glr_ucb(rng, *still, 0.0, False)[1] for _ in range(100)) <= 2


@pytest.mark.parametrize("kind", [MOSS, 0.5])
def test_normal_rewards_have_the_same_order_of_regret(kind: float) -> None:
    """Standard deviation 1/2 is that of a fair coin: at small gaps the regrets nearly agree."""
    rng, last, means = np.random.default_rng(19), np.array([1000]), np.array([[0.54, 0.46]])
    coins, normal = (
        np.array([restarted(rng, last, means, last, kind, gaussian) for _ in range(3000)])
        for gaussian in (False, True)
    )
    assert normal.mean() == pytest.approx(coins.mean(), rel=0.1)
