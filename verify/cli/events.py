"""What happens in a run, as one JSON object a line, for other programs to follow."""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from time import monotonic
from typing import Any

import click
import msgspec

from verify.claims import AnyOutcome
from verify.planning import Advice, Plan
from verify.result import Result
from verify.spec import Cell, Claim, Theorem
from verify.watcher import Watcher

PERIOD = 1.0
"""Seconds between two lines on what was measured, at least."""


class Events(Watcher):
    """Appends a line to a file for each event, and flushes it.

    Each has `time` (UTC, ISO 8601), `event`, and what belongs to the event.  A file that cannot be
    written any more is said to be so once, and does not end the run.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: TextIOWrapper | None = None
        self._theorem, self._replicates, self._told = "", 0, -PERIOD
        if path is not None:
            self._file = path.open("a", encoding="utf-8", buffering=1)

    def write(self, event: str, **content: Any) -> None:
        """One line."""
        if self._file is None:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = msgspec.json.encode({"time": now, "event": event, **content}).decode()
        try:
            self._file.write(f"{line}\n")
        except OSError as error:
            self._file = None
            click.echo(f"--events {self._path}: {error.strerror}; no more is written", err=True)

    def planned(self, theorem: Theorem, work: Plan) -> None:
        """`planned`: the theorem, its cells, and the most replicates that it may take."""
        self._theorem, self._replicates = theorem.id, 0
        cells = len(work.replicates)
        self.write("planned", theorem=theorem.id, cells=cells, replicates=work.total)

    def foreseen(self, claim: Claim, expected: Advice) -> None:
        """`foreseen`: what its budget is likely to say of a claim."""
        told = {"outlook": expected.outlook, "hopeful": expected.hopeful}
        self.write("foreseen", theorem=self._theorem, claim=claim.id, **told)

    def advanced(self, replicates: Mapping[Cell, int]) -> None:
        """`measured`: how many replicates there are so far; once in PERIOD at most."""
        self._replicates += sum(replicates.values())
        if monotonic() - self._told >= PERIOD:
            self._told = monotonic()
            self.write("measured", theorem=self._theorem, replicates=self._replicates)

    def judged(self, outcome: AnyOutcome, done: bool) -> None:
        """`judged`: what a look says of a claim, and whether it is done."""
        self.write(
            "judged", theorem=self._theorem, claim=outcome.id, verdict=outcome.verdict,
            reason=outcome.reason, replicates=outcome.replicates, done=done,
        )  # fmt: skip

    def finished(self, result: Result) -> None:
        """`failed` for each cell that could not be measured, and `finished`."""
        for failure in result.failures:
            told = {"cell": failure.cell, "error": failure.error, "trace": failure.trace}
            self.write("failed", theorem=result.theorem, **told)
        origin = result.provenance
        self.write(
            "finished", theorem=result.theorem, verdict=result.verdict, digest=result.digest,
            as_expected=result.as_expected, exit_code=result.exit_code, stopped=result.stopped,
            replicates=origin.samples, wall_s=origin.wall_s,
        )  # fmt: skip


class Several(Watcher):
    """Tells several watchers."""

    def __init__(self, *watchers: Watcher) -> None:
        self._watchers = watchers
        self.asks = any(one.asks for one in watchers)

    def planned(self, theorem: Theorem, work: Plan) -> None:
        """Tell all."""
        for one in self._watchers:
            one.planned(theorem, work)

    def foreseen(self, claim: Claim, expected: Advice) -> None:
        """Tell all."""
        for one in self._watchers:
            one.foreseen(claim, expected)

    def advanced(self, replicates: Mapping[Cell, int]) -> None:
        """Tell all."""
        for one in self._watchers:
            one.advanced(replicates)

    def judged(self, outcome: AnyOutcome, done: bool) -> None:
        """Tell all."""
        for one in self._watchers:
            one.judged(outcome, done)

    def finished(self, result: Result) -> None:
        """Tell all."""
        for one in self._watchers:
            one.finished(result)
