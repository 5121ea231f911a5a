"""The reductions of `lipschitz_regression` against raw draws and a second implementation."""

import numpy as np
import pytest
from scipy.integrate import quad

from theorems.lipschitz_regression import bayes_risk, error, rough_error, side


def _raw_square_error(rng: np.random.Generator, n: int, d: int, rough: bool) -> float:
    """||f_n - f||^2 from n simulated pairs; the integral by a fine midpoint grid."""
    m, fine = side(n, d), 64
    path = np.r_[0, np.cumsum(rng.standard_normal(m * fine)) / np.sqrt(m * fine)]

    def target(x: np.ndarray) -> np.ndarray:
        if rough:
            return np.interp(x[:, 0] * m * fine, np.arange(m * fine + 1), path)
        return x.sum(axis=1) / np.sqrt(d)

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
    ("n", "d", "rough"), [(64, 1, False), (512, 1, False), (256, 2, False), (64, 1, True)]
)
def test_conditional_error_has_the_expected_square_of_the_raw_one(
    n: int, d: int, rough: bool
) -> None:
    rng = np.random.default_rng(0)
    raw = np.array([_raw_square_error(rng, n, d, rough) for _ in range(3000)])
    reduced = (rough_error if rough else error)(np.random.default_rng(1), 3000, n, d) ** 2
    spread = np.hypot(raw.std(), reduced.std()) / np.sqrt(3000)
    assert raw.mean() == pytest.approx(reduced.mean(), abs=4 * spread)
    assert reduced.std() < raw.std() / 3


def test_empty_cubes_are_paid_for() -> None:
    """n = 1: one cube of one, so a single mean of one value: 1/12 (1 + 1) + 1."""
    value = error(np.random.default_rng(0), 4, 1, 1) ** 2
    assert value == pytest.approx(np.full(4, 1 / 12 * 2 + 1))


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
