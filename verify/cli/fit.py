"""`fit`: judge data that already exist against a bound."""

import sys
from collections.abc import Mapping
from contextlib import ExitStack, redirect_stdout
from pathlib import Path
from typing import Any

import click

from verify.cli.fitted import lines, write_files
from verify.cli.report import output_options, target, write
from verify.errors import InputError
from verify.verdict import Relation, Verdict

EXIT = {Verdict.HOLDS: 0, Verdict.REFUTED: 1, Verdict.INCONCLUSIVE: 3}
STATISTICS = ["mean", "rms", "sd", "median"]
SLOWEST = 0.25
STDOUT = Path("-")
PICTURES = ".svg", ".png"


def _document(context: click.Context, option: click.Parameter, value: str | None) -> Path | None:
    return STDOUT if value == "-" else target(context, option, value)


def _picture(context: click.Context, option: click.Parameter, value: str | None) -> Path | None:
    path = target(context, option, value)
    if path is not None and path.suffix not in PICTURES:
        raise InputError(f"--plot {path}: expected a name that ends in {' or '.join(PICTURES)}")
    return path


@click.command("fit")
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--value", metavar="COLUMN", required=True, help="The column that was measured.")
@click.option("--bound", metavar="BOUND", required=True, help="Such as 'n**(2/3)'.")
@click.option("--relation", type=click.Choice([str(one) for one in Relation]), required=True)
@click.option("--logs", type=float, default=0, show_default=True, help="Log power hidden by O~.")
@click.option("--margin", type=float, default=0.05, show_default=True, help="On the exponent.")
@click.option("--statistic", type=click.Choice(STATISTICS), default="mean", show_default=True)
@click.option("--run", metavar="COLUMN", help="Names of runs, each read at every value swept.")
@click.option(
    "--slowest-correction", type=float, default=SLOWEST, show_default=True, metavar="POWER",
    help="The least with which a correction may decay.",
)  # fmt: skip
@click.option("--wide", is_flag=True, help="First column swept, every other one a replicate.")
@click.option("--json", metavar="FILE", callback=_document, help="As JSON; - is stdout.")
@click.option("--plot", metavar="FILE", callback=_picture, help="Points and fit, .svg or .png.")
@output_options
@click.pass_context
def command(
    context: click.Context,
    /,
    data: Path,
    value: str,
    bound: str,
    relation: str,
    logs: float,
    margin: float,
    statistic: str,
    run: str | None,
    slowest_correction: float,
    wide: bool,
    **outputs: Any,
) -> None:
    """Judge the table DATA (.csv, .csv.gz, .parquet), which has one row for each replicate.

    The variables of the bound are columns: one of them moves, and the others are constant.  With
    --wide the headings are the names that --run speaks of.  Exit 0 HOLDS, 1 REFUTED,
    3 INCONCLUSIVE.
    """
    # numpy is slow to load, and help needs none of it
    from verify.judging.judgement import answer  # noqa: PLC0415
    from verify.judging.question import ask  # noqa: PLC0415
    from verify.judging.reading import read_table, read_wide  # noqa: PLC0415
    from verify.provenance import Clock  # noqa: PLC0415

    _spare(data, outputs)
    document, clock = outputs["json"], Clock()
    question = ask(value, bound, relation, logs, margin, statistic, run, slowest_correction)
    read = read_wide if wide else read_table
    outcome = answer(question, read(data, question.columns, run))
    with ExitStack() as stack:
        if document == STDOUT:
            click.echo(outcome.to_json(), nl=False)
            stack.enter_context(redirect_stdout(sys.stderr))
        for line in lines(outcome):
            click.echo(line)
        if document not in (None, STDOUT):
            write("json", document, outcome.to_json().encode())
        write_files(outcome, data, clock, outputs)
    context.exit(EXIT[outcome.verdict])


def _spare(data: Path, outputs: Mapping[str, Any]) -> None:
    """InputError if what was measured would be written over."""
    for name, path in outputs.items():
        if isinstance(path, Path) and path.resolve() == data.resolve():
            raise InputError(f"--{name} {path}: that is the table to be judged; name another file")
