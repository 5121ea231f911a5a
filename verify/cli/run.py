"""`run`: check theorems and report each claim."""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from verify.cli.chosen import chosen
from verify.discovery import catalogue, load
from verify.errors import InputError
from verify.planning import BUDGETS, Plan
from verify.report.json import to_json
from verify.report.terminal import show
from verify.settings import read_settings
from verify.spec import Theorem
from verify.verification import PRECEDENCE, Watcher, run_all

WIDTH = 100
"""Columns of text that goes to a file or a pipe."""


@click.command("run")
@click.argument("names", nargs=-1, metavar="ID...")
@click.option("--all", "everything", is_flag=True, help="Run every theorem of the library.")
@click.option("--budget", type=click.Choice(list(BUDGETS)), default="standard", show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), help="Processes; default one a processor.")
@click.option("--json", "target", metavar="FILE", help="Write the result as JSON; - is stdout.")
@click.option("--fresh", is_flag=True, help="Measure again what is stored.")
@click.option("--allow-inconclusive", is_flag=True, help="Exit 0 if nothing is wrong but open.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def command(
    context: click.Context,
    names: Sequence[str],
    everything: bool,
    budget: str,
    seed: int,
    workers: int | None,
    target: str | None,
    fresh: bool,
    allow_inconclusive: bool,
    quiet: bool,
) -> None:
    """Check theorems: ids, packages of theorems, ID:CLAIM for one claim, or paths of files."""
    settings = read_settings()
    entries = catalogue(settings.paths)
    if everything == bool(names):
        raise click.UsageError("name the theorems to run, or pass --all; `list` shows them")
    theorems = [load(entry) for entry in entries] if everything else chosen(names, entries)
    console = Console(stderr=target == "-", quiet=quiet)
    if not console.is_terminal:
        console.width = WIDTH
    watcher = _Bar(console)
    results = []
    with watcher.progress:
        for result in run_all(
            theorems, settings, budget=budget, seed=seed, workers=workers, fresh=fresh,
            watcher=watcher, command=shlex.join(["python", "-m", "verify", *sys.argv[1:]]),
        ):  # fmt: skip
            results.append(result)
            show(result, console)
    _write(target, to_json(results))
    code = min((result.exit_code for result in results), key=PRECEDENCE.index)
    context.exit(0 if code == 3 and allow_inconclusive else code)


def _write(target: str | None, content: bytes) -> None:
    if target == "-":
        sys.stdout.buffer.write(content)
    elif target is not None:
        try:
            Path(target).write_bytes(content)
        except OSError as error:
            raise InputError(f"--json {target}: {error.strerror}") from None


class _Bar(Watcher):
    """A progress bar on a terminal; elsewhere one line for each theorem."""

    def __init__(self, console: Console) -> None:
        columns = TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn()
        self._console = console
        self.progress = Progress(
            *columns, console=console, transient=True, disable=not console.is_terminal
        )

    def planned(self, theorem: Theorem, work: Plan) -> None:
        """Say what is about to be measured."""
        cells = len(work.replicates)
        self._console.print(f"{theorem.id}: {cells} cells, {work.total:,} replicates", style="dim")
        self._task = self.progress.add_task(theorem.id, total=work.total)

    def advanced(self, replicates: int) -> None:
        """Move the bar."""
        self.progress.advance(self._task, replicates)
