"""Results of every sort, made from a real one by replacing parts: nothing is measured again."""

from typing import Any

from msgspec.structs import replace

from verify.claims import RateOutcome
from verify.claims.points import PointRow
from verify.claims.rate.outcome import (
    ExponentRow,
    InstanceRow,
    RateControl,
    ReductionRow,
)
from verify.outcome import Outcome
from verify.result import Failure, Result
from verify.verdict import Evidence, Reason, Relation, Verdict

from .identity_outcomes import FOUND, held, open_ball, proved
from .identity_outcomes import control as identity_control
from .identity_outcomes import refuted as refuted_identity
from .limit_outcomes import curve, law, number, unmeasured

HOSTILE = (
    "<script>alert(1)</script>{{7*7}}{{1234567*8}}{% raw %}]]>--><b onload='x'>\"'`|``` %25 % $x$ "
    "\\input{/etc/passwd}\\\\ [red]&amp;#_^~*\r\n::error file=a,line=7::x\n# x\n"
    "- ![i](javascript:x) é∞漢\x00\x1b[31m"
)
"""What a title might be: markup of every language in which a report is written."""


def rate(result: Result, place: int = 0) -> RateOutcome:
    """One of the rates of a result."""
    found = [claim for claim in result.outcomes if isinstance(claim, RateOutcome)]
    return found[place]


def claiming(result: Result, *claims: Any, **changes: Any) -> Result:
    """The result with these claims, consistent with them."""
    codes = {claim.exit_code for claim in claims}
    verdicts = [claim.verdict for claim in claims]
    worst = min(verdicts, key=["REFUTED", "INCONCLUSIVE", "HOLDS"].index)
    same = {"verdict": worst, "as_expected": codes == {0}, "outcomes": list(claims)}
    return replace(result, **(same | changes))


def only(claim: RateOutcome, row: ExponentRow, **changes: Any) -> RateOutcome:
    """The claim with one exponent, of the same verdict, and with the controls along it."""
    controls = [replace(control, exponents=control.exponents[:1]) for control in claim.controls]
    same = {"verdict": row.verdict, "reason": row.reason, "exponents": [row], "controls": controls}
    return replace(claim, **(same | changes))


def refuted(result: Result) -> Result:
    """A claim that comes out REFUTED where HOLDS was expected."""
    claim = rate(result)
    row = claim.controls[0].exponents[0]
    changed = only(claim, row, bound=claim.controls[0].bound, controls=claim.controls[1:])
    return claiming(result, changed, theorem="refuted_rate", title="A rate that is refuted")


def undecided(result: Result) -> Result:
    """A claim that is INCONCLUSIVE: its interval has no lower end."""
    claim = rate(result)
    row = replace(claim.exponents[0], low=None, verdict=Verdict.INCONCLUSIVE, reason=Reason.WIDTH)
    return claiming(result, only(claim, row), theorem="wide", title="A rate that is left open")


def vacuous(result: Result) -> Result:
    """A claim whose control holds."""
    claim = rate(result)
    control = claim.controls[0]
    spared = replace(
        control,
        verdict=Verdict.HOLDS,
        reason=Reason.HOLDS,
        exponents=[replace(row, verdict=Verdict.HOLDS) for row in control.exponents],
    )
    changed = replace(claim, verdict=Verdict.INCONCLUSIVE, reason=Reason.VACUOUS, controls=[spared])
    return claiming(result, changed, theorem="vacuous", title="A check that cannot fail")


def failed(result: Result) -> Result:
    """A claim with a measurement that raised."""
    claim = rate(result)
    row = ExponentRow(
        variable="n",
        design="d=1",
        predicted=-1 / 3,
        verdict=Verdict.INCONCLUSIVE,
        reason=Reason.MEASUREMENT,
        detail="no data for error {n=512, d=1}",
    )
    changed = replace(
        claim,
        verdict=Verdict.INCONCLUSIVE,
        reason=Reason.MEASUREMENT,
        exponents=[row, claim.exponents[1]],
    )
    failures = [Failure("error {n=512, d=1}", "ValueError: x < 0 & y", ".verify/failures/e.txt")]
    return claiming(
        result, changed, failures=failures, theorem="failed", title="A measurement that raised"
    )


def expected_refutation(result: Result) -> Result:
    """A claim that was expected to be REFUTED, and is."""
    claim = replace(rate(refuted(result)), expected=Verdict.REFUTED)
    return claiming(result, claim, theorem="known_false")


def known_false(result: Result) -> Result:
    """A claim that is false as published, beside the one that corrects it."""
    wrong = replace(rate(refuted(result)), expected=Verdict.REFUTED, controls=[], corrected="right")
    right = replace(rate(result), id="right")
    return claiming(result, wrong, right, theorem="published", title="False as published")


def growing(result: Result) -> Result:
    """A rate of growth, stated from above."""
    claim = rate(result)
    changed = only(
        claim,
        _raised(claim.exponents[0]),
        relation=Relation.O,
        statistic="mean",
        bound="n**(2/3)",
        controls=[_with(control, _raised) for control in claim.controls],
    )
    return claiming(result, changed, theorem="growing", title="Regret, from above")


def shrinking(result: Result) -> Result:
    """A rate in a variable that tends to 0."""
    claim = rate(result)
    controls = [_with(control, _mirrored) for control in claim.controls]
    changed = only(claim, _mirrored(claim.exponents[0]), bound="h**(1/3)", controls=controls)
    return claiming(result, changed, theorem="shrinking", title="A step that tends to 0")


def reduced(result: Result) -> Result:
    """A rate whose measure has control variates and common random numbers."""
    claim = rate(result)
    saved = [
        ReductionRow("control variates", [12.4, None, *[41.0] * 6]),
        ReductionRow("common random numbers", [0.5]),
    ]
    row = replace(claim.exponents[0], reductions=saved)
    return claiming(result, only(claim, row), theorem="reduced", title="Less noise")


def instanced(result: Result, *spoilt: int) -> Result:
    """A rate along two designs on eight instances; those that are `spoilt`, from 1, are refuted."""
    claim = rate(result)
    rows = [
        _instance(row, number, spoilt=number in spoilt)
        for row in claim.exponents
        for number in range(1, 9)
    ]
    controls = [
        replace(
            control,
            exponents=[_instance(row, k) for row in control.exponents for k in range(1, 9)],
        )
        for control in claim.controls
    ]
    verdict = Verdict.REFUTED if spoilt else Verdict.HOLDS
    reason = Reason.EXCLUDED if spoilt else Reason.HOLDS
    changed = replace(
        claim, id="instanced", exponents=rows, controls=controls, verdict=verdict, reason=reason
    )
    return claiming(result, changed, theorem="instanced", title="A rate on many instances")


def _instance(row: ExponentRow, number: int, *, spoilt: bool = False) -> ExponentRow:
    drawn = InstanceRow(number, row.design, {"slopes": [[number, -3], [0, 0.5]]})
    changed = replace(row, design=f"{row.design}, instance {number}", instance=drawn)
    if not spoilt:
        return changed
    assert row.estimate is not None
    return replace(
        changed,
        estimate=row.estimate + 0.1,
        verdict=Verdict.REFUTED,
        reason=Reason.EXCLUDED,
        p_value=1e-6 * number,
        detail=f"spoilt {number}",
    )


class Novelty(Outcome, frozen=True, kw_only=True, tag="novelty"):
    """The outcome of a kind of claim that no report knows."""


def unknown(result: Result) -> Result:
    """A claim of a kind that is not registered."""
    claim = Novelty(
        id="novel",
        verdict=Verdict.HOLDS,
        expected=Verdict.HOLDS,
        reason=Reason.PROVED,
        evidence=Evidence.PROVED,
        scope="something new",
        uses=["iid"],
        not_tested=[],
        place="theorems/novel.py:7",
        corrected="",
        controls=[],
    )
    return claiming(result, claim, theorem="novel", title="A new kind of claim")


def hostile(result: Result, text: str = HOSTILE) -> Result:
    """Every text that comes from a user is `text`."""
    claim, origin = rate(result), result.provenance
    words = {"variable": text, "design": text, "detail": text, "assumes": text}
    drawn = InstanceRow(1, text, {text: 0})
    row = replace(claim.exponents[0], **words, notes=[text], instance=drawn)
    control = replace(
        claim.controls[0], id=text, why=text, violates=text, bound=text, exponents=[row]
    )
    changed = replace(
        claim,
        id=text,
        scope=text,
        uses=[text],
        not_tested=[text],
        place=f"{text}:3",
        corrected=text,
        bound=text,
        statistic=text,
        exponents=[row],
        controls=[control],
    )
    corollary = replace(
        next(one for one in result.outcomes if not isinstance(one, RateOutcome)),
        id=text,
        statement=text,
        certificate=text,
        witness=text,
        scope=text,
    )
    (row,) = number().rows
    limit = number(
        id=text,
        scope=text,
        statement=text,
        variable=text,
        design=text,
        detail=text,
        notes=[text],
        assumes=text,
        rows=[replace(row, at={text: 1.0})],
        controls=[replace(one, id=text, why=text, violates=text) for one in number().controls],
    )
    found = replace(FOUND, instance={"x": 0}, residual=text, check=text, code=text)
    identity = refuted_identity(
        id=text,
        scope=text,
        statement=text,
        proof=text,
        detail=text,
        counterexample=found,
        controls=[identity_control(id=text, why=text, violates=text, counterexample=found)],
    )
    return replace(
        result,
        theorem=text,
        title=text,
        source=text,
        statement=text,
        assumptions={text: text},
        outcomes=[changed, corollary, limit, identity],
        failures=[Failure(text, text, text)],
        provenance=replace(
            origin,
            command=text,
            budget=text,
            machine=text,
            started=text,
            git_commit=text,
            spec=text,
            versions={text: text},
        ),
    )


def limits(result: Result) -> Result:
    """A number, a curve, a law, and one that was not measured."""
    found = number(), curve(), law(), unmeasured()
    return claiming(result, *found, theorem="limits", title="Limits of every sort")


def identities(result: Result) -> Result:
    """On instances, proved, refuted, and left open."""
    found = held(), proved(), refuted_identity(), open_ball()
    return claiming(result, *found, theorem="identities", title="Identities of every sort")


def everything(result: Result) -> list[Result]:
    """One of each sort, all of them as a report may meet them together."""
    makers = (
        *(refuted, undecided, vacuous, failed, expected_refutation),
        *(known_false, growing, shrinking, reduced, instanced, unknown, limits),
        *(identities, hostile),
    )
    return [result, *(make(result) for make in makers)]


def _with(control: RateControl, change: Any) -> RateControl:
    return replace(control, exponents=[change(control.exponents[0])])


def _raised(row: ExponentRow) -> ExponentRow:
    """The values times x: every exponent is larger by 1."""
    assert row.estimate is not None
    assert row.low is not None
    assert row.high is not None
    return replace(
        row,
        predicted=row.predicted + 1,
        estimate=row.estimate + 1,
        low=row.low + 1,
        high=row.high + 1,
        points=[_times(point, point.x) for point in row.points],
    )


def _times(point: PointRow, factor: float) -> PointRow:
    names = "value", "low", "high", "fit", "fit_low", "fit_high"
    return replace(point, **{name: getattr(point, name) * factor for name in names})


def _mirrored(row: ExponentRow) -> ExponentRow:
    """The same in 1/x: the points stay in the order of the limit."""
    assert row.estimate is not None
    assert row.low is not None
    assert row.high is not None
    return replace(
        row,
        variable="h",
        predicted=-row.predicted,
        estimate=-row.estimate,
        low=-row.high,
        high=-row.low,
        points=[replace(point, x=1 / point.x) for point in row.points],
    )
