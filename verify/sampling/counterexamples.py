"""What a run learns of counterexamples, and what it forgets: the store's are those that refute."""

from collections.abc import Iterable, Iterator, Mapping

from verify.claims import AnyOutcome, IdentityOutcome, InequalityOutcome
from verify.claims.exact import Counterexample, ExactDeclaration
from verify.claims.identity import IdentityControl
from verify.claims.inequality import InequalityControl
from verify.outcome import ControlOutcome
from verify.sampling.store import Store
from verify.spec import Theorem
from verify.spec.known import Known
from verify.verdict import Reason

OPEN = {Reason.MEASUREMENT, Reason.PRECISION, Reason.TIME}
"""Reasons for which nothing is known of an instance on which a claim once failed."""


def remember(
    store: Store,
    theorem: Theorem,
    known: Mapping[str, Mapping[str, Known]],
    outcomes: Iterable[AnyOutcome],
) -> None:
    """Keep the counterexamples of a theorem's outcomes, and forget what no longer is one.

    `known` is what the run was given.  Of that, what was not tried stays, for another run may: its
    assumptions may be those of before.  What cannot be drawn again, and is not known to be an
    instance, is not kept.
    """
    for claim, outcome in zip(theorem.knowing(known).claims, outcomes, strict=True):
        if not isinstance(claim, ExactDeclaration):
            continue
        for control, one, reason, found in _parts(claim, outcome):
            before = known.get(claim.id, {}).get(control)
            if found is not None and (found.choices or one.admits(found.instance)):
                if found.known != before:
                    store.keep(theorem.id, claim.id, control, found.known)
            elif before is not None and reason not in OPEN and one.known_instance == before.data:
                store.keep(theorem.id, claim.id, control, None)


def _parts(
    claim: ExactDeclaration, outcome: AnyOutcome
) -> Iterator[tuple[str, ExactDeclaration, Reason, Counterexample | None]]:
    """A claim and its controls: the id, the claim itself, the reason, and the counterexample."""
    yield "", claim, outcome.reason, _counterexample(outcome)
    for control, found in zip(claim.controls, outcome.controls, strict=True):
        yield control.id, claim.variant(control), found.reason, _counterexample(found)


def _counterexample(found: AnyOutcome | ControlOutcome) -> Counterexample | None:
    """That of an outcome of a kind that has one."""
    kinds = IdentityOutcome | IdentityControl | InequalityOutcome | InequalityControl
    return found.counterexample if isinstance(found, kinds) else None
