"""The fitted curve: it interpolates exact data, and its band covers the law behind noisy data."""

import numpy as np
import pytest
from scipy.special import ndtri

from verify.inference.curve import fitted
from verify.inference.exponent import exponent
from verify.inference.family import Family, dictionary
from verify.inference.points import Points, exact_points, sampled_points
from verify.inference.range_slope import LEVEL
from verify.inference.statistic import Mean
from verify.inference.structure import Term

X = 64 * 2.0 ** np.arange(10)
FAMILIES = [
    Family(),
    Family(logs=1.0),
    Family(logs=0.5, terms=(Term(1 / 6, added=True), Term(1 / 6, added=False, faster=True))),
]


def _curve(points: Points, family: Family = FAMILIES[0]):
    return fitted(points, family, exponent(points, family))


@pytest.mark.parametrize("family", FAMILIES)
def test_exact_data_are_interpolated_to_the_modelling_floor(family: Family) -> None:
    values = X**0.5 * np.log(X) ** family.logs * (1 + 3 * X**-0.5)
    points = exact_points(X.tolist(), values.tolist())
    curve = _curve(points, family)
    assert curve.log_value == pytest.approx(points.log_value, abs=5e-4)
    assert np.all(curve.log_high - curve.log_low < 0.01)


def _read_at_every_x(rng: np.random.Generator, truth: np.ndarray, count: int) -> list[np.ndarray]:
    """Runs whose logs are autoregressive, with equal spreads and the correlation .7 of neighbours.

    Equal, because the band needs the spread at every single place, which is smoothed over x.
    """
    noise = [rng.standard_normal(count)]
    for _ in truth[1:]:
        noise.append(0.7 * noise[-1] + np.sqrt(1 - 0.7**2) * rng.standard_normal(count))
    return [np.exp(t - 0.125 + 0.5 * z) for t, z in zip(truth, noise, strict=True)]


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("log_power", [0, 1])
def test_band_covers_the_law_point_by_point(together: bool, log_power: int) -> None:
    rng = np.random.default_rng(4)
    truth = np.log(X**0.5 * (1 + 3 * X**-0.5) * np.log(X) ** log_power)
    covered = np.zeros(10)
    for _ in range(200):
        samples = [np.exp(t) * rng.lognormal(-0.125, 0.5, 64) for t in truth]
        if together:
            samples = _read_at_every_x(rng, truth, 64)
        points = sampled_points(X.tolist(), samples, Mean(), together=together)
        curve = _curve(points, Family(logs=float(log_power)))
        covered += (curve.log_low <= truth) & (truth <= curve.log_high)
    # Nominal .97; 200 data sets have a standard error of .012.
    assert np.all(covered / 200 >= 0.93)


def test_the_band_is_narrower_than_the_points_that_made_it() -> None:
    variance = np.full(10, 0.05**2)
    points = Points(X, 0.5 * np.log(X), variance, variance, np.inf)
    curve = _curve(points)
    assert np.all(curve.log_high - curve.log_low < 2 * 2.17 * 0.05)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_band_is_that_of_a_linear_model_at_every_component(family: Family) -> None:
    """A second way: the posterior of slope, constant and tangents, by their normal equations."""
    rng = np.random.default_rng(6)
    variance = np.geomspace(1e-4, 4e-4, 10)
    values = 0.5 * np.log(X) + np.sqrt(variance) * rng.standard_normal(10)
    correlation = 0.5 ** np.abs(np.subtract.outer(np.arange(10), np.arange(10)))
    points = Points(X, values, variance, variance, 1000, correlation)
    found = exponent(points, family)
    nodes = dictionary(tuple(X.tolist()), family).nodes
    precision = np.linalg.inv(found.inflation * points.covariance)
    means, variances = [], []
    law = found.law
    for node, power in zip(law.node, law.log_power, strict=True):
        offset = nodes.offset[node] + power * np.log(np.log(X))
        columns = np.column_stack([np.log(X / X[-1]), np.ones(10), nodes.tangent[node]])
        prior = np.diag([0.0, 0.0, *np.ones(nodes.tangent.shape[-1])])
        inverse = np.linalg.inv(columns.T @ precision @ columns + prior)
        means.append(offset + columns @ inverse @ columns.T @ precision @ (values - offset))
        variances.append(np.diag(columns @ inverse @ columns.T))
    mean = law.weight @ np.array(means)
    spread = np.sqrt(law.weight @ (np.array(variances) + (np.array(means) - mean) ** 2))
    curve, half = fitted(points, family, found), ndtri((1 + LEVEL) / 2) * spread
    # The curve leaves out a thousandth of the mass.
    assert curve.log_value == pytest.approx(mean, abs=0.01 * half.min())
    assert curve.log_high - curve.log_value == pytest.approx(half, rel=0.01)
    assert curve.log_value - curve.log_low == pytest.approx(half, rel=0.01)


def test_a_poor_fit_widens_the_band() -> None:
    variance = np.full(10, 1e-6)
    wave = 0.02 * np.sin(2.5 * np.log(X))
    smooth = Points(X, 0.5 * np.log(X), variance, variance, np.inf)
    rough = Points(X, 0.5 * np.log(X) + wave, variance, variance, np.inf)
    assert exponent(rough).inflation > 1
    narrow, wide = _curve(smooth), _curve(rough)
    assert np.all(wide.log_high - wide.log_low > narrow.log_high - narrow.log_low)
