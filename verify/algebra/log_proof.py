"""Proofs of dominance where powers tie and logs decide.

Three facts about |log x_i| ~ l_i = log max(1, |y_i|), y = log x, turn a tie into a linear program:
l_i >= 0; l_i <= l_k + C if y_k = 0 forces y_i = 0 on the cone; and l_i <= log of the slack that a
power proof leaves over, if no slack forces y_i = 0, which that slack itself outweighs.  The l_i are
then free variables subject to these inequalities.  (Derived here.)
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

import attrs

from verify.algebra.case import Case, objective, proof
from verify.algebra.certificate import Farkas, LogBound
from verify.algebra.linear import ONE, ZERO, Row, minus, plus, scaled, vector
from verify.algebra.simplex import Optimum, maximise

MOST_HALVED = 4


def prove_with_logs(case: Case) -> list[Farkas]:
    """A proof of `case` by the facts above, or proofs of parts that make it up; else none.

    A variable that may lie on both sides of 1 has a log that is no help on either; so where there
    is no proof at once, it is looked for on each side.
    """
    whole = _prove(case)
    if whole is not None:
        return [whole]
    both = [name for name in case.log_names if not _is_one_sided(case, name)]
    if not both or len(both) > MOST_HALVED:
        return []
    patterns = product(*([(name, 1), (name, -1)] for name in both))
    proofs = [_prove(case.within(pattern)) for pattern in patterns]
    found = [part for part in proofs if part is not None]
    return found if len(found) == len(proofs) else []


def _is_one_sided(case: Case, name: str) -> bool:
    """Whether the conditions keep x_name on one side of 1."""
    ends = [vector({name: sign}, case.names) for sign in (ONE, -ONE)]
    return any(isinstance(maximise(end, case.conditions), Optimum) for end in ends)


def _prove(case: Case) -> Farkas | None:
    """One proof of `case`, or None if the facts above do not suffice.

    Which slack may be used depends on the proof, and the proof on the slack.  All of it is assumed
    at first and what no proof can leave over is given up, until a proof leaves over all that it
    uses; proofs can be added up, so this finds one whenever there is one.
    """
    slack = set(range(len(case.conditions)))
    while True:
        steps = list(_log_bounds(case, slack))
        rows = [*case.rows(case.log_names), *_log_rows(case, steps, 2)]
        first = maximise(objective(rows), rows)
        if not isinstance(first, Optimum):
            return None
        parts = {m: _leaving_over(case, steps, m) for m in slack}
        proofs = [part for part in parts.values() if part is not None]
        if len(proofs) == len(slack):
            return _assemble(case, steps, [first.multipliers, *proofs])
        slack = {m for m, part in parts.items() if part is not None}


def _log_bounds(case: Case, slack: set[int]) -> Iterator[LogBound]:
    """Every l_i <= l_k + C, or l_i <= C alone, that holds up to the given slack; weights 0."""
    for name in case.log_names:
        for other in (None, *case.log_names):
            if other != name and (found := _log_bound(case, slack, name, other)):
                yield found
                if other is None:
                    break


def _log_bound(case: Case, slack: set[int], name: str, other: str | None) -> LogBound | None:
    """The proof that y_name = 0 where y_other = 0 and no condition of `slack` leaves any."""
    used = sorted(slack)
    rows = [*case.conditions, *(minus(case.conditions[m]) for m in used)]
    if other is not None:
        rows += [vector({other: ONE}, case.names), vector({other: -ONE}, case.names)]
    tables, slopes = [], []
    for sign in (ONE, -ONE):
        found = maximise(vector({name: sign}, case.names), rows)
        if not isinstance(found, Optimum):
            return None
        table = list(found.multipliers[: len(case.conditions)])
        for m, negative in zip(used, found.multipliers[len(case.conditions) :], strict=False):
            table[m] -= negative
        tables.append(tuple(table))
        slopes.append(found.multipliers[-2] - found.multipliers[-1] if other else ZERO)
    return LogBound(ZERO, name, other, tables[0], tables[1], (slopes[0], slopes[1]))


def _log_rows(case: Case, steps: Sequence[LogBound], extra: int) -> list[Row]:
    """l_i >= 0, and the `steps`, as rows in (y, l, then `extra` other columns)."""
    columns = (*case.names, *(f"log {name}" for name in case.log_names), *[""] * extra)
    rows = [vector({f"log {name}": -ONE}, columns) for name in case.log_names]
    for step in steps:
        above = vector({f"log {step.smaller}": ONE}, columns)
        below = vector({f"log {step.larger}": -ONE}, columns)
        rows.append(plus(above, below))
    return rows


def _leaving_over(case: Case, steps: Sequence[LogBound], m: int) -> tuple[Fraction, ...] | None:
    """Multipliers of a proof in which condition m has weight at least 1, if there is one."""
    rows = [*case.rows(case.log_names, scored=False), *_log_rows(case, steps, 1)]
    place = len(case.low) + len(case.high) + m
    found = maximise(minus(rows[place]), rows)
    if not isinstance(found, Optimum):
        return None
    return tuple(y + (k == place) for k, y in enumerate(found.multipliers))


def _assemble(
    case: Case, steps: Sequence[LogBound], proofs: Sequence[Sequence[Fraction]]
) -> Farkas:
    """The sum of the proofs, scaled."""
    total = [sum(entries, ZERO) for entries in zip(*proofs, strict=True)]
    scale = sum(total[: len(case.low)], ZERO)
    weights = scaled(total[len(total) - len(steps) :], 1 / scale)
    logs = [
        attrs.evolve(step, weight=weight)
        for step, weight in zip(steps, weights, strict=True)
        if weight
    ]
    return attrs.evolve(proof(case, total), logs=tuple(logs))
