"""Every static fault of an identity has a finding, with its words."""

from typing import Any

import pytest

from tests.claims.identities import (
    POSITIVE,
    REAL,
    cut,
    euler,
    identity,
    machin,
    needing,
    positive_root,
    proof,
    random,
    square,
)
from tests.spec.specs import theorem
from verify import Identity, but
from verify.spec.lint import lint

PAIR = {"x": REAL, "y": REAL}
WRONG = (but("cut", "without the mixed term", residual=cut),)
ALONE = {"residual": None, "given": {}, "controls": (but("own", "false", proof=proof),)}


@pytest.mark.parametrize(
    "claim",
    [
        identity(),
        identity(proof=proof),
        identity(residual=square, given=PAIR, controls=WRONG),
        identity(arithmetic="mpmath", digits=1000),
        identity(residual=euler, arithmetic="ball", width=1e-200),
        identity(
            residual=machin, given={}, arithmetic="ball", controls=(but("e", "e", proof=proof),)
        ),
        identity(**ALONE, proof=positive_root),
    ],
)
def test_a_sound_identity_has_no_findings(claim: Identity) -> None:
    assert lint(theorem(claim)) == []


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"residual": None, "given": {}, "controls": ()}, "no-statement",
         "found 'one' without residual and proof; expected one of them, or both"),
        ({"residual": None, "proof": proof}, "given",
         "found given of 'x' without a residual; expected a residual that takes what is drawn"),
        ({"residual": 3}, "wrong-value",
         "found Identity(residual=3); expected a function of the drawn variables"),
        ({"residual": lambda x: x}, "local-residual", "expected a function at the top level"),
        ({"residual": random}, "residual",
         "found random with rng or size; expected an exact function of what is drawn"),
        ({"residual": square}, "variable-without-value",
         "found square needs 'y'; expected a value in given"),
        ({"given": {"x": REAL, "xx": REAL}}, "given",
         "found given={'xx': ...}; expected an argument of pythagoras. did you mean 'x'?"),
        ({"given": {"x": 3}}, "wrong-value",
         "expected names of arguments with Hypothesis strategies"),
        ({"instances": 0}, "wrong-value", "found Identity(instances=0); expected a whole number"),
        ({"arithmetic": "decimal"}, "wrong-value",
         "found Identity(arithmetic='decimal'); expected 'float', 'mpmath' or 'ball'"),
        ({"digits": 0}, "wrong-value", "found Identity(digits=0); expected a whole number from 1"),
        ({"digits": 16}, "digits",
         "found digits=16 with arithmetic='float'; expected at most 15. arithmetic='mpmath' has"),
        ({"digits": 1001, "arithmetic": "mpmath"}, "digits",
         "found digits=1001 with arithmetic='mpmath'; expected at most 1000"),
        ({"digits": 20, "arithmetic": "ball"}, "idle-field",
         "found digits=20 of a residual in balls; expected width=, the largest radius"),
        ({"width": 1e-9}, "idle-field",
         "found width=1e-09 of a residual that is no ball; expected digits=, or arithmetic='ball'"),
        ({"width": 0}, "wrong-value", "found Identity(width=0); expected a positive number"),
        ({"width": 1e-310, "arithmetic": "ball"}, "width", "expected 1e-300 or more"),
        ({"proof": "simplify"}, "wrong-value",
         "found Identity(proof='simplify'); expected a function that returns sympy expressions"),
        ({"proof": needing}, "proof",
         "found needing needs 'x'; expected a function without arguments"),
        ({"proof": lambda: 0}, "local-proof", "expected a function at the top level of a module"),
        ({"controls": ()}, "no-control", "found claim 'one' without a control"),
        ({"uses": ("none",)}, "unknown-assumption", "found 'none'"),
    ],
)  # fmt: skip
def test_a_fault_has_its_words(changes: dict[str, Any], code: str, words: str) -> None:
    found = {one.code: str(one) for one in lint(theorem(identity(**changes)))}
    assert code in found
    assert words in found[code]


@pytest.mark.parametrize("changes", [{"digits": 14}, {"instances": 3}, {"scope": "all"}])
def test_a_control_that_states_the_same_is_refused(changes: dict[str, Any]) -> None:
    claim = identity(controls=(but("same", "nothing", **changes),))
    (found,) = lint(theorem(claim))
    assert found.code == "control-changes-nothing"
    assert f"control 'same', which changes {''.join(changes)!r} alone" in str(found)


def test_a_control_without_the_proof_states_the_same() -> None:
    claim = identity(proof=proof, controls=(but("same", "nothing", proof=None),))
    (found,) = lint(theorem(claim))
    assert "a changed residual, given or proof that makes the claim false" in str(found)


def test_a_control_has_its_own_faults() -> None:
    claim = identity(controls=(but("wrong", "nothing", given={"y": POSITIVE}),))
    codes = {one.code for one in lint(theorem(claim))}
    assert codes == {"given", "variable-without-value"}
