"""How much may be measured."""

import attrs

BLOCK = 32
"""Replicates that are drawn at a time; every number of them is a multiple of it."""


@attrs.frozen
class Budget:
    """A named number of replicates for each random cell, a multiple of BLOCK."""

    name: str
    replicates: int


OPEN_SHARE = 8
"""An open claim has this part of the replicates: no budget decides it."""

BUDGETS = {
    budget.name: budget
    for budget in (Budget("quick", 128), Budget("standard", 1024), Budget("full", 8192))
}
