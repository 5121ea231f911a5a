"""Means of reduced replicates against least squares, closed forms, and simulated coverage."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.special import ndtri, stdtrit

from tests.claims import bandit
from verify.errors import InputError
from verify.inference import reduction
from verify.inference.adjusted import regression
from verify.inference.exponent import exponent
from verify.inference.points import sampled_points
from verify.inference.range_slope import LEVEL, correlation_gain, projection, range_slope
from verify.inference.reduction import (
    FALSE_ALARM,
    Antithetic,
    ControlVariates,
    Reduced,
    doubts,
    reduced,
)
from verify.inference.statistic import (
    FewReplicatesError,
    Mean,
    Quantile,
    RootMeanSquare,
    StandardDeviation,
)

X = 64 * 2.0 ** np.arange(10)
TAIL = (1 + LEVEL) / 2


def _drawn(rng: np.random.Generator, count: int, controls: int) -> np.ndarray:
    """Quantity and controls of very different sizes, shape (count, 1 + controls)."""
    c = rng.normal(size=(count, controls))
    y = 5 + c @ np.arange(1, controls + 1) + rng.exponential(size=count)
    return np.column_stack([y, c * 10.0 ** np.arange(-1, controls - 1)])


# Control variates are the intercept of least squares.


@pytest.mark.parametrize(("count", "controls"), [(8, 1), (32, 1), (32, 3), (200, 5)])
def test_the_estimate_is_the_intercept_of_least_squares_with_its_error(
    count: int, controls: int
) -> None:
    drawn = _drawn(np.random.default_rng(count), count, controls)
    found = regression(drawn[:, 0], drawn[:, 1:])
    oracle = sm.OLS(drawn[:, 0], sm.add_constant(drawn[:, 1:])).fit()
    assert found.mean == pytest.approx(oracle.params[0], rel=1e-12)
    assert found.variance == pytest.approx(oracle.bse[0] ** 2, rel=1e-12)
    assert found.adjusted - found.mean == pytest.approx(oracle.resid, abs=1e-11)
    half = stdtrit(count - found.coefficients - 1, TAIL) * np.sqrt(found.variance)
    assert found.mean + half == pytest.approx(oracle.conf_int(1 - LEVEL)[0, 1], rel=1e-12)


def test_of_the_root_mean_square_the_squares_are_regressed() -> None:
    drawn = _drawn(np.random.default_rng(2), 50, 2)
    found = ControlVariates(RootMeanSquare()).estimate(drawn)
    oracle = sm.OLS(drawn[:, 0] ** 2, sm.add_constant(drawn[:, 1:])).fit()
    mean, error = oracle.params[0], oracle.bse[0]
    assert found.value == pytest.approx(math.log(mean) / 2, rel=1e-12)
    assert found.variance / 50 == pytest.approx((error / mean / 2) ** 2, rel=1e-11)
    assert found.bias == pytest.approx(-found.variance, rel=1e-12)  # of (log m)/2: -cv^2/4
    assert found.coefficients == 2


def test_a_control_that_adds_nothing_changes_nothing_but_the_coefficients() -> None:
    """A sum of others, a copy in other units, a constant, zeros; and all of them alone."""
    drawn = _drawn(np.random.default_rng(3), 40, 2)
    y, c = drawn[:, 0], drawn[:, 1:]
    sound = regression(y, c)
    idle = np.column_stack([c, c.sum(axis=1), 1e6 * c[:, 1], np.full(40, 0.1), np.zeros(40)])
    found = regression(y, idle)
    assert (found.mean, found.variance) == pytest.approx((sound.mean, sound.variance), rel=1e-9)
    assert found.coefficients == 6
    alone = regression(y, np.column_stack([np.full(40, 0.1), np.zeros(40)]))
    assert alone.mean == pytest.approx(y.mean(), rel=1e-14)
    assert alone.variance == pytest.approx(y.var(ddof=1) / 40, rel=1e-14)


def test_a_control_that_explains_everything_leaves_rounding() -> None:
    c = np.random.default_rng(4).normal(size=(32, 2))
    found = regression(7 + c @ [2.0, 3.0], c)
    assert found.mean == pytest.approx(7, rel=1e-14)
    assert found.variance < 1e-28


@pytest.mark.parametrize(("count", "controls"), [(2, 1), (4, 3)])
def test_too_few_replicates_for_the_coefficients(count: int, controls: int) -> None:
    drawn = _drawn(np.random.default_rng(5), count, controls)
    with pytest.raises(FewReplicatesError, match=f"{count} replicates .* at least {count + 1}"):
        regression(drawn[:, 0], drawn[:, 1:])
    enough = _drawn(np.random.default_rng(5), count + 1, controls)
    assert regression(enough[:, 0], enough[:, 1:]).variance > 0


# Antithetic pairs.


def _pairs(rng: np.random.Generator, count: int) -> np.ndarray:
    z = rng.normal(size=count)
    return np.exp(np.stack([z, -z], axis=1))


def test_antithetic_exponentials_have_the_ratio_of_their_closed_form() -> None:
    """Var exp(Z) = e(e - 1), Cov(exp(Z), exp(-Z)) = 1 - e: half of one over half of the sum."""
    pairs = _pairs(np.random.default_rng(6), 400_000)
    statistic = Antithetic(Mean())
    # Over 40 parts of the sample the ratio has the standard error of their spread.
    parts = [statistic.ratio(part) for part in np.split(pairs, 40)]
    error = np.std(parts) / np.sqrt(40)
    assert abs(np.mean(parts) - math.e / (math.e - 1)) < 3 * error < 0.03
    found = statistic.estimate(pairs)
    assert found.value == pytest.approx(0.5, abs=4 * np.sqrt(found.variance / 400_000))
    assert found.variance == pytest.approx((math.e - 1) ** 2 / 2 / math.e, rel=0.05)


@pytest.mark.parametrize("statistic", [Mean(), RootMeanSquare()])
def test_a_pair_is_one_replicate_with_the_mean_of_its_summands(statistic) -> None:
    pairs = _pairs(np.random.default_rng(7), 50)
    one = (np.mean(pairs**2, axis=1)) ** 0.5 if statistic.power == 0.5 else pairs.mean(axis=1)
    found, expected = Antithetic(statistic).estimate(pairs), statistic.estimate(one)
    assert (found.value, found.variance, found.bias) == pytest.approx(
        (expected.value, expected.variance, expected.bias), rel=1e-12
    )
    assert found.coefficients == 0


def test_one_pair_is_too_few() -> None:
    with pytest.raises(FewReplicatesError, match=r"1 replicates .* at least 2"):
        Antithetic(Mean()).estimate(np.ones((1, 2)))


# Coverage, by simulation; 4000 data sets have a standard error of .0027 at .97.


def _coverage(parts: int, sets: int) -> tuple[float, float]:
    """Of the mean regret at T = 4096 by 32 replicates: ours, and with coefficients as known."""
    rng, truth, covered = np.random.default_rng(8), bandit.mean_regret(4096), np.zeros(2)
    for _ in range(sets):
        drawn = bandit.played(rng, 32, 4096, parts)
        fit = regression(drawn[:, 0], drawn[:, 1:])
        off, residual = abs(fit.mean - truth), fit.adjusted - fit.mean
        covered[0] += off <= stdtrit(31 - parts, TAIL) * np.sqrt(fit.variance)
        covered[1] += off <= ndtri(TAIL) * np.sqrt(residual @ residual) / 32
    return tuple(covered / sets)


@pytest.mark.parametrize("parts", [1, 8])
def test_the_interval_of_a_mean_covers_at_32_replicates(parts: int) -> None:
    ours, naive = _coverage(parts, 4000)
    assert ours >= 0.945
    assert (naive < 0.88) == (parts == 8)


def test_the_variance_ratio_of_the_bandit_is_its_closed_form() -> None:
    rng = np.random.default_rng(9)
    for horizon in bandit.GRID.grid[::3]:
        drawn = bandit.played(rng, 100_000, horizon)
        found = ControlVariates(Mean()).ratio(drawn)
        assert found == pytest.approx(bandit.ratio(horizon), rel=0.02)
        mean = regression(drawn[:, 0], drawn[:, 1:])
        assert abs(mean.mean - bandit.mean_regret(horizon)) < 4 * np.sqrt(mean.variance)


@pytest.mark.parametrize("parts", [1, 4])
def test_the_slopes_of_reduced_points_are_covered_at_32_replicates(parts: int) -> None:
    """1000 data sets: a standard error of .006; the range slope is nominal .97."""
    rng, grid, sets, covered = np.random.default_rng(10), bandit.GRID.grid, 1000, np.zeros(2)
    truth = projection(np.log(grid)) @ np.log([bandit.mean_regret(T) for T in grid])
    for _ in range(sets):
        drawn = [bandit.played(rng, 32, T, parts) for T in grid]
        points = sampled_points(grid, drawn, ControlVariates(Mean()))
        assert points.replicates == 32 - parts
        slope = range_slope(points)
        covered[0] += slope.low <= truth <= slope.high
        if parts == 1:
            found = exponent(points)
            covered[1] += found.low <= 2 / 3 <= found.high
    assert covered[0] / sets >= 0.95
    assert covered[1] / sets >= 0.93 or parts > 1


# Places that share their random numbers.


def _turned(rng: np.random.Generator, count: int, angle: np.ndarray, sd: float = 0.1) -> np.ndarray:
    """Replicates x^1/2 (1 + sd (cos a Z + sin a Z')), shape (K, count), of common Z and Z'.

    The correlation of two places is the cosine of the difference of their angles.
    """
    z = rng.normal(size=(2, count))
    noise = np.cos(angle)[:, None] * z[0] + np.sin(angle)[:, None] * z[1]
    return np.sqrt(X)[:, None] * (1 + sd * noise)


@pytest.mark.parametrize(("span", "least", "most"), [(0.3, 10, 20), (2, 0.3, 0.4)])
def test_the_gain_of_common_random_numbers_is_that_of_its_closed_form(
    span: float, least: float, most: float
) -> None:
    """Noise that drifts far over the sweep looks like a slope: common numbers then cost."""
    angle, weights = np.linspace(0, span, 10), projection(np.log(X))
    expected = weights @ weights / (weights @ np.cos(np.subtract.outer(angle, angle)) @ weights)
    assert least < expected < most
    drawn = _turned(np.random.default_rng(11), 20_000, angle)
    points = sampled_points(X, list(drawn), Mean(), together=True)
    assert correlation_gain(points) == pytest.approx(expected, rel=0.03)
    assert correlation_gain(sampled_points(X, list(drawn), Mean())) == 1


def test_noise_that_all_places_share_leaves_the_slope_without_any() -> None:
    """The variance of the slope is rounding, of either sign; the interval is a point, no nan."""
    for seed in range(20):
        rng = np.random.default_rng(seed)
        shared = np.outer(rng.lognormal(size=10), rng.lognormal(0, 0.5, 64))
        slope = range_slope(sampled_points(X, list(shared), Mean(), together=True))
        assert slope.high - slope.low == pytest.approx(0, abs=1e-6)
        assert correlation_gain(sampled_points(X, list(shared), Mean(), together=True)) > 1e6


def test_intervals_on_shared_random_numbers_cover_and_are_narrower() -> None:
    """300 data sets: a standard error of .01 at .97."""
    rng, covered, width, sets = np.random.default_rng(12), np.zeros(2), np.zeros(2), 300
    for _ in range(sets):
        drawn = list(_turned(rng, 32, np.linspace(0, 0.3, 10)))
        matched = sampled_points(X, drawn, Mean(), together=True)
        found, slope = exponent(matched), range_slope(matched)
        covered += found.low <= 0.5 <= found.high, slope.low <= 0.5 <= slope.high
        alone = range_slope(sampled_points(X, drawn, Mean()))
        width += slope.high - slope.low, alone.high - alone.low
    assert min(covered) / sets >= 0.93
    assert width[1] / width[0] > 2


def test_unequal_numbers_of_matched_replicates_are_refused() -> None:
    drawn = list(_turned(np.random.default_rng(13), 40, np.zeros(10)))
    drawn[3] = drawn[3][:30]
    with pytest.raises(InputError, match="from 30 to 40 replicates at a place; expected equally"):
        sampled_points(X, drawn, Mean(), together=True)


def test_the_correlation_of_reduced_points_is_that_of_the_residuals() -> None:
    """Each place has its own control; the residuals alone are shared, with the correlation .6."""
    rng, count = np.random.default_rng(14), 400
    shared, own = rng.normal(size=count), rng.normal(size=(10, count))
    control = rng.normal(size=(10, count))
    noise = np.sqrt(0.6) * shared + np.sqrt(0.4) * own
    drawn = [
        np.column_stack([x**0.5 * (1 + 0.1 * e + 2 * c), c])
        for x, e, c in zip(X, noise, control, strict=True)
    ]
    found = sampled_points(X, drawn, ControlVariates(Mean()), together=True)
    residuals = [sm.OLS(one[:, 0], sm.add_constant(one[:, 1:])).fit().resid for one in drawn]
    assert found.correlation == pytest.approx(np.corrcoef(residuals), abs=1e-10)
    assert found.correlation[0, 5] == pytest.approx(0.6, abs=0.1)
    raw = np.corrcoef([one[:, 0] for one in drawn])
    assert abs(raw[0, 5]) < 0.1
    assert found.replicates == count - 1


def test_runs_with_controls_at_every_place_are_covered_at_32_replicates() -> None:
    """300 data sets: a standard error of .01 at .97.  Four controls at each place, of their own."""
    rng, covered, sets = np.random.default_rng(20), np.zeros(2), 300
    walk = np.sqrt(np.arange(1, 11))[:, None]
    for _ in range(sets):
        noise = rng.normal(size=(10, 32)).cumsum(axis=0) / walk
        control = rng.normal(size=(10, 32, 4))
        y = np.sqrt(X)[:, None] * (1 + 0.3 * noise + control.sum(axis=2))
        drawn = list(np.concatenate([y[..., None], control], axis=2))
        points = sampled_points(X, drawn, ControlVariates(Mean()), together=True)
        found, slope = exponent(points), range_slope(points)
        covered += found.low <= 0.5 <= found.high, slope.low <= 0.5 <= slope.high
    assert min(covered) / sets >= 0.93


def test_coefficients_count_among_the_runs_that_a_correlation_needs() -> None:
    rng = np.random.default_rng(15)
    drawn = [x * (3 + rng.normal(size=(12, 3))) for x in X]
    with pytest.raises(FewReplicatesError, match="12 runs, less 2 for coefficients, that were rea"):
        sampled_points(X, drawn, ControlVariates(Mean()), together=True)


# Declarations that the replicates belie.

CONTROL = ControlVariates(Mean())


def _sweep(rng: np.random.Generator, off: float, count: int = 128) -> list[np.ndarray]:
    """Ten places with two controls, of which the second is `off` by standard deviations at one."""
    drawn = [rng.normal(size=(count, 3)) for _ in range(10)]
    drawn[4][:, 2] += off
    return drawn


def test_a_control_whose_mean_is_not_zero_is_named_with_its_place() -> None:
    names = [str(k) for k in range(10)]
    rng = np.random.default_rng(16)
    assert doubts(names, _sweep(rng, 0), CONTROL) == []
    (found,) = doubts(names, _sweep(rng, 1), CONTROL)
    assert found.startswith("control 2 at 4 has a mean that is 9.2 standard errors from zero")
    assert "in 1 of 10,000 sweeps): the declaration of control variates is wrong there" in found
    constant = _sweep(rng, 0)
    constant[7][:, 1] = 0.1
    (found,) = doubts(names, constant, CONTROL)
    assert found.startswith("control 1 at 7 ")
    constant[7][:, 1] = 0
    assert doubts(names, constant, CONTROL) == []


def test_the_false_alarms_are_those_that_are_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    """At a rate of 1 in 20, which can be counted: Bonferroni's bound is nearly attained."""
    monkeypatch.setattr(reduction, "FALSE_ALARM", 0.05)
    rng, sets = np.random.default_rng(17), 1000
    names = [""] * 10
    alarms = sum(bool(doubts(names, _sweep(rng, 0, 32), CONTROL)) for _ in range(sets))
    # Standard error .007.
    assert 0.03 < alarms / sets < 0.07
    assert FALSE_ALARM == 1e-4


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (lambda z: np.exp(-z), ""),
        (lambda z: 1.5 * np.exp(-z), "the difference of the two antithetic values at a "),
        (lambda z: np.sqrt(math.e) - 3 * z, "the difference of their squares at a "),
    ],
)
def test_antithetic_values_of_two_laws_are_found(second, told: str) -> None:
    z = np.random.default_rng(18).normal(size=2048)
    found = doubts(["a"], [np.column_stack([np.exp(z), second(z)])], Antithetic(Mean()))
    assert "".join(found).startswith(told)
    assert bool(found) is bool(told)


# How a statistic is reduced.


def test_a_statistic_without_a_reduction_stays_itself() -> None:
    assert reduced(Quantile(), controls=False, antithetic=False) == Quantile()
    assert reduced(Mean(), controls=True, antithetic=False) == ControlVariates(Mean())
    assert reduced(RootMeanSquare(), controls=False, antithetic=True).label == "rms"


@pytest.mark.parametrize("statistic", [StandardDeviation(), Quantile()])
def test_what_is_no_sum_is_refused(statistic) -> None:
    with pytest.raises(InputError, match="of replicates with antithetic pairs; expected 'mean'"):
        reduced(statistic, controls=False, antithetic=True)


@pytest.mark.parametrize("statistic", [CONTROL, ControlVariates(RootMeanSquare())])
def test_replicates_that_are_as_large_as_the_adjusted_summands(statistic: Reduced) -> None:
    drawn = _drawn(np.random.default_rng(19), 60, 2)
    summands = statistic.equivalent(drawn) ** (1 / statistic.of.power)
    assert summands.mean() == pytest.approx(
        np.exp(statistic.estimate(drawn).value * 1 / statistic.of.power), rel=1e-12
    )
