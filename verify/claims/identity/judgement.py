"""From an identity to its outcome: the proof, the instances, and what follows from both."""

from verify.claims.exact.arithmetic import LARGEST
from verify.claims.exact.attempt import Attempt
from verify.claims.exact.code import code_of_point
from verify.claims.exact.survey import Survey, surveyed
from verify.claims.identity.declaration import IdentityDeclaration
from verify.claims.identity.outcome import (
    IdentityControl,
    IdentityCounterexample,
    IdentityOutcome,
)
from verify.spec.control import Control
from verify.verdict import Evidence, Judgement, Reason, Verdict, inconclusive


def judge_identity(claim: IdentityDeclaration) -> IdentityOutcome:
    """The outcome of an identity; a counterexample stands against any proof."""
    proof, asked = claim.attempted(), claim.question
    survey = surveyed(claim, asked) if asked is not None else None
    judged = _judged(proof, survey)
    found, counterexample = survey or Survey(), None
    if asked is not None and found.refuting is not None:
        counterexample = asked.counterexample(found.refuting, replayed=found.replayed)
    elif survey is None and proof is not None and proof.outcome == "disproved":
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
        instances=len(found.answers),
        worst=found.worst.size if found.worst is not None else None,
        counterexample=counterexample,
        proof=proof.sentence if proof is not None else "",
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
        (found.refuting is not None, Judgement(Verdict.REFUTED, Reason.COUNTEREXAMPLE)),
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


def _point(claim: IdentityDeclaration, proof: Attempt) -> IdentityCounterexample:
    """The point at which the expression of a proof is not zero."""
    return IdentityCounterexample(
        instance=dict(proof.point),
        residual=proof.value,
        relative=min(abs(complex(proof.value.replace(" ", ""))), LARGEST),
        confirmed=True,
        check="in 65 and in 130 digits it is the same",
        code=code_of_point(claim.proof, proof.index, proof.point),
    )
