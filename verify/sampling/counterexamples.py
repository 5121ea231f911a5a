"""What a run learns of counterexamples, and what it forgets: the store's are those that refute."""

from collections.abc import Iterable, Iterator, Mapping

from verify.claims import AnyOutcome
from verify.claims.exact import Counterexample
from verify.claims.identity import IdentityControl, IdentityOutcome
from verify.sampling.store import Store
from verify.spec.known import Known
from verify.verdict import Reason

OPEN = {Reason.MEASUREMENT, Reason.PRECISION, Reason.TIME}
"""Reasons for which nothing is known of an instance on which a claim once failed."""


def remember(
    store: Store,
    theorem: str,
    known: Mapping[str, Mapping[str, Known]],
    outcomes: Iterable[AnyOutcome],
) -> None:
    """Keep the counterexamples of a theorem's outcomes, and forget what no longer is one.

    `known` is what the run was given: what it did not try stays.  A counterexample that nothing
    drew is not kept, for each run finds it.
    """
    for claim, control, reason, found in _parts(outcomes):
        before = known.get(claim, {}).get(control)
        if found is not None and found.choices:
            if found.known != before:
                store.keep(theorem, claim, control, found.known)
        elif before is not None and reason not in OPEN:
            store.keep(theorem, claim, control, None)


def _parts(
    outcomes: Iterable[AnyOutcome],
) -> Iterator[tuple[str, str, Reason, Counterexample | None]]:
    """Each exact claim and each of its controls: ids, the reason, and the counterexample."""
    for outcome in outcomes:
        if isinstance(outcome, IdentityOutcome):
            yield outcome.id, "", outcome.reason, outcome.counterexample
        for control in outcome.controls:
            if isinstance(control, IdentityControl):
                yield outcome.id, control.id, control.reason, control.counterexample
