"""Outcomes of limits, made by hand: a number, a curve and a law, as a judgement writes them."""

from math import erf, sqrt

from verify.claims.limit.outcome import (
    BareLimit,
    LastRow,
    LimitControl,
    LimitOutcome,
    LimitRow,
)
from verify.claims.points import PointRow
from verify.verdict import Evidence, Reason, Verdict

WHERE = {"variable": "n", "design": "d=1"}


def control(**changes: object) -> LimitControl:
    """A control that is refuted."""
    fields: dict[str, object] = {
        "id": "half",
        "why": "the limit is not a half",
        "violates": None,
        "verdict": Verdict.REFUTED,
        "reason": Reason.EXCLUDED,
        "statement": "mean of level -> 0.5",
        **WHERE,
        "distance": None,
        "target": 0.5,
        "estimate": 0.7963,
        "low": 0.7929,
        "high": 0.7997,
        "margin": 0.03,
        "last": LastRow(8192.0, 0.7942, 0.7866, 0.8018),
    }
    return LimitControl(**(fields | changes))  # type: ignore[arg-type]


def number(**changes: object) -> LimitOutcome:
    """A number that holds."""
    points = [
        PointRow(n, *(end - 1 / n for end in (0.8, 0.79, 0.81, 0.8, 0.795, 0.805)))
        for n in (16.0, 32.0, 64.0, 8192.0)
    ]  # fmt: skip
    row = LimitRow(
        at={}, target=0.7979, estimate=0.7963, low=0.7929, high=0.7997, last=0.7942,
        verdict=Verdict.HOLDS, points=points,
    )  # fmt: skip
    fields: dict[str, object] = {
        "id": "absolute",
        "verdict": Verdict.HOLDS,
        "expected": Verdict.HOLDS,
        "reason": Reason.HOLDS,
        "evidence": Evidence.STATISTICAL,
        "scope": "the moment itself",
        "uses": ["iid"],
        "not_tested": ["d other than 1"],
        "place": "theorems/clt.py:40",
        "controls": [control()],
        "replicates": 128,
        "statement": "mean of level -> 0.7979",
        **WHERE,
        "distance": None,
        "target": 0.7979,
        "estimate": 0.7963,
        "low": 0.7929,
        "high": 0.7997,
        "margin": 0.03,
        "last": LastRow(8192.0, 0.7942, 0.7866, 0.8018),
        "needed": 9123,
        "notes": [],
        "assumes": "corrections that decay with a power from 0.25 to 1.5",
        "rows": [row],
    }
    return LimitOutcome(**(fields | changes))  # type: ignore[arg-type]


def curve(**changes: object) -> LimitOutcome:
    """A curve that is refuted at one of its places."""
    rows = [
        LimitRow(
            at={"t": t}, target=t, estimate=t + off, low=t + off - 0.01, high=t + off + 0.01,
            last=t + off, verdict=Verdict.REFUTED if off else Verdict.HOLDS,
        )
        for t, off in ((0.25, 0.0), (0.5, 0.05), (1.0, 0.0))
    ]  # fmt: skip
    fields: dict[str, object] = {
        "id": "path",
        "verdict": Verdict.REFUTED,
        "reason": Reason.EXCLUDED,
        "statement": "mean of path -> identity at every t",
        "distance": "largest",
        "target": 0.0,
        "estimate": 0.05,
        "low": 0.04,
        "high": 0.06,
        "last": LastRow(8192.0, 0.05, 0.03, 0.07),
        "needed": None,
        "rows": rows,
        "controls": [control(distance="largest", target=0.0, estimate=0.4, low=0.3, high=0.5)],
    }
    return number(**(fields | changes))


def law(**changes: object) -> LimitOutcome:
    """A law that is left open, with what it declares of finite sizes."""
    levels = [(k / 10 - 2.5, 0.5 + erf((k / 10 - 2.5) / sqrt(2)) / 2) for k in range(51)]
    rows = [
        LimitRow(
            at={"x": x}, target=level, estimate=level + 0.01, low=level - 0.03, high=level + 0.05,
            last=level, verdict=Verdict.INCONCLUSIVE,
        )
        for x, level in levels
    ]  # fmt: skip
    fields: dict[str, object] = {
        "id": "law",
        "verdict": Verdict.INCONCLUSIVE,
        "reason": Reason.WIDTH,
        "statement": "law of summed -> normal, kolmogorov distance",
        "distance": "kolmogorov",
        "target": 0.0,
        "estimate": 0.01,
        "low": 0.0,
        "high": 0.06,
        "last": LastRow(8192.0, 0.02, 0.0, 0.08),
        "detail": "about 9,000 replicates would decide whether it is within half of the margin",
        "bare": BareLimit(Verdict.INCONCLUSIVE, Reason.WIDTH, 0.01, 0.0, 0.09),
        "notes": ["slowest_correction declared: known; without, INCONCLUSIVE [+0.0000, +0.0900]"],
        "rows": rows,
        "controls": [control(distance="kolmogorov", target=0.0, estimate=0.4, low=0.3, high=0.5)],
    }
    return number(**(fields | changes))


def unmeasured() -> LimitOutcome:
    """A limit of which a cell is missing."""
    return number(
        id="missing",
        verdict=Verdict.INCONCLUSIVE,
        reason=Reason.MEASUREMENT,
        detail="no data for level(n=64)",
        estimate=None,
        low=None,
        high=None,
        last=None,
        needed=None,
        assumes="",
        rows=[],
        controls=[],
    )
