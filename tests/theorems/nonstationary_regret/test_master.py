"""MASTER: its schedule in closed form, its tests, and the horizon at which they can fire."""

import math

import numpy as np
import pytest

from theorems.nonstationary_regret.simulators import environments as env
from theorems.nonstationary_regret.simulators.master import (
    SILENT,
    first_horizon,
    literal,
    master,
    rate,
    reach,
    rescaled,
    start_instances,
)

from .test_kernels import largest

STILL = np.array([2**12 - 1]), np.array([[0.6, 0.4]])


def _top(n: int) -> float:
    """The chance that no shorter instance covers a round of a block of order n."""
    return math.prod(1 - 2 ** (-k / 2) for k in range(1, n + 1))


def test_the_chance_that_the_longest_instance_plays_is_a_known_product() -> None:
    assert _top(10) == pytest.approx(0.04047, abs=5e-6)
    assert _top(60) == pytest.approx(0.037513, abs=5e-7)


@pytest.mark.parametrize("sparsity", [1.0, 0.1])
def test_instances_of_each_order_are_as_many_as_scheduled(sparsity: float) -> None:
    """In a block of 2^n rounds on average sparsity 2^{(n - m)/2} of order m < n; one of order n."""
    rng, n, runs = np.random.default_rng(0), 7, 300
    counts = np.zeros((runs, n + 1))
    for run in range(runs):
        started, before = np.full(n + 1, -1), np.zeros(n + 1)
        tables = np.zeros((n + 1, 2)), np.zeros((n + 1, 2))
        for age in range(2**n):
            start_instances(rng, n, age, sparsity, started, *tables, before, 0.0)
            counts[run] += started == age
    assert (counts[:, n] == 1).all()
    for m in range(n):
        error = counts[:, m].std() / math.sqrt(runs)
        assert counts[:, m].mean() == pytest.approx(sparsity * 2 ** ((n - m) / 2), abs=4 * error)


def test_the_longest_instance_plays_as_often_as_the_product_says() -> None:
    rng, constants = np.random.default_rng(1), SILENT._replace(bonus=1.0)
    found = np.array([master(rng, *STILL, constants, False)[3] for _ in range(800)])
    expected = sum(2**n * _top(n) for n in range(12))
    assert found.mean() == pytest.approx(expected, abs=4 * found.std() / math.sqrt(800))


def malg(rng: np.random.Generator, last: np.ndarray, means: np.ndarray, bonus: float) -> float:
    """The schedule without tests, written over lists of instances, on the same random numbers."""
    t, n, regret, T = 0, 0, 0.0, int(last[-1])
    rows = np.repeat(means, np.diff(last, prepend=0), axis=0)
    while t < T:
        alive: dict[int, list[list[float]]] = {}
        for age in range(min(2**n, T - t)):
            for m in range(n + 1):
                if age % 2**m == 0:
                    alive.pop(m, None)
                    if m == n or rng.random() < 2 ** (-(n - m) / 2):
                        alive[m] = [[] for _ in range(means.shape[1])]
            rewards = alive[min(alive)]
            index = [
                min(1.0, math.fsum(r) / len(r) + math.sqrt(bonus / len(r))) if r else 1.0
                for r in rewards
            ]
            arm = largest(rng, index)
            rewards[arm].append(float(rng.random() < rows[t, arm]))
            regret += rows[t].max() - rows[t, arm]
            t += 1
        n += 1
    return regret


def test_without_its_tests_it_is_the_schedule_alone() -> None:
    last, means = env.needle(np.random.default_rng(2), 1000, 3, 0.4, K=3)
    found = master(np.random.default_rng(3), last, means, SILENT._replace(bonus=2.0), False)
    assert found[0] == pytest.approx(malg(np.random.default_rng(3), last, means, 2.0))
    assert found[1:3] == (0, 0)
    quiet = master(
        np.random.default_rng(3), last, means, literal(1000, 3)._replace(bonus=2.0), False
    )
    assert quiet == found  # published tests cannot fire at this horizon


def test_the_published_tests_cannot_fire_before_horizons_that_are_computed_here() -> None:
    assert first_horizon("literal") == pytest.approx(1.2e11, rel=0.05)
    assert first_horizon("root") == pytest.approx(4.6e8, rel=0.02)
    assert first_horizon("root, delta = T^{-2}") == pytest.approx(1.25e9, rel=0.01)
    for convention in ("literal", "root", "root, delta = T^{-2}"):
        edge = first_horizon(convention)
        assert reach(edge * 0.999, convention) > 1 > reach(edge * 1.001, convention)
    constants, T = literal(2**20, 2), 2**20
    assert reach(T, "literal") == pytest.approx(
        3 * 6 * 21 * 2 * math.log(T) * rate(literal(T, 2), T), rel=1e-12
    )
    assert constants.second * rate(constants, T) == pytest.approx(reach(T, "literal"))


# A change in the middle of a block: one at its beginning is forgotten anyway.


def test_rescaled_tests_are_silent_without_a_change_and_see_a_plain_one() -> None:
    rng, T = np.random.default_rng(4), 2**15
    constants = rescaled(T, 2)
    still = np.array([T]), np.array([[0.55, 0.45]])
    assert sum(sum(master(rng, *still, constants, False)[1:3]) for _ in range(40)) == 0
    last, means = np.array([2**14 + 2**13, T]), np.array([[0.9, 0.1], [0.1, 0.1]])
    assert min(sum(master(rng, last, means, constants, False)[1:3]) for _ in range(20)) >= 1


def test_an_arm_that_gets_better_is_seen_by_the_first_test() -> None:
    rng, T = np.random.default_rng(5), 2**15
    last, means = np.array([2**12 + 2**11, T]), np.array([[0.2, 0.1], [0.2, 1.0]])
    constants = rescaled(T, 2, sparsity=1.0)._replace(second=math.inf)
    found = [master(rng, last, means, constants, False) for _ in range(20)]
    assert min(one[1] for one in found) >= 1
    assert max(one[2] for one in found) == 0
