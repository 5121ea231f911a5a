"""The points of a sweep on logarithmic axes, the fit, the predicted slope and the controls."""

from collections.abc import Sequence

import attrs
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verify.report.figure import derived
from verify.report.figure.axes import SMALL, Box, frame, key, log_ticks, name_axis
from verify.report.figure.labels import apart, cut, exponent
from verify.report.figure.marks import DASHED, DOTTED, WIDTH, draw_band, draw_estimates, padded
from verify.report.figure.palette import FIT, INK, OTHER, PREDICTED
from verify.report.figure.subject import Rival, Subject

REACH = 1.0
"""How far the lines of controls may stretch the frame, in heights of the data."""

GAP = 13
"""Least distance of two labels, in pixels."""


@attrs.frozen
class Line:
    """A line through the frame from left to right, in log10 of both variables, and its name."""

    name: str
    x: list[float]
    y: list[float]

    def entry(self, low: float, high: float) -> tuple[float, float]:
        """Its left end; if that is outside the given heights, the place where it comes in."""
        (left, *_, right), (first, *_, last) = self.x, self.y
        height = min(max(first, low), high)
        run = (right - left) * (height - first) / (last - first) if last != first else 0.0
        return left + run, height


def data_panel(figure: Figure, box: Box, subject: Subject) -> None:
    """Draw the data, the fit with its band, and the lines of the predicted and other slopes.

    These lines pass through the last point of the fit, since exponents are about large x.
    """
    axes = frame(figure, box, cut(f"{subject.statistic} along {subject.where}"))
    data, curve = derived.data(subject.points), derived.fit(subject.points)
    predicted = _slope(subject, exponent(subject.row.predicted), subject.row.predicted)
    rivals = [_rival(subject, rival) for rival in subject.rivals]
    draw_band(axes, curve)
    for line, rival in zip(rivals, subject.rivals, strict=True):
        axes.plot(
            line.x, line.y, color=OTHER.light, linewidth=1.2, linestyle=DOTTED, markersize=4,
            marker="o" if rival.points else "", markerfacecolor="none",
        )  # fmt: skip
    x, y = [point.x for point in curve], [point.value for point in curve]
    marks = {
        "data": draw_estimates(axes, data, INK),
        "fit": axes.plot(x, y, color=FIT.light, linewidth=WIDTH)[0],
        f"slope {predicted.name}": axes.plot(
            predicted.x, predicted.y, color=PREDICTED.light, linewidth=WIDTH, linestyle=DASHED
        )[0],
    }
    ends = [end for point in (*data, *curve) for end in (point.low, point.high)]
    _limit(axes, x, ends, [predicted, *rivals])
    _write_names(axes, rivals, falling=y[-1] < y[0])
    key(axes, box, marks)
    log_ticks(axes.xaxis, *axes.get_xlim())
    log_ticks(axes.yaxis, *axes.get_ylim())
    name_axis(axes, subject.row.variable)


def _slope(subject: Subject, name: str, power: float) -> Line:
    """The line of a slope through the last point of the fit."""
    curve = derived.fit(subject.points)
    left, right, last = curve[0].x, curve[-1].x, curve[-1].value
    return Line(name, [left, right], [last - power * (right - left), last])


def _rival(subject: Subject, rival: Rival) -> Line:
    """A control: its own points if it has some, else its slope."""
    if not rival.points:
        return _slope(subject, f"{cut(rival.id, 16)} {exponent(rival.predicted)}", rival.predicted)
    points = derived.data(rival.points)
    name = f"{cut(rival.id, 16)}: own data"
    return Line(name, [point.x for point in points], [point.value for point in points])


def _limit(axes: Axes, x: Sequence[float], ends: Sequence[float], lines: Sequence[Line]) -> None:
    """Show all data, and the lines as far as they do not squeeze it."""
    reach = REACH * (max(ends) - min(ends))
    floor, ceiling = min(ends) - reach, max(ends) + reach
    beside = [min(max(y, floor), ceiling) for line in lines for y in line.y]
    axes.set_xlim(*padded(x))
    axes.set_ylim(*padded([*ends, *beside]))


def _write_names(axes: Axes, lines: Sequence[Line], *, falling: bool) -> None:
    """Name each line at its left end, on the side from which it runs away."""
    low, high = axes.get_ylim()
    entries = [line.entry(low, high) for line in lines]
    way = 1 if falling else -1
    gap = GAP * (high - low) / axes.get_window_extent().height
    heights = apart([way * (y + way * gap / 4) for _, y in entries], gap)
    for line, (x, _), height in zip(lines, entries, heights, strict=True):
        axes.text(
            x, way * height, line.name, color=OTHER.light, fontsize=SMALL,
            va="bottom" if falling else "top",
        )  # fmt: skip
