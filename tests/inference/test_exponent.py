"""The interval for the exponent: a second implementation, coverage, and its limits."""

import numpy as np
import pytest
from scipy.stats import norm

from verify.inference.exponent import Mixture, _mixture, exponent
from verify.inference.family import dictionary
from verify.inference.points import Points, exact_points, sampled_points
from verify.inference.statistic import Mean

X = 64 * 2.0 ** np.arange(10)


def _points(log_value: np.ndarray, sd: float, replicates: float = np.inf) -> Points:
    variance = np.full(len(X), sd**2)
    return Points(X, log_value, variance, variance, replicates)


@pytest.mark.parametrize("coarse", [False, True])
@pytest.mark.parametrize("max_log", [0.0, 1.0])
def test_mixture_agrees_with_dense_generalised_least_squares(coarse: bool, max_log: float) -> None:
    """Tangents with standard normal coefficients are part of the covariance: a second way."""
    rng = np.random.default_rng(5)
    nodes = dictionary(tuple(X), max_log, coarse=coarse)
    points = _points(0.5 * np.log(X) + 0.02 * rng.standard_normal(10), 0.02)
    root = rng.standard_normal((10, 10)) * 0.01
    covariance = points.covariance + root @ root.T
    law, best = _mixture(points, covariance, nodes)
    design = np.stack([np.log(X / X[-1]), np.ones(10)], axis=1)
    means, sds, chis, weights = [], [], [], []
    for offset, tangent, log_prior in zip(
        nodes.offset, nodes.tangent, nodes.log_prior, strict=True
    ):
        total = covariance + tangent @ tangent.T
        precision = np.linalg.inv(total)
        information = design.T @ precision @ design
        beta = np.linalg.solve(information, design.T @ precision @ (points.log_value - offset))
        residual = points.log_value - offset - design @ beta
        chi = residual @ precision @ residual
        means.append(beta[0])
        sds.append(np.sqrt(np.linalg.inv(information)[0, 0]))
        chis.append(chi)
        determinants = np.linalg.slogdet(total)[1] + np.linalg.slogdet(information)[1]
        weights.append(log_prior - chi / 2 - determinants / 2)
    weight = np.exp(np.array(weights) - max(weights))
    mean, sd = np.array(means), np.array(sds)
    assert best == pytest.approx(min(chis), rel=1e-6)
    for level in (0.015, 0.5, 0.985):
        dense = Mixture(weight / weight.sum(), mean, sd).quantile(level)
        assert law.quantile(level) == pytest.approx(dense, abs=1e-8)


def test_quantile_inverts_the_distribution_function() -> None:
    law = Mixture(np.array([0.3, 0.7]), np.array([-1.0, 2.0]), np.array([0.5, 0.1]))
    for level in (1e-6, 0.015, 0.3, 0.5, 0.985):
        assert law.cdf(law.quantile(level)) == pytest.approx(level, rel=1e-9)
    single = Mixture(np.ones(1), np.array([0.4]), np.array([0.2]))
    assert single.quantile(0.985) == pytest.approx(norm(0.4, 0.2).ppf(0.985), rel=1e-12)


def _law_inside(rng: np.random.Generator) -> np.ndarray:
    """A law of the family between its nodes: correction at most a quarter at the largest x."""
    v = X[0] / X
    while True:
        w, kappa, c = rng.uniform(0.25, 1.5), rng.uniform(-1, 1), rng.uniform(-3, 3)
        f = 1 + c * v**w + kappa * c**2 * v ** (2 * w)
        if abs(c) * v[-1] ** w <= 0.25 and f.min() > 0.1 and f.max() < 30:
            return np.log(f)


def test_laws_between_the_nodes_are_covered_and_not_rejected() -> None:
    rng = np.random.default_rng(11)
    found = []
    for _ in range(400):
        log_y = 0.7 - 0.5 * np.log(X) + _law_inside(rng) + 1e-9 * rng.standard_normal(10)
        found.append(exponent(exact_points(X.tolist(), np.exp(log_y).tolist())))
    assert np.mean([one.low <= -0.5 <= one.high for one in found]) >= 0.93
    assert np.mean([one.model_rejected for one in found]) <= 0.03


@pytest.mark.parametrize("correction", [0.0, 3.0, -3.0])
def test_interval_covers_with_noisy_replicates(correction: float) -> None:
    """n^.5 (1 + c n^-.5) at 32 replicates, where least squares covers .95, .26 and .12."""
    rng = np.random.default_rng(3)
    mean = X**0.5 * (1 + correction * X**-0.5)
    covered = 0
    for _ in range(200):
        samples = [m * rng.lognormal(-0.125, 0.5, 32) for m in mean]
        found = exponent(sampled_points(X.tolist(), samples, Mean()))
        covered += found.low <= 0.5 <= found.high
    assert covered >= 186  # .93 of 200


def test_a_shape_outside_the_family_is_rejected_as_a_model() -> None:
    wave = 0.15 * np.sin(2.5 * np.log(X))
    assert exponent(_points(0.5 * np.log(X) + wave, 1e-4)).model_rejected
    assert not exponent(_points(0.5 * np.log(X), 1e-4)).model_rejected


def test_undeclared_logarithm_moves_the_exponent_and_a_declared_one_does_not() -> None:
    x = 2.0 ** np.arange(3, 19)
    points = exact_points(x.tolist(), (x**0.5 * np.log(x)).tolist())
    with_logs = exponent(points, max_log=1.0)
    assert with_logs.low <= 0.5 <= with_logs.high
    assert exponent(points).low > 0.5


def test_fewer_replicates_widen_the_interval() -> None:
    few, many = (exponent(_points(0.5 * np.log(X), 0.02, count)) for count in (8, 1000))
    assert few.high - few.low > many.high - many.low


def test_units_of_x_and_y_do_not_matter() -> None:
    rng = np.random.default_rng(2)
    log_value = 0.5 * np.log(X) + 0.01 * rng.standard_normal(10)
    one = exponent(_points(log_value, 0.01))
    scaled = Points(
        X * 7, log_value + 3, np.full(10, 1e-4), np.full(10, 1e-4), np.inf
    )  # fmt: skip
    two = exponent(scaled)
    assert (one.low, one.high) == pytest.approx((two.low, two.high), abs=1e-9)


def test_a_falling_quantity_is_the_mirror_of_a_rising_one_without_corrections() -> None:
    rising = exponent(_points(0.5 * np.log(X), 1e-3))
    falling = exponent(_points(-0.5 * np.log(X), 1e-3))
    assert falling.estimate == pytest.approx(rising.estimate - 1, abs=1e-9)
