"""Replicates as they come in, put where they belong whatever their order."""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import numpy as np

from verify.planning import BLOCK, Plan
from verify.result import Failure
from verify.sampling.block import Block
from verify.sampling.measuring import Raised
from verify.spec.claim import Samples
from verify.spec.measure import Cell


@attrs.frozen
class Measured:
    """The samples of cells, and the failures of others.

    `stopped`: time was up before all were complete; cells without a block are in neither.
    """

    samples: Samples = attrs.field(factory=dict)
    failures: Mapping[Cell, Failure] = attrs.field(factory=dict)
    stopped: bool = False


NOTHING = Measured()


class Collected:
    """What a plan asks for beyond what was measured before, and what of it is there."""

    def __init__(self, plan: Plan, seed: int, before: Measured) -> None:
        self._before, self._seed = before, seed
        done = {cell: len(values) for cell, values in before.samples.items()}
        self._parts = {
            cell: _Part(cell, -(-done.get(cell, 0) // BLOCK), -(-replicates // BLOCK))
            for cell, replicates in plan.replicates.items()
            if cell not in before.failures
        }

    def blocks(self) -> Iterator[Block]:
        """All that is asked for, an index at a time, so that early results span the grid."""
        for index in range(max((part.stop for part in self._parts.values()), default=0)):
            for cell, part in self._parts.items():
                if part.start <= index < part.stop:
                    yield Block(cell, index, self._seed)

    def put(self, block: Block, result: Any) -> None:
        """The replicates of a block are there, or what it Raised."""
        self._parts[block.cell].put(block, result)

    @property
    def raised(self) -> dict[Cell, Raised]:
        """What went wrong in each cell that failed: in the first of its blocks."""
        return {cell: part.raised[min(part.raised)] for cell, part in self._parts.items()
                if part.raised}  # fmt: skip

    def measured(self, failures: Mapping[Cell, Failure]) -> Measured:
        """Samples in the order of their blocks; of a cell that is not complete, the first ones."""
        samples, stopped = dict(self._before.samples), False
        for cell, part in self._parts.items():
            if cell in failures:
                samples.pop(cell, None)
                continue
            found = part.first()
            stopped |= len(found) < len(part.values)
            if len(found):
                parts = [samples[cell], found] if cell in samples else [found]
                samples[cell] = np.concatenate(parts)
        return Measured(samples, {**self._before.failures, **failures}, stopped)


class _Part:
    """The blocks of one cell from `start` up to `stop`."""

    def __init__(self, cell: Cell, start: int, stop: int) -> None:
        self.start, self.stop = start, max(start, stop)
        self._size = Block(cell, 0, 0).size
        self.values = np.empty(((self.stop - start) * self._size, *cell.row))
        self._there = np.zeros(len(self.values), dtype=bool)
        self.raised: dict[int, Raised] = {}

    def put(self, block: Block, result: Any) -> None:
        """A block of these is there."""
        if isinstance(result, Raised):
            self.raised[block.index] = result
            return
        first = (block.index - self.start) * self._size
        self.values[first : first + self._size] = result
        self._there[first : first + self._size] = True

    def first(self) -> Any:
        """The replicates up to the first that is missing."""
        complete = bool(self._there.all())
        return self.values[: len(self._there) if complete else int(self._there.argmin())]
