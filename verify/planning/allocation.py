"""How many replicates each of a group of cells gets: fewer where one is dear.

If the relative noise is the same everywhere, a weighted mean of the cells has the smallest variance
at a given cost when their counts are proportional to cost^(-1/2) (Neyman 1934).  They are bounded
on both sides: without a floor the far end, on which an exponent rests, would starve; without a cap
the near end, where corrections are largest, would outweigh it.
"""

from collections.abc import Mapping
from math import sqrt

from verify.planning.budget import BLOCK
from verify.spec.measure import Cell, convention
from verify.spec.reduction import reduction_of

FLOOR, CAP = 1 / 4, 16
"""The smallest and the largest number of replicates, relative to an equal one for all cells."""
HALVINGS = 100


def allocation(cost: Mapping[Cell, float], equal: int) -> dict[Cell, int]:
    """The replicates of each cell, given the declared `cost` of one, and what all would `equal`.

    1 where the measure is exact, and `equal`, a multiple of BLOCK, for runs that are read at many
    places and for common random numbers.  The others have multiples of BLOCK from max(BLOCK,
    `equal` / 4) to 16 `equal`, whose cost together is at most that of `equal` replicates of each.
    Of these a dearer cell never has more than a cheaper one, and all have `equal` if they cost the
    same.  Costs are positive.
    """
    random = [cell for cell in cost if convention(cell.measure).random]
    places = {cell: cost[cell] for cell in random if not (cell.places or _is_matched(cell))}
    return dict.fromkeys(cost, 1) | dict.fromkeys(random, equal) | _shared(places, equal)


def _is_matched(cell: Cell) -> bool:
    """Whether replicate r of the cell belongs to replicate r of others."""
    return reduction_of(cell.measure).common


def _shared(cost: Mapping[Cell, float], equal: int) -> dict[Cell, int]:
    """The largest counts of their kind that cost no more than the equal ones, by bisection."""
    whole = sum(one * equal for one in cost.values())
    ends = [bound * equal * sqrt(one) for bound in (FLOOR, CAP) for one in cost.values()]
    low, high = min(ends, default=1.0), max(ends, default=1.0)
    best = _counts(cost, equal, low)
    for _ in range(HALVINGS):
        scale = sqrt(low * high)
        counts = _counts(cost, equal, scale)
        if sum(one * counts[cell] for cell, one in cost.items()) <= whole:
            low, best = scale, counts
        else:
            high = scale
    return best


def _counts(cost: Mapping[Cell, float], equal: int, scale: float) -> dict[Cell, int]:
    """`scale` times cost^(-1/2), within the bounds and in whole blocks."""
    least, most = max(BLOCK, FLOOR * equal), CAP * equal
    bounded = {cell: min(max(scale / sqrt(one), least), most) for cell, one in cost.items()}
    return {cell: BLOCK * round(count / BLOCK) for cell, count in bounded.items()}
