"""The reductions of `lipschitz_regression` against raw draws and a second implementation."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad

from theorems.lipschitz_regression import (
    STEEPEST,
    THEOREM,
    bayes_risk,
    error,
    instance_error,
    piecewise_linear,
    rough_error,
)
from theorems.simulators.partitioning import side
from verify.spec.instance import draw

FINE = 64
SLOPES = [[8, -3, 5, -8, 0], [-8, 8, 1, 7, -6]]
"""Five pieces, whose kinks lie inside the cubes of most of the tests."""


Function = Callable[[np.ndarray], np.ndarray]


def _plane(rng: np.random.Generator, m: int) -> Function:
    """(x_1 + ... + x_d) / sqrt(d)."""
    return lambda x: x.sum(axis=1) / np.sqrt(x.shape[1])


def _brownian(rng: np.random.Generator, m: int) -> Function:
    """B(x_1), linear on 64 parts of each of m."""
    steps = m * FINE
    path = np.r_[0, np.cumsum(rng.standard_normal(steps)) / np.sqrt(steps)]
    return lambda x: np.interp(x[:, 0] * steps, np.arange(steps + 1), path)


def _instance(x: np.ndarray, slopes: list[list[int]] = SLOPES) -> np.ndarray:
    """(g_1(x_1) + ... + g_d(x_d)) / sqrt(d), point by point."""
    d = x.shape[1]
    return sum(_piece(x[:, k], slopes[k]) for k in range(d)) / np.sqrt(d)


def _piece(t: np.ndarray, slopes: list[int]) -> np.ndarray:
    """The integral of the slopes from 0 to t: each counts over the part of it that lies below."""
    edges = np.arange(len(slopes)) / len(slopes)
    covered = np.clip(np.subtract.outer(t, edges), 0, 1 / len(slopes))
    return covered @ np.array(slopes) / STEEPEST


def _raw_square_error(rng: np.random.Generator, n: int, d: int, target: Function) -> float:
    """||f_n - f||^2 from n simulated pairs; the integral by a fine midpoint grid."""
    m, fine = side(n, d), FINE

    def cube(x: np.ndarray) -> np.ndarray:
        return np.ravel_multi_index(np.minimum((x * m).astype(int), m - 1).T, (m,) * d)

    x = rng.random((n, d))
    y = target(x) + rng.standard_normal(n)
    count = np.bincount(cube(x), minlength=m**d)
    total = np.bincount(cube(x), weights=y, minlength=m**d)
    estimate = np.where(count > 0, total / np.maximum(count, 1), 0)
    axes = (np.arange(m * fine if d == 1 else m * 8) + 0.5) / (m * fine if d == 1 else m * 8)
    grid = np.stack(np.meshgrid(*[axes] * d, indexing="ij"), axis=-1).reshape(-1, d)
    return float(np.mean((estimate[cube(grid)] - target(grid)) ** 2))


@pytest.mark.parametrize(
    ("measure", "function", "n", "d"),
    [
        (error, _plane, 64, 1),
        (error, _plane, 512, 1),
        (error, _plane, 256, 2),
        (rough_error, _brownian, 64, 1),
        (partial(instance_error, slopes=SLOPES), lambda *_: _instance, 64, 1),
        (partial(instance_error, slopes=SLOPES), lambda *_: _instance, 1000, 1),
        (partial(instance_error, slopes=SLOPES), lambda *_: _instance, 81, 2),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)[:12]),
)
def test_conditional_error_has_the_expected_square_of_the_raw_one(
    measure: Any, function: Any, n: int, d: int
) -> None:
    rng = np.random.default_rng(0)
    raw = np.array([
        _raw_square_error(rng, n, d, function(rng, side(n, d))) for _ in range(3000)
    ])  # fmt: skip
    reduced = measure(np.random.default_rng(1), 3000, n, d) ** 2
    spread = np.hypot(raw.std(), reduced.std()) / np.sqrt(3000)
    assert raw.mean() == pytest.approx(reduced.mean(), abs=4 * spread)
    assert reduced.std() < raw.std() / 3


def test_empty_cubes_are_paid_for() -> None:
    """n = 1: one cube of one, so a single mean of one value: 1/12 (1 + 1) + 1."""
    value = error(np.random.default_rng(0), 4, 1, 1) ** 2
    assert value == pytest.approx(np.full(4, 1 / 12 * 2 + 1))


def test_an_instance_is_lipschitz_and_every_slope_is_reached() -> None:
    """The functions that the claim draws: |f(x) - f(y)| <= |x - y|, with steps of every size."""
    rng = np.random.default_rng(3)
    (claim,) = (one for one in THEOREM.claims if one.id == "upper_everywhere")
    drawn = draw(claim.given, 64, seed=9)
    for d in (1, 2):
        x = rng.random((2000, d))
        y = x + rng.normal(size=(2000, d)) * 10 ** rng.uniform(-4, -0.5, (2000, 1))
        y = np.clip(y, 0, 1)
        for one in drawn:
            change = np.abs(_instance(x, one["slopes"].data) - _instance(y, one["slopes"].data))
            assert np.all(change <= np.linalg.norm(x - y, axis=1) * (1 + 1e-9))
    values = {slope for one in drawn for part in one["slopes"].data for slope in part}
    assert values == set(range(-STEEPEST, STEEPEST + 1))


@pytest.mark.parametrize("m", [1, 2, 3, 8, 13])
def test_mean_and_variance_of_an_instance_are_those_of_quadrature(m: int) -> None:
    mean, variance = piecewise_linear(SLOPES[0], m)

    def integral(power: int, part: int) -> float:
        kinks = [k / len(SLOPES[0]) for k in range(1, len(SLOPES[0]))]
        inside = [t for t in kinks if part / m < t < (part + 1) / m] or None
        return m * quad(
            lambda t: _piece(np.array([t]), SLOPES[0])[0] ** power, part / m, (part + 1) / m,
            points=inside, epsabs=1e-13,
        )[0]  # fmt: skip

    for part in range(m):
        assert mean[part] == pytest.approx(integral(1, part), abs=1e-12)
        assert variance[part] == pytest.approx(integral(2, part) - mean[part] ** 2, abs=1e-12)


def test_an_empty_part_is_paid_for_with_its_own_mean_square() -> None:
    """n = 4 and two parts: the risk for each count, by the formula and means by quadrature."""

    def risk(part: int, count: int) -> float:
        mean, square = (
            2 * quad(
                lambda t, power=power: _piece(np.array([t]), SLOPES[0])[0] ** power,
                part / 2, (part + 1) / 2,
                points=[k / 5 for k in range(1, 5) if part / 2 < k / 5 < (part + 1) / 2],
            )[0]
            for power in (1, 2)
        )  # fmt: skip
        spread = square - mean**2
        return spread + (spread + 1) / count if count else square

    expected = [(risk(0, count) + risk(1, 4 - count)) / 2 for count in range(5)]
    found = np.unique(instance_error(np.random.default_rng(0), 400, 4, 1, SLOPES)) ** 2
    assert found == pytest.approx(sorted(expected), rel=1e-9)


def test_a_straight_instance_is_the_plane() -> None:
    steep = [[STEEPEST] * 4] * 2
    for n, d in ((512, 1), (256, 2)):
        plane = error(np.random.default_rng(0), 8, n, d)
        same = instance_error(np.random.default_rng(0), 8, n, d, steep)
        assert same == pytest.approx(plane, rel=1e-12)


def test_no_rounding_where_n_is_a_power() -> None:
    for d in (1, 2, 3):
        assert [side(m ** (d + 2), d) for m in range(1, 200)] == list(range(1, 200))


@pytest.mark.parametrize("d", [1, 2, 3])
def test_bayes_risk_agrees_with_quadrature(d: int) -> None:
    """Energy of a tent by its radial integral; the posterior error by adaptive quadrature."""
    n = 20 ** (d + 2)
    energy = quad(lambda r: d * 2**d * (0.5 - r) ** 2 * r ** (d - 1), 0, 0.5)[0]

    def risk(k: int) -> float:
        s = n * energy / k ** (d + 2)
        normal = quad(
            lambda z: (1 - np.tanh(s + np.sqrt(s) * z)) * np.exp(-z * z / 2), -12, 12, epsabs=1e-13
        )[0] / np.sqrt(2 * np.pi)  # fmt: skip
        return energy / k**2 * normal

    assert bayes_risk(n, d) == pytest.approx(np.sqrt(max(map(risk, range(1, 41)))), rel=1e-6)


def test_bayes_risk_lies_below_the_estimate() -> None:
    for d in (1, 2):
        for m in (8, 16):
            upper = np.sqrt(np.mean(error(np.random.default_rng(0), 64, m ** (d + 2), d) ** 2))
            assert 0.1 * upper < bayes_risk(m ** (d + 2), d) < upper
