"""The slope on the range: reference data, exactness, coverage."""

from importlib.resources import files

import numpy as np
import pytest
from scipy.stats import t

from verify.inference.points import Points, exact_points, sampled_points
from verify.inference.range_slope import LEVEL, projection, range_slope
from verify.inference.statistic import Mean


def test_norris_to_twelve_digits() -> None:
    """NIST StRD, linear regression of lower difficulty; the certified slope."""
    text = files("scipy.stats.tests").joinpath("data/nist_linregress/Norris.dat").read_text()
    lines = text.splitlines()
    first = next(k for k, line in enumerate(lines) if line.split() == ["Data:", "y", "x"]) + 1
    y, x = np.array(
        [[float(word) for word in line.split()] for line in lines[first:] if line.strip()]
    ).T
    assert len(x) == 36
    assert projection(x) @ y == pytest.approx(1.00211681802045, rel=1e-12)


def test_exact_power_law_has_its_slope_and_no_width() -> None:
    x = 3.0 ** np.arange(1, 9)
    slope = range_slope(exact_points(x.tolist(), (5 * x**-0.75).tolist()))
    assert slope.estimate == pytest.approx(-0.75, rel=1e-13)
    assert slope.low == slope.high == slope.estimate


def test_interval_covers_at_its_level() -> None:
    rng = np.random.default_rng(7)
    x = 64 * 2.0 ** np.arange(10)
    covered = 0
    for _ in range(1000):
        samples = [rng.lognormal(0, 0.5, 32) * n**0.5 for n in x]
        slope = range_slope(sampled_points(x.tolist(), samples, Mean()))
        covered += slope.low <= 0.5 <= slope.high
    # Nominal .97; a binomial sd is .0054, and skewed noise costs a little at 32 replicates.
    assert LEVEL - 0.03 <= covered / 1000 <= LEVEL + 0.02


X = 64 * 2.0 ** np.arange(10)


def _running_sums(rng: np.random.Generator, count: int, relative_sd: float = 0.5) -> np.ndarray:
    """Shape (K, count): runs with mean sqrt(x) and independent increments."""
    means, spread = np.diff(np.sqrt(np.r_[0, X])), np.sqrt(np.log1p(relative_sd**2))
    return np.cumsum(means[:, None] * rng.lognormal(-(spread**2) / 2, spread, (10, count)), axis=0)


def test_of_runs_read_at_every_x_the_interval_is_that_of_their_slopes() -> None:
    """Every run has a slope; their t interval is ours to first order in the relative noise."""
    runs, count = _running_sums(np.random.default_rng(3), 40, 0.01), 40
    points = sampled_points(X.tolist(), list(runs), Mean(), together=True)
    found, weights = range_slope(points), projection(np.log(X))
    slopes = weights @ np.log(runs)
    assert found.estimate == pytest.approx(slopes.mean(), abs=0.01**2)
    half = t(count - 1).ppf((1 + LEVEL) / 2) * np.sqrt(slopes.var(ddof=1) / count)
    assert (found.high - found.low) / 2 == pytest.approx(half, rel=0.02)
    linear = weights @ (runs / runs.mean(axis=1, keepdims=True))
    half = t(count - 1).ppf((1 + LEVEL) / 2) * np.sqrt(linear.var(ddof=1) / count)
    assert (found.high - found.low) / 2 == pytest.approx(half, rel=1e-12)


def test_the_interval_of_independent_points_is_too_narrow_for_runs() -> None:
    rng, covered = np.random.default_rng(3), np.zeros(2)
    for _ in range(500):
        runs = list(_running_sums(rng, 32))
        for k, together in enumerate((True, False)):
            slope = range_slope(sampled_points(X.tolist(), runs, Mean(), together=together))
            covered[k] += slope.low <= 0.5 <= slope.high
    # Nominal .97, standard error .008.
    assert covered[0] / 500 >= 0.93
    assert covered[1] / 500 <= 0.9


def test_what_all_places_share_leaves_the_slope_alone() -> None:
    """Fully correlated points of one size move the constant; shrinkage leaves a tenth."""
    variance = np.full(10, 0.1**2)
    together = Points(X, 0.5 * np.log(X), variance, variance, 50, 0.9 + 0.1 * np.eye(10))
    shared = range_slope(together)
    half = t(49).ppf((1 + LEVEL) / 2) * np.sqrt(0.1 * (projection(np.log(X)) ** 2 @ variance))
    assert shared.high - shared.low == pytest.approx(2 * half, rel=1e-9)


def test_unequal_spreads_have_the_freedom_of_welch_and_satterthwaite() -> None:
    variance = np.geomspace(1e-4, 1e-1, 10)
    slope = range_slope(Points(X, 0.5 * np.log(X), variance, variance, 12))
    parts = projection(np.log(X)) ** 2 * variance
    freedom = 11 * parts.sum() ** 2 / (parts**2).sum()
    half = t(freedom).ppf((1 + LEVEL) / 2) * np.sqrt(parts.sum())
    assert slope.high - slope.estimate == pytest.approx(half, rel=1e-10)
