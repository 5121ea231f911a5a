"""Draw, judge, and draw again for what is still open: each claim is decided as soon as it can be.

A claim is judged at each look by what its cells have then, and is done when it and all of its
controls are decided.  The looks share the level of one interval (`planning.looks`), so that the
verdict at the last one may be trusted as one that was given without any before.
"""

from collections.abc import Callable, Iterable

import attrs
from msgspec.structs import replace

from verify.claims import AnyOutcome
from verify.planning import (
    BLOCK,
    Advice,
    Budget,
    Plan,
    advise,
    cells_of,
    looks,
    plan,
    spending,
)
from verify.sampling import Measured
from verify.spec import Cell, Claim, Theorem
from verify.spec.claim import Samples
from verify.spec.measure import convention
from verify.verdict import LEVEL, Judgement, Reason, Verdict, tempered

Draw = Callable[[Plan, Measured], Measured]
"""Continues what was measured as far as a plan says, or until time is up."""


@attrs.frozen
class Examination:
    """The outcomes of a theorem's claims, in their order, and what they rest on."""

    outcomes: list[AnyOutcome]
    measured: Measured

    @property
    def samples(self) -> int:
        """All replicates together."""
        return sum(len(values) for values in self.measured.samples.values())


Foresee = Callable[[Claim, Advice], None]
"""Is told what to expect of a claim that is open after the first look."""


Judged = Callable[[AnyOutcome, bool], None]
"""Is told what a look says of a claim, and whether nothing more is measured for it."""


def examine(
    theorem: Theorem,
    budget: Budget,
    draw: Draw,
    foresee: Foresee | None = None,
    judged: Judged = lambda *_: None,
) -> Examination:
    """The outcomes of all claims, with no more than the budget and no more than they need.

    When time is up, what is open is judged once more, with all of the level that is left.
    """
    work, measured, spent = plan(theorem, budget), Measured(), 0.0
    outcomes: dict[str, AnyOutcome] = {}
    waiting, schedule = list(theorem.claims), looks(budget.replicates, BLOCK)

    def advice(claim: Claim) -> Advice | None:
        last = schedule[-1].level
        found = outcomes[claim.id]
        return advise(claim, found, measured.samples, budget.replicates, last)

    for look in schedule:
        measured = draw(work.of(waiting).part(look.fraction), measured)
        level = spending(1 - spent) if measured.stopped else look.level
        for claim in waiting:
            outcomes[claim.id] = _told(claim, judge_claim(claim, measured.samples, level), measured)
        still = [one for one in waiting if not _is_done(one, outcomes[one.id], measured)]
        last = measured.stopped or look is schedule[-1]
        for claim in waiting:
            judged(outcomes[claim.id], last or claim not in still)
        waiting = still
        if measured.stopped or not waiting:
            break
        if foresee is not None and spent == 0:
            for claim in waiting:
                if (expected := advice(claim)) is not None:
                    foresee(claim, expected)
        spent = look.fraction
    for claim in theorem.claims:
        if (expected := advice(claim)) is not None:
            changed = {"would_decide": expected.told}
            outcomes[claim.id] = replace(outcomes[claim.id], **changed)
    return Examination([outcomes[claim.id] for claim in theorem.claims], measured)


def pilot(theorem: Theorem, budget: Budget, draw: Draw) -> dict[str, Advice | None]:
    """What the first look lets one expect of each claim by its id; None where nothing is open."""
    first, *_, last = looks(budget.replicates, BLOCK)
    samples = draw(plan(theorem, budget).part(first.fraction), Measured()).samples
    return {
        claim.id: advise(
            claim, judge_claim(claim, samples, first.level), samples, budget.replicates, last.level
        )
        for claim in theorem.claims
    }


def judge_claim(claim: Claim, samples: Samples, level: float = LEVEL) -> AnyOutcome:
    """The outcome of a claim in the light of its controls, with intervals of `level`.

    What is exact does not change from look to look, and is judged as if it were seen once.
    """
    controls = [
        claim.judge_control(control, samples, _level(claim.variant(control), level))
        for control in claim.controls
    ]
    outcome: AnyOutcome = claim.judge(samples, _level(claim, level))
    final = tempered(
        Judgement(outcome.verdict, outcome.reason), (control.verdict for control in controls)
    )
    seen = [len(samples[cell]) for cell in claim.cells() if cell in samples]
    return replace(
        outcome,
        verdict=final.verdict,
        reason=final.reason,
        controls=controls,
        replicates=max(seen, default=0),
    )


def _told(claim: Claim, outcome: AnyOutcome, measured: Measured) -> AnyOutcome:
    """The outcome, with time as the reason where that has kept its cells from being measured."""
    missing = [cell for cell in cells_of([claim]) if cell not in measured.samples]
    if not missing or any(cell in measured.failures for cell in missing):
        return outcome
    parts = (outcome, *outcome.controls)
    first, *controls = (
        replace(one, reason=Reason.TIME) if one.reason is Reason.MEASUREMENT else one
        for one in parts
    )
    return replace(outcome, reason=first.reason, controls=controls)


def _level(claim: Claim, level: float) -> float:
    return level if _is_random(claim.cells()) else LEVEL


def _is_random(cells: Iterable[Cell]) -> bool:
    return any(convention(cell.measure).random for cell in cells)


def _is_done(claim: Claim, outcome: AnyOutcome, measured: Measured) -> bool:
    """Whether more replicates would not be asked for, or would not help."""
    cells = cells_of([claim])
    found = {outcome.verdict, *(control.verdict for control in outcome.controls)}
    decided = Verdict.INCONCLUSIVE not in found or outcome.reason is Reason.VACUOUS
    return decided or not _is_random(cells) or any(cell in measured.failures for cell in cells)
