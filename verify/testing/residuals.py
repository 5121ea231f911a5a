"""What exact claims evaluate: functions of data alone, which do not change them."""

import pickle
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from verify.claims.exact import ExactDeclaration
from verify.claims.exact.arithmetic import exactly, number_of
from verify.errors import InputError
from verify.spec import Theorem
from verify.spec.measure import convention
from verify.testing.blocks import drawn

FIRST = 4
"""Instances of each claim and each control that are looked at."""


def residuals_can_be_sent_to_other_processes(theorem: Theorem) -> None:
    """What exact claims evaluate, and their proofs, are found by their names.

    A proof runs in a process of its own, and a counterexample is printed with an import.
    """
    for claim in _claims(theorem):
        functions = [one for _, one in claim.functions]
        for one in (*functions, *([claim.proof] if claim.proof is not None else [])):
            try:
                pickle.dumps(one)
            except (pickle.PicklingError, AttributeError) as error:
                raise AssertionError(f"{one.__qualname__} cannot be imported: {error}") from None


def residuals_are_finite(theorem: Theorem) -> None:
    """What exact claims evaluate can be computed on the first instances, in their arithmetic."""
    for claim in _claims(theorem):
        _readings(claim, _instances(claim))


def residuals_repeat(theorem: Theorem) -> None:
    """Evaluated again in the opposite order, the first instances give the same numbers."""
    for claim in _claims(theorem):
        data = _instances(claim)
        first, again = _readings(claim, data), _readings(claim, data[::-1])[::-1]
        for one, other, at in zip(first, again, data, strict=True):
            same = one == other
            assert same, f"{claim.statement} at {at}: {one.text}, and again {other.text}"


def residuals_leave_their_data_alone(theorem: Theorem) -> None:
    """What exact claims evaluate does not write into what it is given."""
    for claim in _claims(theorem):
        number = number_of(claim.arithmetic)
        for _, function in claim.functions:
            for data in _instances(claim):
                before, given = exactly(data, number), exactly(data, number)
                taken = given.keys() & convention(function).variables
                with suppress(Exception):  # what it raises is told by another check
                    function(**{name: given[name] for name in taken})
                assert given == before, f"{function.__name__} writes into its data {data}"


def _claims(theorem: Theorem) -> Iterator[ExactDeclaration]:
    """The exact claims and their controls, with their instances."""
    for claim in drawn(theorem).claims:
        if isinstance(claim, ExactDeclaration):
            yield from (claim, *(claim.variant(control) for control in claim.controls))


def _instances(claim: ExactDeclaration) -> list[dict[str, Any]]:
    """The first of them; none of a claim that asks nothing of instances."""
    return claim.drawn_instances[:FIRST] if claim.question is not None else []


def _readings(claim: ExactDeclaration, instances: list[dict[str, Any]]) -> list[Any]:
    question = claim.question
    try:
        return [question.read(data) for data in instances] if question is not None else []
    except InputError as error:
        raise AssertionError(f"{claim.statement}: {error}") from None
