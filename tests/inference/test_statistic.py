"""Statistics: the log estimate, its bias and its variance."""

import numpy as np
import pytest

from verify.inference.statistic import (
    Mean,
    Quantile,
    RootMeanSquare,
    StandardDeviation,
    Statistic,
)


def _draws(seed: int, count: int) -> np.ndarray:
    return np.random.default_rng(seed).lognormal(0, 0.5, count)


def test_mean_is_the_delta_method_on_the_log() -> None:
    y = _draws(1, 50)
    found = Mean().estimate(y)
    squared_cv = y.var(ddof=1) / y.mean() ** 2
    assert found.value == pytest.approx(np.log(y.mean()), rel=1e-14)
    assert found.variance == pytest.approx(squared_cv, rel=1e-14)
    assert found.bias == pytest.approx(-squared_cv / 2, rel=1e-14)


def test_root_mean_square_has_a_quarter_of_the_variance_of_the_squares() -> None:
    y = _draws(2, 50)
    found, squares = RootMeanSquare().estimate(y), Mean().estimate(y**2)
    assert found.value == pytest.approx(np.log(np.sqrt(np.mean(y**2))), rel=1e-14)
    assert (found.variance, found.bias) == (squares.variance / 4, squares.bias / 2)


def test_sd_has_the_variance_of_the_jackknife() -> None:
    y = 100 + _draws(5, 50)
    found, deviation = StandardDeviation().estimate(y), y - y.mean()
    ratio = np.mean(deviation**4) / np.mean(deviation**2) ** 2
    without = [np.log(np.delete(y, k).std(ddof=1)) for k in range(50)]
    assert found.value == pytest.approx(np.log(y.std(ddof=1)), rel=1e-12)
    assert found.variance == pytest.approx(50 * 49 * np.var(without), rel=1e-9)
    assert found.bias == pytest.approx(-(ratio - 1) / 4, rel=1e-9)


def test_replicates_that_are_all_equal_have_no_sd_with_a_logarithm() -> None:
    assert StandardDeviation().estimate(np.ones(10)).value == -np.inf
    assert not np.isfinite(StandardDeviation().estimate(np.ones(1)).value)


@pytest.mark.parametrize(
    "statistic",
    [Mean(), RootMeanSquare(), StandardDeviation(), Quantile(0.5), Quantile(0.9)],
)
def test_variance_is_that_of_the_estimates_over_many_samples(statistic: Statistic) -> None:
    count = 1000
    found = [statistic.estimate(_draws(seed, count)) for seed in range(2000)]
    values = np.array([one.value for one in found])
    claimed = np.mean([one.variance for one in found]) / count
    # The variance of 2000 values is known to 3.2 % (1 sd); the claimed one averages out.
    assert claimed / values.var() == pytest.approx(1, abs=0.13)


def test_second_order_bias_of_the_log_mean_is_removed() -> None:
    count = 16
    found = [Mean().estimate(_draws(seed, count)) for seed in range(20_000)]
    raw = np.array([one.value for one in found])
    corrected = raw - np.array([one.bias for one in found]) / count
    truth = 0.5**2 / 2
    error = raw.std() / np.sqrt(len(raw))
    assert raw.mean() - truth < -4 * error
    assert abs(corrected.mean() - truth) < 4 * error


@pytest.mark.parametrize(
    ("draw", "truth"),
    [
        (np.random.Generator.standard_normal, 0.0),
        (lambda rng, size: rng.lognormal(0, 0.25, size), np.log(np.expm1(1 / 16)) / 2 + 1 / 32),
    ],
    ids=["normal", "lognormal"],
)
def test_second_order_bias_of_the_log_sd_is_removed(draw, truth: float) -> None:
    count, rng = 64, np.random.default_rng(6)
    found = [StandardDeviation().estimate(draw(rng, count)) for _ in range(20_000)]
    raw = np.array([one.value for one in found])
    corrected = raw - np.array([one.bias for one in found]) / count
    error = raw.std() / np.sqrt(len(raw))
    # With the divisor R, or without the concavity, it is off by more than 9 standard errors.
    assert raw.mean() - truth < -9 * error
    assert abs(corrected.mean() - truth) < 4 * error


@pytest.mark.parametrize("statistic", [Mean(), RootMeanSquare(), StandardDeviation()])
def test_influence_is_what_leaving_a_replicate_out_takes_away(statistic: Statistic) -> None:
    y = 3 + _draws(7, 400)
    left = [statistic.estimate(np.delete(y, k)).value for k in range(y.size)]
    assert np.corrcoef(statistic.influence(y), left)[0, 1] < -0.9999


def test_median_ignores_what_a_mean_cannot() -> None:
    y = np.abs(np.random.default_rng(3).standard_cauchy(10_001))
    found = Quantile(0.5).estimate(y)
    # The median of |Cauchy| is 1; its density there is 1/pi, so the variance is pi^2/4.
    assert found.value == pytest.approx(0, abs=4 * np.sqrt(found.variance / y.size))
    assert found.variance == pytest.approx(np.pi**2 / 4, rel=0.15)


def test_quantile_bears_zeros_below_it() -> None:
    y = np.r_[np.zeros(10), _draws(4, 90)]
    assert np.isfinite(Quantile(0.5).estimate(y).variance)


@pytest.mark.parametrize("level", [0, 1, -0.1, 1.5])
def test_quantile_level_lies_strictly_inside(level: float) -> None:
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        Quantile(level)


def test_labels_name_the_statistic() -> None:
    moments = [Mean().label, RootMeanSquare().label, StandardDeviation().label]
    assert moments == ["mean", "rms", "sd"]
    assert [Quantile().label, Quantile(0.9).label] == ["median", "0.9-quantile"]
