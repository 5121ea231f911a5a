"""From replicates to a curve: statistics on their own scale, errors that move together."""

import numpy as np
import pytest

from verify.errors import InputError
from verify.inference.approach import (
    Target,
    bridge,
    distribution,
    drawn_approach,
    exact_approach,
    level_of,
    sampled_approach,
)
from verify.inference.points import SHRINKAGE
from verify.inference.statistic import Mean, Quantile, RootMeanSquare, StandardDeviation

X = [4.0, 1.0, 2.0, 8.0, 16.0]
TWO = Target(np.zeros(2), np.zeros(2))


@pytest.mark.parametrize(
    ("statistic", "truth", "error"),
    [
        (Mean(), -1.0, 2),
        (RootMeanSquare(), np.sqrt(5), np.sqrt((2 * 2**4 + 4 * 2**2) / 5) / 2),
        (StandardDeviation(), 2.0, np.sqrt(2)),
        (Quantile(), -1.0, np.sqrt(2 * np.pi)),
    ],
)
def test_a_statistic_and_its_error_on_its_own_scale(statistic, truth: float, error: float) -> None:
    """Of normal draws of mean -1 and deviation 2; errors times the root of 200, by asymptotics."""
    rng = np.random.default_rng(0)
    found = [level_of(rng.normal(-1, 2, 200), statistic) for _ in range(1000)]
    values = np.array([one.value for one in found])
    # The mean of 1000 values has a standard error of a thirtieth of one value's.
    assert values.mean() == pytest.approx(truth, abs=4 * values.std() / np.sqrt(1000))
    variance = np.mean([one.variance for one in found])
    assert np.sqrt(200 * variance) == pytest.approx(error, rel=0.05)


def test_a_single_replicate_has_no_variance_of_its_own() -> None:
    assert level_of(np.array([3.0]), Mean()).variance == 0


def test_a_root_mean_square_of_zeros_is_zero() -> None:
    found = level_of(np.zeros(16), RootMeanSquare())
    assert (found.value, found.variance) == (0, 0)


def test_places_ascend_whatever_their_order() -> None:
    value = np.array([[x, -x] for x in X])
    found = exact_approach(X, value, TWO)
    assert found.x.tolist() == sorted(X)
    assert found.value[:, 0].tolist() == sorted(X)
    assert np.isinf(found.replicates)
    samples = [np.full((9, 2), [x, -x]) for x in X]
    again = sampled_approach(X, samples, Mean(), TWO, together=False)
    assert np.array_equal(again.value, found.value)
    assert again.replicates == 9


def test_the_fewest_replicates_count_those_of_the_target() -> None:
    few = Target(np.zeros(2), np.ones(2), 7)
    samples = [np.random.default_rng(0).standard_normal((40, 2)) for _ in X]
    assert sampled_approach(X, samples, Mean(), few, together=False).replicates == 7
    assert exact_approach(X, np.zeros((5, 2)), few).replicates == 7


def test_replicates_that_see_the_whole_curve_give_its_correlation() -> None:
    rng = np.random.default_rng(1)
    common = [rng.standard_normal((4000, 1)) for _ in X]
    samples = [0.8 * one + 0.6 * rng.standard_normal((4000, 2)) for one in common]
    found = sampled_approach(X, samples, Mean(), TWO, together=True)
    assert found.correlation is not None
    assert found.correlation[0, 1] == pytest.approx((1 - SHRINKAGE) * 0.64, abs=0.02)
    assert np.diag(found.correlation).tolist() == [1, 1]
    assert sampled_approach(X, samples, Mean(), TWO, together=False).correlation is None


def test_a_place_without_noise_is_uncorrelated() -> None:
    """A characteristic function is 1 at 0 in every replicate."""
    rng = np.random.default_rng(1)
    samples = [np.stack([np.ones(50), rng.standard_normal(50)], axis=1) for _ in X]
    found = sampled_approach(X, samples, Mean(), TWO, together=True)
    assert found.correlation is not None
    assert found.correlation.tolist() == [[1, 0], [0, 1]]
    assert found.variance[:, 0].tolist() == [0] * 5


def test_a_value_that_is_not_finite_is_refused() -> None:
    samples = [np.full((9, 2), np.inf) if x == 2 else np.zeros((9, 2)) for x in X]
    with (
        np.errstate(invalid="ignore"),
        pytest.raises(InputError, match="the mean at 2 is not a finite number"),
    ):
        sampled_approach(X, samples, Mean(), TWO, together=False)


def test_draws_become_distribution_functions_with_binomial_variances() -> None:
    rng = np.random.default_rng(2)
    places = np.array([-1.0, 0.0, 1.0])
    draws = [rng.standard_normal(500) for _ in X]
    found = drawn_approach(X, draws, places, Target(np.zeros(3), np.zeros(3)))
    order = np.argsort(X)
    expected = [[(draws[k] <= place).mean() for place in places] for k in order]
    assert found.value == pytest.approx(np.array(expected))
    assert found.variance[:, 1] == pytest.approx(np.full(5, 0.25 / 500), rel=0.01)


def test_a_place_that_no_draw_reached_is_not_exact() -> None:
    draws = [np.ones(100) for _ in X]
    found = drawn_approach(X, draws, np.array([0.0, 0.5, 2.0]), Target(np.zeros(3), np.zeros(3)))
    assert np.all(found.variance > 0.5 / 101 / 100 * 0.9)


def test_a_distribution_function_counts_ties() -> None:
    draws = np.array([1.0, 1.0, 2.0, 3.0])
    assert distribution(draws, np.array([0.5, 1.0, 2.5, 3.0])).tolist() == [0, 0.5, 0.75, 1]


def test_the_bridge_is_that_of_indicators() -> None:
    rng = np.random.default_rng(3)
    level = np.array([0.1, 0.5, 0.9])
    events = rng.uniform(size=(200_000, 1)) <= level
    assert np.corrcoef(events.T) == pytest.approx(bridge(level), abs=0.01)
