"""From columns to a verdict: the data as the samples of a rate in one variable."""

from typing import Any

import numpy as np
from msgspec.structs import replace

from verify.claims import Rate
from verify.claims.rate.judgement import judge_rate
from verify.inference.family import SLOWEST_CORRECTION
from verify.inference.statistic import Quantile
from verify.judging.mapping import Columns, from_columns
from verify.judging.outcome import DataOutcome, independence
from verify.judging.question import Question, ask
from verify.judging.runs import aligned
from verify.judging.soundness import refuse_bound, refuse_statistic
from verify.judging.sweep import Sweep, sweep
from verify.judging.table import Table
from verify.spec import Design
from verify.spec.claim import Samples
from verify.verdict import Relation


def judge(
    data: Columns,
    *,
    value: str,
    bound: Any,
    relation: str,
    logs: float = 0,
    margin: float = 0.05,
    statistic: str | Quantile = "mean",
    run: str | None = None,
    slowest_correction: float = SLOWEST_CORRECTION,
) -> DataOutcome:
    """Whether a statistic of the column `value` is O, Omega or Theta of `bound`, as it grows.

    `data` are columns by name (lists, arrays, a data frame), one row for each independent
    replicate.  The variables of the bound are columns; one of them moves, over at least five
    values, and the others are constant.  `statistic` is "mean", "rms", "sd", "median" or a
    `Quantile`.  `run` is the column that tells the runs apart, where one run was read at every
    value: its rows move together.  `slowest_correction` is the smallest power with which a
    correction may decay.  These, `logs`, `margin` and the order of judgement are those of `Rate`.

    Raises InputError for a malformed question, and for data that cannot answer it, with the row.
    """
    question = ask(value, bound, relation, logs, margin, statistic, run, slowest_correction)
    return answer(question, from_columns(data, question.columns, run))


def answer(question: Question, table: Table) -> DataOutcome:
    """The outcome of a question on a table; InputError where the data cannot answer it."""
    data = sweep(table, question.value, question.bound)
    if question.run is not None:
        data = aligned(data, question.run)
    claim = _claim(question, data)
    refuse_bound(claim, data)
    refuse_statistic(claim, data)
    found = judge_rate(claim, _samples(claim, data))
    row = replace(found.exponents[0], variable=data.variable, design=data.label)
    return DataOutcome(
        verdict=found.verdict,
        reason=found.reason,
        value=question.value,
        run=question.run,
        statistic=found.statistic,
        relation=Relation(claim.relation),
        bound=str(question.bound),
        margin=claim.margin,
        replicates=min(map(len, data.replicates)),
        rows=sum(map(len, data.rows)),
        exponents={data.variable: row},
        assumes=f"{independence(question.run, data.variable)}; {row.assumes}",
    )


def _samples(claim: Rate, data: Sweep) -> Samples:
    """The replicates by the cells of the claim: of runs it is one cell, with a column a place."""
    columns = [np.stack(data.replicates, axis=1)] if claim.together else data.replicates
    return dict(zip(claim.cells(), columns, strict=True))


def _claim(question: Question, data: Sweep) -> Rate:
    """The rate in the one variable x, the argument of `replicate`, that the data are samples of."""
    bound = data.bound.substitute({data.variable: "x"})
    changes = {"bound": bound, "designs": (Design(sweep={"x": data.grid}),)}
    return question.claim.replaced(changes, question.claim.place)
