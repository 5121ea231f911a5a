"""The zoo: exponents, and noise of mean one, by closed forms."""

from fractions import Fraction

import numpy as np
import pytest

from verify import algebra
from verify.calibration.zoo import (
    MAIN,
    SECOND,
    SETTINGS,
    ZOOS,
    Array,
    Law,
    Noise,
    Setting,
    lognormal,
    one_run,
    pareto,
    rising,
)

LAWS = [*MAIN, *SECOND]
X = Setting(10, 1).grid
MANY = 40_000


def _drawn(noise: Noise, seed: int = 1) -> Array:
    found = noise(np.random.default_rng(seed), X, MANY)
    assert found.shape == (10, MANY)
    assert found.min() > 0
    return found


def _errors_off(found: Array, expected: Array | float) -> Array:
    """By how many standard errors the mean at each place is off."""
    error = found.std(axis=1, ddof=1) / np.sqrt(found.shape[1])
    return np.asarray((found.mean(axis=1) - expected) / error)


def test_there_are_fourteen_laws_and_eight_more_and_their_names_are_unique() -> None:
    assert (len(MAIN), len(SECOND)) == (14, 8)
    assert len({law.name for law in LAWS}) == 22
    assert ZOOS == {"main": MAIN, "second": SECOND}
    assert {law.noise for law in LAWS} == {lognormal, rising, pareto, one_run}
    assert [law.noise is one_run for law in LAWS] == [law.together for law in LAWS]


def test_the_settings_are_doublings() -> None:
    assert [setting.label for setting in SETTINGS] == ["10 x 32", "10 x 256", "15 x 256"]
    for setting in SETTINGS:
        assert setting.grid.tolist() == [64 * 2**k for k in range(setting.points)]


@pytest.mark.parametrize("noise", [lognormal, rising, one_run])
def test_noise_has_mean_one_at_every_place(noise: Noise) -> None:
    assert np.abs(_errors_off(_drawn(noise), 1)).max() < 4


def test_lognormal_noise_has_the_sd_one_half_in_its_log() -> None:
    logs = np.log(_drawn(lognormal))
    assert np.abs(_errors_off(logs, -0.125)).max() < 4  # exp(-1/8 + (1/2)^2/2) = 1
    assert logs.std(axis=1) == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(2 * MANY))


def test_rising_noise_goes_from_a_fifth_to_four_fifths_evenly_in_log_x() -> None:
    logs = np.log(_drawn(rising))
    sd = 0.2 + 0.6 * np.log(X / X[0]) / np.log(X[-1] / X[0])
    assert np.abs(logs.std(axis=1) / sd - 1).max() < 4 / np.sqrt(2 * MANY)
    assert np.abs(_errors_off(logs, -(sd**2) / 2)).max() < 4


def test_pareto_noise_has_its_tail_its_median_and_its_mean() -> None:
    """Its scale is .8/1.8; a mean of infinite variance is seen up to a truncation at t."""
    scale, index = 0.8 / 1.8, 1.8
    found = _drawn(pareto)
    assert found.min() >= scale
    assert np.abs(_errors_off(np.log(found / scale), 1 / index)).max() < 4
    assert np.median(found) == pytest.approx(scale * 2 ** (1 / index), rel=0.005)
    assert scale * index / (index - 1) == pytest.approx(1)
    top = 50.0
    truncated = scale + scale / (index - 1) * (1 - (scale / top) ** (index - 1))
    assert np.abs(_errors_off(np.minimum(found, top), truncated)).max() < 4


def test_one_run_is_correlated_over_n_as_a_sum_is() -> None:
    """Of increments with variance in proportion to step^2: the root of the ratio of the sums."""
    sums = np.cumsum(np.diff(np.sqrt(X), prepend=0) ** 2)
    expected = np.sqrt(np.minimum.outer(sums, sums) / np.maximum.outer(sums, sums))
    found = _drawn(one_run)
    assert np.corrcoef(found) == pytest.approx(expected, abs=0.03)
    spread = np.sqrt(np.expm1(0.25) * sums / X)
    assert found.std(axis=1) == pytest.approx(spread, rel=0.03)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_the_power_is_the_growth_of_the_bound(law: Law) -> None:
    growth = algebra.bound(law.bound).growth({"n": 1})
    assert Fraction(law.power).limit_denominator(100) == growth.power
    assert growth.log == 0


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_the_mean_grows_with_the_power_up_to_the_logs_that_are_declared(law: Law) -> None:
    """Between 10^200 and 10^300, which are a hundred periods of the ripple."""
    small, large = law.mean(np.array([1e200, 1e300]))
    slope = np.log(large / small) / (100 * np.log(10))
    a_log = np.log(1.5) / (100 * np.log(10))
    assert law.power - 1e-5 < slope < law.power + law.logs * a_log + 1e-5
    if law.logs:
        assert slope > law.power + a_log / 3


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_a_sample_is_the_mean_times_the_noise(law: Law) -> None:
    found = law.sample(np.random.default_rng(5), X, 3)
    noise = law.noise(np.random.default_rng(5), X, 3)
    assert found == pytest.approx(law.mean(X)[:, None] * noise, rel=1e-12)
    assert found.min() > 0
