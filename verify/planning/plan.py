"""The cells of a theorem, each once, with the number of its replicates."""

from collections.abc import Iterable, Mapping

import attrs

from verify.planning.budget import Budget
from verify.spec.claim import Claim
from verify.spec.measure import Cell, convention
from verify.spec.theorem import Theorem


@attrs.frozen
class Plan:
    """What is to be measured: the replicates of each cell, 1 where the measure is exact."""

    replicates: Mapping[Cell, int]

    @property
    def total(self) -> int:
        """All replicates together."""
        return sum(self.replicates.values())


def plan(theorem: Theorem, budget: Budget) -> Plan:
    """Claims and controls that share a measure share its cells, and so its samples."""
    cells = [one for claim in _statements(theorem.claims) for one in claim.cells()]
    return Plan({one: budget.replicates if convention(one.measure).random else 1 for one in cells})


def _statements(claims: Iterable[Claim]) -> Iterable[Claim]:
    for claim in claims:
        yield claim
        for control in claim.controls:
            yield claim.variant(control)
