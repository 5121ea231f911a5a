"""`fit`: judge data that already exist against a bound."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.report.wording import INTERVAL, along, decimal, exact, interval
from verify.verdict import EXPLANATION, Relation, Verdict

if TYPE_CHECKING:
    from verify.judging import DataOutcome

EXIT = {Verdict.HOLDS: 0, Verdict.REFUTED: 1, Verdict.INCONCLUSIVE: 3}


@click.command("fit")
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--value", metavar="COLUMN", required=True, help="The column that was measured.")
@click.option("--bound", metavar="BOUND", required=True, help="Such as 'n**(2/3)'.")
@click.option("--relation", type=click.Choice([str(one) for one in Relation]), required=True)
@click.option("--logs", type=float, default=0, show_default=True, help="Log power hidden by O~.")
@click.option("--margin", type=float, default=0.05, show_default=True, help="On the exponent.")
@click.option(
    "--statistic", type=click.Choice(["mean", "rms", "median"]), default="mean", show_default=True
)
@click.option("--wide", is_flag=True, help="First column swept, every other one a replicate.")
@click.pass_context
def command(
    context: click.Context,
    data: Path,
    value: str,
    bound: str,
    relation: str,
    logs: float,
    margin: float,
    statistic: str,
    wide: bool,
) -> None:
    """Judge the table DATA (.csv, .csv.gz, .parquet), which has one row for each replicate.

    The variables of the bound are columns: one of them moves, and the others are constant.  Exit
    0 HOLDS, 1 REFUTED, 3 INCONCLUSIVE.
    """
    # numpy is slow to load, and help needs none of it
    from verify.judging.judgement import answer  # noqa: PLC0415
    from verify.judging.question import ask  # noqa: PLC0415
    from verify.judging.reading import read_table, read_wide  # noqa: PLC0415

    question = ask(value, bound, relation, logs, margin, statistic)
    table = read_wide(data, value) if wide else read_table(data, question.columns)
    outcome = answer(question, table)
    for line in _lines(outcome):
        click.echo(line)
    context.exit(EXIT[outcome.verdict])


def _lines(outcome: "DataOutcome") -> Iterator[str]:
    """What was asked, what was found, and what it rests on."""
    ((variable, row),) = outcome.exponents.items()
    places, slope = row.points, row.range
    claim = f"{outcome.statistic} of {outcome.value} = {outcome.relation}({outcome.bound})"
    yield f"{claim}, margin {outcome.margin:g}"
    yield (
        f"along {along(variable, row.design)}: {len(places)} values from {places[0].x:g} to "
        f"{places[-1].x:g}, at least {outcome.replicates:,} replicates at each"
    )
    yield ""
    yield f"  predicted      {exact(row.predicted)}"
    yield f"  estimate       {decimal(row.estimate)}"
    yield f"  {INTERVAL:<13}  {interval(row.low, row.high)}"
    if slope is not None:
        yield f"  on the range   {decimal(slope.estimate)}  {interval(slope.low, slope.high)}"
        yield f"  the bound's    {decimal(slope.predicted)}  on the same range"
    yield ""
    yield f"{outcome.verdict}  {outcome.reason}: {EXPLANATION[outcome.reason]}"
    if row.detail:
        yield f"  {row.detail}"
    yield f"  assumes {outcome.assumes}"
