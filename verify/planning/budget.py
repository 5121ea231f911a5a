"""How much may be measured."""

import attrs


@attrs.frozen
class Budget:
    """A named number of replicates for each random cell, a multiple of the block size."""

    name: str
    replicates: int


BUDGETS = {
    budget.name: budget
    for budget in (Budget("quick", 128), Budget("standard", 1024), Budget("full", 8192))
}
