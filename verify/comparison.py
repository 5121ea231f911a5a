"""What differs between two results of the same theorems, and whether by more than chance."""

from collections.abc import Iterator, Mapping, Sequence
from math import hypot, isclose
from statistics import NormalDist
from typing import Any

import attrs
import msgspec

from verify.claims import AnyOutcome, RateOutcome
from verify.result import Result
from verify.verdict import LEVEL, Verdict

TOLERANCE = 1e-9
"""The relative difference that another machine or another version may make."""

OPPOSITE = {Verdict.HOLDS, Verdict.REFUTED}
"""Verdicts that a claim cannot both deserve."""


@attrs.frozen
class Difference:
    """Where two results differ, and in what; `p` is that of a test that they estimate one number.

    None where there is nothing to test.
    """

    where: str
    what: str
    old: str
    new: str
    p: float | None = None
    significant: bool = False


def differences(old: Sequence[Result], new: Sequence[Result]) -> list[Difference]:
    """What differs: theorems, claims, verdicts, estimates.  What is equal is left out.

    An estimate differs significantly where its p-value does among all of them, by Holm's
    procedure: if nothing changed, the chance that any does is below 1 - LEVEL.  The standard
    deviation of an estimate is read off its interval, which has that level or a wider one, and
    takes the two results as independent; where they share random numbers they differ by less.
    """
    first, second = ({one.theorem: one for one in results} for results in (old, new))
    found = [*_absent("theorem", first, second)]
    for name in first.keys() & second.keys():
        found += _claims(name, first[name].claims, second[name].claims)
    return _after_holm(sorted(found, key=lambda one: one.where))


def changed(old: Result, new: Result) -> list[str]:
    """How two results came about differently: declaration, seed, budget, versions, machines."""
    before, after = (msgspec.to_builtins(one.provenance) for one in (old, new))
    flat = [{**one, **{f"version of {k}": v for k, v in one["versions"].items()}}
            for one in (before, after)]  # fmt: skip
    left_out = {"versions", "command", "started", "wall_s", "cpu_s", "samples", "workers"}
    names = [name for name in {**flat[0], **flat[1]} if name not in left_out]
    return [
        f"{'declaration or source' if name == 'spec' else name}: {before} -> {after}"
        for name in names
        if (before := flat[0].get(name)) != (after := flat[1].get(name))
    ]


def largest_difference(old: Result, new: Result) -> float | None:
    """The largest relative difference of any two numbers; None where more than numbers differ."""
    both = [
        [msgspec.to_builtins(msgspec.structs.replace(one, place="")) for one in result.outcomes]
        for result in (old, new)
    ]
    return _largest(both[0], both[1])


def _largest(old: Any, new: Any) -> float | None:
    numbers = isinstance(old, int | float) and isinstance(new, int | float)
    if numbers and not isinstance(old, bool) and not isinstance(new, bool):
        return 0.0 if old == new else abs(old - new) / max(abs(old), abs(new))
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        old, new = list(old.values()), list(new.values())
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        parts = [_largest(one, other) for one, other in zip(old, new, strict=True)]
        known = [part for part in parts if part is not None]
        return max(known, default=0.0) if len(known) == len(parts) else None
    return 0.0 if old == new else None


def _absent(what: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for name in sorted(old.keys() ^ new.keys()):
        before, after = ("there" if name in one else "-" for one in (old, new))
        yield Difference(name, what, before, after)


def _claims(
    theorem: str, old: Mapping[str, AnyOutcome], new: Mapping[str, AnyOutcome]
) -> Iterator[Difference]:
    yield from (attrs.evolve(one, where=f"{theorem}:{one.where}")
                for one in _absent("claim", old, new))  # fmt: skip
    for name in old.keys() & new.keys():
        where, before, after = f"{theorem}:{name}", old[name], new[name]
        if (before.verdict, before.reason) != (after.verdict, after.reason):
            first, second = (f"{one.verdict} ({one.reason})" for one in (before, after))
            opposite = {before.verdict, after.verdict} == OPPOSITE
            yield Difference(where, "verdict", first, second, significant=opposite)
        numbers = _numbers(before), _numbers(after)
        for what in numbers[0].keys() & numbers[1].keys():
            one, other = numbers[0][what], numbers[1][what]
            if one[0] != other[0]:
                yield _tested(where, what, one, other)


Estimate = tuple[float, float, float]


def _numbers(outcome: AnyOutcome) -> dict[str, Estimate]:
    """The estimates of a claim with both ends of their intervals, by what they are of."""
    rows: dict[str, Any] = {"estimate": outcome}
    if isinstance(outcome, RateOutcome):
        rows = {}
        for row in outcome.exponents:
            drawn = f" of instance {row.instance.number}" if row.instance else ""
            label = f"{row.variable} ({row.design}){drawn}" if row.design else row.variable
            rows |= {f"exponent of {label}": row, f"slope in {label} on the range": row.range}
    return {
        what: (row.estimate, row.low, row.high)
        for what, row in rows.items()
        if None not in (getattr(row, name, None) for name in ("estimate", "low", "high"))
    }


def _tested(where: str, what: str, old: Estimate, new: Estimate) -> Difference:
    law = NormalDist()
    width = 2 * law.inv_cdf((1 + LEVEL) / 2)
    spread = hypot(*((high - low) / width for _, low, high in (old, new)))
    gap = abs(old[0] - new[0])
    if spread == 0:
        p = 1.0 if isclose(old[0], new[0], rel_tol=TOLERANCE) else 0.0
    else:
        p = 2 * law.cdf(-gap / spread)
    before, after = (f"{one[0]:+.5g} [{one[1]:+.5g}, {one[2]:+.5g}]" for one in (old, new))
    return Difference(where, what, before, after, p)


def _after_holm(found: list[Difference]) -> list[Difference]:
    """Estimates marked as significant where their number allows (Holm, 1979)."""
    tested = sorted((one for one in found if one.p is not None), key=lambda one: one.p or 0.0)
    marked, allowed = {}, True
    for rank, one in enumerate(tested):
        allowed = allowed and (one.p or 0.0) * (len(tested) - rank) < 1 - LEVEL
        marked[one] = allowed
    return [attrs.evolve(one, significant=marked.get(one, one.significant)) for one in found]
