"""From an identity to its outcome: the proof, the instances, and what follows from both."""

from typing import Any

import attrs

from verify.claims.identity.apart import attempt_apart
from verify.claims.identity.arithmetic import LARGEST, Reading
from verify.claims.identity.code import code_of_instance, code_of_point
from verify.claims.identity.declaration import IdentityDeclaration
from verify.claims.identity.evaluation import checked, is_counterexample, read
from verify.claims.identity.outcome import Counterexample, IdentityControl, IdentityOutcome
from verify.claims.identity.proof import Attempt
from verify.errors import InputError
from verify.spec.control import Control
from verify.spec.measure import Measure
from verify.spec.shrinking import smallest
from verify.verdict import Evidence, Judgement, Reason, Verdict, inconclusive


@attrs.frozen
class Survey:
    """The residual on all instances: the largest one, and what is wrong with one of them.

    `detail` says what is undecided, or what kept the residual from being computed (`failed`).
    """

    count: int = 0
    worst: float | None = None
    counterexample: Counterexample | None = None
    detail: str = ""
    failed: bool = False


def judge_identity(claim: IdentityDeclaration) -> IdentityOutcome:
    """The outcome of an identity; a counterexample stands against any proof."""
    proof = attempt_apart(claim.proof) if claim.proof is not None else None
    survey = _survey(claim, claim.residual) if claim.residual is not None else None
    judged = _judged(proof, survey)
    found = survey or Survey()
    counterexample = found.counterexample
    if survey is None and proof is not None and proof.outcome == "disproved":
        counterexample = _point(claim, proof)
    exact = claim.arithmetic == "ball"
    return IdentityOutcome(
        id=claim.id,
        verdict=judged.verdict,
        expected=Verdict(claim.expect),
        reason=judged.reason,
        evidence=_evidence(claim, judged),
        scope=claim.scope,
        uses=list(claim.uses),
        place=claim.place,
        corrected=claim.corrected,
        not_tested=[],
        controls=[],
        statement=claim.statement,
        arithmetic=claim.arithmetic,
        digits=claim.digits if survey and not exact else None,
        width=claim.width if survey and exact else None,
        instances=found.count,
        worst=found.worst,
        counterexample=counterexample,
        proof=_told(proof),
        detail=found.detail,
    )


def judge_control(claim: IdentityDeclaration, control: Control) -> IdentityControl:
    """The changed claim judged by the same machinery."""
    found = judge_identity(claim.variant(control))
    names = "verdict", "reason", "statement", "instances", "worst", "counterexample", "proof"
    return IdentityControl(
        id=control.id,
        why=control.why,
        violates=control.violates,
        **{name: getattr(found, name) for name in names},
    )


def _judged(proof: Attempt | None, survey: Survey | None) -> Judgement:
    """The verdict and its reason: the first that applies."""
    outcome = proof.outcome if proof is not None else "open"
    found = survey or Survey()
    order = (
        (found.counterexample is not None, Judgement(Verdict.REFUTED, Reason.COUNTEREXAMPLE)),
        (found.failed, inconclusive(Reason.MEASUREMENT)),
        (outcome == "proved", Judgement(Verdict.HOLDS, Reason.SIMPLIFIED)),
        (
            survey is None and outcome == "disproved",
            Judgement(Verdict.REFUTED, Reason.COUNTEREXAMPLE),
        ),
        (survey is None, inconclusive(Reason.UNPROVED)),
        (outcome == "disproved", inconclusive(Reason.CONTRADICTION)),
        (found.detail != "", inconclusive(Reason.PRECISION)),
        (True, Judgement(Verdict.HOLDS, Reason.INSTANCES)),
    )
    return next(judged for applies, judged in order if applies)


def _evidence(claim: IdentityDeclaration, judged: Judgement) -> Evidence:
    """What the verdict rests on: a proof, the drawn instances, or a computation without any."""
    if judged.reason is Reason.SIMPLIFIED:
        return Evidence.PROVED
    return Evidence.SEARCHED if claim.given else Evidence.EXACT


def _survey(claim: IdentityDeclaration, residual: Measure) -> Survey:
    """The residual on every instance, and the smallest counterexample if there is one."""
    worst, doubtful, count = None, [], 0
    try:
        instances = claim.drawn_instances
        for data in instances:
            reading = read(claim, residual, data)
            worst = max(reading.size, worst or 0.0)
            doubtful += [] if reading.zero else [(data, reading)]
            count += 1
    except InputError as error:
        return Survey(count, worst, detail=str(error), failed=True)
    if any(is_counterexample(claim, residual, data) for data, _ in doubtful):
        return Survey(count, worst, _counterexample(claim, residual, instances[0]))
    return Survey(count, worst, detail=_doubt(claim, residual, doubtful))


def _counterexample(
    claim: IdentityDeclaration, residual: Measure, only: dict[str, Any]
) -> Counterexample:
    """The smallest instance that refutes, with its check; `only` where nothing is drawn."""
    data = only
    if claim.given:
        found = smallest(
            claim.given,
            claim.instances,
            claim.seed,
            lambda one: is_counterexample(claim, residual, one),
        )
        assert found is not None  # the instances are the same draws
        data = found
    reading, check = read(claim, residual, data), checked(claim, residual, data)
    working = check.working if check.agrees else None
    return Counterexample(
        instance=data,
        residual=reading.text,
        relative=reading.size,
        confirmed=check.agrees,
        check=check.told,
        code=code_of_instance(residual, claim.arithmetic, data, working),
    )


def _doubt(
    claim: IdentityDeclaration,
    residual: Measure,
    doubtful: list[tuple[dict[str, Any], Reading]],
) -> str:
    """Why some instances do not decide, by the first of them; empty if all vanish."""
    if not doubtful:
        return ""
    data, reading = doubtful[0]
    where = ", ".join(f"{name} = {value}" for name, value in data.items())
    head = f"undecided on {len(doubtful)} instances, first at {where}"
    if claim.arithmetic == "ball":
        return f"{head}: at the largest precision it is {reading.text}, wider than {claim.width:g}"
    check = checked(claim, residual, data)
    return f"{head}: it is {reading.text}, {check.told}"


def _point(claim: IdentityDeclaration, proof: Attempt) -> Counterexample:
    """The point at which the expression of a proof is not zero."""
    return Counterexample(
        instance=dict(proof.point),
        residual=proof.value,
        relative=min(abs(complex(proof.value.replace(" ", ""))), LARGEST),
        confirmed=True,
        check="in 65 and in 130 digits it is the same",
        code=code_of_point(claim.proof, proof.index, proof.point),
    )


def _told(proof: Attempt | None) -> str:
    """What became of a proof, in a sentence."""
    if proof is None:
        return ""
    where = ", ".join(f"{name} = {value}" for name, value in proof.point.items())
    at = f" at {where}" if where else ""
    return f"{proof.told}{at}: {proof.value}" if proof.outcome == "disproved" else proof.told
