"""The cells of a theorem with its instances, and the first block of each measure."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from verify.errors import InputError
from verify.planning import BUDGETS, plan
from verify.sampling.block import Block
from verify.sampling.measuring import Raised, measure_block
from verify.spec import Cell, Theorem
from verify.spec.measure import convention

SEED = 0


def drawn(theorem: Theorem) -> Theorem:
    """The theorem with its random instances."""
    try:
        return theorem.drawn(SEED)
    except InputError as error:
        raise AssertionError(str(error)) from None


def cells_of(theorem: Theorem) -> list[Cell]:
    """All that the quick budget measures."""
    return list(plan(theorem, BUDGETS["quick"]).replicates)


def blocks_of(theorem: Theorem) -> Iterator[Block]:
    """The first block of the first cell of each measure."""
    first: dict[str, Cell] = {}
    for cell in cells_of(drawn(theorem)):
        first.setdefault(f"{cell.measure.__module__}.{cell.measure.__qualname__}", cell)
    return (Block(cell, 0, SEED) for cell in first.values())


def random_blocks(theorem: Theorem) -> Iterator[Block]:
    """Those of them that draw."""
    return (block for block in blocks_of(theorem) if convention(block.cell.measure).random)


def measured(block: Block) -> NDArray[np.float64]:
    """The replicates of a block; AssertionError where it has none."""
    found = measure_block(block)
    assert not isinstance(found, Raised), f"{block.cell.label}: {found}"
    return found
