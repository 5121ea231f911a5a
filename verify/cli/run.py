"""`run`: check theorems and report each claim."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import inf
from pathlib import Path
from typing import Any

import click

from verify.cli.chosen import chosen
from verify.cli.events import Events, Several
from verify.cli.main import again
from verify.cli.report import output_options, target, terminal, write_reports
from verify.cli.watching import announcer
from verify.discovery import catalogue, load
from verify.errors import InputError
from verify.planning import BUDGETS
from verify.report.json import to_json
from verify.report.terminal import overview, show
from verify.result import PRECEDENCE, Result
from verify.sampling import Limits
from verify.settings import read_settings
from verify.spec import Theorem
from verify.verification import run_all

GIB = 2**30


@click.command("run")
@click.argument("names", nargs=-1, metavar="ID...")
@click.option("--all", "everything", is_flag=True, help="Run every theorem of the library.")
@click.option("--budget", type=click.Choice(list(BUDGETS)), default="standard", show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), help="Processes; default one a processor.")
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler, as tcp://HOST:8786.")
@click.option("--json", "json_file", metavar="FILE", help="Write the result as JSON; - is stdout.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Measure nothing after so many seconds, and judge what is there.",
)
@click.option(
    "--cell-timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give up a cell when 32 replicates of it take longer.",
)
@click.option(
    "--memory",
    type=click.FloatRange(min=0, min_open=True),
    metavar="GIB",
    help="Address space of a process that measures; a cell that needs more fails.",
)
@click.option(
    "--events", type=str, metavar="FILE", callback=target, help="Append what happens as JSON lines."
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
    cluster: str | None,
    json_file: str | None,
    time_limit: float | None,
    cell_timeout: float | None,
    memory: float | None,
    events: Path | None,
    fresh: bool,
    allow_inconclusive: bool,
    quiet: bool,
    **outputs: Any,
) -> None:
    """Check theorems: ids, packages of theorems, ID:CLAIM for one claim, or paths of files."""
    if everything == bool(names):
        raise click.UsageError("name the theorems to run, or pass --all; `list` shows them")
    settings = read_settings()
    with _document(json_file) as write:
        entries = catalogue(settings.paths)
        theorems = [load(entry) for entry in entries] if everything else chosen(names, entries)
        console, told = terminal(quiet=quiet), Events(events)
        results: list[Result] = []
        with announcer(console) as watcher, _kept(results, theorems, write, told):
            for result in run_all(
                theorems, settings, budget=budget, seed=seed, workers=workers, cluster=cluster,
                fresh=fresh, time_limit=_or_endless(time_limit), watcher=Several(watcher, told),
                limits=Limits(_or_endless(cell_timeout), _or_endless(memory) * GIB),
                command=again(sys.argv[1:]),
            ):  # fmt: skip
                results.append(result)
                show(result, console)
                if quiet:
                    _warn(result)
        if len(results) > 1:
            overview(results, console)
        write(to_json(results))
        own = {theorem.id: theorem.illustrations for theorem in theorems}
        write_reports(results, outputs, own)
    code = min((result.exit_code for result in results), key=PRECEDENCE.index)
    context.exit(0 if code == 3 and allow_inconclusive else code)


def _or_endless(limit: float | None) -> float:
    return inf if limit is None else limit


@contextmanager
def _kept(
    results: Sequence[Result],
    theorems: Sequence[Theorem],
    write: Callable[[bytes], object],
    told: Events,
) -> Iterator[None]:
    """Where a run ends before its last theorem, the document has those that were finished."""
    try:
        yield
    except BaseException as error:
        unfinished = [theorem.id for theorem in theorems[len(results) :]]
        kind = "interrupted" if isinstance(error, KeyboardInterrupt) else "error"
        told.write(kind, error=str(error), unfinished=unfinished)
        if results:
            write(to_json(results, unfinished))
        raise


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
