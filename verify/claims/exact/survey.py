"""A claim on all of its instances, and the smallest on which it fails."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import attrs

from verify.claims.exact.declaration import ExactDeclaration
from verify.claims.exact.reading import Question, Reading, is_counterexample
from verify.errors import InputError
from verify.spec.known import Known
from verify.spec.shrinking import smallest

Answer: TypeAlias = tuple[dict[str, Any], Reading]
"""An instance and what a claim says of it."""


@attrs.frozen
class Survey:
    """What became of the instances: the `answers`, in their order.

    `refuting` is the smallest one on which the claim fails, None if there is none; `replayed` says
    that none of the instances does, and one does that was known before.  `detail` says what is
    undecided, or what kept the claim from being computed (`failed`).
    """

    answers: Sequence[Answer] = ()
    refuting: Known | None = None
    replayed: bool = False
    detail: str = ""
    failed: bool = False

    @property
    def worst(self) -> Reading | None:
        """The answer that is the furthest from holding; None where there is none."""
        return max((reading for _, reading in self.answers), key=lambda one: one.size, default=None)


def surveyed(claim: ExactDeclaration, question: Question) -> Survey:
    """The answers on every instance, and the smallest counterexample if there is one.

    An instance that is known to have refuted the claim once is read before the others.  Where the
    claim holds on it now it is passed over, so that what holds does not depend on earlier runs.
    """
    answers: list[Answer] = []
    try:
        before = _before(claim, question)
        instances = claim.drawn_instances
        for data in instances:
            reading = question.read(data)
            answers.append((data, reading))
    except InputError as error:
        return Survey(answers, detail=str(error), failed=True)
    found = Survey(answers)
    doubtful = [answer for answer in answers if not answer[1].holds]
    if any(is_counterexample(question, data) for data, _ in doubtful):
        refuting = _smallest(claim, question) if claim.strategies else Known.of(instances[0])
        assert refuting is not None  # the instances are the same draws
        return attrs.evolve(found, refuting=refuting)
    for data, _ in before:
        if is_counterexample(question, data):
            return attrs.evolve(found, refuting=_again(claim, question, data), replayed=True)
    if not (undecided := [*before, *doubtful]):
        return found
    where = ", ".join(f"{name} = {value}" for name, value in undecided[0][0].items())
    head = f"undecided on {len(undecided)} instances, first at {where}"
    return attrs.evolve(found, detail=f"{head}: {question.doubt(*undecided[0])}")


def _before(claim: ExactDeclaration, question: Question) -> list[Answer]:
    """The instance that is known to have refuted, if the claim does not hold on it now."""
    data = claim.known_instance
    if data is None:
        return []
    reading = question.read(data)
    return [] if reading.holds else [(data, reading)]


def _again(claim: ExactDeclaration, question: Question, data: dict[str, Any]) -> Known:
    """A known instance that refutes; made smaller where strategies have drawn something else."""
    known = claim.known[""]
    smaller = _smallest(claim, question, known) if known.choices else None
    return smaller or Known.of(data)


def _smallest(
    claim: ExactDeclaration, question: Question, known: Known | None = None
) -> Known | None:
    """The smallest instance that refutes, from the first draw that does or a known one."""
    return smallest(
        claim.strategies,
        claim.instances,
        claim.seed,
        lambda one: is_counterexample(question, one),
        known,
    )
