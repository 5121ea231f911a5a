"""What is asked of data: a statistic of one column against a bound, with nothing else read yet."""

from typing import Any

import attrs

from verify import algebra
from verify.claims import Rate
from verify.inference.family import SLOWEST_CORRECTION
from verify.inference.statistic import Quantile
from verify.judging.table import fault
from verify.spec.declaration import shown

BECAUSE = "declared with the data"
"""The reason that goes with a declaration: those who have the data answer for it."""


@attrs.frozen
class Question:
    """The column `value` and what is claimed of it, as a rate that has no design yet.

    `run` is the column that tells the runs apart, where a run was read at several places.
    """

    value: str
    claim: Rate
    run: str | None = None

    @property
    def bound(self) -> algebra.Bound:
        """The bound in the names of the columns."""
        return algebra.bound(self.claim.bound)

    @property
    def columns(self) -> list[str]:
        """The columns of numbers that an answer needs."""
        return [self.value, *sorted(self.bound.symbols)]


def ask(
    value: str,
    bound: Any,
    relation: Any,
    logs: float = 0,
    margin: float = 0.05,
    statistic: str | Quantile = "mean",
    run: str | None = None,
    slowest_correction: float = SLOWEST_CORRECTION,
) -> Question:
    """The question; InputError (GrammarError at a column of the bound) if it is malformed."""
    law = algebra.bound(bound)
    claim = Rate(
        "data",
        measure=replicate,
        bound=law,
        relation=relation,
        designs=(),
        statistic=statistic,
        logs=logs,
        margin=margin,
        together=run is not None,
        slowest_correction=slowest_correction,
        because=BECAUSE if slowest_correction != SLOWEST_CORRECTION else "",
        scope="the data as given",
    )
    _refuse_fields(claim)
    if not law.base_symbols:
        found, expected = f"the bound {law}", "a bound with the variable that moves"
        raise fault("constant-bound", "the question", found, expected)
    if value in law.symbols:
        found, expected = f"{value!r} in the bound {law}", "variables, beside the value"
        raise fault("value-in-bound", "the question", found, expected)
    if run in {value, *law.symbols}:
        found, expected = f"runs named by {run!r}", f"a column beside {value!r} and the variables"
        raise fault("run-in-question", "the question", found, expected)
    return Question(value, claim, run)


def _refuse_fields(claim: Rate) -> None:
    """InputError for the first field that is wrong; a claim about data has no designs yet."""
    for one in claim.faults:
        if one.field != "designs":
            found = f"{one.field}={shown(getattr(claim, one.field))}"
            raise fault(one.code, "the question", found, one.expected)


def replicate(rng: object, x: float) -> float:
    """Stands for the program that made the data, which is not here to be called."""
    raise NotImplementedError
