"""The picture of a calibration: coverage, wrong verdicts and power of every law of the zoo."""

from collections.abc import Callable, Sequence

import attrs
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import Container
from matplotlib.figure import Figure

from verify.calibration.asked import COVERAGE, ERROR
from verify.calibration.table import Calibration, CellRow
from verify.calibration.zoo import SETTINGS, Setting
from verify.report.figure.axes import SMALL, Box, frame, key
from verify.report.figure.canvas import Picture
from verify.report.figure.palette import FIT, INK, OTHER, PREDICTED, SOFT, ZONE, Colour

NAMES, PANEL, LINE, AROUND = 210, 230, 19, 96
"""Pixels: the room for names, a panel's width, a law's height, what is above and below them."""
MARKS: tuple[tuple[Colour, str], ...] = ((FIT, "o"), (PREDICTED, "s"), (OTHER, "D"))


@attrs.frozen
class Measure:
    """One panel: what is drawn of a row, from 0 to `top`, and where it should lie."""

    title: str
    of: Callable[[CellRow], float]
    top: float
    good: tuple[float, float] | None


MEASURES = (
    Measure("Coverage", lambda row: row.coverage, 1.0, (COVERAGE, 1.0)),
    Measure(
        "Wrong verdicts", lambda row: max(row.false_refuted, row.false_holds), 0.5, (0.0, ERROR)
    ),
    Measure(
        "Refutes what is off by 0.1",
        lambda row: (row.refutes_o + row.refutes_omega) / 2,
        1.0,
        None,
    ),
    Measure("Holds what is true (O)", lambda row: row.holds_o, 1.0, None),
)


def calibration_picture(found: Calibration) -> Picture:
    """A line for each law, a panel for each measure, a mark for each setting."""
    laws = list(dict.fromkeys((row.zoo, row.law) for row in found.cells))
    width, height = NAMES + PANEL * len(MEASURES), AROUND + LINE * len(laws)
    settings = ", ".join(setting.label for setting in SETTINGS)
    return Picture(
        title="Calibration",
        description=f"Coverage, wrong verdicts and power for {len(laws)} laws, with {settings} "
        "points and replicates; the laws below the line lie at the border of the family or beyond.",
        width=width,
        height=height,
        draw=lambda figure, _: _draw(figure, found.cells, laws, height),
    )


def _draw(
    figure: Figure, cells: Sequence[CellRow], laws: list[tuple[str, str]], height: float
) -> None:
    for number, measure in enumerate(MEASURES):
        first = number == 0
        box = Box(0 if first else NAMES + PANEL * number, 0, PANEL + NAMES * first, height)
        axes = frame(figure, box, measure.title, left=NAMES if first else 16, right=14)
        _axes(axes, measure, laws, named=first)
        marks: dict[str, Artist | Container] = {
            setting.label: _marks(axes, measure, cells, laws, setting) for setting in SETTINGS
        }
        if first:
            key(figure, axes, box, marks)


def _axes(axes: Axes, measure: Measure, laws: list[tuple[str, str]], *, named: bool) -> None:
    """Laws from top to bottom, a line between the lists, the zone where values should lie."""
    axes.set_ylim(len(laws) - 0.5, -0.5)
    axes.set_yticks(range(len(laws)), [law for _, law in laws] if named else [""] * len(laws))
    axes.set_xlim(-0.03 * measure.top, 1.03 * measure.top)
    ticks = [measure.top * part for part in (0, 0.2, 0.4, 0.6, 0.8, 1)]
    axes.set_xticks(ticks, [f"{100 * tick:.3g}" + " %" * (tick == ticks[-1]) for tick in ticks])
    if named:
        for label in axes.get_yticklabels():
            label.set_color(INK.light)
    border = sum(zoo == laws[0][0] for zoo, _ in laws) - 0.5
    axes.axhline(border, color=SOFT.light, linewidth=1)
    if measure.good is not None:
        low, high = measure.good
        axes.axvspan(low, high, facecolor=ZONE.light, alpha=0.45, linewidth=0, zorder=0.5)


def _marks(
    axes: Axes,
    measure: Measure,
    cells: Sequence[CellRow],
    laws: list[tuple[str, str]],
    setting: Setting,
) -> Artist:
    colour, shape = MARKS[SETTINGS.index(setting)]
    shift = 0.22 * (SETTINGS.index(setting) - 1)
    rows = [row for row in cells if (row.points, row.replicates) == attrs.astuple(setting)]
    values = [min(measure.of(row), measure.top) for row in rows]
    heights = [laws.index((row.zoo, row.law)) + shift for row in rows]
    (line,) = axes.plot(
        values, heights, shape, color=colour.light, markersize=SMALL / 2.4, linestyle="none",
        clip_on=False,
    )  # fmt: skip
    return line
