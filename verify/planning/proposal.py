"""Proposals: a pilot's design changed, and what is then likely to be decided."""

from collections.abc import Callable, Mapping, Sequence

import attrs

from verify.claims.rate.declaration import RateDeclaration
from verify.planning.allocation import allocation
from verify.planning.forecast import Forecast, forecast
from verify.planning.pilot import Pilot, ascending
from verify.spec.design import Design
from verify.spec.measure import Cell

MOST_POINTS = 18
"""Places of the longest sweep that is thought of."""


@attrs.frozen
class Change:
    """What is changed: so many further places, times so many replicates, so much less noise.

    `noise` divides the sd of a replicate; `slowest_correction` is declared, if it is given.
    """

    places: int = 0
    replicates: int = 1
    noise: int = 1
    slowest_correction: float | None = None


@attrs.frozen
class Proposal:
    """An experiment: a `change` from what was asked about, what it comes to, and its forecast."""

    change: Change
    design: Design
    replicates: Mapping[Cell, int]
    forecast: Forecast


def propose(
    claim: RateDeclaration, pilot: Pilot, equal: int, change: Change, level: float
) -> Proposal:
    """The pilot's design changed; its cells together cost what `equal` replicates of each would."""
    if change.slowest_correction is not None:
        supposed = {"slowest_correction": change.slowest_correction, "because": "it is supposed"}
        claim = claim.replaced(supposed, claim.place)
    design = longer(claim, pilot.design, change.places)
    counts = allocation(claim.costs_in(design), equal * change.replicates)
    given = [counts[cell] for cell in claim.cells_in(design)]
    found = forecast(claim, design, pilot, given, noise=1 / change.noise, level=level)
    return Proposal(change, design, counts, found)


def longer(claim: RateDeclaration, design: Design, places: int) -> Design:
    """The design with further places at its far end, in the ratio that its own have on average.

    Variables that have whole values keep them whole.
    """
    if places == 0:
        return design
    order = ascending(claim, design)
    sweep = {}
    for name, grid in design.sweep.items():
        near, far = grid[order[0]], grid[order[-1]]
        ratio = (far / near) ** (1 / (len(grid) - 1))
        further = [far * ratio**step for step in range(1, places + 1)]
        if all(float(value).is_integer() for value in grid):
            further = [round(value) for value in further]
        sweep[name] = [*(grid[k] for k in order), *further]
    return design.replaced({"sweep": sweep}, design.place)


def smallest(ladder: Sequence[Callable[[], Proposal]], chance: float) -> tuple[Proposal, int]:
    """The first of ever larger proposals that HOLDS with `chance`, and its number, by bisection.

    The last one if none does.
    """
    low, high, found = 0, len(ladder) - 1, ladder[-1]()
    while found.forecast.holds >= chance and low < high:
        middle = (low + high) // 2
        other = ladder[middle]()
        if other.forecast.holds >= chance:
            found, high = other, middle
        else:
            low = middle + 1
    return found, high
