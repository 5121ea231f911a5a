"""What a claim says of one instance: in its own arithmetic, and again in a higher precision."""

from collections.abc import Mapping
from typing import Any, Protocol

import attrs

from verify.claims.exact.counterexample import Counterexample
from verify.errors import InputError
from verify.spec.known import Known

HIGHER = 50
"""Decimal digits in which a counterexample is checked again, or more."""


@attrs.frozen
class Reading:
    """What a claim is at an instance.

    `size` grows with how far it is from holding, `text` is its value; `holds` whether it does,
    None where that is undecided.
    """

    size: float
    text: str
    holds: bool | None


@attrs.frozen
class Check:
    """A second look at an instance on which a claim does not hold.

    `agrees` is None where a higher precision could not be tried, `told` says how it went, and
    `working` is the precision: decimal digits, or bits in balls.
    """

    agrees: bool | None
    told: str
    working: int


class Question(Protocol):
    """What a claim asks of an instance; data are handed over by the names of the arguments."""

    @property
    def arithmetic(self) -> str:
        """Of the claim: float, mpmath or ball."""

    def read(self, data: Mapping[str, Any]) -> Reading:
        """The answer in the arithmetic of the claim; InputError where there is none."""

    def check(self, data: Mapping[str, Any]) -> Check:
        """The same in a higher precision."""

    def doubt(self, data: Mapping[str, Any], reading: Reading) -> str:
        """Why an instance does not decide, in words."""


class ExactQuestion(Question, Protocol):
    """One whose answer at an instance is no matter of chance."""

    def counterexample(self, found: Known, *, replayed: bool) -> Counterexample:
        """An instance on which the claim fails, with its check."""


def is_counterexample(question: Question, data: Mapping[str, Any]) -> bool:
    """Whether a claim fails at an instance, and no higher precision contradicts.

    One in mpmath must be confirmed: without that, a double inside may have cut its digits.
    """
    try:
        if question.read(data).holds is not False:
            return False
    except InputError:
        return False
    agrees = question.check(data).agrees
    return agrees is True or (agrees is None and question.arithmetic == "float")
