"""What a run tells while it goes on: bars on a terminal, a line now and then elsewhere, events."""

from collections.abc import Mapping
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Self

from rich.console import Console

from verify.claims import AnyOutcome
from verify.cli.progress import progress
from verify.planning import Advice, Plan, cells_of
from verify.result import Result
from verify.spec import Cell, Claim, Theorem
from verify.watcher import Watcher

PERIOD = 30.0
"""Seconds from one line to the next."""


class Announcer(Watcher):
    """Says what is about to be measured, and what is not likely to be decided."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.asks = not console.quiet

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is shown from here on."""

    def planned(self, theorem: Theorem, work: Plan) -> None:
        """Say what is about to be measured."""
        cells = len(work.replicates)
        most = f"{cells} cells, at most {work.total:,} replicates"
        self.console.print(f"{theorem.id}: {most}", style="dim")

    def foreseen(self, claim: Claim, expected: Advice) -> None:
        """Say so before a budget is spent that is not likely to decide."""
        if not expected.hopeful:
            for line in (f"{claim.id}: {expected.outlook}", *expected.sentences):
                self.console.print(f"  {line}", style="dim", soft_wrap=True, markup=False)


class Bars(Announcer):
    """A bar for each claim that is measured, in units of its declared cost, with the time left.

    The time is what the whole budget would take; a claim that is decided before loses its bar.
    """

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._progress = progress(console)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def planned(self, theorem: Theorem, work: Plan) -> None:
        """A bar for each claim."""
        super().planned(theorem, work)
        self._work = work
        cells = {claim.id: set(cells_of([claim])) for claim in theorem.claims}
        self._cells = {name: own for name, own in cells.items() if own}
        self._tasks = {
            name: self._progress.add_task(
                f"{theorem.id}:{name}",
                total=work.price({cell: work.replicates[cell] for cell in cells}),
            )
            for name, cells in self._cells.items()
        }

    def advanced(self, replicates: Mapping[Cell, int]) -> None:
        """Move the bars of the claims that have these cells."""
        for name, task in self._tasks.items():
            cells = self._cells[name]
            own = {cell: count for cell, count in replicates.items() if cell in cells}
            if own:
                self._progress.advance(task, self._work.price(own))

    def judged(self, outcome: AnyOutcome, done: bool) -> None:
        """Take the bar away: claims may be decided before the budget is spent."""
        if done and outcome.id in self._tasks:
            self._progress.remove_task(self._tasks.pop(outcome.id))


class Lines(Announcer):
    """One line after each PERIOD, whether or not anything became ready in it."""

    def __init__(self, console: Console, period: float = PERIOD) -> None:
        super().__init__(console)
        self._period, self._over = period, Event()
        self._thread = Thread(target=self._report, daemon=True)
        self._state: tuple[str, float, float, float] | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def planned(self, theorem: Theorem, work: Plan) -> None:
        """Begin to count."""
        super().planned(theorem, work)
        self._work = work
        self._state = theorem.id, monotonic(), 0.0, work.price(work.replicates)

    def advanced(self, replicates: Mapping[Cell, int]) -> None:
        """Count what is there."""
        if self._state:
            name, begun, done, whole = self._state
            self._state = name, begun, done + self._work.price(replicates), whole

    def finished(self, result: Result) -> None:
        """Nothing to say until the next theorem."""
        self._state = None

    def _report(self) -> None:
        while not self._over.wait(self._period):
            if self._state:
                name, begun, done, whole = self._state
                spent, part = monotonic() - begun, done / whole
                left = f"at most {spent * (1 / part - 1):.0f} s left" if part else "nothing yet"
                text = f"{name}: {part:.0%} of its budget after {spent:.0f} s, {left}"
                self.console.print(text, style="dim", soft_wrap=True, markup=False)


def announcer(console: Console) -> Announcer:
    """Bars on a terminal, lines elsewhere; nothing where the console is quiet."""
    if console.quiet:
        return Announcer(console)
    return Bars(console) if console.is_terminal else Lines(console)
