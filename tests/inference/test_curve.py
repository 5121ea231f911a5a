"""The fitted curve: it interpolates exact data, and its band covers the law behind noisy data."""

import numpy as np
import pytest

from verify.inference.curve import fitted
from verify.inference.family import dictionary
from verify.inference.points import Points, exact_points, sampled_points
from verify.inference.statistic import Mean

X = 64 * 2.0 ** np.arange(10)


def test_exact_data_are_interpolated_to_the_modelling_floor() -> None:
    points = exact_points(X.tolist(), (X**0.5 * (1 + 3 * X**-0.5)).tolist())
    curve = fitted(points, dictionary(tuple(X)))
    assert curve.log_value == pytest.approx(points.log_value, abs=1e-4)
    assert np.all(curve.log_high - curve.log_low < 0.01)


def test_band_covers_the_law_point_by_point() -> None:
    rng = np.random.default_rng(4)
    truth = np.log(X**0.5 * (1 + 3 * X**-0.5))
    covered = np.zeros(10)
    for _ in range(200):
        samples = [np.exp(t) * rng.lognormal(-0.125, 0.5, 64) for t in truth]
        points = sampled_points(X.tolist(), samples, Mean())
        curve = fitted(points, dictionary(tuple(X), coarse=True))
        covered += (curve.log_low <= truth) & (truth <= curve.log_high)
    # Nominal .97; 200 data sets have a standard error of .012.
    assert np.all(covered / 200 >= 0.93)


def test_the_band_is_narrower_than_the_points_that_made_it() -> None:
    variance = np.full(10, 0.05**2)
    points = Points(X, 0.5 * np.log(X), variance, variance, np.inf)
    curve = fitted(points, dictionary(tuple(X), coarse=True))
    assert np.all(curve.log_high - curve.log_low < 2 * 2.17 * 0.05)
