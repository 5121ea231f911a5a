"""`reproduce`: run again what a stored result is of, from nothing, and compare the digits."""

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import click

from verify.cli.chosen import chosen
from verify.cli.main import again
from verify.comparison import TOLERANCE, changed, differences, largest_difference
from verify.discovery import catalogue
from verify.errors import InputError
from verify.report.reading import read_results
from verify.result import Result
from verify.settings import Settings, read_settings
from verify.spec import Theorem
from verify.verification import run_all


@click.command("reproduce")
@click.argument("file", type=Path, metavar="RESULT.json")
@click.argument("names", nargs=-1, metavar="[FILE.py...]")
@click.option("--workers", type=click.IntRange(min=1), help="Processes; default one a processor.")
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler, as tcp://HOST:8786.")
@click.pass_context
def command(
    context: click.Context,
    file: Path,
    names: Sequence[str],
    workers: int | None,
    cluster: str | None,
) -> None:
    """Measure again, from nothing, and say whether the digits agree; exit with 1 if they do not.

    Theorems that are not announced are named by their files.
    """
    settings = read_settings()
    entries = catalogue(settings.paths)
    known = {entry.id: entry.id for entry in entries}
    given = {theorem.id: theorem for theorem in chosen(names, entries)}
    agree = True
    for result in read_results(file):
        _refuse_what_cannot_be_repeated(file, result)
        theorem = given.get(result.theorem)
        if theorem is None:
            if result.theorem not in known:
                raise InputError(
                    f"{file}: found a result of {result.theorem!r}, which is not announced here; "
                    f"name its file: verify reproduce {file} FILE.py"
                )
            (theorem,) = chosen([result.theorem], entries)
        new = _measured_again(result, theorem, settings, workers, cluster)
        agree &= _told(result, new)
    context.exit(0 if agree else 1)


def _refuse_what_cannot_be_repeated(file: Path, result: Result) -> None:
    why = ""
    if not result.provenance.budget:
        why = "of data that existed already: judge the data again with `verify fit`"
    if result.stopped:
        why = "of a run that had no time to end, and what it had measured by then is chance"
    if why:
        raise InputError(f"{file}: found a result of {result.theorem} {why}; expected a whole run")


def _measured_again(
    result: Result,
    theorem: Theorem,
    settings: Settings,
    workers: int | None,
    cluster: str | None,
) -> Result:
    """The result of the same claims at the same seed and budget, with nothing from a store."""
    names = set(result.claims)
    kept = tuple(claim for claim in theorem.claims if claim.id in names)
    if len(kept) < len(names):
        missing = ", ".join(sorted(names - {claim.id for claim in kept}))
        raise InputError(f"{theorem.id} has no claim {missing} any more; expected those it had")
    with TemporaryDirectory() as folder:
        (new,) = run_all(
            [theorem.replaced({"claims": kept}, theorem.place)],
            attrs.evolve(settings, store=Path(folder) / "store.sqlite"),
            budget=result.provenance.budget, seed=result.provenance.seed, workers=workers,
            cluster=cluster, fresh=True, command=again(sys.argv[1:]),
        )  # fmt: skip
    return new


def _told(old: Result, new: Result) -> bool:
    """Say how two results compare; whether all digits that two machines share agree."""
    if old.digest == new.digest:
        click.echo(f"{old.theorem}: the same digits, {new.digest}")
        return True
    largest = largest_difference(old, new)
    close = largest is not None and largest <= TOLERANCE
    how = "more than numbers differ" if largest is None else f"by {largest:.1e} at most"
    word = "the same to" if close else "NOT the same; beyond"
    click.echo(f"{old.theorem}: {word} {TOLERANCE:g} relative ({how})")
    for one in differences([old], [new]):
        click.echo(f"  {one.where}  {one.what}: {one.old} -> {one.new}")
    for line in changed(old, new):
        click.echo(f"  came about with {line}")
    return close
