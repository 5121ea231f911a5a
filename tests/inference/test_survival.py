"""Quantiles of censored times: published figures, other programs, and simulated ones."""

from collections.abc import Callable

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from verify import KaplanMeier, Quantile, censored
from verify.errors import InputError
from verify.inference.points import sampled_points
from verify.inference.survival import ProductLimit

# Weeks of remission under 6-MP (Freireich et al., Blood 1963; the table in every textbook).
WEEKS = np.array([6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35])
CENSORED = [3, 5, 7, 8, 11, 12, 13, 16, 17, 18, 19, 20]
REMISSION = censored(WEEKS, ~np.isin(np.arange(21), CENSORED))

X = [8.0, 16, 32, 64, 128]


def test_a_stopped_run_enters_as_minus_its_time() -> None:
    assert censored([3, 7.5, 2], [True, False, True]).tolist() == [3, -7.5, 2]
    assert censored(4, observed=False) == -4


@pytest.mark.parametrize("time", [0, -3, np.nan, np.inf])
def test_a_time_that_is_not_positive_and_finite_is_refused(time: float) -> None:
    with pytest.raises(InputError, match=f"found the time {time:g}; expected positive finite"):
        censored([1, time, 2], [True, False, True])


@pytest.mark.parametrize("observed", [[1, 0], [True], [[True, False]], [1.0, np.nan]])
def test_what_is_not_one_boolean_for_each_time_is_refused(observed: list[float]) -> None:
    with pytest.raises(InputError, match=r"expected booleans of shape \(2,\)"):
        censored([1, 2], observed)


def test_the_curve_of_the_remissions_is_the_published_one() -> None:
    curve = ProductLimit.of(REMISSION)
    last = np.r_[np.diff(curve.log_time) > 0, True]  # after all that are tied
    share, error = 1 - curve.share[last], np.sqrt(curve.greenwood * (1 - curve.share))[last]
    assert np.exp(curve.log_time[last]) == pytest.approx([6, 7, 10, 13, 16, 22, 23])
    published = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert share == pytest.approx(published, abs=5e-5)
    errors = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    assert error == pytest.approx(errors, abs=6e-5)


def test_the_median_remission_lies_at_the_last_event_but_for_the_interpolation() -> None:
    """Published: 23, where the curve passes 1/2; halfway up its step there it is at .507."""
    assert 22.9 < np.exp(KaplanMeier().estimate(REMISSION).value) < 23


@pytest.mark.parametrize("seed", range(5))
def test_the_curve_with_ties_is_that_of_another_program(seed: int) -> None:
    rng = np.random.default_rng(seed)
    time, stop = np.ceil(rng.exponential(5, (2, 60)))
    found = ProductLimit.of(censored(np.minimum(time, stop), time <= stop))
    expected = SurvfuncRight(np.minimum(time, stop), time <= stop)
    places = np.log(expected.surv_times)
    assert found.survival(places) == pytest.approx(expected.surv_prob, rel=1e-12)
    for place, error in zip(places, expected.surv_prob_se, strict=True):
        k = np.searchsorted(found.log_time, place, side="right") - 1
        if k >= 0 and found.share[k] < 1:
            mine = np.sqrt(found.greenwood[k] * (1 - found.share[k]))
            assert mine == pytest.approx(error, rel=1e-9)


@pytest.mark.parametrize("level", [0.05, 0.25, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("count", [1, 2, 9, 32, 1000])
@pytest.mark.parametrize("grain", [1e-9, 0.5], ids=["distinct", "tied"])
def test_without_censoring_it_is_the_quantile(level: float, count: int, grain: float) -> None:
    y = grain * np.ceil(np.random.default_rng(count).lognormal(0, 1, count) / grain)
    found, plain = KaplanMeier(level).estimate(y), Quantile(level).estimate(y)
    # To rounding: n comes from sums over the runs at risk.
    assert found.value == pytest.approx(plain.value, rel=1e-11, abs=1e-12)
    assert found.variance == pytest.approx(plain.variance, rel=1e-11, abs=1e-12)
    assert not found.absent


def test_a_budget_far_above_the_quantile_takes_nothing_away() -> None:
    """Neither the runs nor the size: up to the budget the curve is the empirical one."""
    time = np.random.default_rng(1).exponential(1, 1000)
    stopped = censored(np.minimum(time, np.quantile(time, 0.7)), time <= np.quantile(time, 0.7))
    found, plain = KaplanMeier().estimate(stopped), Quantile().estimate(time)
    assert found.value == pytest.approx(plain.value, rel=1e-11)
    assert found.variance == pytest.approx(plain.variance, rel=1e-11)


def test_a_budget_near_the_quantile_does_not_hide_its_variance() -> None:
    """A seventh of the quantile's law is past the budget here; without it a third is missing."""
    rng, claimed, whole = np.random.default_rng(2), [], []
    for _ in range(400):
        time = np.sort(rng.exponential(1, 64))
        budget = time[35]
        claimed.append(
            KaplanMeier().estimate(censored(np.minimum(time, budget), time <= budget)).variance
        )
        whole.append(Quantile().estimate(time).variance)
    assert 1 < np.mean(claimed) / np.mean(whole) < 1.15


@pytest.mark.parametrize(
    "stop",
    [lambda rng, size: np.full(size, 1.5 * np.log(2)), lambda rng, size: rng.exponential(1, size)],
    ids=["budget", "random"],
)
def test_variance_and_coverage_of_the_median_of_exponential_times(
    stop: Callable[[np.random.Generator, int], np.ndarray],
) -> None:
    rng, count, sets = np.random.default_rng(3), 1000, 2000
    error, variance = np.empty((2, sets))
    for k in range(sets):
        time, limit = rng.exponential(1, count), stop(rng, count)
        found = KaplanMeier().estimate(censored(np.minimum(time, limit), time <= limit))
        error[k], variance[k] = found.value - np.log(np.log(2)), found.variance / count
    # The variance of 2000 values is known to 3.2 % (1 sd); that of Maritz and Jarrett is a little
    # too large.  Random censoring costs a third of the runs, that is 50 % of the variance.
    assert variance.mean() / error.var() == pytest.approx(1.04, abs=0.13)
    assert abs(error.mean()) < 4 * error.std() / np.sqrt(sets)
    covered = np.mean(np.abs(error) < 1.96 * np.sqrt(variance))
    assert covered == pytest.approx(0.95, abs=0.02)


@pytest.mark.parametrize(("events", "count"), [(16, 32), (0, 32), (15, 31), (1, 3)])
def test_a_level_that_is_not_reached_has_no_logarithm_and_says_so(events: int, count: int) -> None:
    stopped = censored(np.full(count, 5.0), np.arange(count) < events)
    assert np.isnan(KaplanMeier().estimate(stopped).value)
    samples = [np.full(count, 5.0)] * 3 + [stopped, np.full(count, 5.0)]
    message = rf"median time to event at 64 .* \({events} of {count}, .* share of .*raise the budg"
    with pytest.raises(InputError, match=message):
        sampled_points(X, samples, KaplanMeier())


@pytest.mark.parametrize(("events", "count"), [(17, 32), (16, 31), (2, 3), (1, 1)])
def test_one_event_more_reaches_it(events: int, count: int) -> None:
    stopped = censored(np.full(count, 5.0), np.arange(count) < events)
    assert KaplanMeier().estimate(stopped).value == pytest.approx(np.log(5))


def test_a_lower_level_is_reached_where_a_higher_one_is_not() -> None:
    """The curve ends at .55, and three events tie at the tenth."""
    assert KaplanMeier(0.6).estimate(REMISSION).absent
    assert KaplanMeier(0.1).estimate(REMISSION).value == pytest.approx(np.log(6))


def test_influence_is_whether_the_time_exceeds_the_quantile() -> None:
    y = np.random.default_rng(4).lognormal(0, 1, 40)
    assert KaplanMeier(0.3).influence(y).tolist() == Quantile(0.3).influence(y).tolist()


def test_influence_of_a_run_stopped_before_is_the_probability_that_it_exceeds() -> None:
    found = KaplanMeier().influence(REMISSION)
    above = 0.5378  # the published curve between 22 and 23
    assert found[[0, 4, 14]].tolist() == [0, 0, 0]
    assert found[[3, 5, 8]] == pytest.approx([above / s for s in (0.8571, 0.8067, 0.7529)], 1e-3)
    assert found[15:].tolist() == [1] * 6
    # The curve is self-consistent (Efron, Proc. 5th Berkeley Symp. 1967).
    assert found.mean() == pytest.approx(1 - ProductLimit.of(REMISSION).share[-2], rel=1e-12)


def test_labels_speak_of_the_time() -> None:
    assert KaplanMeier().label == "median time to event"
    assert KaplanMeier(0.9).label == "0.9-quantile time to event"
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        KaplanMeier(1)
