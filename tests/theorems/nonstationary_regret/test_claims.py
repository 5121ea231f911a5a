"""The measures of the theorems against plain simulation, and the gates that keep them honest."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import bdtr, ndtr

from theorems.nonstationary_regret import regret_crossover, regret_lower_bound, switching_regret
from theorems.nonstationary_regret.simulators import environments as env
from theorems.nonstationary_regret.simulators.index_policies import MOSS, restarted
from theorems.nonstationary_regret.simulators.oracle import (
    instance,
    oracle_regret,
    uniform_at_variation,
    uniform_regret,
)
from theorems.nonstationary_regret.variation_regret import periodic_regret
from verify.claims.rate.judgement import judge_rate
from verify.verdict import Reason, Verdict


def _agree(found: np.ndarray, plain: np.ndarray) -> bool:
    error = math.hypot(*(one.std(ddof=1) / math.sqrt(len(one)) for one in (found, plain)))
    return bool(abs(found.mean() - plain.mean()) <= 4 * error)


def test_some_segments_have_the_regret_of_the_whole_run() -> None:
    rng, T, J, gap = np.random.default_rng(0), 4000, 5, 0.1
    found = oracle_regret(rng, 4000, T, J, gap)
    whole = []
    for _ in range(2000):
        last, means = env.swap(rng, T, J, gap)
        whole.append(restarted(rng, last, means, last, MOSS, False))
    assert _agree(found[:, 0], np.array(whole))
    for control in found[:, 1:].T:
        assert abs(control.mean()) <= 4 * control.std() / math.sqrt(len(control))


def test_some_blocks_have_the_regret_of_the_whole_run() -> None:
    """With a first block of random length, drawn at random as the blocks are."""
    rng, T, V, L = np.random.default_rng(1), 3000, 1.0, 8
    found = periodic_regret(rng, 600, T, V, L)
    (segments, gap), length = instance(V, L), round(2 * (T / V) ** (2 / 3))
    whole = []
    for _ in range(2000):
        first = int(rng.integers(1, length + 1))
        restarts = np.append(np.arange(first, T, length), T)
        whole.append(restarted(rng, *env.swap(rng, T, segments, gap), restarts, MOSS, False))
    assert _agree(found, np.array(whole))


def test_a_part_of_an_environment_has_the_changes_of_the_whole() -> None:
    rng, T, L, start, stop = np.random.default_rng(2), 1000, 10, 230, 480
    counts, lengths = [], []
    for _ in range(4000):
        inside = [int(x) for x in env.ends(rng, T, L)[:-1] if start < x < stop]
        last, means = env.part_of_swap(rng, T, L, 0.2, start, stop)
        assert last[-1] == stop - start
        assert len(last) == len(means)
        counts.append((len(inside), len(last) - 1))
        lengths.append((sum(inside) - start * len(inside), last[:-1].sum()))
    for pairs in (counts, lengths):
        plain, found = np.array(pairs, dtype=float).T
        assert _agree(found, plain)


def test_an_instance_uses_up_its_variation_and_no_more_than_a_gap_of_one() -> None:
    for V in (0.3, 1, 2.5, 8):
        for L in (0.1, 2, 7.4, 300):
            segments, gap = instance(V, L)
            assert gap <= 1
            assert gap * (segments - 1) == pytest.approx(V)
            assert segments == max(2, math.ceil(V) + 1, round(L))


# The lower bound.


@pytest.mark.parametrize(("B", "gap"), [(1, 0.3), (2, 0.3), (3, 0.3), (50, 0.1), (3000, 0.02)])
def test_the_sum_of_error_chances_is_that_of_binomial_tails(B: int, gap: float) -> None:
    t = np.arange(1, B)
    tails = [
        (bdtr(k - 1, int(2 * k), 0.5 + gap / 2), bdtr(k, int(2 * k), 0.5 + gap / 2)) for k in t
    ]
    expected = 0.5 + sum((below + at_most) / 2 for below, at_most in tails)
    assert regret_lower_bound.least_bad_pulls(B, gap) == pytest.approx(expected, rel=1e-10)


def test_its_limit_is_the_integral_of_normal_tails() -> None:
    for kappa in (0.5, 1.0, 3.0):
        for deviation in (0.5, 1.0):
            a = kappa / (math.sqrt(2) * deviation)
            integral = quad(lambda s, a=a: ndtr(-a * math.sqrt(s)), 0, 1)[0]
            assert regret_lower_bound.limit(kappa, deviation) == pytest.approx(kappa * integral)


def test_the_oracle_pays_more_than_the_lower_bound_and_less_than_four_times_as_much() -> None:
    rng, T, J = np.random.default_rng(3), 8000, 4
    for kappa in (1.0, 2.0, 4.0):
        gap = kappa * math.sqrt(J / T)
        whole = np.full(J, T // J)
        least = regret_lower_bound.at_gap(T, J, gap)
        runs = []
        for _ in range(400):
            _, means = env.swap(rng, T, J, gap)
            last = np.cumsum(whole)
            runs.append(restarted(rng, last, means, last, MOSS, False))
        assert least < np.mean(runs) < 4 * kappa * least


# The gates.


def test_uniform_play_passes_on_a_grid_of_small_gaps_but_for_its_maximum_at_the_end() -> None:
    """On gaps kappa (J/T)^{1/2} alone it shows exactly 1/2; the maximum is at the largest one."""
    claim = next(one for one in switching_regret.THEOREM.claims if one.id == "oracle")
    changed = {
        "measure": uniform_regret,
        "worst_over": {"gap": switching_regret.GAPS[:-1]},
        "closed": {},
        "designs": (switching_regret.SWEEPS[0],),
        "controls": (),
    }
    fooled = claim.replaced(changed, claim.place)
    samples = {cell: np.array([cell.measure(**dict(cell.at))]) for cell in fooled.cells()}
    found = judge_rate(fooled, samples)
    assert found.exponents[0].estimate == pytest.approx(0.5, abs=1e-3)
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.GRID)
    whole = fooled.replaced(
        {"worst_over": {"gap": switching_regret.GAPS}, "closed": claim.closed}, claim.place
    )
    samples = {cell: np.array([cell.measure(**dict(cell.at))]) for cell in whole.cells()}
    found = judge_rate(whole, samples)
    assert found.verdict is Verdict.REFUTED
    assert found.exponents[0].estimate == pytest.approx(1, abs=1e-3)


def test_uniform_play_over_all_numbers_of_segments_is_linear_in_the_horizon_alone() -> None:
    assert max(uniform_at_variation(1000, 4, L) for L in range(5, 50)) == 500


def test_crossovers_are_where_both_bounds_agree() -> None:
    """With the worst gap KAPPA (J/T)^{1/2} of J segments the variation is used up."""
    T, J = 2**20, 256
    V = regret_crossover.crossover_in_variation(T, J)
    assert pytest.approx(J * regret_crossover.KAPPA * math.sqrt(J / T)) == V
    assert regret_crossover.crossover_in_segments(T, V) == pytest.approx(J)


def test_designs_of_the_crossover_end_half_as_far_again() -> None:
    below, above, few, more = (one.designs[0].grid for one in regret_crossover.THEOREM.claims)
    kink = regret_crossover.crossover_in_variation(regret_crossover.T, regret_crossover.J)
    assert (max(below), min(above)) == pytest.approx((kink / 1.5, kink * 1.5))
    kink = regret_crossover.crossover_in_segments(regret_crossover.T, regret_crossover.V)
    assert (max(few), min(more)) == pytest.approx((kink / 1.5, kink * 1.5), rel=0.01)
