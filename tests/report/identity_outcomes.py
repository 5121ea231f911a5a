"""Outcomes of identities of every sort."""

from verify.claims import IdentityOutcome
from verify.claims.identity import IdentityControl, IdentityCounterexample
from verify.verdict import Evidence, Reason, Verdict

FOUND = IdentityCounterexample(
    instance={"x": -1.0, "slopes": [1, 2]},
    residual="2",
    relative=2.0,
    confirmed=True,
    check="in 50 digits it is 2.0",
    code="from mpmath import mpf, workdps\nfrom mine import root\n\nwith workdps(50):\n    "
    "print(root(x=mpf(-1.0)))",
)


def control(**changes: object) -> IdentityControl:
    """One that is refuted."""
    fields: dict[str, object] = {
        "id": "any",
        "why": "false for x < 0",
        "violates": "positive",
        "verdict": Verdict.REFUTED,
        "reason": Reason.COUNTEREXAMPLE,
        "statement": "root(x) = 0",
        "instances": 64,
        "worst": 2.0,
        "counterexample": FOUND,
        "proof": "",
    }
    return IdentityControl(**(fields | changes))


def held(**changes: object) -> IdentityOutcome:
    """One that holds on all instances."""
    fields: dict[str, object] = {
        "id": "root",
        "verdict": Verdict.HOLDS,
        "expected": Verdict.HOLDS,
        "reason": Reason.INSTANCES,
        "evidence": Evidence.SEARCHED,
        "scope": "the root itself",
        "uses": ["positive"],
        "not_tested": [],
        "place": "theorems/roots.py:7",
        "corrected": "",
        "controls": [control()],
        "statement": "root(x) = 0",
        "arithmetic": "float",
        "digits": 12,
        "width": None,
        "instances": 64,
        "worst": 3.3e-16,
    }
    return IdentityOutcome(**(fields | changes))


def proved() -> IdentityOutcome:
    """One that is proved."""
    return held(
        id="proved",
        reason=Reason.SIMPLIFIED,
        evidence=Evidence.PROVED,
        proof="proved: expand gives 0; by numbers: 0 to 50 digits at 5 points",
    )


def refuted(**changes: object) -> IdentityOutcome:
    """One with a counterexample."""
    fields: dict[str, object] = {
        "id": "wrong",
        "verdict": Verdict.REFUTED,
        "reason": Reason.COUNTEREXAMPLE,
        "worst": 2.0,
        "counterexample": FOUND,
        "controls": [],
    }
    return held(**(fields | changes))


def open_ball() -> IdentityOutcome:
    """One that balls cannot decide."""
    return held(
        id="wide",
        verdict=Verdict.INCONCLUSIVE,
        reason=Reason.PRECISION,
        arithmetic="ball",
        digits=None,
        width=1e-30,
        worst=2e-6,
        detail="undecided on 2 instances, first at x = 0.0: at the largest precision it is wide",
    )
