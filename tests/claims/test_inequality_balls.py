"""Inequalities in balls: proved over the whole box, refuted at an exact point, or left open."""

from typing import Any

import pytest
from hypothesis import strategies as st

from tests.claims.inequalities import (
    PAIR,
    arithmetic_mean,
    doubled,
    form,
    geometric_mean,
    inequality,
    judged,
    less_one,
    line,
    logarithm,
    raised_mean,
    shrunk_mean,
    sine,
    square,
)
from verify.claims.exact.balls import FIRST
from verify.claims.inequality.balls import at_instance
from verify.claims.inequality.enclosure import enclosed
from verify.claims.inequality.intervals import ball
from verify.verdict import Evidence, Reason, Verdict

BALL: dict[str, Any] = {"arithmetic": "ball"}
FORM: dict[str, Any] = {"value": form, "low": 0, "high": None, **BALL}
SQUARE: dict[str, Any] = {"value": square, "low": 0, "high": None, **BALL}
CUBE = {"x": (-1, 1), "y": (-1, 1)}


def _scaled(x: Any, y: Any) -> Any:
    return y * (x.sin() - x)


def _product(x: Any, y: Any) -> Any:
    return x * y * (3 - x)


@pytest.mark.parametrize(
    "changes",
    [
        {**FORM, "box": CUBE},
        {"value": sine, "high": line, "box": {"x": (0.1, 3)}},
        {"value": sine, "low": -1.5, "high": line, "box": {"x": (0.1, 3)}},
        {"value": logarithm, "high": less_one, "box": {"x": (1.1, 1e6)}},
        {"value": logarithm, "low": -1e9, "high": less_one, "box": {"x": (1e-200, 0.9)}},
        {"value": sine, "high": line, "box": {"x": (0.0, 3.0)}},
        {"value": logarithm, "high": less_one, "box": {"x": (1.0, 30.0)}},
        {"value": logarithm, "high": less_one, "box": {"x": (0.125, 1.0)}},
        {"value": _scaled, "low": 0, "high": None, "box": {"x": (0.0, 3.0), "y": (-2, -1)}},
    ],
)
def test_a_right_one_is_proved_over_the_whole_box(changes: dict[str, Any]) -> None:
    found = judged(inequality(**{**BALL, **changes}))
    assert (found.verdict, found.reason) == (Verdict.HOLDS, Reason.ENCLOSED)
    assert found.evidence is Evidence.PROVED
    assert found.enclosure is not None
    assert (found.enclosure.undecided, found.enclosure.share) == (0, 0.0)
    assert 0 < found.enclosure.evaluations <= 1000
    assert found.evaluations == 0
    assert found.worst_ratio is not None
    assert found.worst_ratio <= 1
    assert found.digits is None


def test_where_two_faces_meet_on_which_it_is_attained_it_is_left_open() -> None:
    """Balls lose the sign of a product there; all of the rest is enclosed."""
    box = {"x": (0.0, 3.0), "y": (0.0, 1.0)}
    found = judged(inequality(value=_product, low=0, high=None, box=box, **BALL))
    assert (found.verdict, found.evidence) == (Verdict.HOLDS, Evidence.SEARCHED)
    assert 0 < found.enclosure.share < 1e-6


def test_one_that_is_attained_inside_is_searched_and_never_proved() -> None:
    found = judged(inequality(**SQUARE, box=CUBE))
    assert (found.verdict, found.reason) == (Verdict.HOLDS, Reason.INSTANCES)
    assert found.evidence is Evidence.SEARCHED
    row = found.enclosure
    assert row.undecided > 0
    assert 0 < row.share < 0.2
    (a, b), (c, d) = row.hull["x"], row.hull["y"]
    assert -1 <= a < b <= 1
    assert max(a, c) <= min(b, d)  # it is on the diagonal
    assert found.evaluations > 0
    assert found.extremes[0].attained


@pytest.mark.parametrize("high", [shrunk_mean, arithmetic_mean])
def test_a_wrong_one_is_refuted_at_an_exact_point(high: Any) -> None:
    value = geometric_mean if high is shrunk_mean else raised_mean
    found = judged(inequality(value=value, high=high, box=PAIR, **BALL))
    assert (found.verdict, found.reason) == (Verdict.REFUTED, Reason.COUNTEREXAMPLE)
    one = found.counterexample
    assert one.confirmed is True
    assert one.instance == {"a": 1.0, "b": 1.0}
    assert one.check.startswith("in 106 bits value - high = [")
    assert "ctx.prec = 106" in one.code


def test_a_violation_that_the_instances_miss_is_found_by_branch_and_bound() -> None:
    """Below 0 for |x - 1/3| < 3e-5 alone."""
    changes = {"value": _dent, "low": 0, "high": None, "box": {"x": (0.0, 1.0)}, "instances": 4}
    found = judged(inequality(**changes, **BALL))
    assert found.verdict is Verdict.REFUTED
    assert found.enclosure.evaluations < 200
    assert (found.enclosure.told, found.enclosure.share) == ("a bound is violated in it", 1)
    assert found.counterexample.instance == {"x": 0.33331}


def _dent(x: Any) -> Any:
    return (x - type(x)(1) / 3) ** 2 - type(x)(10) ** -9


def test_a_double_inside_proves_nothing() -> None:
    found = judged(inequality(value=doubled, low=0, high=None, box={"x": (0.5, 1.0)}, **BALL))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.PRECISION)
    assert found.detail == "doubled makes a double of a ball"


def test_what_compares_balls_is_not_enclosed() -> None:
    """Python's max of two balls that overlap is the first of them: here it would prove y <= 1."""
    changes = {"value": _larger, "high": 1, "box": {"x": (0.0, 0.5), "y": (0.0, 2.0)}}
    found = judged(inequality(**changes, **BALL, instances=1))
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample.instance == {"x": 0.0, "y": 2.0}
    right = judged(inequality(**{**changes, "high": 3}, **BALL))
    assert (right.verdict, right.evidence) == (Verdict.HOLDS, Evidence.SEARCHED)
    assert right.enclosure.told.startswith("_larger compares balls, and of two that overlap")
    assert right.enclosure.share == 1
    own = judged(inequality(**{**changes, "high": 3, "value": _larger_ball}, **BALL))
    assert (own.verdict, own.evidence) == (Verdict.HOLDS, Evidence.PROVED)


def _larger(x: Any, y: Any) -> Any:
    return max(x, y)


def _larger_ball(x: Any, y: Any) -> Any:
    return x.max(y)


def test_what_is_given_beside_the_box_is_searched_alone() -> None:
    """Branch and bound would prove nothing of what is drawn."""
    claim = inequality(**FORM, given={"y": st.floats(-1, 1)}, box={"x": (-1, 1)})
    found = judged(claim)
    assert (found.verdict, found.enclosure) == (Verdict.HOLDS, None)
    assert found.evidence is Evidence.SEARCHED


def test_a_function_that_fails_at_a_point_is_a_failed_measurement() -> None:
    changes = {"value": _text, "low": 0, "high": None, "box": {"x": (0.0, 1.0)}, "instances": 1}
    found = judged(inequality(**changes, **BALL))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.MEASUREMENT)
    assert "_text returned 'x'; expected a real ball (arb) or a list of them" in found.detail


def _text(x: Any) -> Any:
    return x if x < 0.01 else "x"


def test_a_value_that_is_not_finite_is_a_failed_measurement() -> None:
    changes = {"value": logarithm, "high": 9, "box": {"x": (0.0, 1.0)}, "instances": 1}
    found = judged(inequality(**changes, **BALL))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.MEASUREMENT)
    assert "a ball that is not finite in 13,568 bits" in found.detail


def test_counts_that_do_not_fit_are_told() -> None:
    changes = {"value": _two, "high": _three, "box": {"x": (0.0, 1.0)}}
    found = judged(inequality(**changes, **BALL))
    assert found.detail == "value, low and high of 2, 1, 3 balls; expected as many, or one"


def _two(x: Any) -> Any:
    return [x, x]


def _three(x: Any) -> Any:
    return [x, [x, x]]


@pytest.mark.parametrize("low", [0.0, 1.0, 0.1, -0.3, 1e-300, -1e300, 1 / 3])
@pytest.mark.parametrize("width", [1.0, 0.1, 2.0**-40, 3e-5])
@pytest.mark.parametrize("last", [False, True])
def test_a_ball_contains_its_interval_and_has_one_of_its_ends(
    low: float, width: float, last: bool
) -> None:
    high = low + max(width, abs(low) * width)
    found = ball(low, high, last=last)
    assert found.lower() <= low
    assert found.upper() >= high
    assert (found.upper() == high) if last else (found.lower() == low)
    excess = float((found.upper() - found.lower()) / (high - low))
    assert 1 <= excess <= 1 + 2.0**-28


def test_enclosures_contain_the_values() -> None:
    """Every margin at random points lies in the ball of the part that contains the point."""
    claim = inequality(**FORM, box=CUBE)
    for x in (-1.0, -0.3, 0.0, 0.7, 1.0):
        comparison, bits = at_instance(claim, {"x": x, "y": 0.5})
        assert bits == FIRST
        exact = x * x - x / 2 + 0.25 + 0.1
        assert float(comparison.sides[0].value) == pytest.approx(exact)


def test_a_tighter_budget_leaves_more_undecided() -> None:
    shares = [
        enclosed(inequality(**SQUARE, box=CUBE, evaluations=n)).share for n in (200, 1000, 5000)
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[2] > 0


def test_a_ball_prints_its_numbers() -> None:
    claim = inequality(value=sine, high=1, low=None, box={"x": (1.0, 2.0)}, **BALL)
    wrong = judged(claim.replaced({"high": 0.5}, "here"))
    assert reproduced_balls(wrong) == pytest.approx(0.8414709848, abs=1e-8)


def reproduced_balls(found: Any) -> float:
    """The first ball that the code of a counterexample prints."""
    import subprocess
    import sys
    from pathlib import Path

    root = Path(__file__).parents[2]
    code = found.counterexample.code
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[0].lstrip("["))
