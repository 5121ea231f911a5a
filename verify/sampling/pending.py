"""What is still to be measured, and how much of it makes a task."""

import random
from collections import deque
from collections.abc import Iterable
from math import inf

from verify.sampling.block import Block
from verify.spec.measure import Cell, Measure

TASK = 0.1
"""Seconds that a task should take: fifty times what it costs to send one, on a busy machine."""

MOST = 1024
"""Blocks of a task, at most."""


class Pending:
    """Blocks that wait, in their order, and how long blocks like them took.

    Times decide what travels together, and nothing else.
    """

    def __init__(self) -> None:
        self._blocks: deque[Block] = deque()
        self._suspects: deque[Block] = deque()
        self._seconds: dict[Cell | Measure, float] = {}
        self._scattered = False

    def __len__(self) -> int:
        return len(self._blocks) + len(self._suspects)

    def add(self, blocks: Iterable[Block]) -> None:
        """Blocks are to be measured after those that wait already."""
        self._blocks.extend(blocks)

    @property
    def suspicious(self) -> bool:
        """Whether the next task is a block under which a worker may have been lost."""
        return bool(self._suspects)

    def take(self, workers: int) -> list[Block]:
        """The next task for one of so many workers: a suspect alone, or TASK seconds of blocks.

        Towards the end tasks get smaller, so that no worker has to wait long for another.
        """
        if self._suspects:
            return [self._suspects.popleft()]
        most = min(MOST, max(1, len(self._blocks) // (2 * workers)))
        task = [self._blocks.popleft()]
        seconds = self._expected(task[0])
        while self._blocks and len(task) < most:
            seconds += self._expected(self._blocks[0])
            if seconds > TASK:
                break
            task.append(self._blocks.popleft())
        return task

    def took(self, block: Block, seconds: float) -> None:
        """A block was measured in so many seconds."""
        self._seconds[block.cell] = self._seconds[block.cell.measure] = seconds

    def put_back(self, blocks: Iterable[Block]) -> None:
        """Blocks were not begun, and come next."""
        self._blocks.extendleft(reversed(list(blocks)))

    def suspect(self, blocks: Iterable[Block]) -> None:
        """A worker was lost, and one of these may be why: each comes next, alone."""
        self._suspects.extend(blocks)

    def drop(self, cell: Cell) -> None:
        """Nothing more is to be measured of a cell."""
        for queue in (self._blocks, self._suspects):
            kept = [block for block in queue if block.cell != cell]
            queue.clear()
            queue.extend(kept)

    def scatter(self) -> None:
        """Another run is at the same blocks: go on, from the first time this is told, in an order
        that it does not have.
        """
        if not self._scattered:
            random.Random().shuffle(self._blocks)
            self._scattered = True

    def _expected(self, block: Block) -> float:
        """The seconds of a block, by its cell, else by its measure, else unknown and so endless."""
        seconds = self._seconds
        return seconds.get(block.cell, seconds.get(block.cell.measure, inf))
