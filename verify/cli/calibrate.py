"""`calibrate`: measure the error rates of the verdicts on laws whose exponent is known."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.cli.main import again
from verify.cli.progress import progress
from verify.cli.report import target, terminal, write

if TYPE_CHECKING:
    from verify.calibration.table import Calibration


@click.command("calibrate")
@click.option("--quick", is_flag=True, help="Few data sets: gross faults only, in seconds.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--workers", type=click.IntRange(min=1), help="Processes; default one a processor.")
@click.option("--json", metavar="FILE", callback=target, help="The rates as JSON.")
@click.option("--markdown", metavar="FILE", callback=target, help="Tables and picture as Markdown.")
@click.option("--plot", metavar="FILE.svg", callback=target, help="The picture alone.")
@click.pass_context
def command(
    context: click.Context,
    quick: bool,
    seed: int,
    workers: int | None,
    json: Path | None,
    markdown: Path | None,
    plot: Path | None,
) -> None:
    """Measure coverage, wrong verdicts and power on a zoo of laws; exit 1 if one is missed."""
    # the numerical libraries are slow to load, and help needs none of them
    from verify.calibration.study import calibrate, data_sets  # noqa: PLC0415
    from verify.report.calibration import lines  # noqa: PLC0415
    from verify.sampling import open_executor, processors  # noqa: PLC0415

    with progress(terminal()) as bar, open_executor(workers or processors()) as executor:
        task = bar.add_task("data sets", total=data_sets(quick=quick))
        found = calibrate(
            executor, seed=seed, quick=quick, advance=lambda count: bar.advance(task, count)
        )
    for line in lines(found):
        click.echo(line)
    _write(found, json, markdown, plot)
    context.exit(0 if found.passed else 1)


def _write(
    found: "Calibration", json: Path | None, markdown: Path | None, plot: Path | None
) -> None:
    """The files that were asked for; the page shows the picture if that lies beside it."""
    from verify.report.calibration import markdown as page  # noqa: PLC0415
    from verify.report.calibration import to_json  # noqa: PLC0415
    from verify.report.figure.calibration import calibration_picture  # noqa: PLC0415

    if json is not None:
        write("json", json, to_json(found))
    if plot is not None:
        write("plot", plot, calibration_picture(found).file("calibration").encode())
    if markdown is not None:
        beside = plot is not None and plot.absolute().parent == markdown.absolute().parent
        picture = plot.name if plot is not None and beside else None
        write("markdown", markdown, page(found, again(sys.argv[1:]), picture).encode())
