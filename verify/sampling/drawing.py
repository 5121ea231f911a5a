"""Blocks on their way from the store, or from a team, to what is collected."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from itertools import islice
from math import inf
from time import monotonic

import attrs

from verify.sampling.batch import Outcome
from verify.sampling.block import Block
from verify.sampling.collected import Collected
from verify.sampling.executors import Team
from verify.sampling.limits import GRACE, Limits
from verify.sampling.measuring import Raised, out_of_time
from verify.sampling.pending import MOST, Pending
from verify.sampling.store import Store
from verify.spec.measure import Cell

LOST = (
    "a worker process died while measuring it, and again when it measured nothing else; "
    "the usual cause is memory"
)

Advance = Callable[[Mapping[Cell, int]], None]
"""Is told of how many replicates of which cells there are more."""


@attrs.frozen(eq=False)
class _Task:
    """Blocks that were handed over, whether nothing is measured beside them, and when it was."""

    blocks: list[Block]
    alone: bool
    begun: float = attrs.field(factory=monotonic)


@attrs.define(eq=False)
class Drawing:
    """What is to be measured, what is under way, and what was with a worker that is lost."""

    store: Store
    team: Team
    collected: Collected
    advance: Advance
    fresh: bool
    limits: Limits
    until: float
    pending: Pending = attrs.field(factory=Pending)
    waiting: dict[Future[list[Outcome]], _Task] = attrs.field(factory=dict)
    lost: list[_Task] = attrs.field(factory=list)

    def add(self, blocks: Iterable[Block]) -> None:
        """Blocks are asked for; those that are stored are there at once."""
        rest = iter(blocks)
        while some := list(islice(rest, MOST)):
            self.pending.add(some if self.fresh else self._without_stored(some))

    def measure(self) -> None:
        """Measure all that is pending, or what there is time for."""
        while self._hand_over():
            done = self._finished()
            if not done:  # time is up, and what is under way is left
                return
            good = [future for future in done if future.exception() is None]
            self._receive([(self.waiting.pop(one), one.result()) for one in good])
            self._receive([self._bad(future) for future in done.difference(good)])

    def _hand_over(self) -> bool:
        """Keep the team busy, and say whether anything is under way."""
        if not self.waiting:
            self._accuse()
        while self.pending and len(self.waiting) < self._room() and monotonic() < self.until:
            alone = self.pending.suspicious
            blocks = self.pending.take(self.team.workers)
            if self.store.shared() and not self.fresh:
                self.pending.scatter()
                blocks = self._without_stored(blocks)
            if blocks:
                limits = attrs.evolve(self.limits, left=self.until - monotonic())
                future = self.team.measure(blocks, limits)
                self.waiting[future] = _Task(blocks, alone)
                if future.done():
                    break
        return bool(self.waiting)

    def _room(self) -> int:
        """How many tasks may be under way now: one, where it is not known why a worker died."""
        if self.lost:
            return 0
        alone = self.pending.suspicious or any(task.alone for task in self.waiting.values())
        return 1 if alone else self.team.depth

    def _finished(self) -> set[Future[list[Outcome]]]:
        """What is done next; nothing where time is up before."""
        for end in (self.until, self.until + 2 * GRACE):
            seconds = None if end == inf else max(0.0, end - monotonic())
            done, _ = wait(self.waiting, seconds, FIRST_COMPLETED)
            if done:
                return done
            for future in [one for one in self.waiting if one.cancel()]:
                del self.waiting[future]
        return set()

    def _receive(self, tasks: Iterable[tuple[_Task, list[Outcome]]]) -> None:
        """Keep what became of the blocks of some tasks; those that were not begun come again."""
        results, counts = [], Counter[Cell]()
        for task, outcomes in tasks:
            self.pending.put_back(task.blocks[len(outcomes) :])
            for block, (result, seconds) in zip(task.blocks, outcomes, strict=False):
                self.pending.took(block, seconds)
                results.append((block, result))
        self.store.save_all((one, got) for one, got in results if not isinstance(got, Raised))
        for block, result in results:
            self.collected.put(block, result)
            counts[block.cell] += block.size
            if isinstance(result, Raised) and result.final:
                self.pending.drop(block.cell)
        if counts:
            self.advance(counts)

    def _bad(self, future: Future[list[Outcome]]) -> tuple[_Task, list[Outcome]]:
        """A task without results: what is known of its blocks, if only a worker was lost."""
        task = self.waiting.pop(future)
        try:
            return task, future.result()
        except BrokenExecutor:
            if not task.alone:
                self.lost.append(task)
                return _Task([], alone=False), []
            late = monotonic() - task.begun > self.limits.seconds
            error = out_of_time(self.limits) if late else LOST
            return task, [(Raised(error, f"{error}\n", final=True), 0.0)]

    def _accuse(self) -> None:
        """Measure alone what the lost workers may have been at; the rest had not been begun."""
        tasks = sorted(self.lost, key=lambda task: task.begun)
        self.lost.clear()
        for number, task in enumerate(tasks):
            give = self.pending.suspect if number < self.team.workers else self.pending.put_back
            give(task.blocks)

    def _without_stored(self, blocks: list[Block]) -> list[Block]:
        """The blocks that are not stored; those that are, are collected."""
        missing, counts = [], Counter[Cell]()
        for block in blocks:
            stored = self.store.load(block)
            if stored is None:
                missing.append(block)
            else:
                self.collected.put(block, stored)
                counts[block.cell] += block.size
        if counts:
            self.advance(counts)
        return missing
