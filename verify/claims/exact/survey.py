"""A claim on all of its instances, and the smallest on which it fails."""

from typing import Any

import attrs

from verify.claims.exact.declaration import ExactDeclaration
from verify.claims.exact.reading import Question, Reading, is_counterexample
from verify.errors import InputError
from verify.spec.shrinking import smallest


@attrs.frozen
class Survey:
    """What became of the instances: how many were read, the `worst` of them and its `place`.

    `refuting` is the smallest one on which the claim fails, None if there is none.  `detail` says
    what is undecided, or what kept the claim from being computed (`failed`).
    """

    count: int = 0
    worst: Reading | None = None
    place: dict[str, Any] = attrs.field(factory=dict)
    refuting: dict[str, Any] | None = None
    detail: str = ""
    failed: bool = False


def surveyed(claim: ExactDeclaration, question: Question) -> Survey:
    """The answers on every instance, and the smallest counterexample if there is one."""
    found, doubtful = Survey(), []
    try:
        instances = claim.drawn_instances
        for data in instances:
            reading = question.read(data)
            found = _with(found, reading, data)
            doubtful += [] if reading.holds else [(data, reading)]
    except InputError as error:
        return attrs.evolve(found, detail=str(error), failed=True)
    if any(is_counterexample(question, data) for data, _ in doubtful):
        return attrs.evolve(found, refuting=_smallest(claim, question, instances[0]))
    if not doubtful:
        return found
    where = ", ".join(f"{name} = {value}" for name, value in doubtful[0][0].items())
    head = f"undecided on {len(doubtful)} instances, first at {where}"
    return attrs.evolve(found, detail=f"{head}: {question.doubt(*doubtful[0])}")


def _with(found: Survey, reading: Reading, data: dict[str, Any]) -> Survey:
    """The survey with one more instance."""
    if found.worst is not None and reading.size <= found.worst.size:
        return attrs.evolve(found, count=found.count + 1)
    return attrs.evolve(found, count=found.count + 1, worst=reading, place=data)


def _smallest(claim: ExactDeclaration, question: Question, only: dict[str, Any]) -> dict[str, Any]:
    """The smallest instance that refutes; `only` where nothing is drawn."""
    if not claim.given:
        return only
    found = smallest(
        claim.given, claim.instances, claim.seed, lambda one: is_counterexample(question, one)
    )
    assert found is not None  # the instances are the same draws
    return found
