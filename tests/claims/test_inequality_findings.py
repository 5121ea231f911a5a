"""Every static fault of an inequality has a finding, with its words."""

import math
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.claims.inequalities import (
    BUT,
    PAIR,
    SOFT,
    arithmetic_mean,
    both,
    cubic,
    drawn,
    gap,
    inequality,
    less_entropy,
    means,
    needing,
    noisy_bound,
    parabola,
    reciprocal,
    shrunk_mean,
)
from tests.spec.specs import theorem
from verify import Inequality, but
from verify.spec.lint import lint

REAL = st.floats(-8, 8)
SOFT_BUT = (but("less", "nine tenths", high=less_entropy),)
TIGHT = (but("tight", "too tight", high=0.2),)
PROOF = (but("cubic", "another", proof=cubic),)


@pytest.mark.parametrize(
    "claim",
    [
        inequality(),
        inequality(proof=means),
        inequality(value=gap, low=0, high=less_entropy, box=SOFT, controls=(
            but("none", "none of it", high=0.001),)),
        drawn(value=reciprocal, low=2),
        inequality(arithmetic="mpmath", digits=1000),
        inequality(arithmetic="ball"),
        inequality(value=parabola, high=0.25, box={"x": (0, 1)}, margin=0.1, replicates=64,
                   controls=TIGHT),
        Inequality("formula", proof=means, scope="the formula", controls=PROOF),
    ],
)  # fmt: skip
def test_a_sound_inequality_has_no_findings(claim: Inequality) -> None:
    assert lint(theorem(claim)) == []


def _size(x: float, size: int) -> float:
    return x


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"high": None}, "no-bound",
         "found 'one' with neither low nor high; expected at least one of them. low=0, or high="),
        ({"value": None, "high": None, "box": {}}, "no-statement",
         "found 'one' without value and proof; expected one of them, or both"),
        ({"value": None, "high": None, "proof": means}, "idle-field",
         "found box without a value; expected a value that it is about"),
        ({"value": 3}, "wrong-value", "found Inequality(value=3); expected a function of the"),
        ({"high": "2"}, "wrong-value",
         "found Inequality(high='2'); expected a number, a function or None"),
        ({"high": True}, "wrong-value", "found Inequality(high=True); expected a number, a func"),
        ({"value": lambda a, b: a}, "local-value", "expected a function at the top level"),
        ({"high": lambda a: a}, "local-high", "expected a function at the top level"),
        ({"value": gap}, "variable-without-value",
         "found gap needs 'eps'; expected a value in given or box"),
        ({"box": {**PAIR, "aa": (0, 1)}}, "box",
         "found box={'aa': ...}; expected an argument of value, low or high. did you mean 'a'?"),
        ({"given": {"c": REAL}}, "given",
         "found given={'c': ...}; expected an argument of value, low or high. known: a, b"),
        ({"given": {"a": REAL}}, "box", "found 'a' in given and in box; expected one of them"),
        ({"given": {"a": 3}}, "wrong-value", "expected names of arguments with Hypothesis strat"),
        ({"box": {"a": (1, 2, 3, 4), "b": (0, 1)}}, "wrong-value",
         "expected names of arguments with bounds, as {'x': (0, 1)} or, for a list of n, {'z': (0"),
        ({"box": {"a": (2, 1), "b": (0, 1)}}, "box",
         "found box={'a': (2, 1)}; expected two finite numbers, the lower one first"),
        ({"box": {"a": (0, math.inf), "b": (0, 1)}}, "box",
         "found box={'a': (0, inf)}; expected two finite numbers, the lower one first"),
        ({"box": {"a": (0, 1, 0), "b": (0, 1)}}, "box",
         "found box={'a': (0, 1, 0)}; expected (lo, hi, n) with a whole number n from 1"),
        ({"box": {"a": (0, 1, 1.5), "b": (0, 1)}}, "box", "with a whole number n from 1"),
        ({"low": math.nan}, "bound", "found low=nan; expected a finite number, or None where"),
        ({"high": math.inf}, "bound", "found high=inf; expected a finite number, or None where"),
        ({"low": 2, "high": 1}, "bound", "found low=2 and high=1; expected low below high"),
        ({"low": 1, "high": 1}, "bound", "expected low below high. an equality is an Identity"),
        ({"high": noisy_bound, "box": {"x": (0, 1)}, "value": reciprocal}, "high",
         "found noisy_bound with rng or size; expected an exact function of what is drawn"),
        ({"value": parabola, "box": {"x": (0, 1)}, "arithmetic": "ball"}, "noisy",
         "found parabola with rng, and arithmetic='ball'; expected arithmetic='float': a mean"),
        ({"value": _size, "box": {"x": (0, 1)}}, "value",
         "found _size with size and without rng; expected rng and size of a noisy value, or"),
        ({"margin": 0.1}, "idle-field",
         "found margin=0.1 of a value that is exact; expected a value that takes rng"),
        ({"replicates": 64}, "idle-field", "found replicates=64 of a value that is exact"),
        ({"value": both, "box": {"x": (0, 1)}, "margin": -1}, "wrong-value",
         "found Inequality(margin=-1); expected a number from 0"),
        ({"instances": 0}, "wrong-value", "found Inequality(instances=0); expected a whole number"),
        ({"evaluations": 0}, "wrong-value", "found Inequality(evaluations=0); expected a whole"),
        ({"evaluations": 177}, "few-evaluations",
         "found evaluations=177 for a box of 2 coordinates; expected at least 178"),
        ({"box": {}, "given": {"a": REAL, "b": REAL}}, "idle-field",
         "found evaluations=1000 without a box; expected box=, over which the worst case is"),
        ({"arithmetic": "decimal"}, "wrong-value", "expected 'float', 'mpmath' or 'ball'"),
        ({"digits": 16}, "digits",
         "found digits=16 with arithmetic='float'; expected at most 15. arithmetic='mpmath' has"),
        ({"digits": 20, "arithmetic": "ball"}, "idle-field",
         "found digits=20 of balls; expected none: balls have the digits that decide"),
        ({"proof": needing}, "proof",
         "found needing needs 'x'; expected a function without arguments"),
        ({"controls": ()}, "no-control", "found claim 'one' without a control"),
    ],
)  # fmt: skip
def test_a_fault_has_its_words(changes: dict[str, Any], code: str, words: str) -> None:
    found = [str(one) for one in lint(theorem(inequality(**changes))) if one.code == code]
    assert any(words in one for one in found), found


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"digits": 14}, "control 'same', which changes 'digits' alone; expected a changed value"),
        ({"instances": 3}, "control 'same', which changes 'instances' alone"),
        ({"evaluations": 500}, "control 'same', which changes 'evaluations' alone"),
        ({"high": None, "low": 0.1}, "control 'same', which the claim implies; expected a smaller"),
        ({"high": 7.5}, "the claim implies; expected a smaller high, a larger low, or more"),
        ({"low": 0.05}, "what follows from a true claim can never be refuted"),
        ({"box": {"a": (1, 2), "b": (0.5, 4)}}, "control 'same', which the claim implies"),
        ({"box": {"a": (1, 2), "b": (1, 2)}, "low": -1}, "control 'same', which the claim implies"),
    ],
)  # fmt: skip
def test_a_control_that_states_no_more_is_refused(changes: dict[str, Any], words: str) -> None:
    known = {"low": 0.1, "high": 7, "controls": (but("same", "nothing", **changes),)}
    (found,) = lint(theorem(inequality(**known)))
    assert found.code in ("control-changes-nothing", "implied-control")
    assert words in str(found)


@pytest.mark.parametrize(
    "changes",
    [
        {"high": 3.5},
        {"low": 0.6},
        {"high": shrunk_mean},
        {"value": arithmetic_mean},
        {"box": {"a": (1, 5), "b": (1, 2)}},
        {"high": 9, "box": {"a": (1, 5), "b": (1, 2)}},
        {"given": {"a": REAL}, "box": {"b": (1, 2)}},
    ],
)
def test_a_control_that_states_more_is_accepted(changes: dict[str, Any]) -> None:
    known = {"low": 0.1, "high": 7, "controls": (but("more", "something", **changes),)}
    assert lint(theorem(inequality(**known))) == []


def test_a_control_without_the_proof_states_the_same() -> None:
    claim = inequality(proof=means, controls=(but("same", "nothing", proof=None),))
    (found,) = lint(theorem(claim))
    assert "a changed value, bound, given, box or proof that makes the claim false" in str(found)


def test_a_control_has_its_own_faults() -> None:
    claim = inequality(controls=(BUT, but("wrong", "nothing", box={"a": (1, 0), "b": (0, 1)})))
    assert {one.code for one in lint(theorem(claim))} == {"box"}
