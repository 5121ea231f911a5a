"""`cells`: what the store holds, as a table or a file, and what of it may go."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

import click

from verify.cli.chosen import chosen as theorems_called
from verify.cli.report import target
from verify.discovery import catalogue
from verify.errors import InputError
from verify.planning import BUDGETS, plan
from verify.sampling import Store
from verify.sampling.inventory import Chosen, columns, holdings, remove, rows
from verify.sampling.source import source_digest
from verify.settings import read_settings
from verify.spec.lint import refuse_faults
from verify.spec.measure import qualified_name

CHUNK = 2**16
"""Rows that a Parquet file gets at a time."""

of_measure = click.option("--measure", metavar="NAME", help="Of one measure, with its module.")
of_seed = click.option("--seed", type=click.IntRange(min=0), help="Of one seed.")


@click.group("cells", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Show what is stored: measures, seeds, sources, cells, blocks of 32 replicates, megabytes."""
    if context.invoked_subcommand is None:
        with _store() as store:
            found = holdings(store)
        width = max([7, *(len(one.measure) for one in found)])
        click.echo(
            f"{'measure':<{width}}  {'seed':>6}  source    {'cells':>7} {'blocks':>8} {'MB':>8}"
        )
        for one in found:
            count = f"{one.cells:>7,} {one.blocks:>8,} {one.size / 1e6:>8.2f}"
            click.echo(f"{one.measure:<{width}}  {one.seed:>6}  {one.source[:8]}  {count}")


@command.command("export")
@click.argument("file", metavar="FILE.csv|FILE.parquet", callback=target)
@of_measure
@of_seed
def export(file: Path, measure: str | None, seed: int | None) -> None:
    """Write every number that was measured: a row for each, with its variables as columns."""
    writers = {".csv": _write_csv, ".parquet": _write_parquet}
    if file.suffix not in writers:
        raise InputError(f"{file}: found the ending {file.suffix!r}; expected .csv or .parquet")
    wanted = Chosen(measure, seed)
    with _store() as store:
        try:
            count = writers[file.suffix](file, columns(store, wanted), rows(store, wanted))
        except OSError as error:
            raise InputError(f"{file}: {error.strerror or error}; it is not complete") from None
    click.echo(f"wrote {count:,} rows to {file}", err=True)


@command.command("prune")
@click.argument("names", nargs=-1, metavar="[ID...]")
@of_measure
@of_seed
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
def prune(names: Sequence[str], measure: str | None, seed: int | None, dry_run: bool) -> None:
    """Remove what was measured by code that is no more, of the theorems named; or by --measure and
    --seed whatever is asked for.
    """
    if bool(names) == (measure is not None or seed is not None):
        raise click.UsageError("name theorems whose outdated cells go, or pass --measure or --seed")
    going = _outdated(names) if names else [Chosen(measure, seed)]
    with _store() as store:
        found = [one for wanted in going for one in holdings(store, wanted)]
        if found and not dry_run:
            remove(store, going)
    blocks, size = sum(one.blocks for one in found), sum(one.size for one in found) / 1e6
    word = "would remove" if dry_run else "removed"
    click.echo(f"{word} {blocks:,} blocks, {size:.2f} MB")


def _outdated(names: Sequence[str]) -> list[Chosen]:
    """For each measure of some theorems, the blocks of other sources than the present one."""
    measures = {}
    for theorem in theorems_called(names, catalogue(read_settings().paths)):
        refuse_faults(theorem)
        for cell in plan(theorem.drawn(0), BUDGETS["quick"]).replicates:
            measures[qualified_name(cell.measure)] = source_digest(cell.measure)
    return [Chosen(measure=name, not_source=source) for name, source in measures.items()]


@contextmanager
def _store() -> Iterator[Store]:
    path = read_settings().store
    if not path.exists():
        raise InputError(f"there is no store at {path}; runs in this folder make one")
    with Store(path) as store:
        yield store


def _write_csv(file: Path, kinds: Mapping[str, str], found: Iterator[dict[str, Any]]) -> int:
    count = 0
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(kinds))
        writer.writeheader()
        for row in found:
            writer.writerow(row)
            count += 1
    return count


def _write_parquet(file: Path, kinds: Mapping[str, str], found: Iterator[dict[str, Any]]) -> int:
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        hint = 'pip install "verify-theorems[data]", or export to CSV'
        raise InputError(f"{file}: found no pyarrow, which writes Parquet; {hint}") from None
    schema = arrow.schema([(name, getattr(arrow, kind)()) for name, kind in kinds.items()])
    texts = [name for name, kind in kinds.items() if kind == "string"]
    count = 0
    with parquet.ParquetWriter(file, schema) as writer:
        while part := list(islice(found, CHUNK)):
            for row in part:
                row |= {name: str(row[name]) for name in texts if name in row}
            writer.write_table(arrow.Table.from_pylist(part, schema))
            count += len(part)
    return count
