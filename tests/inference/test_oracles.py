"""Second implementations: fifty digits of mpmath, and the least squares of statsmodels."""

import mpmath
import numpy as np
import pytest
import statsmodels.api as sm
from scipy.special import stdtrit

from verify.inference.exponent import regression
from verify.inference.family import Dictionary, Family
from verify.inference.mixture import Mixture, Regression, mixture
from verify.inference.points import MODELLING_FLOOR, Points
from verify.inference.range_slope import LEVEL, range_slope
from verify.inference.structure import Nodes

X = 64 * 2.0 ** np.arange(10)


def _model(points: Points, covariance: np.ndarray) -> Regression:
    return regression(points, covariance, Family(logs=1))


def _random_points(seed: int, x: np.ndarray = X) -> Points:
    rng = np.random.default_rng(seed)
    variance = rng.lognormal(-8, 2, len(x))
    log_value = -0.4 * np.log(x) + np.sqrt(variance) * rng.standard_normal(len(x))
    return Points(x, log_value, variance, variance, 20)


@pytest.mark.parametrize("seed", range(10))
def test_range_slope_and_its_interval_have_the_digits_of_fifty(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    x = np.sort(rng.uniform(1, 10.0 ** rng.uniform(0.1, 9), 10))
    points = _random_points(seed, x)
    found = range_slope(points)
    with mpmath.workdps(50):
        log_x = [mpmath.log(mpmath.mpf(one)) for one in x.tolist()]
        middle = mpmath.fsum(log_x) / 10
        total = mpmath.fsum((one - middle) ** 2 for one in log_x)
        weights = [(one - middle) / total for one in log_x]
        slope = mpmath.fdot(weights, points.log_value.tolist())
        parts = [w**2 * v for w, v in zip(weights, points.variance.tolist(), strict=True)]
        variance = mpmath.fsum(parts)
        freedom = 19 * variance**2 / mpmath.fsum(part**2 for part in parts)
        half = mpmath.sqrt(variance) * float(stdtrit(float(freedom), (1 + LEVEL) / 2))
        largest = float(max(abs(w * v) for w, v in zip(weights, points.log_value, strict=True)))
        assert found.estimate == pytest.approx(float(slope), abs=1e-13 * largest)
        assert (found.high - found.low) / 2 == pytest.approx(float(half), rel=1e-11)


@pytest.mark.parametrize("seed", range(5))
def test_range_slope_is_that_of_statsmodels(seed: int) -> None:
    points = _random_points(seed)
    fit = sm.OLS(points.log_value, sm.add_constant(np.log(X))).fit()
    assert range_slope(points).estimate == pytest.approx(fit.params[1], rel=1e-12)
    # The sandwich of its weights, with our variances in the middle, is the interval's variance.
    weights = np.linalg.pinv(fit.model.exog)[1]
    parts = weights**2 * points.variance
    freedom = 19 * parts.sum() ** 2 / (parts**2).sum()
    half = stdtrit(freedom, (1 + LEVEL) / 2) * np.sqrt(parts.sum())
    assert range_slope(points).high - range_slope(points).estimate == pytest.approx(half, rel=1e-11)


def _covariances() -> dict[str, np.ndarray]:
    """Fair ones, and those that cost digits."""
    rng = np.random.default_rng(3)
    floor = MODELLING_FLOOR**2 * np.eye(10)
    ratios = np.geomspace(1e-3, 1e3, 10)
    autoregressive = 0.99 ** np.abs(np.subtract.outer(np.arange(10), np.arange(10)))
    return {
        "independent": np.diag(rng.lognormal(-7, 1, 10)) + floor,
        "exact": floor,
        "autoregressive": 0.02**2 * autoregressive + floor,
        "nearly singular": np.ones((10, 10)) + floor,
        "noise ratio of a million": np.diag(ratios[rng.permutation(10)] ** 2),
        "both": np.outer(ratios, ratios) * (0.9 + 0.1 * np.eye(10)) + floor,
    }


# Digits that float64 can lose: about 2^-53 times the condition number of the covariance.
COVARIANCES = _covariances()


def _nodes(rng: np.random.Generator, count: int = 3) -> Nodes:
    bend = rng.standard_normal((count, 1)) * 0.2 * (X[0] / X) ** 0.5
    tangent = 0.05 * rng.standard_normal((count, 10, 3))
    tangent[0] = 0  # a node without neighbours
    return Nodes(bend, tangent, np.log(rng.dirichlet(np.ones(count))))


def _exact(
    points: Points, covariance: np.ndarray, nodes: Nodes, node: int, power: float
) -> tuple[mpmath.mpf, ...]:
    """Mean, variance, chi-square and log marginal likelihood (up to a constant) of a component."""
    tangent = mpmath.matrix(nodes.tangent[node].tolist())
    total = mpmath.matrix(covariance.tolist()) + tangent * tangent.T
    log_x = [mpmath.log(mpmath.mpf(one)) for one in X.tolist()]
    design = mpmath.matrix([[one, 1] for one in log_x])
    y = mpmath.matrix(
        [
            mpmath.mpf(v) - mpmath.mpf(o) - mpmath.mpf(power) * mpmath.log(one)
            for v, o, one in zip(
                points.log_value.tolist(), nodes.offset[node].tolist(), log_x, strict=True
            )
        ]
    )
    precision = total**-1
    information = design.T * precision * design
    inverse = information**-1
    beta = inverse * (design.T * precision * y)
    residual = y - design * beta
    chi = (residual.T * precision * residual)[0]
    evidence = -(chi + mpmath.log(mpmath.det(total)) + mpmath.log(mpmath.det(information))) / 2
    return beta[0], inverse[0, 0], chi, evidence


@pytest.mark.parametrize("name", list(COVARIANCES))
@pytest.mark.parametrize("seed", range(2))
def test_the_mixture_has_the_digits_of_exact_generalised_least_squares(
    name: str, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    nodes, covariance = _nodes(rng), COVARIANCES[name]
    noise = np.linalg.cholesky(covariance) @ rng.standard_normal(10)
    zero = np.zeros(10)
    points = Points(X, 0.5 * np.log(X) + nodes.offset[1] + noise, zero, zero, np.inf)
    powers, log_weight = np.array([0, 0.5, 1]), np.log([1.0, 1, 10])
    law, best = mixture(_model(points, covariance), Dictionary(nodes, powers, log_weight))
    tolerance = max(1e-9, 4 * np.finfo(float).eps * np.linalg.cond(covariance))
    with mpmath.workdps(50):
        exact = {(m, q): _exact(points, covariance, nodes, m, q) for m in range(3) for q in powers}
        prior = {(m, q): nodes.log_prior[m] + w for m in range(3) for q, w in
                 zip(powers, log_weight, strict=True)}  # fmt: skip
        mass = {pair: mpmath.exp(prior[pair] + exact[pair][3]) for pair in exact}
        total = mpmath.fsum(mass.values())
        smallest = float(min(one[2] for one in exact.values()))
        assert best == pytest.approx(smallest, rel=tolerance)
        for weight, mean, sd, node, power in zip(
            law.weight, law.mean, law.sd, law.node, law.log_power, strict=True
        ):
            slope, variance, _, _ = exact[node, power]
            expected = float(mass[node, power] / total)
            # The exponential of a chi-square has its absolute error as a relative one.
            chi = float(exact[node, power][2])
            assert weight == pytest.approx(expected, rel=tolerance * max(1, chi), abs=1e-14)
            assert abs(mean - float(slope)) < tolerance * max(abs(float(slope)), sd)
            assert sd**2 == pytest.approx(float(variance), rel=tolerance)
    assert law.weight.sum() == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("name", list(COVARIANCES))
def test_the_chi_square_of_every_node_is_exact(name: str) -> None:
    rng = np.random.default_rng(7)
    nodes, covariance = _nodes(rng), COVARIANCES[name]
    noise = np.linalg.cholesky(covariance) @ rng.standard_normal(10)
    zero = np.zeros(10)
    points = Points(X, 0.5 * np.log(X) + noise, zero, zero, np.inf)
    tolerance = max(1e-9, 4 * np.finfo(float).eps * np.linalg.cond(covariance))
    for m in range(3):
        one = Nodes(nodes.offset[[m]], nodes.tangent[[m]], np.zeros(1))
        _, chi = mixture(_model(points, covariance), Dictionary(one, np.zeros(1), np.zeros(1)))
        with mpmath.workdps(50):
            exact = float(_exact(points, covariance, nodes, m, 0.0)[2])
        assert chi == pytest.approx(exact, rel=tolerance)


@pytest.mark.parametrize("name", ["independent", "exact", "autoregressive"])
def test_a_component_is_generalised_least_squares_of_statsmodels(name: str) -> None:
    rng = np.random.default_rng(8)
    nodes, covariance = _nodes(rng), COVARIANCES[name]
    zero = np.zeros(10)
    points = Points(X, 0.5 * np.log(X) + 0.01 * rng.standard_normal(10), zero, zero, np.inf)
    powers = np.array([0, 0.25])
    for m in range(3):
        one = Nodes(nodes.offset[[m]], nodes.tangent[[m]], np.zeros(1))
        known = Dictionary(one, powers, np.zeros(2))
        law: Mixture = mixture(_model(points, covariance), known)[0]
        total = covariance + nodes.tangent[m] @ nodes.tangent[m].T
        for k, power in enumerate(law.log_power):
            straight = points.log_value - nodes.offset[m] - power * np.log(np.log(X))
            fit = sm.GLS(straight, sm.add_constant(np.log(X)), sigma=total).fit()
            assert law.mean[k] == pytest.approx(fit.params[1], rel=1e-9)
            known_scale = np.sqrt(fit.normalized_cov_params[1, 1])
            assert law.sd[k] == pytest.approx(known_scale, rel=1e-9)
