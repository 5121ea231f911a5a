"""`run`: check theorems and report each claim."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import inf
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from verify.cli.chosen import chosen
from verify.cli.main import again
from verify.cli.progress import progress
from verify.cli.report import output_options, terminal, write_reports
from verify.discovery import catalogue, load
from verify.errors import InputError
from verify.planning import BUDGETS, Advice, Plan
from verify.report.json import to_json
from verify.report.terminal import overview, show
from verify.result import PRECEDENCE, Result
from verify.settings import read_settings
from verify.spec import Claim, Theorem
from verify.verification import Watcher, run_all


@click.command("run")
@click.argument("names", nargs=-1, metavar="ID...")
@click.option("--all", "everything", is_flag=True, help="Run every theorem of the library.")
@click.option("--budget", type=click.Choice(list(BUDGETS)), default="standard", show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), help="Processes; default one a processor.")
@click.option("--json", "target", metavar="FILE", help="Write the result as JSON; - is stdout.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Measure nothing after so many seconds, and judge what is there.",
)
@click.option(
    "--fresh",
    is_flag=True,
    help="Take nothing from the store: measure again.",
)
@click.option("--allow-inconclusive", is_flag=True, help="Exit 0 if nothing is wrong but open.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@output_options
@click.pass_context
def command(
    context: click.Context,
    /,
    names: Sequence[str],
    everything: bool,
    budget: str,
    seed: int,
    workers: int | None,
    target: str | None,
    time_limit: float | None,
    fresh: bool,
    allow_inconclusive: bool,
    quiet: bool,
    **outputs: Any,
) -> None:
    """Check theorems: ids, packages of theorems, ID:CLAIM for one claim, or paths of files."""
    if everything == bool(names):
        raise click.UsageError("name the theorems to run, or pass --all; `list` shows them")
    settings = read_settings()
    with _document(target) as write:
        entries = catalogue(settings.paths)
        theorems = [load(entry) for entry in entries] if everything else chosen(names, entries)
        watcher = _Bar(terminal(quiet=quiet))
        results = []
        with watcher.progress:
            for result in run_all(
                theorems, settings, budget=budget, seed=seed, workers=workers, fresh=fresh,
                time_limit=inf if time_limit is None else time_limit, watcher=watcher,
                command=again(sys.argv[1:]),
            ):  # fmt: skip
                results.append(result)
                watcher.done()
                show(result, watcher.console)
                if quiet:
                    _warn(result)
        if len(results) > 1:
            overview(results, watcher.console)
        write(to_json(results))
        own = {theorem.id: theorem.illustrations for theorem in theorems}
        write_reports(results, outputs, own)
    code = min((result.exit_code for result in results), key=PRECEDENCE.index)
    context.exit(0 if code == 3 and allow_inconclusive else code)


def _warn(result: Result) -> None:
    """What even a quiet run says."""
    for failure in result.failures:
        click.echo(f"not measured {failure.cell}: {failure.error} ({failure.trace})", err=True)


@contextmanager
def _document(target: str | None) -> Iterator[Callable[[bytes], object]]:
    """What writes the document to `target`; refuses one that cannot be written, in time.

    With `-` the document has standard output to itself: all that this process and its workers
    print there goes to standard error.
    """
    if target == "-":
        sys.stdout.flush()
        with os.fdopen(os.dup(1), "wb") as stream:
            os.dup2(2, 1)
            try:
                yield stream.write
            finally:
                sys.stdout.flush()
                os.dup2(stream.fileno(), 1)
        return
    path = Path(target or os.devnull)
    with _refusing(path):
        path.open("ab").close()

    def write(content: bytes) -> None:
        with _refusing(path):
            path.write_bytes(content)

    yield write


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = f"--json {path}: {error.strerror}"
        raise InputError(f"{problem}; expected a file that can be written") from None


class _Bar(Watcher):
    """A progress bar on a terminal; elsewhere one line for each theorem."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.asks = not console.quiet
        self.progress = progress(console)

    def planned(self, theorem: Theorem, work: Plan) -> None:
        """Say what is about to be measured."""
        cells = len(work.replicates)
        most = f"{cells} cells, at most {work.total:,} replicates"
        self.console.print(f"{theorem.id}: {most}", style="dim")
        self._task = self.progress.add_task(theorem.id, total=work.total)

    def foreseen(self, claim: Claim, expected: Advice) -> None:
        """Say so before a budget is spent that is not likely to decide."""
        if not expected.hopeful:
            for line in (f"{claim.id}: {expected.outlook}", *expected.sentences):
                self.console.print(f"  {line}", style="dim", soft_wrap=True, markup=False)

    def done(self) -> None:
        """Take the bar away: claims may be decided before the budget is spent."""
        self.progress.remove_task(self._task)

    def advanced(self, replicates: int) -> None:
        """Move the bar."""
        self.progress.advance(self._task, replicates)
