"""What `fit` prints and writes of a judgement of data."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verify.cli.main import again
from verify.cli.report import write, write_reports
from verify.report import FORMATS
from verify.report.wording import INTERVAL, along, decimal, exact, interval, sharpness
from verify.verdict import EXPLANATION

if TYPE_CHECKING:
    from verify.judging import DataOutcome
    from verify.provenance import Clock


def lines(outcome: "DataOutcome") -> Iterator[str]:
    """What was asked, what was found, and what it rests on."""
    row = outcome.row
    places, slope = row.points, row.range
    yield f"{outcome.what} = {outcome.relation}({outcome.bound}), margin {outcome.margin:g}"
    yield (
        f"along {along(row.variable, row.design)}: {len(places)} values from {places[0].x:g} to "
        f"{places[-1].x:g}, {outcome.counted}"
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
    yield from (f"  {text}" for text in (row.detail, *row.notes, sharpness(row)) if text)
    yield f"  assumes {outcome.assumes}"


def write_files(
    outcome: "DataOutcome", data: Path, clock: "Clock", outputs: Mapping[str, Any]
) -> None:
    """Write what `outputs` names, by the names of options: the picture and the reports.

    What draws is slow to load, and is loaded when something is to be drawn.
    """
    if outputs["plot"] is not None:
        _plot(outcome, outputs["plot"])
    if any(outputs[name] for name in FORMATS):
        from verify.judging.result import as_result, origin_of  # noqa: PLC0415

        origin = origin_of(data, clock, again(sys.argv[1:]), outcome)
        write_reports([as_result(outcome, data.name, origin)], outputs)


def _plot(outcome: "DataOutcome", path: Path) -> None:
    """Draw the points, the fit and the predicted slope."""
    from verify.judging.result import as_claim  # noqa: PLC0415
    from verify.report.figure import exponent_pictures  # noqa: PLC0415

    (panels,) = exponent_pictures(as_claim(outcome))
    if not panels:
        click.echo(f"--plot {path}: no points that have logarithms, so nothing is drawn", err=True)
        return
    picture = panels[0]
    write("plot", path, picture.file("plot").encode() if path.suffix == ".svg" else picture.png())
