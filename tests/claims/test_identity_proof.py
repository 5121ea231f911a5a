"""Proofs: a simplifier and numbers must agree, time is limited, and instances stand beside them."""

from time import monotonic
from typing import Any

import pytest
import sympy

from tests.claims.identities import (
    POSITIVE,
    REAL,
    any_root,
    broken,
    cancelled,
    ended,
    hanging,
    identity,
    judged,
    minus,
    positive_root,
    proof,
    root,
    slipping,
    text,
)
from tests.claims.test_identity import _reproduced
from verify import Identity, but
from verify.claims.exact.apart import apart
from verify.claims.exact.spot_check import spot_check
from verify.claims.identity.proof import attempt
from verify.verdict import Evidence, Reason, Verdict

X = sympy.Symbol("x")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proofs in this process, which is quicker than one of their own."""
    monkeypatch.setattr(
        "verify.claims.identity.declaration.apart", lambda attempt, proof: attempt(proof)
    )


def _alone(**changes: Any) -> Identity:
    """A claim that rests on a proof alone."""
    known = {"proof": positive_root, "scope": "the formula", **changes}
    return Identity("formula", **known)


def test_a_proof_is_found_beside_the_instances() -> None:
    found = judged(identity(proof=proof))
    assert (found.verdict, found.reason) == (Verdict.HOLDS, Reason.SIMPLIFIED)
    assert found.evidence is Evidence.PROVED
    assert found.instances == 64
    assert found.proof.startswith("proved: ")
    assert "by numbers: 0 to 50 digits at 5 points" in found.proof


def test_a_proof_alone_needs_no_residual(here: None) -> None:
    claim = _alone(controls=(but("real", "false for x < 0", proof=any_root),))
    found = judged(claim)
    assert (found.verdict, found.instances, found.worst) == (Verdict.HOLDS, 0, None)
    assert found.digits is None
    control = claim.judge_control(claim.controls[0], {})
    assert control.verdict is Verdict.REFUTED


def test_an_expression_that_is_not_zero_is_refuted_at_a_point_that_reproduces(here: None) -> None:
    found = judged(_alone(proof=any_root))
    assert (found.verdict, found.reason) == (Verdict.REFUTED, Reason.COUNTEREXAMPLE)
    assert found.evidence is Evidence.EXACT
    one = found.counterexample
    value = sympy.Rational(one.instance["x"])
    assert value < 0
    assert one.relative == pytest.approx(float(-2 * value))
    assert float(_reproduced(found)) == pytest.approx(float(-2 * value))


def test_an_expression_that_is_not_zero_beside_instances_is_a_contradiction(here: None) -> None:
    found = judged(identity(proof=any_root))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.CONTRADICTION)
    assert found.proof.startswith("the expression of the proof is not zero at x = ")


def test_a_counterexample_stands_against_a_proof_of_something_else(here: None) -> None:
    found = judged(identity(residual=root, given={"x": REAL}, proof=positive_root))
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample.instance == {"x": -1.0}
    assert found.proof.startswith("proved: ")


def test_a_proof_decides_where_doubles_cannot(here: None) -> None:
    assert judged(identity(residual=cancelled)).verdict is Verdict.INCONCLUSIVE
    assert judged(identity(residual=cancelled, proof=positive_root)).verdict is Verdict.HOLDS


def test_a_control_that_changes_the_residual_or_the_instances_has_no_proof() -> None:
    wrong = but("minus", "a wrong sign", residual=minus)
    wide = but("any", "any x", given={"x": REAL})
    claim = identity(proof=proof, given={"x": POSITIVE}, controls=(wrong, wide))
    assert [claim.variant(one).proof for one in claim.controls] == [None, None]
    assert claim.judge_control(wrong, {}).verdict is Verdict.REFUTED
    own = but("own", "another proof", residual=minus, proof=any_root)
    assert claim.variant(own).proof is any_root


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (broken, "the proof raised ZeroDivisionError: by nothing"),
        (ended, "not proved: its process ended before it had an answer"),
        (text, "the proof returned something else than sympy expressions"),
    ],
)
def test_a_proof_that_fails_leaves_it_to_the_instances(other: Any, words: str) -> None:
    found = judged(identity(proof=other))
    assert (found.verdict, found.reason) == (Verdict.HOLDS, Reason.INSTANCES)
    assert found.evidence is Evidence.SEARCHED
    assert words in found.proof


def test_a_proof_alone_that_fails_leaves_the_claim_open(here: None) -> None:
    alone = judged(_alone(proof=broken))
    assert (alone.verdict, alone.reason) == (Verdict.INCONCLUSIVE, Reason.UNPROVED)


def test_a_proof_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    began = monotonic()
    found = apart(attempt, hanging, seconds=0.5)
    assert (found.outcome, found.told) == ("open", "not proved: stopped after 0.5 s")
    assert monotonic() - began < 30
    monkeypatch.setattr("verify.claims.identity.declaration.apart", lambda *_: found)
    outcome = judged(identity(proof=hanging))
    assert (outcome.verdict, outcome.reason) == (Verdict.HOLDS, Reason.INSTANCES)
    assert outcome.proof == found.told


def test_a_slip_of_the_simplifiers_cannot_pass() -> None:
    found = judged(_alone(proof=slipping))
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample.confirmed is True


@pytest.mark.parametrize(
    "wrong", [sympy.sin(X) - X, X, sympy.Integer(1), sympy.sqrt(X**2) - X, sympy.pi - 3]
)
def test_a_wrong_simplifier_is_overruled_by_numbers(
    wrong: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("expand", "factor", "simplify"):
        monkeypatch.setattr(sympy, name, lambda one: sympy.S.Zero)
    assert attempt(lambda: wrong).outcome == "disproved"


def test_a_simplifier_alone_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = sympy.Function("f")(X)
    monkeypatch.setattr(sympy, "expand", lambda one: sympy.S.Zero)
    found = attempt(lambda: unknown)
    assert found.outcome == "open"
    assert found.told.startswith("not proved: expand gives 0; by numbers: not computed at 5 points")


@pytest.mark.parametrize("inexact", [sympy.Float(0), sympy.sin(X) ** 2.0 - sympy.sin(X) ** 2])
def test_doubles_are_no_proof(inexact: Any) -> None:
    found = attempt(lambda: [X - X, inexact])
    assert found.outcome == "open"
    assert found.told == "not proved: doubles in an expression; write Rational(1, 2) for 0.5"


def test_numbers_alone_are_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("expand", "factor", "simplify"):
        monkeypatch.setattr(sympy, name, lambda one: one)
    found = attempt(lambda: X - X * sympy.cos(0) + sympy.sin(X) ** 2 + sympy.cos(X) ** 2 - 1)
    assert found.outcome == "open"
    assert found.told.startswith("not proved: no simplifier gives 0; by numbers: 0 to 50 digits at")


def test_the_first_wrong_one_of_several_expressions_is_named() -> None:
    x = sympy.Symbol("x", positive=True)
    found = attempt(lambda: [x - x, sympy.Matrix([[x - x, sympy.log(x)]])])
    assert (found.outcome, found.index) == ("disproved", 2)


@pytest.mark.parametrize(
    "assumed",
    [
        {"positive": True},
        {"negative": True},
        {"integer": True, "positive": True, "odd": True},
        {"imaginary": True},
        {"real": True, "nonzero": True},
        {"complex": True, "real": False},
        {"prime": True},
        {},
    ],
)
def test_the_points_are_admissible(assumed: dict[str, bool]) -> None:
    symbol = sympy.Symbol("x", **assumed)
    spot = spot_check(symbol + 100)
    assert spot.holds is False
    value = sympy.S(spot.point["x"])
    for name, holds in assumed.items():
        assert getattr(value, f"is_{name}") is holds


def test_whole_numbers_are_not_divided_in_doubles() -> None:
    """At whole places a quotient of two symbols is one of mpmath's numbers, not of Python's."""
    a, b, h = sympy.symbols("a b h", integer=True, positive=True)
    assert spot_check((a / h + b / h) ** 3 - (a + b) ** 3 / h**3).holds is True
    assert spot_check(sympy.log(1 + a / h) - sympy.log(a + h) + sympy.log(h)).holds is True
    assert spot_check((a / h + b / h) ** 3 - (a + b) ** 3 / h**2).holds is False


def test_what_no_point_satisfies_is_not_computed() -> None:
    huge = sympy.Symbol("x", infinite=True)
    spot = spot_check(huge - huge * 2)
    assert (spot.holds, spot.told) == (
        None,
        "not computed at 5 points: no admissible point was found",
    )


@pytest.mark.parametrize("power", [1, 40, 400])
def test_a_tiny_value_is_not_taken_for_zero(power: int) -> None:
    """exp(-power) is far below 1e-50 at the last power, and is not zero."""
    x = sympy.Symbol("x", positive=True)
    assert spot_check(sympy.exp(-power * (1 + x))).holds is False
    assert spot_check(sympy.exp(x) ** power * (sympy.sin(x) ** 2 + sympy.cos(x) ** 2 - 1)).holds


@pytest.mark.parametrize("power", [60, 100])
def test_a_difference_beyond_the_digits_is_never_zero(power: int) -> None:
    spot = spot_check(1 + sympy.Rational(1, 10**power) - sympy.cos(X) ** 2 - sympy.sin(X) ** 2)
    assert spot.holds is not True
