"""Several blocks as one task: what short measurements need, so that sending them costs little."""

import pickle
from collections.abc import Iterable, Sequence
from time import monotonic, perf_counter
from traceback import format_exc
from typing import Any

import attrs

from verify.sampling.block import Block
from verify.sampling.limits import GRACE, Limits, OutOfTimeError
from verify.sampling.measuring import Raised, measure_block

Outcome = tuple[Any, float]
"""The replicates of a block, or Raised; and the seconds that it took."""


@attrs.frozen
class Sent:
    """Blocks on their way to another process, which may not be able to read them."""

    content: bytes
    count: int


def sent(blocks: Sequence[Block]) -> Sent:
    """The blocks, each measure by its name."""
    return Sent(pickle.dumps(blocks, pickle.HIGHEST_PROTOCOL), len(blocks))


def measure_sent(task: Sent, limits: Limits) -> list[Outcome]:
    """What becomes of blocks that come from another process.

    Of those that cannot be read, because a module is missing here, all are Raised.
    """
    try:
        blocks: Sequence[Block] = pickle.loads(task.content)
    except (Exception, SystemExit) as error:
        raised = Raised(f"{type(error).__name__}: {error}", format_exc(), final=True)
        return [(raised, 0.0)] * task.count
    return measure_batch(blocks, limits)


def measure_batch(blocks: Iterable[Block], limits: Limits) -> list[Outcome]:
    """What becomes of each block, in their order; when time is up, of the first of them alone."""
    begun = monotonic()
    last, end = begun + limits.left, begun + limits.left + GRACE
    found: list[Outcome] = []
    for block in blocks:
        if monotonic() >= last:
            break
        start = perf_counter()
        try:
            result = measure_block(block, limits, end)
        except OutOfTimeError:
            break
        found.append((result, perf_counter() - start))
    return found
