"""Warnings about tails: rare for light ones, and there for heavy ones."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import gamma

from verify import KaplanMeier, Quantile
from verify.inference import tails
from verify.inference.statistic import Mean, RootMeanSquare, StandardDeviation, Statistic

X = [64.0 * 2**k for k in range(10)]
MOMENTS = [Mean(), RootMeanSquare(), StandardDeviation()]

Draw = Callable[[np.random.Generator, int], np.ndarray]
LIGHT: dict[str, Draw] = {
    "lognormal": lambda rng, size: rng.lognormal(0, 0.5, size),
    "exponential": lambda rng, size: rng.exponential(1, size),
    "half-normal": lambda rng, size: np.abs(rng.standard_normal(size)),
}


def _pareto(index: float) -> Draw:
    return lambda rng, size: 1 + rng.pareto(index, size)


def _frequency(draw: Draw, count: int, statistic: Statistic, sets: int, word: str = "") -> float:
    """How often a sweep whose scale grows with x is warned of, in sentences with `word`."""
    rng, found = np.random.default_rng(11), 0
    for _ in range(sets):
        samples = [x**0.5 * draw(rng, count) for x in X]
        found += any(word in text for text in tails.warnings(X, samples, statistic))
    return found / sets


@pytest.mark.parametrize("statistic", MOMENTS, ids=lambda one: one.label)
@pytest.mark.parametrize("count", [32, 256])
@pytest.mark.parametrize("law", LIGHT)
def test_light_tails_are_hardly_ever_warned_of(law: str, count: int, statistic: Statistic) -> None:
    assert _frequency(LIGHT[law], count, statistic, sets=500) < 0.01


@pytest.mark.parametrize("statistic", MOMENTS, ids=lambda one: one.label)
def test_places_that_move_together_tell_as_one(statistic: Statistic) -> None:
    """Taken for independent, copies of light replicates would be warned of in a tenth of cases."""
    rng, light, heavy = np.random.default_rng(14), 0, 0
    for _ in range(500):
        runs = rng.exponential(1, 256), 1 + rng.pareto(1.2, 256)
        found = [tails.warnings(X, [x * run for x in X], statistic, together=True) for run in runs]
        light += len(found[0]) > 0
        heavy += any("tail index" in text for text in found[1])
    assert light / 500 < 0.03
    assert heavy / 500 > 0.5


@pytest.mark.parametrize("statistic", MOMENTS, ids=lambda one: one.label)
def test_a_pareto_tail_without_variance_is_warned_of(statistic: Statistic) -> None:
    assert _frequency(_pareto(1.5), 256, statistic, sets=100, word="carries") > 0.5
    assert _frequency(_pareto(1.5), 256, statistic, sets=100, word="tail index") > 0.9


def test_a_tail_that_spares_the_mean_is_warned_of_in_what_is_made_of_squares() -> None:
    found = [_frequency(_pareto(2.2), 256, one, sets=100, word="tail index") for one in MOMENTS]
    assert found[0] < 0.05
    assert min(found[1:]) > 0.9


def test_one_replicate_that_carries_the_sum_is_named_with_its_place_and_share() -> None:
    samples = [np.ones(31) for _ in X]
    samples[3] = np.r_[np.ones(30), 90.0]
    samples[5] = np.r_[np.ones(30), 60.0]
    (found,) = tails.warnings(X, samples, Mean())
    assert found.startswith("one of the 31 replicates at 512 carries 75% of their sum,")
    samples[3] = np.r_[np.ones(30), 9.0]
    (found,) = tails.warnings(X, samples, Mean())
    assert found.startswith("one of the 31 replicates at 2048 carries 67% of their sum,")


@pytest.mark.parametrize(
    ("statistic", "words"),
    [
        (RootMeanSquare(), "32% of their sum of squares"),
        (StandardDeviation(), "100% of their sum of squared deviations"),
    ],
    ids=["rms", "sd"],
)
def test_shares_are_of_what_the_statistic_sums(statistic: Statistic, words: str) -> None:
    samples = [np.full(1000, 10.0) for _ in X]
    samples[0][500] = 217.0
    assert words in tails.warnings(X, samples, statistic)[0]


def test_a_fifth_is_the_share_where_replicates_are_many() -> None:
    samples = [np.ones(256) for _ in X]
    samples[0][0] = 255 * 0.19 / 0.81
    assert tails.warnings(X, samples, Mean()) == []
    samples[0][0] = 255 * 0.21 / 0.79
    assert "21%" in tails.warnings(X, samples, Mean())[0]


def test_fewer_than_eight_replicates_carry_what_they_like() -> None:
    samples = [np.r_[np.ones(6), 1e9] for _ in X]
    assert tails.warnings(X, samples, Mean()) == []
    assert tails.warnings(X, [np.append(one, 1.0) for one in samples], Mean()) != []


def test_fewer_than_a_hundred_replicates_have_no_tail_index() -> None:
    heavy = [np.r_[np.ones(18), np.full(2, 1e2)] for _ in range(5)]
    assert "tail index" in tails.warnings(X[:5], heavy, Mean())[-1]
    found = tails.warnings(X[:5], [heavy[0][1:], *heavy[1:]], Mean())
    assert not any("tail index" in text for text in found)


def test_the_tail_index_is_that_of_the_law_whatever_the_scale() -> None:
    rng = np.random.default_rng(12)
    samples = [x**3 * (1 + rng.pareto(1.5, 10_000)) for x in X]
    found = tails.warnings(X, samples, Mean())[-1]
    index, high = map(float, re.findall(r"\d\.\d\d", found))
    # Hill's standard error is 1.5/sqrt(200), and his estimate over the index is gamma/200.
    assert index == pytest.approx(1.5, abs=4 * 1.5 / np.sqrt(200))
    assert high / index == pytest.approx(gamma(200).ppf(0.97) / 200, abs=0.01)


def test_the_deviations_have_the_tail_and_not_the_level() -> None:
    draw = _pareto(1.5)
    found = _frequency(lambda rng, size: 1e3 + draw(rng, size) / 1e3, 256, StandardDeviation(), 20)
    assert found == 1


def test_rare_events_of_different_frequency_are_no_heavy_tail() -> None:
    """1/p with probability p: pooled over places they would count like a tail of index 1."""
    rng = np.random.default_rng(13)
    for _ in range(50):
        samples = [rng.binomial(1, 32 / x, 256) * x for x in X]
        assert not any("tail index" in text for text in tails.warnings(X, samples, Mean()))


@pytest.mark.parametrize("statistic", [Quantile(), Quantile(0.9), KaplanMeier()])
def test_quantiles_are_not_warned_of(statistic: Statistic) -> None:
    assert _frequency(lambda rng, size: rng.pareto(0.5, size), 256, statistic, sets=5) == 0


@pytest.mark.parametrize("statistic", MOMENTS, ids=lambda one: one.label)
def test_zeros_and_constants_are_borne(statistic: Statistic) -> None:
    assert tails.warnings(X, [np.zeros(256) for _ in X], statistic) == []
    assert tails.warnings(X, [np.ones(256) for _ in X], statistic) == []
