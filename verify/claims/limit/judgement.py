"""From the samples of a limit to its outcome, and to those of its controls."""

from msgspec.structs import replace
from threadpoolctl import threadpool_limits

from verify.claims.limit.declaration import LimitDeclaration
from verify.claims.limit.difference import Found, family_of, found_in, needed
from verify.claims.limit.outcome import BareLimit, LimitControl, LimitOutcome
from verify.claims.limit.reading import Reading, read
from verify.claims.limit.rows import last_row, limit_rows, shown, warnings
from verify.claims.limit.target import values_at
from verify.errors import InputError
from verify.spec.claim import Samples
from verify.spec.control import Control
from verify.spec.measure import convention
from verify.verdict import Evidence, Judgement, Reason, Verdict, inconclusive


def judge_limit(claim: LimitDeclaration, samples: Samples, level: float) -> LimitOutcome:
    """The limit judged by the interval of its difference from the target.

    On one thread of linear algebra, so that the last bits do not depend on their number.
    """
    try:
        reading = read(claim, samples)
    except InputError as error:
        head = _head(claim, inconclusive(Reason.MEASUREMENT))
        return replace(head, detail=str(error), target=_stated(claim, None))
    with threadpool_limits(limits=1):
        return _judged(claim, reading, samples, level)


def judge_control(
    claim: LimitDeclaration, control: Control, samples: Samples, level: float
) -> LimitControl:
    """The changed claim judged by the same machinery."""
    found = judge_limit(claim.variant(control), samples, level)
    names = "verdict", "reason", *_NUMBERS
    return LimitControl(
        id=control.id,
        why=control.why,
        violates=control.violates,
        **{name: getattr(found, name) for name in names},
    )


_NUMBERS = (
    *("statement", "variable", "design", "distance"),
    *("target", "estimate", "low", "high", "margin", "last"),
)


def _judged(
    claim: LimitDeclaration, reading: Reading, samples: Samples, level: float
) -> LimitOutcome:
    found = found_in(claim, reading, level)
    estimate, low, high = shown(claim, reading, found.estimate.limit, found.distance)
    outcome = replace(
        _head(claim, found.judged),
        target=_stated(claim, reading),
        estimate=estimate,
        low=low,
        high=high,
        last=last_row(claim, reading, found.estimate, level),
        needed=needed(claim, reading, found),
        assumes=claim.assumption_of(family_of(claim), unit=f" of {found.estimate.unit:.4g}"),
        bare=_bare(claim, reading, level) if claim.declared else None,
        rows=limit_rows(claim, reading, found.estimate, level),
        notes=[*warnings(claim, samples), *_range(claim, reading)],
    )
    return _told(claim, outcome, found)


def _bare(claim: LimitDeclaration, reading: Reading, level: float) -> BareLimit:
    """What would be found if the claim declared nothing of finite sizes."""
    silent = claim.replaced(claim.silent, claim.place)
    found = found_in(silent, reading, level)
    numbers = shown(silent, reading, found.estimate.limit, found.distance)
    return BareLimit(found.judged.verdict, found.judged.reason, *numbers)


def _range(claim: LimitDeclaration, reading: Reading) -> list[str]:
    """Where the integral of a Wasserstein distance runs, in a sentence."""
    if claim.distance != "wasserstein" or reading.places is None:
        return []
    (first, *_, last), level = reading.places.tolist(), reading.approach.target.value
    ends = f"{level[0]:.2%} and the {level[-1]:.2%} quantile of the target"
    return [f"the integral runs from {first:.4g} to {last:.4g}, between the {ends}"]


def _told(claim: LimitDeclaration, outcome: LimitOutcome, found: Found) -> LimitOutcome:
    """The outcome with what a reader of its numbers should know, in sentences."""
    detail = ""
    if outcome.reason is Reason.WITHIN_MARGIN:
        detail = f"off the target by at least {found.distance.low:.4g}"
    if outcome.reason in (Reason.WIDTH, Reason.REPLICATES):
        detail = _advice(claim, outcome, found)
    if outcome.bare is None:
        return replace(outcome, detail=detail)
    bare = outcome.bare
    text = f"{bare.verdict} [{bare.low:+.4f}, {bare.high:+.4f}]"
    note = claim.comparison(text, rests=bare.verdict is not outcome.verdict)
    return replace(outcome, detail=detail, notes=[note, *outcome.notes])


def _advice(claim: LimitDeclaration, outcome: LimitOutcome, found: Found) -> str:
    """What would decide, in a sentence."""
    if outcome.needed is not None:
        return (
            f"about {float(f'{outcome.needed:.1g}'):,.0f} replicates would decide whether it is "
            "within half of the margin"
        )
    if found.distance.gap >= claim.margin / 2:
        return f"the places of the law are too coarse for this margin by {found.distance.gap:.4g}"
    return "no number of replicates would decide: lengthen the sweep, or declare what is known"


def _head(claim: LimitDeclaration, judged: Judgement) -> LimitOutcome:
    """The outcome without its numbers."""
    drawn = convention(claim.measure).random or claim.random_target
    return LimitOutcome(
        id=claim.id,
        verdict=judged.verdict,
        expected=Verdict(claim.expect),
        reason=judged.reason,
        evidence=Evidence.STATISTICAL if drawn else Evidence.EXACT,
        scope=claim.scope,
        uses=list(claim.uses),
        place=claim.place,
        corrected=claim.corrected,
        open=claim.open,
        not_tested=[f"{name} other than {value}" for name, value in claim.at.items()],
        controls=[],
        statement=claim.statement,
        variable=claim.design.variable,
        design=claim.design.label,
        distance=claim.distance or ("largest" if claim.each else None),
        target=0.0,
        margin=claim.margin,
        notes=[],
        rows=[],
    )


def _stated(claim: LimitDeclaration, reading: Reading | None) -> float:
    """The target of a number, exact or measured; 0, of the distance of a curve or a law."""
    if claim.each or claim.distance is not None:
        return 0.0
    if reading is not None:
        return float(reading.approach.target.value[0])
    return 0.0 if claim.random_target else float(values_at(claim, claim.target)[0])
