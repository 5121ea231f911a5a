"""The tester is tested: estimators that are known to be worse miss what they must miss."""

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from verify.calibration import inside, trial
from verify.calibration.profile import profile
from verify.calibration.study import calibrate
from verify.calibration.zoo import MAIN, SETTINGS
from verify.inference.exponent import ExponentEstimate, exponent
from verify.inference.points import Points
from verify.inference.range_slope import range_slope
from verify.sampling import open_executor

from .made import estimated
from .small import sizes

LAWS = MAIN[0], MAIN[1], MAIN[10], MAIN[12]
Estimator = Callable[..., ExponentEstimate]
COVERAGE = "coverage not significantly below"
REFUTED = "true claims REFUTED not significantly above"
HELD = "wrong claims that HOLD not significantly above"
WIDTH = "width relative to the profile's, at most"
POWER = "power to refute a claim wrong by a tenth, at least"
HOLDS = "power to hold a true O claim, at least"
INNER, REJECTED = "coverage, at least", "model rejected, at most"
THETA = "power to hold a true Theta, at least"
LABELS = [setting.label for setting in SETTINGS]
NOISES = [f"laws inside the family, noise {noise:g}" for noise in inside.NOISES]


def _remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function of points, computed once for each data set."""
    known: dict[Any, Any] = {}

    def looked_up(points: Points, *rest: Any) -> Any:
        key = points.log_value.tobytes(), rest
        if key not in known:
            known[key] = function(points, *rest)
        return known[key]

    return looked_up


_EXPONENT, _PROFILE = _remembered(exponent), _remembered(profile)


def of_least_squares(points: Points, *_: Any) -> ExponentEstimate:
    """The slope on the range with its t interval: nothing is known of corrections."""
    found = range_slope(points)
    return estimated(found.estimate, (found.high - found.low) / 2)


def scaled(factor: float) -> Estimator:
    """The interval and the law, shrunk or widened about the estimate."""

    def estimator(points: Points, *family: Any) -> ExponentEstimate:
        found = _EXPONENT(points, *family)
        middle, law = found.estimate, found.law
        low, high = (middle + factor * (end - middle) for end in (found.low, found.high))
        mean = middle + factor * (law.mean - middle)
        law = attrs.evolve(law, mean=mean, sd=factor * law.sd)
        return attrs.evolve(found, low=low, high=high, law=law)

    return estimator


def rejecting(points: Points, *family: Any) -> ExponentEstimate:
    """No model is good enough."""
    return attrs.evolve(_EXPONENT(points, *family), fit=0.0)


def _misses(of_trials: Estimator, of_inside: Estimator = _EXPONENT) -> set[tuple[str, str]]:
    """What is missed, and where if that is no single cell."""
    with sizes(LAWS, (), data_sets=40, inside=150) as patch, open_executor(1) as executor:
        patch.setattr(trial, "exponent", of_trials)
        patch.setattr(trial, "profile", _PROFILE)
        patch.setattr(inside, "exponent", of_inside)
        found = calibrate(executor, quick=True)
    misses = {(one.asks, one.where) for one in found.checks if not one.met}
    assert found.passed == (not misses)
    overall = {COVERAGE, REFUTED, HELD}
    return {(asks, "" if asks in overall else where) for asks, where in misses}


def test_the_estimator_itself_misses_nothing() -> None:
    assert _misses(_EXPONENT) == set()


def test_least_squares_misses_coverage_and_refutes_what_is_true() -> None:
    assert _misses(of_least_squares) == {(COVERAGE, ""), (REFUTED, "")}


def test_half_an_interval_misses_coverage_and_refutes_what_is_true() -> None:
    assert _misses(scaled(0.5)) == {(COVERAGE, ""), (REFUTED, "")}


def test_hardly_an_interval_lets_wrong_claims_hold_too() -> None:
    assert _misses(scaled(0.01)) == {(COVERAGE, ""), (REFUTED, ""), (HELD, "")}


def test_a_threefold_interval_misses_width_and_power_alone() -> None:
    everywhere = {(asks, label) for asks in (WIDTH, POWER) for label in LABELS}
    assert _misses(scaled(3.0)) == everywhere | {(HOLDS, LABELS[2])}


def test_an_estimator_that_says_nothing_misses_power() -> None:
    assert _misses(rejecting) == {(POWER, label) for label in LABELS} | {(HOLDS, LABELS[2])}


@pytest.mark.parametrize(
    ("worse", "expected"),
    [
        (scaled(0.5), {(INNER, noise) for noise in NOISES}),
        (scaled(3.0), {(THETA, noise) for noise in NOISES[1:]}),
        (rejecting, {(asks, noise) for asks in (REJECTED, THETA) for noise in NOISES}),
    ],
    ids=["half", "threefold", "rejecting"],
)
def test_inside_the_family_worse_estimators_miss(
    worse: Estimator, expected: set[tuple[str, str]]
) -> None:
    assert _misses(_EXPONENT, worse) == expected
