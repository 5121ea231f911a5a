"""Noisy values: fresh replicates decide, and a true claim is refuted as rarely as stated."""

from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from tests.claims.inequalities import both, drawn, inequality, judged, parabola, short, single
from verify.claims import InequalityOutcome
from verify.claims.inequality.means import means
from verify.claims.inequality.noise import replicates
from verify.report.inequality_lines import inequality_details
from verify.verdict import LEVEL, Evidence, Reason, Verdict

UNIT: dict[str, Any] = {"box": {"x": (0.0, 1.0)}, "evaluations": 200}
POINT = {"x": st.floats(0.25, 0.5)}


def _judged(**changes: Any) -> InequalityOutcome:
    return judged(inequality(**{"value": parabola, **UNIT, **changes}))


def test_a_mean_that_is_far_inside_holds() -> None:
    found = _judged(low=-0.1, high=0.3)
    assert (found.verdict, found.reason) == (Verdict.HOLDS, Reason.HOLDS)
    assert found.evidence is Evidence.STATISTICAL
    assert (found.margin, found.digits) == (0.0, None)
    low, high = found.extremes
    assert high.low < high.excess < high.high < 0
    assert high.value == repr(pytest.approx(0.25, abs=0.01)) or float(high.value) < 0.26
    assert low.ratio < 0.6


def test_a_mean_that_is_beyond_is_refuted_by_fresh_replicates() -> None:
    found = _judged(high=0.2)
    assert (found.verdict, found.reason) == (Verdict.REFUTED, Reason.COUNTEREXAMPLE)
    one = found.counterexample
    assert one.low > 0
    assert one.confirmed is None
    assert one.check == "the mean of 4,096 fresh replicates"
    assert one.excess == pytest.approx(0.25, abs=0.05)
    assert 0.3 < one.instance["x"] < 0.7


def test_its_code_prints_the_same_mean() -> None:
    from tests.claims.test_inequality import reproduced

    for value in (parabola, single):
        found = _judged(value=value, high=0.2, replicates=500)
        mean, bound = reproduced(found)
        assert mean == pytest.approx(float(found.counterexample.value), rel=1e-5)
        assert bound == 0.2


def test_a_bound_that_is_attained_is_open_without_a_margin() -> None:
    found = _judged(high=0.25)
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.WIDTH)
    assert not found.extremes[0].attained
    allowed = _judged(high=0.25, margin=0.05)
    assert allowed.verdict is Verdict.HOLDS
    assert "means, with a margin of 0.05" in inequality_details(allowed)[0]


def test_within_the_margin_it_says_that_the_bound_is_exceeded() -> None:
    found = _judged(high=0.24, margin=0.1)
    assert (found.verdict, found.reason) == (Verdict.HOLDS, Reason.WITHIN_MARGIN)


def test_an_array_of_means_has_an_interval_for_each() -> None:
    found = _judged(value=both, low=-0.2, high=1.1)
    assert found.verdict is Verdict.HOLDS
    assert found.worst_ratio == pytest.approx(1 / 1.1, abs=0.02)
    assert _judged(value=both, high=0.9).verdict is Verdict.REFUTED


def test_what_is_drawn_alone_needs_no_box() -> None:
    found = judged(drawn(value=parabola, high=0.3, low=None, given=POINT, controls=()))
    assert (found.verdict, found.evaluations) == (Verdict.HOLDS, 0)


def test_too_few_replicates_are_a_failed_measurement() -> None:
    found = _judged(value=short, high=1)
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.MEASUREMENT)
    assert "short returned array(" in found.detail
    assert "expected 64 replicates, finite real numbers" in found.detail


def test_the_search_and_the_verdict_have_other_random_numbers() -> None:
    claim, data = inequality(value=parabola, high=1, **UNIT), {"x": 0.5}
    first, second = (replicates(claim, data, 8, key, 0) for key in (1, 2))
    assert not np.isin(first, second).any()
    again = replicates(claim, data, 8, 1, 0)
    assert (first == again).all()


def test_a_true_claim_is_refuted_no_more_often_than_stated() -> None:
    """At equality, 400 times: a rate of 3 % allows 12 + 3 sqrt(11.6) = 22 refutations."""
    claim = drawn(value=parabola, low=0.1, high=0.25, replicates=32, controls=(), given=POINT)
    places = [{"x": 0.5}, {"x": 0.25}]
    beyond, missed = 0, 0
    for seed in range(400):
        found = means(claim.replaced({"seed": seed}, "here"), places, LEVEL)
        attained = next(one for one in found if one.side == "high" and one.data["x"] == 0.5)
        beyond += any(one.low > 0 for one in found)
        missed += attained.high < 0
    assert len(found) == 4
    assert beyond <= 22
    assert missed <= 22


def test_the_interval_is_that_of_student() -> None:
    from scipy.stats import t

    claim = drawn(value=parabola, high=0.25, replicates=16, controls=(), given=POINT)
    (one,) = means(claim, [{"x": 0.5}], 0.9)
    values = replicates(claim, {"x": 0.5}, 16, 2, 0)
    half = t.isf(0.1, 15) * values.std(ddof=1) / 4
    assert one.value == pytest.approx(values.mean())
    assert one.low == pytest.approx((values.mean() - half - 0.25) / 0.25)
    assert one.high == pytest.approx((values.mean() + half - 0.25) / 0.25)
