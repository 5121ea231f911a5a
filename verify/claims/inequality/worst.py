"""The worst case of each bound, of instances and of a search together."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from verify.claims.exact.survey import Survey
from verify.claims.inequality.comparison import Comparison, written
from verify.claims.inequality.excess import Extreme
from verify.claims.inequality.outcome import ExtremeRow
from verify.claims.inequality.search import Search, Starts

ATTAINED = 1e-9
"""Relative distance within which a bound is said to be attained."""


@attrs.frozen
class Case:
    """An instance, by what it was found, and its extreme for one bound.

    Of a noisy value `interval` is that of its excess.
    """

    extreme: Extreme
    data: Mapping[str, Any]
    found: str
    interval: tuple[float | None, float | None] = (None, None)


def cases(survey: Survey) -> list[Case]:
    """Those of all instances, for each bound."""
    return [
        Case(extreme, data, "instances")
        for data, reading in survey.answers
        if isinstance(reading, Comparison)
        for extreme in reading.sides
    ]


def cases_of(search: Search, read: Callable[[dict[str, Any]], Comparison]) -> list[Case]:
    """Those of the peaks of a search, for each bound, as they are `read` by a second look."""
    return [
        Case(extreme, peak.data, "search")
        for peak in search.peaks
        for extreme in read(dict(peak.data)).sides
    ]


def starts(found: Sequence[Case]) -> Starts:
    """For each bound the instances, the worst first."""
    order = sorted(found, key=lambda one: -one.extreme.excess)
    sides = dict.fromkeys(one.extreme.side for one in found)
    return {side: [one.data for one in order if one.extreme.side == side] for side in sides}


def worst(found: Sequence[Case]) -> list[Case]:
    """The worst of each bound."""
    own = {case.extreme.side: case for case in sorted(found, key=lambda one: one.extreme.excess)}
    return [own[side] for side in sorted(own, reverse=True)]


def row(case: Case) -> ExtremeRow:
    """A worst case as data."""
    one = case.extreme
    return ExtremeRow(
        side=one.side,
        ratio=one.ratio,
        excess=one.excess,
        value=written(one.value),
        bound=written(one.bound),
        at=dict(case.data),
        found=case.found,
        attained=abs(one.excess) <= ATTAINED and case.interval == (None, None),
        low=case.interval[0],
        high=case.interval[1],
    )
