"""Proofs that expressions are never negative: their form and numbers must agree."""

from typing import Any

import pytest
import sympy

from tests.claims.inequalities import (
    any_cubic,
    cubic,
    exponential,
    inequality,
    judged,
    means,
    shrunk_mean,
)
from tests.claims.test_inequality import reproduced
from verify import Inequality, but
from verify.claims.inequality.proof import attempt, manifest
from verify.verdict import Evidence, Reason, Verdict

POSITIVE = sympy.Symbol("p", positive=True)
NONNEGATIVE = sympy.Symbol("n", nonnegative=True)
NEGATIVE = sympy.Symbol("m", negative=True)
REAL, OTHER = sympy.symbols("x y", real=True)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proofs in this process, which is quicker than one of their own."""
    name = "verify.claims.inequality.judgement.apart"
    monkeypatch.setattr(name, lambda attempt, proof: attempt(proof))


def _alone(**changes: Any) -> Inequality:
    return Inequality("formula", **{"proof": means, "scope": "the formula", **changes})


def test_a_proof_is_found_beside_the_instances() -> None:
    found = judged(inequality(proof=means))
    assert (found.verdict, found.reason) == (Verdict.HOLDS, Reason.SIMPLIFIED)
    assert found.evidence is Evidence.PROVED
    assert found.instances == 64
    assert found.evaluations > 0
    assert found.proof == (
        "proved: equal to a form by expand, and that is >= 0 as it stands; "
        "by numbers: >= 0 to 50 digits at 25 points; "
        "is >= 0 factored; by numbers: >= 0 to 50 digits at 25 points; "
        "is >= 0 as it stands; by numbers: >= 0 to 50 digits at 25 points"
    )


def test_a_proof_alone_needs_no_value(here: None) -> None:
    control = but("real", "false for x < -2", proof=any_cubic)
    claim = _alone(proof=cubic, controls=(control,))
    found = judged(claim)
    assert (found.verdict, found.instances, found.worst_ratio) == (Verdict.HOLDS, 0, None)
    assert found.statement == "cubic >= 0"
    assert claim.judge_control(control, {}).verdict is Verdict.REFUTED


def test_an_expression_that_is_negative_is_refuted_at_a_point_that_reproduces(here: None) -> None:
    found = judged(_alone(proof=any_cubic))
    assert (found.verdict, found.reason) == (Verdict.REFUTED, Reason.COUNTEREXAMPLE)
    x = sympy.Rational(found.counterexample.instance["x"])
    assert x < -2
    assert reproduced(found) == [pytest.approx(float(x**3 - 3 * x + 2))]


def test_a_counterexample_stands_against_a_proof_of_something_else(here: None) -> None:
    found = judged(inequality(high=shrunk_mean, proof=means))
    assert found.verdict is Verdict.REFUTED
    assert found.proof.startswith("proved: ")


def test_a_negative_expression_beside_a_search_is_a_contradiction(here: None) -> None:
    found = judged(inequality(proof=any_cubic))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.CONTRADICTION)


def test_what_no_form_shows_is_left_to_the_search(here: None) -> None:
    found = judged(inequality(proof=exponential))
    assert (found.verdict, found.evidence) == (Verdict.HOLDS, Evidence.SEARCHED)
    assert found.proof.startswith("not proved: no form shows that it is >= 0; by numbers: >= 0 to")
    alone = judged(_alone(proof=exponential))
    assert (alone.verdict, alone.reason) == (Verdict.INCONCLUSIVE, Reason.UNPROVED)


def test_a_control_that_changes_what_is_stated_has_no_proof() -> None:
    wrong = but("shrunk", "nine tenths", high=shrunk_mean)
    wide = but("wide", "a larger box", box={"a": (0.5, 5), "b": (0.5, 5)})
    claim = inequality(proof=means, controls=(wrong, wide))
    assert [claim.variant(one).proof for one in claim.controls] == [None, None]
    own = claim.variant(but("own", "another proof", high=shrunk_mean, proof=any_cubic))
    assert (own.proof, own.high) == (any_cubic, shrunk_mean)
    alone = claim.variant(but("alone", "another expression", proof=any_cubic))
    assert (alone.proof, alone.value, alone.box) == (any_cubic, None, {})


@pytest.mark.parametrize(
    "right",
    [
        sympy.Integer(0),
        sympy.sqrt(2) - 1,
        REAL**2 + OTHER**4,
        POSITIVE + 1 / POSITIVE,
        REAL**2 - 2 * REAL * OTHER + OTHER**2,
        REAL**4 - REAL + 1,
        POSITIVE**3 - 3 * POSITIVE + 2,
        POSITIVE + 1 / POSITIVE - 2,
        -(NEGATIVE**3) - 3 * NEGATIVE**2 - 3 * NEGATIVE,
        NONNEGATIVE**3 + NONNEGATIVE - NONNEGATIVE**2,
        (REAL**2 - 2) ** 2 * (REAL**2 + REAL + 1),
        sympy.exp(REAL) * POSITIVE,
    ],
)
def test_a_form_that_shows_it_is_found(right: Any) -> None:
    assert manifest(right) is not None
    assert attempt(lambda: right).outcome == "proved"


@pytest.mark.parametrize(
    "wrong",
    [
        REAL,
        REAL**3,
        REAL**2 - 2,
        -(REAL**2) - 1,
        POSITIVE**3 - 3 * POSITIVE + 1,
        1 - POSITIVE,
        1 / REAL,
        -(REAL**4) + 3,
        sympy.Symbol("z") ** 2,
        REAL**2 - OTHER**2,
        sympy.exp(REAL) - 1,
        sympy.Integer(-1),
    ],
)
def test_what_is_negative_somewhere_has_no_such_form(wrong: Any) -> None:
    assert manifest(wrong) is None
    assert attempt(lambda: wrong).outcome == "disproved"


def test_a_certificate_must_be_equal_and_show_it() -> None:
    expression = (REAL - OTHER) ** 2 + REAL**2
    right = attempt(lambda: (expression.expand(), expression))
    assert right.outcome == "proved"
    unequal = attempt(lambda: (expression.expand(), expression + 1))
    assert unequal.outcome == "open"
    assert unequal.told.startswith("not proved: no form shows that it is >= 0; by numbers: >= 0")
    shows_nothing = attempt(lambda: (REAL**2 + 1, REAL**2 + sympy.exp(REAL) - sympy.exp(REAL) + 1))
    assert shows_nothing.outcome == "proved"
    assert attempt(lambda: (sympy.exp(REAL) - REAL, sympy.exp(REAL) - REAL)).outcome == "open"


def test_a_slip_of_the_assumption_engine_cannot_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.claims.inequality.proof.manifest", lambda one: "is >= 0 somehow")
    found = attempt(lambda: REAL**2 - 1)
    assert (found.outcome, found.told) == ("disproved", "the expression of the proof is negative")


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        (REAL**2 + sympy.Float(0.5), "doubles in an expression; write Rational(1, 2) for 0.5"),
        ((REAL**2, REAL ** sympy.Float(2)), "doubles in an expression"),
        ([], "the proof returned nothing; expected sympy expressions, Ge or Le of them, or pairs"),
        ("0", "the proof returned str; expected sympy expressions"),
        (REAL**2 >= 0, "a relation that sympy has turned into True, which nothing can check"),
        ((REAL**2, "x"), "a pair of other things than expressions, (x**2, 'x')"),
    ],
)
def test_what_is_no_proof_is_told(returned: Any, words: str) -> None:
    found = attempt(lambda: returned)
    assert found.outcome == "open"
    assert words in found.told


def test_relations_and_matrices_are_taken_apart() -> None:
    first = sympy.Ge(POSITIVE, -1, evaluate=False)
    second = sympy.Le(-POSITIVE, POSITIVE**2, evaluate=False)
    matrix = sympy.Matrix([[POSITIVE, POSITIVE**2]])
    assert attempt(lambda: [first, second, matrix]).outcome == "proved"
    found = attempt(lambda: [(POSITIVE, POSITIVE), matrix, 1 - POSITIVE])
    assert (found.outcome, found.index) == ("disproved", 4)


def test_a_proof_that_raises_is_told() -> None:
    def broken() -> Any:
        raise ZeroDivisionError("by nothing")

    assert attempt(broken).told == "the proof raised ZeroDivisionError: by nothing"
