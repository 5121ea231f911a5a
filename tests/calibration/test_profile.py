"""The profile interval against other ways to the same numbers."""

import numpy as np
import pytest
from scipy.optimize import brentq, nnls
from scipy.stats import f

from verify.calibration import profile as module
from verify.calibration.profile import LARGEST, POWERS, SMALLEST, STEPS, profile
from verify.calibration.zoo import SETTINGS, Array, Setting
from verify.inference.family import Family
from verify.inference.points import Points
from verify.inference.structure import Term

X = SETTINGS[0].grid


def _points(mean: Array, variance: float, replicates: float = 256, x: Array = X) -> Points:
    spread = np.full(len(x), variance)
    return Points(x, np.log(mean), spread, spread, replicates)


def _noisy(seed: int, mean: Array, sd: float = 0.05) -> Points:
    noise = np.random.default_rng(seed).standard_normal(len(X))
    return _points(mean * np.exp(sd * noise), sd**2)


def _constrained(whiten: Array, value: Array, lead: Array, other: Array, top: float) -> float:
    """The smallest chi-square on the cone between two rays: non-negative least squares."""
    ends = lead + SMALLEST * other, lead + top * other if np.isfinite(top) else other
    return float(nnls(whiten @ np.stack(ends, axis=1), whiten @ value)[1] ** 2)


def _columns(seed: int) -> tuple[Array, Array, Array, Array]:
    """The root of a random precision, values, and columns any side of which may be favoured.

    Of odd seeds the smaller values are negative, which asks for the smallest correction.
    """
    rng = np.random.default_rng(seed)
    value = (X / X[-1]) ** rng.uniform(0.2, 0.8, (1, 1))[0] * rng.lognormal(0, 0.2, 10)
    value = value - 0.5 * (seed % 2)
    mixing = np.eye(10) + 0.1 * rng.standard_normal((10, 10))
    power = rng.uniform(0, 1.5, (30, 1))
    lead = (X / X[-1]) ** power
    return np.linalg.inv(mixing), value, lead, lead * (X / X[-1]) ** -rng.uniform(0.1, 1)


@pytest.mark.parametrize("top", [LARGEST, np.inf])
def test_two_columns_are_constrained_least_squares(top: float) -> None:
    at_edge = 0
    for seed in range(20):
        whiten, value, lead, other = _columns(seed)
        found = module._two_columns(whiten, value, lead, other, top)
        pairs = list(zip(lead, other, strict=True))
        expected = [_constrained(whiten, value, *pair, top) for pair in pairs]
        assert found == pytest.approx(expected, rel=1e-7, abs=1e-9)
        free = [_free(whiten, value, *pair) for pair in pairs]
        at_edge += int(np.sum(np.array(expected) > np.array(free) * (1 + 1e-6)))
    assert 100 < at_edge < 550  # of 600: neither case is rare


def _free(whiten: Array, value: Array, *columns: Array) -> float:
    stacked = whiten @ np.stack(columns, axis=1)
    return float(np.linalg.lstsq(stacked, whiten @ value, rcond=None)[1][0])


def test_one_column_is_least_squares_with_a_factor_that_is_not_negative() -> None:
    whiten, value, lead, _ = _columns(0)
    expected = [_free(whiten, value, column) for column in lead]
    assert module._one_column(whiten, value, lead) == pytest.approx(expected, rel=1e-9)
    nothing = np.full(len(lead), np.sum((whiten @ value) ** 2))
    assert module._one_column(whiten, value, -lead) == pytest.approx(nothing)


def _chi(points: Points, power: float) -> float:
    """The profile at one power by a loop over the corrections, for independent points."""
    value = np.exp(points.log_value - points.log_value[-1])
    whiten = np.diag(1 / np.sqrt(np.diag(points.covariance))) / value
    lead = (X / X[-1]) ** power
    return min(
        _constrained(whiten, value, lead, lead * (X / X[-1]) ** -decay, LARGEST) for decay in POWERS
    )


@pytest.mark.parametrize("replicates", [16, 256])
def test_the_ends_are_where_the_profile_rises_to_a_quantile_of_f(replicates: int) -> None:
    """The outermost ones, for the profile may rise and fall again."""
    for seed in range(3):
        points = _noisy(seed, X**0.5)
        points = Points(X, points.log_value, points.variance, points.variance, replicates)
        found = profile(points, Family())
        grid = np.linspace(0, 1.2, 241)
        chi = np.array([_chi(points, power) for power in grid])
        level = chi.min() + f.ppf(0.97, 1, replicates - 1) * max(1, chi.min() / 7)
        inside = grid[chi <= level]
        ends = [
            brentq(lambda power, points=points, level=level: _chi(points, power) - level, *bracket)
            for bracket in ((inside[0] - 0.005, inside[0]), (inside[-1], inside[-1] + 0.005))
        ]
        step = (found[1] - found[0]) / (STEPS - 3)
        assert found == pytest.approx(ends, abs=2 * step)


def test_a_poor_fit_widens_the_interval() -> None:
    """Chi-squares are relative to that of the best law, where that is above its expectation."""
    wave = X**0.5 * (1 + 0.15 * np.sin(2 * np.pi * np.log10(X)))
    widths = [np.diff(profile(_points(wave, variance), Family()))[0] for variance in (1e-4, 1e-5)]
    assert widths[1] == pytest.approx(widths[0], rel=0.15)
    pure = [np.diff(profile(_points(X**0.5, variance), Family()))[0] for variance in (1e-4, 1e-5)]
    assert pure[1] < 0.6 * pure[0]


@pytest.mark.parametrize("power", [-0.5, 0.25, 0.5, 2.0])
def test_a_pure_law_is_covered_whatever_its_power_and_units(power: float) -> None:
    low, high = profile(_points(7 * X**power, 1e-3), Family())
    assert low < power < high
    low_at_half, high_at_half = profile(_points(X**0.5, 1e-3), Family())
    assert (low - power, high - power) == pytest.approx(
        (low_at_half - 0.5, high_at_half - 0.5), abs=2e-3
    )


@pytest.mark.parametrize(
    ("mean", "term", "truth"),
    [
        (np.minimum(X ** (2 / 3), np.sqrt(20 * X)), Term(1 / 6, False, True), 0.5),
        (np.maximum(X**0.5, 60 * X**0.1), Term(0.4, False), 0.5),
        (X ** (2 / 3) + 12 * X**0.5, Term(1 / 6, True), 2 / 3),
    ],
)
def test_what_the_bound_names_is_followed_and_else_mistaken(
    mean: Array, term: Term, truth: float
) -> None:
    points = _points(mean, 1e-4)
    low, high = profile(points, Family(terms=(term,)))
    assert low < truth < high
    low, high = profile(points, Family())
    assert not low <= truth <= high


def test_a_named_term_may_be_all_that_is_seen() -> None:
    """a n^p + b n^(p - 1/6) is a pure law for a = 0: the next larger power cannot be excluded."""
    low, high = profile(_points(X**0.5, 1e-4), Family(terms=(Term(1 / 6, added=True),)))
    alone = profile(_points(X**0.5, 1e-4), Family())
    assert low == pytest.approx(alone[0], abs=0.01)
    assert 2 / 3 < high < 2 / 3 + 0.01


@pytest.mark.parametrize("log_power", [0.5, 1.0])
def test_a_log_is_covered_where_it_is_declared(log_power: float) -> None:
    points = _points(X**0.5 * np.log(X) ** log_power, 1e-5)
    low, high = profile(points, Family(logs=log_power))
    assert low < 0.5 < high
    assert profile(points, Family())[0] > 0.5


@pytest.mark.parametrize(
    ("setting", "half"), list(zip(SETTINGS, (0.2610, 0.0622, 0.0205), strict=True))
)
def test_the_half_width_without_noise_is_as_measured(setting: Setting, half: float) -> None:
    variance = np.expm1(0.25) / setting.replicates
    x = setting.grid
    low, high = profile(_points(x**0.5, variance, setting.replicates, x), Family())
    assert (high - low) / 2 == pytest.approx(half, rel=0.01)
