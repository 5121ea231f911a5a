"""How much may be measured."""

import attrs


@attrs.frozen
class Budget:
    """A named number of replicates for each random cell, a multiple of the block size."""

    name: str
    replicates: int


BUDGETS = {
    budget.name: budget
    for budget in (Budget("quick", 64), Budget("standard", 512), Budget("full", 4096))
}
