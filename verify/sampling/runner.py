"""Measure what a plan asks for and the store does not have."""

from hashlib import blake2b
from math import inf
from pathlib import Path

from verify.planning import Plan
from verify.result import Failure
from verify.sampling.block import canonical
from verify.sampling.collected import NOTHING, Collected, Measured
from verify.sampling.drawing import Advance, Drawing
from verify.sampling.executors import Team
from verify.sampling.limits import NO_LIMITS, Limits
from verify.sampling.measuring import Raised
from verify.sampling.store import Store
from verify.spec.measure import Cell, qualified_name


def sample(
    plan: Plan,
    seed: int,
    store: Store,
    team: Team,
    *,
    fresh: bool = False,
    advance: Advance = lambda _: None,
    before: Measured = NOTHING,
    limits: Limits = NO_LIMITS,
    until: float = inf,
) -> Measured:
    """The replicates of every cell of the plan, from the store or measured now.

    `fresh` ignores what is stored; what was measured `before` is continued.  No block is begun
    after the time `until`, on the clock of `time.monotonic`, and what is under way then has one
    second more.  A cell that fails, that is beyond its `limits`, or under which a worker dies twice
    is reported, and the rest goes on.
    """
    collected = Collected(plan, seed, before)
    drawing = Drawing(store, team, collected, advance, fresh, limits, until)
    drawing.add(collected.blocks())
    drawing.measure()
    folder = store.path.parent / "failures"
    failures = {
        cell: Failure(cell.label, raised.error, _keep(raised, cell, folder))
        for cell, raised in collected.raised.items()
    }
    return collected.measured(failures)


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
