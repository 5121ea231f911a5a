"""A claim on all of its instances, and the smallest on which it fails."""

from typing import Any

import attrs

from verify.claims.exact.declaration import ExactDeclaration
from verify.claims.exact.reading import Question, Reading, is_counterexample
from verify.errors import InputError
from verify.spec.known import Known
from verify.spec.shrinking import smallest


@attrs.frozen
class Survey:
    """What became of the instances: how many were read, the `worst` of them and its `place`.

    `refuting` is the smallest one on which the claim fails, None if there is none; `replayed` says
    that none of the instances does, and one does that was known before.  `detail` says what is
    undecided, or what kept the claim from being computed (`failed`).
    """

    count: int = 0
    worst: Reading | None = None
    place: dict[str, Any] = attrs.field(factory=dict)
    refuting: Known | None = None
    replayed: bool = False
    detail: str = ""
    failed: bool = False


def surveyed(claim: ExactDeclaration, question: Question) -> Survey:
    """The answers on every instance, and the smallest counterexample if there is one.

    An instance that is known to have refuted the claim once is read before the others.  Where the
    claim holds on it now it is passed over, so that what holds does not depend on earlier runs.
    """
    found, doubtful = Survey(), []
    try:
        before = _before(claim, question)
        instances = claim.drawn_instances
        for data in instances:
            reading = question.read(data)
            found = _with(found, reading, data)
            doubtful += [] if reading.holds else [(data, reading)]
    except InputError as error:
        return attrs.evolve(found, detail=str(error), failed=True)
    if any(is_counterexample(question, data) for data, _ in doubtful):
        return attrs.evolve(found, refuting=_smallest(claim, question, instances[0]))
    if any(is_counterexample(question, data) for data, _ in before):
        known = _smallest(claim, question, instances[0], claim.known[""])
        return attrs.evolve(found, refuting=known, replayed=True)
    if not (undecided := [*before, *doubtful]):
        return found
    where = ", ".join(f"{name} = {value}" for name, value in undecided[0][0].items())
    head = f"undecided on {len(undecided)} instances, first at {where}"
    return attrs.evolve(found, detail=f"{head}: {question.doubt(*undecided[0])}")


def _before(claim: ExactDeclaration, question: Question) -> list[tuple[dict[str, Any], Reading]]:
    """The instance that is known to have refuted, if the claim does not hold on it now."""
    data = claim.known_instance
    if data is None:
        return []
    reading = question.read(data)
    return [] if reading.holds else [(data, reading)]


def _with(found: Survey, reading: Reading, data: dict[str, Any]) -> Survey:
    """The survey with one more instance."""
    if found.worst is not None and reading.size <= found.worst.size:
        return attrs.evolve(found, count=found.count + 1)
    return attrs.evolve(found, count=found.count + 1, worst=reading, place=data)


def _smallest(
    claim: ExactDeclaration,
    question: Question,
    only: dict[str, Any],
    known: Known | None = None,
) -> Known:
    """The smallest instance that refutes, from what is `known`; `only` where nothing is drawn."""
    if not claim.given:
        return Known.of(only)
    found = smallest(
        claim.given,
        claim.instances,
        claim.seed,
        lambda one: is_counterexample(question, one),
        known,
    )
    assert found is not None  # the instances are the same draws
    return found
