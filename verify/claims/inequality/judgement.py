"""From an inequality to its outcome: proofs, instances, a search, and what follows from them."""

from verify.claims.exact.apart import apart
from verify.claims.exact.arithmetic import LARGEST
from verify.claims.exact.attempt import Attempt
from verify.claims.exact.code import code_of_point
from verify.claims.inequality.declaration import InequalityDeclaration
from verify.claims.inequality.enclosure import Enclosure
from verify.claims.inequality.examination import Examination, examined
from verify.claims.inequality.mean_examination import examined_means
from verify.claims.inequality.outcome import (
    EnclosureRow,
    InequalityControl,
    InequalityCounterexample,
    InequalityOutcome,
)
from verify.claims.inequality.proof import attempt
from verify.claims.inequality.worst import row, worst
from verify.spec.control import Control
from verify.verdict import Evidence, Judgement, Reason, Verdict, inconclusive


def judge_inequality(claim: InequalityDeclaration, level: float) -> InequalityOutcome:
    """The outcome of an inequality; a counterexample stands against any proof."""
    proof = apart(attempt, claim.proof) if claim.proof is not None else None
    found = _examined(claim, level)
    judged = _judged(proof, found)
    counterexample = found.counterexample if found is not None else None
    if found is None and proof is not None and proof.outcome == "disproved":
        counterexample = _point(claim, proof)
    shown = found or Examination()
    extremes = [row(one) for one in worst(shown.cases)]
    exact = found is None or claim.arithmetic == "ball"
    return InequalityOutcome(
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
        digits=None if exact or claim.is_noisy else claim.digits,
        margin=claim.margin if claim.is_noisy else None,
        instances=shown.instances,
        evaluations=shown.evaluations,
        worst_ratio=max((one.ratio for one in extremes), default=None),
        extremes=extremes,
        enclosure=_row(shown.enclosure) if shown.enclosure is not None else None,
        counterexample=counterexample,
        proof=proof.sentence if proof is not None else "",
        detail=shown.detail,
    )


def judge_control(
    claim: InequalityDeclaration, control: Control, level: float
) -> InequalityControl:
    """The changed claim judged by the same machinery."""
    found = judge_inequality(claim.variant(control), level)
    names = (
        *("verdict", "reason", "statement", "instances", "evaluations"),
        *("worst_ratio", "counterexample", "proof"),
    )
    return InequalityControl(
        id=control.id,
        why=control.why,
        violates=control.violates,
        **{name: getattr(found, name) for name in names},
    )


def _examined(claim: InequalityDeclaration, level: float) -> Examination | None:
    """What is known of the value; None where there is a proof alone."""
    if claim.value is None:
        return None
    return examined_means(claim, level) if claim.is_noisy else examined(claim)


def _judged(proof: Attempt | None, examination: Examination | None) -> Judgement:
    """The verdict and its reason: the first that applies."""
    outcome = proof.outcome if proof is not None else "open"
    alone, found = examination is None, examination or Examination()
    enclosed = found.enclosure is not None and found.enclosure.proves
    refuted = found.counterexample is not None or (alone and outcome == "disproved")
    order = (
        (refuted, Judgement(Verdict.REFUTED, Reason.COUNTEREXAMPLE)),
        (found.failed, inconclusive(Reason.MEASUREMENT)),
        (outcome == "proved", Judgement(Verdict.HOLDS, Reason.SIMPLIFIED)),
        (enclosed, Judgement(Verdict.HOLDS, Reason.ENCLOSED)),
        (alone, inconclusive(Reason.UNPROVED)),
        (outcome == "disproved", inconclusive(Reason.CONTRADICTION)),
        (found.detail != "", inconclusive(Reason.PRECISION)),
        (True, found.judged or Judgement(Verdict.HOLDS, Reason.INSTANCES)),
    )
    return next(judged for applies, judged in order if applies)


def _evidence(claim: InequalityDeclaration, judged: Judgement) -> Evidence:
    """A proof, means, the instances and the search, or a computation without any."""
    if judged.reason in (Reason.SIMPLIFIED, Reason.ENCLOSED):
        return Evidence.PROVED
    if claim.is_noisy:
        return Evidence.STATISTICAL
    return Evidence.SEARCHED if claim.names else Evidence.EXACT


def _row(found: Enclosure) -> EnclosureRow:
    return EnclosureRow(
        evaluations=found.evaluations,
        undecided=found.undecided,
        share=found.share,
        hull=found.hull,
        told=found.told,
    )


def _point(claim: InequalityDeclaration, proof: Attempt) -> InequalityCounterexample:
    """The point at which the expression of a proof is negative."""
    made = "getattr(part, 'gts', part) - getattr(part, 'lts', 0)"
    value = complex(proof.value.replace(" ", ""))
    return InequalityCounterexample(
        instance=dict(proof.point),
        confirmed=True,
        check="in 65 and in 130 digits it is the same",
        code=code_of_point(claim.proof, proof.index, proof.point, made),
        side="low",
        value=proof.value,
        bound="0",
        excess=min(abs(value), LARGEST),
    )
