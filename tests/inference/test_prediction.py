"""The curves that points leave possible at a given exponent, against a second implementation."""

import numpy as np
import pytest

from verify.inference.family import Family, dictionary
from verify.inference.points import Points
from verify.inference.prediction import curves
from verify.inference.structure import Term

X = 64 * 2.0 ** np.arange(10)
LONG = 64 * 2.0 ** np.arange(14)
VAGUE = 1e4
"""Prior variance of the level, in place of a flat one."""


def _points(log_value: np.ndarray, sd: float, correlated: bool = False) -> Points:
    variance = np.full(len(X), sd**2)
    lag = np.abs(np.subtract.outer(np.arange(len(X)), np.arange(len(X))))
    correlation = 0.7**lag if correlated else None
    return Points(X, log_value, variance, variance, 64, correlation)


def _noisy(sd: float, correlated: bool = False) -> Points:
    rng = np.random.default_rng(3)
    law = 0.5 * np.log(X) + np.log(1 + 3 * X**-0.5)
    return _points(law + sd * rng.standard_normal(len(X)), sd, correlated)


def _by_conditioning(points: Points, family: Family, x: np.ndarray, power: float) -> np.ndarray:
    """The posterior mean from the joint normal law of points and curve, node by node."""
    known = dictionary(tuple(x.tolist()), family)
    seen = np.isin(x, points.x)
    log_log = np.log(np.log(x))
    means, logs = [], []
    for q, log_weight in zip(known.log_power, known.log_weight, strict=True):
        centre = power * np.log(x) + known.nodes.offset + q * log_log
        tangent = known.nodes.tangent
        prior = tangent @ np.swapaxes(tangent, 1, 2) + VAGUE
        data = prior[:, seen][:, :, seen] + points.covariance
        above = (points.log_value - centre[:, seen])[..., None]
        solved = np.linalg.solve(data, above)
        means.append(centre + (prior[:, :, seen] @ solved)[..., 0])
        chi = (above * solved).sum(axis=(1, 2))
        determinant = np.linalg.slogdet(data)[1]
        logs.append(known.nodes.log_prior + log_weight - chi / 2 - determinant / 2)
    weight = np.exp(np.concatenate(logs) - np.max(logs))
    return weight @ np.concatenate(means) / weight.sum()


def _level_free(curve: np.ndarray) -> np.ndarray:
    return curve - curve.mean()


@pytest.mark.parametrize(
    ("family", "correlated"),
    [
        (Family(), False),
        (Family(), True),
        (Family(logs=1.0), False),
        (Family(terms=(Term(1 / 6, added=True), Term(1 / 6, added=False, faster=True))), False),
    ],
)
@pytest.mark.parametrize("x", [X, LONG])
def test_the_mean_is_that_of_conditioning_a_joint_normal_law(
    family: Family, correlated: bool, x: np.ndarray
) -> None:
    points = _noisy(0.05, correlated)
    found = curves(points, family, x, 0.5)
    assert found.weight.sum() == pytest.approx(1)
    expected = _level_free(_by_conditioning(points, family, x, 0.5))
    assert _level_free(found.average) == pytest.approx(expected, abs=2e-4)


def test_draws_have_the_mean_of_the_law_and_spread_where_the_points_say_little() -> None:
    found, rng = curves(_noisy(0.05), Family(), LONG, 0.5), np.random.default_rng(0)
    drawn = found.drawn(rng.random(4000), rng.standard_normal((4000, 8)))
    drawn = drawn - drawn[:, -1:]
    average = found.average - found.average[-1]
    error = drawn.std(axis=0) / np.sqrt(len(drawn))
    assert np.all(np.abs(drawn.mean(axis=0) - average) <= 4 * error + 1e-12)
    assert drawn.std(axis=0)[0] > 0.02
    sure = curves(_noisy(1e-6), Family(), LONG, 0.5)
    close = sure.drawn(rng.random(400), rng.standard_normal((400, 8)))
    assert np.all((close - close[:, -1:]).std(axis=0)[:10] < 0.02)


def test_precise_points_are_continued_to_where_the_law_goes_with_that_exponent_alone() -> None:
    def law(x: np.ndarray) -> np.ndarray:
        return np.asarray(0.5 * np.log(x) + np.log(1 + 3 * x**-0.5))

    points = _points(law(X), 1e-4)

    def off(power: float) -> float:
        found = curves(points, Family(), LONG, power).average
        return float(abs(found[-1] - found[9] - (law(LONG)[-1] - law(LONG)[9])))

    assert off(0.5) < 0.001
    assert min(off(0.3), off(0.6)) > 0.03
