"""From the samples of a rate to its outcome: its exponents together, and its controls."""

from typing import TypeVar

from msgspec.structs import replace
from threadpoolctl import threadpool_limits

from verify import algebra
from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.instances import instances_of
from verify.claims.rate.outcome import BareRow, ExponentRow, RateControl, RateOutcome
from verify.claims.rate.rows import exponent_row
from verify.inference.range_slope import LEVEL
from verify.spec.claim import Samples
from verify.spec.control import Control
from verify.spec.measure import convention
from verify.verdict import (
    Evidence,
    Judgement,
    Reason,
    Relation,
    Verdict,
    conjunction,
    conviction,
    holm,
)


def judge_rate(claim: RateDeclaration, samples: Samples, level: float = LEVEL) -> RateOutcome:
    """Each exponent judged by its own interval; the claim is their conjunction.

    On one thread of linear algebra, so that the last bits do not depend on their number.
    """
    with threadpool_limits(limits=1):
        rows = [exponent_row(claim, design, samples, level) for design in claim.designs]
    rows = _told(claim, rows, level)
    overall = conjunction(Judgement(row.verdict, row.reason) for row in rows)
    sampled = convention(claim.measure).random
    return RateOutcome(
        id=claim.id,
        verdict=overall.verdict,
        expected=Verdict(claim.expect),
        reason=overall.reason,
        evidence=Evidence.STATISTICAL if sampled else Evidence.EXACT,
        scope=claim.scope,
        uses=list(claim.uses),
        place=claim.place,
        corrected=claim.corrected,
        open=claim.open,
        not_tested=_not_tested(claim),
        controls=[],
        bound=str(algebra.bound(claim.bound)),
        relation=Relation(claim.relation),
        statistic=claim.functional.label if sampled else "value",
        margin=claim.margin,
        exponents=rows,
    )


def judge_control(
    claim: RateDeclaration, control: Control, samples: Samples, level: float
) -> RateControl:
    """The changed claim judged by the same machinery; it must be refuted on every design."""
    found = judge_rate(claim.variant(control), samples, level)
    verdict = conviction(Judgement(row.verdict, row.reason) for row in found.exponents)
    return RateControl(
        id=control.id,
        why=control.why,
        violates=control.violates,
        verdict=verdict.verdict,
        reason=verdict.reason,
        bound=found.bound,
        exponents=found.exponents,
    )


def _told(claim: RateDeclaration, rows: list[ExponentRow], level: float) -> list[ExponentRow]:
    """The rows as those of one claim, with what a reader of their numbers should know."""
    bare = iter(_after_holm([row.bare for row in rows if row.bare is not None], level))
    joined = [replace(row, bare=row.bare and next(bare)) for row in rows]
    return [_noted(claim, row) for row in _after_holm(joined, level)]


Row = TypeVar("Row", ExponentRow, BareRow)


def _after_holm(rows: list[Row], level: float) -> list[Row]:
    """The rows with the refutations that the number of a claim's exponents allows."""
    parts = [Judgement(row.verdict, row.reason) for row in rows]
    judged = holm(parts, [1.0 if row.p_value is None else row.p_value for row in rows], level)
    return [
        replace(row, verdict=one.verdict, reason=one.reason)
        for row, one in zip(rows, judged, strict=True)
    ]


def _noted(claim: RateDeclaration, row: ExponentRow) -> ExponentRow:
    """The row with what a reader of its numbers should know, in sentences."""
    if row.reason is Reason.WITHIN_MARGIN and row.low is not None and row.high is not None:
        off = (row.low if row.low > row.predicted else row.high) - row.predicted
        row = replace(row, detail=f"the interval is off the prediction by {off:+.4f}")
    if row.bare is None:
        return row
    bare = f"{row.bare.verdict} [{row.bare.low:+.4f}, {row.bare.high:+.4f}]"
    note = claim.comparison(bare, rests=row.bare.verdict is not row.verdict)
    return replace(row, notes=[note, *row.notes])


def _not_tested(claim: RateDeclaration) -> list[str]:
    """What the verdict does not reach: settings at which a variable stood, values not tried."""
    bound = algebra.bound(claim.bound)
    moved = {name for design in claim.designs for name in design.sweep}
    stood = [
        f"{name} other than {', '.join(str(v) for v in values)}"
        for name in sorted(bound.symbols - moved)
        if (values := sorted({design.at[name] for design in claim.designs}))
    ]
    searched = [
        f"{name} other than the values searched, {', '.join(map(str, grid))}"
        for name, grid in claim.worst_over.items()
    ]
    return [*stood, *searched, *_not_drawn(claim)]


def _not_drawn(claim: RateDeclaration) -> list[str]:
    """The instances that were not drawn, and how many were."""
    found = instances_of(claim)
    if not found:
        return []
    count = len(found)
    asked = f" ({claim.instances} were asked for)" if count < claim.instances else ""
    drawn = f"the {count} instances" if count > 1 else "the one instance"
    return [f"{' and '.join(found[0])} other than in {drawn} drawn{asked}"]
