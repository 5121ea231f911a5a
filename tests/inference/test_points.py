"""Points of a log-log plot: order, smoothing, and what has no logarithm."""

import numpy as np
import pytest

from verify.errors import InputError
from verify.inference.points import MODELLING_FLOOR, exact_points, sampled_points
from verify.inference.statistic import Mean


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
    assert points.exact
    assert points.noise == 0
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
