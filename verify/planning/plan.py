"""The cells of a theorem, each once, with the number of its replicates."""

from collections.abc import Iterable, Mapping
from math import ceil

import attrs

from verify.planning.allocation import allocation
from verify.planning.budget import BLOCK, OPEN_SHARE, Budget
from verify.spec.claim import Claim
from verify.spec.measure import Cell
from verify.spec.theorem import Theorem


@attrs.frozen
class Plan:
    """What is to be measured: the replicates of each cell, 1 where the measure is exact.

    A run that is read at many places is one cell, and counts once.

    `cost` is the declared cost of a replicate; a cell that is not named has cost 1.
    """

    replicates: Mapping[Cell, int]
    cost: Mapping[Cell, float] = attrs.field(factory=dict)

    @property
    def total(self) -> int:
        """All replicates together."""
        return sum(self.replicates.values())

    def part(self, fraction: float) -> "Plan":
        """The plan with a `fraction`, in (0, 1], of each cell's replicates, in whole blocks."""
        counts = {
            cell: min(count, BLOCK * ceil(fraction * count / BLOCK))
            for cell, count in self.replicates.items()
        }
        return Plan(counts, self.cost)

    def of(self, claims: Iterable[Claim]) -> "Plan":
        """The plan for the cells of some claims and of their controls alone."""
        wanted = set(cells_of(claims))
        counts = {cell: count for cell, count in self.replicates.items() if cell in wanted}
        return Plan(counts, self.cost)

    def share(self, cell: Cell) -> float:
        """The part of the whole declared cost that a cell has, from 0 to 1."""
        whole = sum(self.price({one: count}) for one, count in self.replicates.items())
        return self.price({cell: self.replicates[cell]}) / whole

    def price(self, replicates: Mapping[Cell, int]) -> float:
        """The declared cost of so many replicates of some cells."""
        return sum(count * self.cost.get(cell, 1.0) for cell, count in replicates.items())


def plan(theorem: Theorem, budget: Budget) -> Plan:
    """Claims and controls that share a measure share its cells, and so its samples.

    The replicates of each are allocated by declared cost; a cell that several share has the most
    that one of them asks for.
    """
    counts: dict[Cell, int] = {}
    costs: dict[Cell, float] = {}
    for claim in _statements(theorem.claims):
        declared = claim.costs()
        asked = {cell: declared.get(cell, 1.0) for cell in claim.cells()}
        equal = max(BLOCK, budget.replicates // OPEN_SHARE) if claim.open else budget.replicates
        for cell, count in allocation(asked, equal).items():
            counts[cell] = max(count, counts.get(cell, 0))
        costs |= declared
    return Plan(counts, costs)


def cells_of(claims: Iterable[Claim]) -> list[Cell]:
    """The cells of claims and of their controls, each as often as it is asked for."""
    return [cell for claim in _statements(claims) for cell in claim.cells()]


def _statements(claims: Iterable[Claim]) -> Iterable[Claim]:
    for claim in claims:
        yield claim
        for control in claim.controls:
            yield claim.variant(control)
