"""The cells of a theorem, each once, with the number of its replicates."""

from collections.abc import Iterable, Mapping

import attrs

from verify.planning.budget import Budget
from verify.spec.claim import Claim
from verify.spec.measure import Cell, convention
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

    def share(self, cell: Cell) -> float:
        """The part of the whole declared cost that a cell has, from 0 to 1."""
        whole = sum(self._cost(one) for one in self.replicates)
        return self._cost(cell) / whole

    def _cost(self, cell: Cell) -> float:
        return self.replicates[cell] * self.cost.get(cell, 1.0)


def plan(theorem: Theorem, budget: Budget) -> Plan:
    """Claims and controls that share a measure share its cells, and so its samples."""
    statements = list(_statements(theorem.claims))
    cells = [one for claim in statements for one in claim.cells()]
    counts = {one: budget.replicates if convention(one.measure).random else 1 for one in cells}
    return Plan(counts, {k: v for claim in statements for k, v in claim.costs().items()})


def _statements(claims: Iterable[Claim]) -> Iterable[Claim]:
    for claim in claims:
        yield claim
        for control in claim.controls:
            yield claim.variant(control)
