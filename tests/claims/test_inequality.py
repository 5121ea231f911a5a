"""Inequalities: right ones hold with a ratio of at most 1, their mutants are refuted."""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.claims.inequalities import (
    PAIR,
    SOFT,
    drawn,
    entropy,
    flat,
    gap,
    geometric_mean,
    imaginary,
    inequality,
    judged,
    largest,
    less_entropy,
    norm,
    nothing,
    powers,
    raised_mean,
    raising,
    reciprocal,
    rounded_tenths,
    shrunk_mean,
    three,
    three_tenths,
    total,
    two,
    undefined,
    versine,
    versine_anyhow,
    weighed,
)
from verify import but
from verify.claims import InequalityOutcome
from verify.errors import InputError
from verify.verdict import Evidence, Reason, Verdict

ROOT = Path(__file__).parents[2]
LIST = {"x": st.lists(st.floats(-9, 9), min_size=1, max_size=4)}


def reproduced(found: Any) -> list[float]:
    """What the code of a counterexample prints, in a process of its own."""
    code = found.counterexample.code
    assert len(code.splitlines()) <= 10
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return [float(word) for word in done.stdout.split()]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"arithmetic": "mpmath", "digits": 30, "evaluations": 200},
        {"value": gap, "low": 0, "high": entropy, "box": SOFT},
        {"value": powers, "low": 0, "high": largest, "box": {"x": (-3, 3, 3)}},
        {"value": reciprocal, "low": 2, "high": None, "box": {"x": (0.125, 8)}},
        {"value": flat, "low": 0.25, "high": 0.75, "box": {"x": (1, 2)}},
    ],
)
def test_a_right_one_is_searched_with_a_ratio_of_at_most_1(changes: dict[str, Any]) -> None:
    found = judged(inequality(**changes))
    assert (found.verdict, found.reason) == (Verdict.HOLDS, Reason.INSTANCES)
    assert found.evidence is Evidence.SEARCHED
    assert found.instances == 64
    assert 0 < found.evaluations <= inequality(**changes).evaluations
    assert found.counterexample is None
    assert found.worst_ratio is not None
    assert 0 < found.worst_ratio <= 1
    assert found.worst_ratio == max(one.ratio for one in found.extremes)


@pytest.mark.parametrize(
    ("changes", "attained"),
    [
        ({}, {"high"}),
        ({"value": gap, "low": 0, "high": entropy, "box": SOFT}, {"low", "high"}),
        ({"value": reciprocal, "low": 2, "high": None, "box": {"x": (0.125, 8)}}, {"low"}),
        ({"value": flat, "low": 0.25, "high": 0.75, "box": {"x": (1, 2)}}, set()),
    ],
)
def test_a_bound_that_is_attained_is_said_to_be(changes: Any, attained: set[str]) -> None:
    found = judged(inequality(**changes))
    assert {one.side for one in found.extremes if one.attained} == attained


@pytest.mark.parametrize(
    "changes",
    [
        {"high": shrunk_mean},
        {"high": shrunk_mean, "arithmetic": "mpmath", "digits": 30},
        {"value": gap, "high": less_entropy, "box": SOFT},
        {"value": powers, "low": 1, "high": largest, "box": {"x": (-3, 3, 3)}},
        {"value": reciprocal, "low": 2.1, "high": None, "box": {"x": (0.125, 8)}},
        {"value": flat, "low": 0.25, "high": 0.4, "box": {"x": (1, 2)}},
    ],
)
def test_a_mutated_twin_is_refuted_by_a_simple_counterexample(changes: dict[str, Any]) -> None:
    found = judged(inequality(**changes))
    assert (found.verdict, found.reason) == (Verdict.REFUTED, Reason.COUNTEREXAMPLE)
    one = found.counterexample
    assert one is not None
    assert one.confirmed is True
    assert one.excess > 0
    assert len(str(one.instance)) <= 45
    assert all(float(x) * 8 % 1 == 0 for x in _numbers(one.instance))


def _numbers(data: Any) -> list[float]:
    values = data.values() if isinstance(data, dict) else data
    return [x for one in values for x in (_numbers(one) if isinstance(one, list) else [one])]


def test_a_counterexample_reproduces_in_fifty_digits() -> None:
    found = judged(inequality(high=shrunk_mean, low=0.1))
    one = found.counterexample
    assert one.instance == {"a": 1.0, "b": 1.0}
    assert (one.side, one.value, one.bound) == ("high", "1.0", "0.9")
    assert one.excess == pytest.approx(1 / 9)
    assert "workdps(50)" in one.code
    assert "from tests.claims.inequalities import geometric_mean, shrunk_mean" in one.code
    value, low, high = reproduced(found)
    assert (value, low, high) == (1.0, 0.1, 0.9)


def test_what_is_drawn_needs_no_box() -> None:
    found = judged(drawn(value=reciprocal, low=2))
    assert (found.verdict, found.instances, found.evaluations) == (Verdict.HOLDS, 64, 0)
    assert found.statement == "2 <= reciprocal(x)"


def test_one_that_needs_an_assumption_is_refuted_without_it() -> None:
    any_ = but("any", "false for x < 0", violates="positive", given={"x": st.floats(-8, -0.125)})
    claim = drawn(value=reciprocal, low=2, controls=(any_,)).drawn(0)
    assert claim.judge({}).verdict is Verdict.HOLDS
    control = claim.judge_control(any_, {})
    assert (control.verdict, control.violates) == (Verdict.REFUTED, "positive")
    assert control.counterexample.instance == {"x": -1.0}
    assert control.counterexample.confirmed is True


def test_given_and_a_box_are_searched_together() -> None:
    """x^w on [0, 9/10] is the largest at the smallest w that is drawn and the end of the box."""
    given = {"weight": st.sampled_from([3, 1, 2])}
    found = judged(inequality(value=weighed, high=1, given=given, box={"x": (0.0, 0.9)}))
    assert (found.verdict, found.worst_ratio) == (Verdict.HOLDS, 0.9)
    assert found.extremes[0].at == {"weight": 1, "x": 0.9}
    wrong = judged(inequality(value=weighed, high=0.88, given=given, box={"x": (0.0, 0.9)}))
    assert wrong.counterexample.instance == {"weight": 1, "x": 0.9}


def test_an_excess_of_1e_9_near_a_tie_is_found() -> None:
    found = judged(inequality(value=raised_mean))
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample.confirmed is True
    assert found.counterexample.excess == pytest.approx(1e-9, rel=1e-6)
    assert found.counterexample.instance == {"a": 1.0, "b": 1.0}


def test_rounding_at_a_tie_refutes_nothing() -> None:
    """The norm of one number is its absolute value, and sqrt(x^2) is rounded, up or down."""
    given = {"x": st.lists(st.floats(0.1, 9), min_size=1, max_size=1)}
    found = judged(drawn(value=norm, high=total, given=given, controls=()))
    assert found.verdict is Verdict.HOLDS
    assert found.worst_ratio == pytest.approx(1, abs=1e-15)
    assert found.extremes[0].attained


def test_what_mpmath_cannot_compute_is_refuted_beyond_the_digits_alone() -> None:
    wrong = judged(drawn(value=total, high=norm, given=LIST, controls=()))
    assert wrong.verdict is Verdict.REFUTED
    assert wrong.counterexample.confirmed is None
    assert wrong.counterexample.check.startswith("not computed in 50 digits: total raised")
    assert wrong.counterexample.instance == {"x": [1.0, 1.0]}
    coarse = judged(drawn(value=total, high=norm, given=LIST, controls=(), digits=1))
    assert coarse.counterexample.excess > 0.1


def test_fifty_digits_overrule_the_rounding_of_a_search() -> None:
    """(1 - cos x)/x^2 is at most 1/2, but in doubles it is 1.1 near 1.4e-8."""
    box = {"x": (1e-8, 1)}
    known = inequality(value=versine, high=0.5, box=box, evaluations=4000)
    assert judged(known).verdict is Verdict.REFUTED  # by doubles alone: nothing can confirm it
    found = judged(inequality(value=versine_anyhow, high=0.5, box=box, evaluations=4000))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.PRECISION)
    assert found.detail.startswith("rounding led the search to x = ")
    assert found.detail.endswith("take arithmetic='mpmath'")
    finer = inequality(
        value=versine_anyhow, high=0.5, box=box, evaluations=400, arithmetic="mpmath", digits=30
    )
    assert judged(finer).verdict is Verdict.HOLDS


def test_a_constant_inside_a_function_refutes_nothing_by_its_own_rounding() -> None:
    """The double 0.3 is below 3/10 by 4e-17 of it: that is not what was meant."""
    known = {"value": three_tenths, "given": {"x": st.integers(1, 9)}, "instances": 6}
    found = judged(drawn(**known, high=rounded_tenths))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.PRECISION)
    assert "which a constant such as 0.1 in a function may be off by" in found.detail
    # A constant of the claim itself is the decimal number that it is written as.
    exact = judged(drawn(**known, low=0.3, high=2.7))
    assert (exact.verdict, exact.extremes[0].attained) == (Verdict.HOLDS, True)
    third = Fraction(1, 3)
    wrong = judged(drawn(**known, low=third))
    assert (wrong.statement, wrong.counterexample.instance) == ("1/3 <= three_tenths(x)", {"x": 1})
    assert reproduced(wrong) == pytest.approx([0.3, 1 / 3])


def test_a_double_inside_mpmath_refutes_nothing() -> None:
    found = judged(
        drawn(value=versine, high=0.4, given={"x": st.floats(1, 2)}, arithmetic="mpmath")
    )
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.PRECISION)
    assert found.detail.startswith("undecided on ")
    assert "versine raised TypeError: a number of mpmath was made a double" in found.detail


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": nothing}, "nothing returned None; expected finite real numbers"),
        ({"value": imaginary}, "expected finite real numbers"),
        ({"value": two, "high": three},
         "low, value and high of the shapes (2,), (3,) at an instance; expected shapes that"),
        ({"value": undefined, "high": 1}, "undefined returned nan; expected finite real numbers"),
        ({"value": raising, "high": 1}, "raising raised ValueError: no value here"),
        ({"value": two, "high": nothing}, "nothing returned None; expected finite real numbers"),
        ({"value": nothing, "arithmetic": "mpmath"}, "expected finite real numbers of mpmath"),
        ({"value": two, "arithmetic": "ball", "high": nothing},
         "nothing returned None; expected a real ball (arb) or a list of them"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_is_a_failed_measurement(changes: Any, words: str) -> None:
    found = judged(drawn(**{"high": 100, "given": {"x": st.floats(0.91, 1)}, **changes}))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.MEASUREMENT)
    assert found.exit_code == 4
    assert words in found.detail


@pytest.mark.parametrize("value", [undefined, raising])
def test_a_point_of_the_search_that_cannot_be_computed_is_told_with_its_place(value: Any) -> None:
    """The instances are drawn where all is well; the search goes over the whole box."""
    claim = inequality(value=value, high=1, box={"x": (0.0, 1.0)}, instances=1).drawn(0)
    found = claim.judge({})
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.MEASUREMENT)
    assert ", at x = 0.9" in found.detail or ", at x = 1.0" in found.detail


def test_a_constant_is_one_instance_and_exact() -> None:
    found = judged(drawn(value=_seven, high=8, given={}))
    assert (found.verdict, found.evidence) == (Verdict.HOLDS, Evidence.EXACT)
    assert (found.instances, found.worst_ratio) == (1, 0.875)


def _seven() -> float:
    return 7.0


def test_the_outcome_depends_on_the_seed_alone() -> None:
    claim = inequality(value=gap, high=entropy, low=0, box=SOFT)
    first, again, other = (judged(claim, seed) for seed in (1, 1, 2))
    assert first == again
    assert first.extremes != other.extremes


def test_a_strategy_that_yields_nothing_is_told_before_anything_is_evaluated() -> None:
    never = {"x": st.floats(0, 1).filter(lambda x: x > 9)}
    with pytest.raises(InputError, match="claim 'one': the strategy of 'x' yields nothing"):
        drawn(value=reciprocal, low=2, given=never).drawn(0)


def test_a_control_is_judged_by_the_same_machinery() -> None:
    claim = inequality().drawn(0)
    (control,) = claim.controls
    found = claim.judge_control(control, {})
    assert (found.verdict, found.id, found.why) == (Verdict.REFUTED, "shrunk", control.why)
    assert found.statement == "geometric_mean(a, b) <= shrunk_mean(a, b)"
    assert found.worst_ratio == pytest.approx(10 / 9)


def _outcome(**changes: Any) -> InequalityOutcome:
    return judged(inequality(value=geometric_mean, box=PAIR, **changes))


def test_both_bounds_have_their_worst_case() -> None:
    found = _outcome(low=0.25, high=5)
    assert [one.side for one in found.extremes] == ["low", "high"]
    low, high = found.extremes
    assert (low.value, low.bound, low.ratio) == ("0.5", "0.25", 0.5)
    assert (high.value, high.bound, high.ratio) == ("4.0", "5.0", 0.8)
    assert high.at == {"a": 4.0, "b": 4.0}
