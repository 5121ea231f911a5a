"""Outcomes of inequalities of every sort."""

from verify.claims import InequalityOutcome
from verify.claims.inequality import (
    EnclosureRow,
    ExtremeRow,
    InequalityControl,
    InequalityCounterexample,
)
from verify.verdict import Evidence, Reason, Verdict

FOUND = InequalityCounterexample(
    instance={"z": [0.0, 1.0], "eps": 1.0},
    confirmed=True,
    check="in 50 digits value - high = 0.069",
    code="from mpmath import mpf, workdps\nfrom mine import gap, less\n\nwith workdps(50):\n    "
    "print(gap(z=[mpf(0.0), mpf(1.0)], eps=mpf(1.0)), less())",
    side="high",
    value="0.6931",
    bound="0.6238",
    excess=1 / 9,
)
LOW = ExtremeRow(
    side="low",
    ratio=1.0,
    excess=0.0,
    value="0.0",
    bound="0.0",
    at={"z": [0.0, 9.0], "eps": 0.01},
    found="search",
    attained=True,
)
HIGH = ExtremeRow(
    side="high",
    ratio=0.93,
    excess=-0.07,
    value="0.93",
    bound="1.0",
    at={"z": [0.0, 1.0], "eps": 1.0},
    found="instances",
    attained=False,
)


def control(**changes: object) -> InequalityControl:
    """One that is refuted."""
    fields: dict[str, object] = {
        "id": "less",
        "why": "false at equality",
        "violates": "equal",
        "verdict": Verdict.REFUTED,
        "reason": Reason.COUNTEREXAMPLE,
        "statement": "gap(z, eps) <= less(z, eps)",
        "instances": 64,
        "evaluations": 0,
        "worst_ratio": 10 / 9,
        "counterexample": FOUND,
        "proof": "",
    }
    return InequalityControl(**(fields | changes))


def held(**changes: object) -> InequalityOutcome:
    """One that holds as far as was searched."""
    fields: dict[str, object] = {
        "id": "gap",
        "verdict": Verdict.HOLDS,
        "expected": Verdict.HOLDS,
        "reason": Reason.INSTANCES,
        "evidence": Evidence.SEARCHED,
        "scope": "two values",
        "uses": ["positive"],
        "not_tested": [],
        "place": "theorems/softmax.py:7",
        "corrected": "",
        "controls": [control()],
        "statement": "0 <= gap(z, eps) <= 1",
        "arithmetic": "float",
        "digits": 12,
        "instances": 64,
        "evaluations": 18000,
        "worst_ratio": 1.0,
        "extremes": [LOW, HIGH],
    }
    return InequalityOutcome(**(fields | changes))


def proved() -> InequalityOutcome:
    """One that is proved by algebra."""
    return held(
        id="proved",
        reason=Reason.SIMPLIFIED,
        evidence=Evidence.PROVED,
        proof="proved: is >= 0 factored; by numbers: >= 0 to 50 digits at 25 points",
    )


def enclosed() -> InequalityOutcome:
    """One that balls prove."""
    return held(
        id="enclosed",
        reason=Reason.ENCLOSED,
        evidence=Evidence.PROVED,
        arithmetic="ball",
        digits=None,
        evaluations=0,
        worst_ratio=0.93,
        extremes=[HIGH],
        enclosure=EnclosureRow(evaluations=1234, undecided=0, share=0.0, hull={}),
    )


def open_box() -> InequalityOutcome:
    """One that balls leave open."""
    hull = {"z": [[0.0, 0.5], [0.0, 0.5]], "eps": [0.01, 0.25]}
    row = EnclosureRow(evaluations=20000, undecided=12, share=0.0123, hull=hull)
    return held(id="open", arithmetic="ball", digits=None, enclosure=row)


def refuted(**changes: object) -> InequalityOutcome:
    """One with a counterexample."""
    fields: dict[str, object] = {
        "id": "wrong",
        "verdict": Verdict.REFUTED,
        "reason": Reason.COUNTEREXAMPLE,
        "worst_ratio": 10 / 9,
        "counterexample": FOUND,
        "controls": [],
    }
    return held(**(fields | changes))


def noisy() -> InequalityOutcome:
    """One on a mean."""
    row = ExtremeRow(
        side="high",
        ratio=1.02,
        excess=0.02,
        value="1.02",
        bound="1.0",
        at={"x": 0.5},
        found="search",
        attained=False,
        low=-0.01,
        high=0.05,
    )
    return held(
        id="noisy",
        verdict=Verdict.INCONCLUSIVE,
        reason=Reason.WIDTH,
        evidence=Evidence.STATISTICAL,
        digits=None,
        margin=0.0,
        worst_ratio=1.02,
        extremes=[row],
    )
