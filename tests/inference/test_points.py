"""Points of a log-log plot: order, smoothing, correlation, and what has no logarithm."""

import numpy as np
import pytest

from verify.errors import InputError
from verify.inference.points import MODELLING_FLOOR, SHRINKAGE, exact_points, sampled_points
from verify.inference.statistic import Mean, Quantile, RootMeanSquare


def _samples(x: np.ndarray, sigma: np.ndarray, count: int, seed: int = 0) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [rng.lognormal(-s * s / 2, s, count) * n**0.5 for n, s in zip(x, sigma, strict=True)]


def test_points_ascend_whatever_the_order_of_the_data() -> None:
    x = np.array([64.0, 8, 32, 16, 128])
    samples = _samples(x, np.full(5, 0.3), 40)
    one = sampled_points(x, samples, Mean())
    order = np.argsort(x)
    two = sampled_points(x[order], [samples[k] for k in order], Mean())
    assert one.x.tolist() == [8, 16, 32, 64, 128]
    assert one.log_value.tolist() == two.log_value.tolist()
    assert one.smooth_variance.tolist() == two.smooth_variance.tolist()


def test_smoothing_recovers_a_power_law_of_the_noise() -> None:
    x = 2.0 ** np.arange(3, 13)
    sigma = 0.5 * x**-0.1
    points = sampled_points(x, _samples(x, sigma, 100_000), Mean())
    truth = np.expm1(sigma**2) / 100_000
    assert points.smooth_variance == pytest.approx(truth, rel=0.02)


def test_smoothing_keeps_the_total_of_the_relative_variances() -> None:
    x = 2.0 ** np.arange(3, 13)
    points = sampled_points(x, _samples(x, np.full(10, 0.5), 32), Mean())
    assert np.mean(points.variance / points.smooth_variance) == pytest.approx(1, rel=1e-12)


def test_exact_values_have_the_modelling_floor_alone() -> None:
    points = exact_points([1, 2, 4, 8, 16], [1, 2, 3, 4, 5])
    assert np.isinf(points.replicates)
    assert not points.smooth_variance.any()
    assert points.covariance.tolist() == np.diag(np.full(5, MODELLING_FLOOR**2)).tolist()


def test_the_smallest_number_of_replicates_is_kept() -> None:
    x = np.array([1.0, 2, 4, 8, 16])
    samples = _samples(x, np.full(5, 0.3), 40)
    samples[2] = samples[2][:9]
    assert sampled_points(x, samples, Mean()).replicates == 9


@pytest.mark.parametrize("bad", [0.0, -1.0, np.inf, np.nan])
def test_a_value_without_a_logarithm_is_refused_with_its_place(bad: float) -> None:
    with pytest.raises(InputError, match="at 4 is not a positive finite number"):
        exact_points([1, 2, 4, 8, 16], [1, 2, bad, 4, 5])
    samples = [np.ones(40), np.ones(40), np.full(40, bad), np.ones(40), np.ones(40)]
    with pytest.raises(InputError, match="at 4 is not a positive finite number"):
        sampled_points([1, 2, 4, 8, 16], samples, Mean())


# Runs that were read at every x: increments of the running sum are independent.
PLACES = 64 * 2.0 ** np.arange(10)


def _running_sums(rng: np.random.Generator, count: int, x: np.ndarray = PLACES) -> np.ndarray:
    """Shape (K, count): sums with mean sqrt(x), of lognormal increments of relative sd 1/2."""
    means = np.diff(np.sqrt(np.r_[0, x]))
    spread = np.sqrt(np.log1p(0.25))
    return np.cumsum(
        means[:, None] * rng.lognormal(-(spread**2) / 2, spread, (len(x), count)), axis=0
    )


def test_the_covariance_of_runs_is_that_of_a_plain_computation() -> None:
    """Mean of R runs: sample correlation, nine tenths of it, times (R-1)/(R-K), and the floor."""
    count, places = 40, 10
    runs = _running_sums(np.random.default_rng(8), count)
    points = sampled_points(PLACES, list(runs), Mean(), together=True)
    sd = np.sqrt(points.smooth_variance)
    deviation = runs - runs.mean(axis=1, keepdims=True)
    for i in range(places):
        for j in range(places):
            dot = (deviation[i] * deviation[j]).sum()
            size = np.sqrt((deviation[i] ** 2).sum() * (deviation[j] ** 2).sum())
            found = 1.0 if i == j else 0.9 * dot / size
            expected = found * sd[i] * sd[j] * (count - 1) / (count - places)
            expected += MODELLING_FLOOR**2 * (i == j)
            assert points.covariance[i, j] == pytest.approx(expected, rel=1e-12)
    alone = sampled_points(PLACES, list(runs), Mean())
    assert alone.correlation is None
    assert np.array_equal(alone.log_value, points.log_value)
    assert np.array_equal(alone.smooth_variance, points.smooth_variance)


def test_the_correlation_goes_with_the_order_of_the_places() -> None:
    runs = _running_sums(np.random.default_rng(9), 50)
    shuffled = np.random.default_rng(1).permutation(10)
    one = sampled_points(PLACES, list(runs), Mean(), together=True)
    two = sampled_points(PLACES[shuffled], list(runs[shuffled]), Mean(), together=True)
    assert one.correlation == pytest.approx(two.correlation, abs=1e-14)


@pytest.mark.parametrize("statistic", [Mean(), RootMeanSquare(), Quantile(0.5), Quantile(0.9)])
def test_the_correlation_is_that_of_the_estimates_over_many_data_sets(statistic) -> None:
    rng, count, sets = np.random.default_rng(10), 200, 2000
    x = PLACES[:8:2]
    found, values = [], []
    for _ in range(sets):
        points = sampled_points(x, list(_running_sums(rng, count, x)), statistic, together=True)
        found.append(points.correlation)
        values.append(points.log_value)
    truth = np.corrcoef(np.transpose(values))
    assert 0 < truth[0, 3] < truth[1, 3] < truth[2, 3] < 0.6
    assert truth[2, 3] > 0.2
    # A correlation from 2000 data sets has a standard error of at most .022.
    assert np.mean(found, axis=0) == pytest.approx(truth, abs=0.066)


def test_shrinkage_keeps_an_estimated_covariance_far_from_singular() -> None:
    """Twelve runs at ten places, all almost the same: the inverse exists, and is not huge."""
    rng = np.random.default_rng(12)
    runs = np.sqrt(PLACES)[:, None] * rng.lognormal(0, 0.5, 12) * rng.lognormal(0, 1e-6, (10, 12))
    points = sampled_points(PLACES, list(runs), Mean(), together=True)
    assert np.linalg.cond(points.covariance) < 10 / SHRINKAGE * 2


def test_a_constant_place_is_uncorrelated_with_the_others() -> None:
    runs = _running_sums(np.random.default_rng(13), 30)
    runs[4] = 5.0
    points = sampled_points(PLACES, list(runs), Mean(), together=True)
    assert points.correlation[4].tolist() == np.eye(10)[4].tolist()


def test_as_many_runs_as_places_are_too_few_for_a_correlation() -> None:
    runs = _running_sums(np.random.default_rng(14), 10)
    with pytest.raises(InputError, match="10 runs that were read at 10 places"):
        sampled_points(PLACES, list(runs), Mean(), together=True)
    eleven = _running_sums(np.random.default_rng(14), 11)
    assert sampled_points(PLACES, list(eleven), Mean(), together=True).covariance.shape == (10, 10)
