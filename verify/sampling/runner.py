"""Measure what a plan asks for and the store does not have."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from hashlib import blake2b
from itertools import takewhile
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any

import attrs
import numpy as np

from verify.errors import MeasurementError
from verify.planning import BLOCK, Plan
from verify.result import Failure
from verify.sampling.block import (
    Block,
    Raised,
    canonical,
    measure_block,
)
from verify.sampling.store import Store
from verify.spec.claim import Samples
from verify.spec.measure import Cell, qualified_name

IN_FLIGHT = 16
"""Blocks that wait in an executor at a time: enough to keep it busy, few to lose."""


@attrs.frozen
class Measured:
    """The samples of cells, and the failures of others.

    `stopped`: time was up before all were complete; cells without a block are in neither.
    """

    samples: Samples = attrs.field(factory=dict)
    failures: Mapping[Cell, Failure] = attrs.field(factory=dict)
    stopped: bool = False


NOTHING = Measured()


def sample(
    plan: Plan,
    seed: int,
    store: Store,
    executor: Executor,
    *,
    fresh: bool = False,
    advance: Callable[[int], None] = lambda _: None,
    before: Measured = NOTHING,
    until: float = inf,
) -> Measured:
    """The replicates of every cell of the plan, from the store or measured now.

    `fresh` ignores what is stored; `advance` is told of replicates as they are there; what was
    measured `before` is continued.  No block is begun after the time `until`, on the clock of
    `time.monotonic`.  A cell that fails is reported and the rest goes on.  Raises MeasurementError
    when a worker dies.
    """
    results: dict[Block, Any] = {}
    missing = []
    for block in _blocks(plan, seed, before):
        stored = None if fresh else store.load(block)
        if stored is None:
            missing.append(block)
        else:
            results[block] = stored
            advance(block.size)
    for block, result in _completed(executor, missing, until):
        if not isinstance(result, Raised):
            store.save(block, result)
        results[block] = result
        advance(block.size)
    return _gather(plan, seed, results, before, store.path.parent / "failures")


def _blocks(plan: Plan, seed: int, before: Measured) -> Iterator[Block]:
    """Blocks in the order of the plan, an index at a time, so that early results span the grid."""
    done = {cell: len(values) for cell, values in before.samples.items()}
    for index in range(-(-max(plan.replicates.values(), default=0) // BLOCK)):
        for cell, replicates in plan.replicates.items():
            new = index * BLOCK >= done.get(cell, 0) and cell not in before.failures
            if index * BLOCK < replicates and new:
                yield Block(cell, index, seed)


def _completed(
    executor: Executor, blocks: Iterable[Block], until: float
) -> Iterator[tuple[Block, Any]]:
    """Each block with its result, as they finish; only a few wait at a time.

    After the time `until` none is begun, and those that wait are left.
    """
    waiting: dict[Future[Any], Block] = {}
    try:
        for block in takewhile(lambda _: monotonic() < until, blocks):
            waiting[executor.submit(measure_block, block)] = block
            if len(waiting) >= IN_FLIGHT or next(iter(waiting)).done():
                yield from _finished(waiting)
        while waiting:
            if monotonic() >= until:
                for future in [one for one in waiting if one.cancel()]:
                    del waiting[future]
            if waiting:
                yield from _finished(waiting)
    except BrokenExecutor:
        suspects = ", ".join(sorted({block.cell.label for block in waiting.values()}))
        raise MeasurementError(
            f"a worker process died while measuring one of {suspects}; the usual cause is memory: "
            "repeat with --workers 1 to see which, what was measured is kept"
        ) from None


def _finished(waiting: dict[Future[Any], Block]) -> Iterator[tuple[Block, Any]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in sorted(done, key=lambda one: one.exception() is not None):  # good ones first
        result = future.result()
        yield waiting.pop(future), result


def _gather(
    plan: Plan, seed: int, results: dict[Block, Any], before: Measured, folder: Path
) -> Measured:
    """Samples in the order of their blocks, whatever the order in which they came.

    Of a cell that is not complete, the blocks up to the first that is missing.
    """
    samples, failures = dict(before.samples), dict(before.failures)
    parts: dict[Cell, list[Any]] = {
        cell: [samples[cell]] if cell in samples else [] for cell in plan.replicates
    }
    stopped = False
    complete = dict.fromkeys(plan.replicates, True)
    for block in _blocks(plan, seed, before):
        cell = block.cell
        complete[cell] &= block in results
        stopped |= block not in results
        if complete[cell]:
            parts[cell].append(results[block])
    for cell, values in parts.items():
        raised = next((value for value in values if isinstance(value, Raised)), None)
        if raised is not None:
            samples.pop(cell, None)
            failures[cell] = Failure(cell.label, raised.error, _keep(raised, cell, folder))
        elif values:
            samples[cell] = np.concatenate(values)
    return Measured(samples, failures, stopped)


def _keep(raised: Raised, cell: Cell, folder: Path) -> str:
    """The file of its own to which a traceback is written, or why it could not be."""
    identity = f"{qualified_name(cell.measure)}|{canonical(cell)}"
    name = f"{cell.measure.__name__}-{blake2b(identity.encode(), digest_size=6).hexdigest()}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(raised.trace, encoding="utf-8")
    except OSError as error:
        return f"not kept ({error})"
    return str(folder / name)
