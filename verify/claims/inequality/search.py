"""The worst case over a box: differential evolution on several islands, then a local polish.

For each bound the excess is maximised by itself: where one bound is attained it would hide how far
the other one is.  What is found depends on the claim's seed alone, and not on the processes.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from multiprocessing import current_process, get_context
from typing import Any

import attrs

from verify.claims.inequality.box import numbers
from verify.claims.inequality.declaration import InequalityDeclaration
from verify.claims.inequality.excess import SideName
from verify.claims.inequality.island import (
    GENERATIONS,
    ISLANDS,
    Island,
    Peak,
    evolve,
    polish,
    population,
    timed,
)
from verify.spec.measure import importable

POLISH = 0.1
"""Share of the evaluations for the local polish."""

SERIAL = 4.0
"""Seconds of evaluations from which on it pays to start other processes."""


@attrs.frozen
class Search:
    """The highest peaks, the best one of each bound first, and how often the value was computed.

    `failure` says where it could not be computed.
    """

    peaks: Sequence[Peak] = ()
    evaluations: int = 0
    failure: str = ""


Starts = Mapping[SideName, Sequence[Mapping[str, Any]]]
"""For each bound the instances to begin with, the worst first."""


def fewest(count: int) -> int:
    """Evaluations that a search over so many coordinates needs at the least."""
    return ceil(ISLANDS * GENERATIONS * population(count) / (1 - POLISH))


def searched(claim: InequalityDeclaration, starts: Starts) -> Search:
    """The worst cases over the box, with what is drawn beside it as in the worst instances."""
    share = claim.evaluations / len(starts)
    islands = [
        island for side, data in starts.items() for island in _islands(claim, side, data, share)
    ]
    peaks = _evolved(islands)
    for side in starts:
        own = [one for one in peaks if one.side == side and one.data and not one.failure]
        if own:
            best = max(own, key=lambda one: one.excess)
            peaks.append(polish(islands[peaks.index(best)], best, int(POLISH * share)))
    failures = [one.failure for one in peaks if one.failure]
    return Search(
        sorted((one for one in peaks if one.data), key=lambda one: -one.excess),
        sum(one.evaluations for one in peaks),
        failures[0] if failures else "",
    )


def _islands(
    claim: InequalityDeclaration,
    side: SideName,
    starts: Sequence[Mapping[str, Any]],
    share: float,
) -> Iterator[Island]:
    """The islands of one bound; each begins at another one of the worst instances."""
    count = ISLANDS // len([one for one in (claim.low, claim.high) if one is not None])
    bare = claim.replaced({"given": {}, "controls": (), "proof": None}, claim.place)
    for number in range(count):
        start = starts[number % len(starts)]
        fixed = {name: value for name, value in start.items() if name not in claim.box}
        begin = tuple(map(float, numbers(claim.box, start)))
        yield Island(bare, side, number, fixed, begin, int((1 - POLISH) * share / count))


def _evolved(islands: Sequence[Island]) -> list[Peak]:
    """The peak of each island, by other processes where that is quicker."""
    workers = min(len(islands), os.cpu_count() or 1)
    functions = [function for _, function in islands[0].claim.functions]
    possible = workers > 1 and all(map(importable, functions)) and not current_process().daemon
    if not possible or sum(map(timed, islands)) < SERIAL:
        return [evolve(island) for island in islands]
    return _apart(islands, workers)


def _apart(islands: Sequence[Island], workers: int) -> list[Peak]:
    """The peak of each island, by other processes."""
    with get_context("spawn").Pool(workers, initializer=_settle_in) as pool:
        return pool.map(evolve, islands, chunksize=1)


def _settle_in() -> None:
    """Leave interrupts to the process that started this one, which ends it."""
    import signal  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
