"""Measure what a plan asks for and the store does not have."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from pathlib import Path
from typing import Any

import attrs
import msgspec
import numpy as np

from verify.errors import MeasurementError
from verify.planning import Plan
from verify.sampling.block import BLOCK, Block, Raised, measure_block
from verify.sampling.store import Store
from verify.spec.claim import Samples

IN_FLIGHT = 16
"""Blocks that wait in an executor at a time: enough to keep it busy, few to lose."""


class Failure(msgspec.Struct, frozen=True):
    """A cell that could not be measured, why, and the file with the traceback."""

    cell: str
    error: str
    trace: str


@attrs.frozen
class Measured:
    """The samples of the cells that are complete, and the failures of the others."""

    samples: Samples
    failures: tuple[Failure, ...]


def sample(
    plan: Plan,
    seed: int,
    store: Store,
    executor: Executor,
    *,
    fresh: bool = False,
    advance: Callable[[int], None] = lambda _: None,
) -> Measured:
    """The replicates of every cell of the plan, from the store or measured now.

    `fresh` ignores what is stored; `advance` is told of replicates as they are there.  A cell that
    fails is reported and the rest goes on.  Raises MeasurementError when a worker dies.
    """
    results: dict[Block, Any] = {}
    missing = []
    for block in _blocks(plan, seed):
        stored = None if fresh else store.load(block)
        if stored is None:
            missing.append(block)
        else:
            results[block] = stored
            advance(block.size)
    for block, result in _completed(executor, missing):
        if not isinstance(result, Raised):
            store.save(block, result)
        results[block] = result
        advance(block.size)
    return _gather(plan, seed, results, store.path.parent / "failures")


def _blocks(plan: Plan, seed: int) -> Iterator[Block]:
    """Blocks in the order of the plan, an index at a time, so that early results span the grid."""
    for cell, replicates in plan.replicates.items():
        for index in range(-(-replicates // BLOCK)):
            yield Block(cell, index, seed)


def _completed(executor: Executor, blocks: Iterable[Block]) -> Iterator[tuple[Block, Any]]:
    """Each block with its result, as they finish; only a few wait at a time."""
    waiting: dict[Future[Any], Block] = {}
    try:
        for block in blocks:
            waiting[executor.submit(measure_block, block)] = block
            if len(waiting) >= IN_FLIGHT or next(iter(waiting)).done():
                yield from _finished(waiting)
        while waiting:
            yield from _finished(waiting)
    except BrokenExecutor:
        suspects = ", ".join(sorted({block.cell.label for block in waiting.values()}))
        raise MeasurementError(
            f"a worker process died while measuring one of {suspects}; the usual cause is memory: "
            "repeat with --workers 1 to see which, what was measured is kept"
        ) from None


def _finished(waiting: dict[Future[Any], Block]) -> Iterator[tuple[Block, Any]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        block = waiting[future]
        result = future.result()
        del waiting[future]
        yield block, result


def _gather(plan: Plan, seed: int, results: dict[Block, Any], folder: Path) -> Measured:
    """Samples in the order of their blocks, whatever the order in which they came."""
    samples, failures = {}, []
    parts = defaultdict(list)
    for block in _blocks(plan, seed):
        parts[block.cell].append(results[block])
    for cell, values in parts.items():
        raised = next((value for value in values if isinstance(value, Raised)), None)
        if raised is None:
            samples[cell] = np.concatenate(values)
        else:
            trace = _keep(raised, cell.label, folder)
            failures.append(Failure(cell.label, raised.error, str(trace)))
    return Measured(samples, tuple(failures))


def _keep(raised: Raised, label: str, folder: Path) -> Path:
    """Write a traceback to a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{re.sub(r'[^A-Za-z0-9_.=-]+', '-', label).strip('-')}.txt"
    path.write_text(raised.trace, encoding="utf-8")
    return path
