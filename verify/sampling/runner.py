"""Measure what a plan asks for and the store does not have."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from hashlib import blake2b
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from verify.errors import MeasurementError
from verify.planning import Plan
from verify.result import Failure
from verify.sampling.block import (
    BLOCK,
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
    for index in range(-(-max(plan.replicates.values(), default=0) // BLOCK)):
        for cell, replicates in plan.replicates.items():
            if index * BLOCK < replicates:
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
    for future in sorted(done, key=lambda one: one.exception() is not None):  # good ones first
        result = future.result()
        yield waiting.pop(future), result


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
            failures.append(Failure(cell.label, raised.error, _keep(raised, cell, folder)))
    return Measured(samples, tuple(failures))


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
