"""Lines beside the data: slopes through its last point, controls with data of their own, names."""

import math
from collections.abc import Iterable, Sequence

import attrs
from matplotlib.axes import Axes

from verify.report.figure import derived
from verify.report.figure.axes import SMALL
from verify.report.figure.labels import cut, exponent
from verify.report.figure.marks import DOTTED
from verify.report.figure.palette import OTHER
from verify.report.figure.subject import Rival, Subject

CLOSE = 12
"""Lines whose ends are within so many pixels share one label."""

LIFT = 4
"""Pixels between a line and its name."""


@attrs.frozen
class Line:
    """A line from the first to the last place of a sweep, in log10 of both variables."""

    name: str
    x: list[float]
    y: list[float]
    marked: bool = False


def slope_line(subject: Subject, name: str, power: float) -> Line:
    """The line of a slope through the last point of the fit."""
    curve = derived.fit(subject.points)
    first, last, height = curve[0].x, curve[-1].x, curve[-1].value
    return Line(name, [first, last], [height - power * (last - first), height])


def rival_line(subject: Subject, rival: Rival) -> Line:
    """A control: its own points if it has some, else its slope."""
    if not rival.points:
        name = f"{cut(rival.id, 16)} {exponent(rival.predicted)}"
        return slope_line(subject, name, rival.predicted)
    points = derived.data(rival.points)
    x, y = [point.x for point in points], [point.value for point in points]
    return Line(f"{cut(rival.id, 16)}: own data", x, y, marked=True)


def draw_rivals(axes: Axes, lines: Sequence[Line]) -> None:
    """Draw the lines of the controls; their names come later, when the frame is settled."""
    for line in lines:
        axes.plot(
            line.x, line.y, color=OTHER.light, linewidth=1.2, linestyle=DOTTED, markersize=4,
            marker="o" if line.marked else "", markerfacecolor="none",
        )  # fmt: skip


@attrs.frozen
class _End:
    """The end of a line in the frame, in pixels: how far from another line, at what angle."""

    names: list[str]
    x: float
    y: float
    off: float
    angle: float
    align: str = "left"


def write_names(axes: Axes, lines: Sequence[Line], beside: Line) -> None:
    """Write the names along the lines, on the side away from `beside`.

    Slopes fan out from the limit and are named at the other end; data of their own at the limit.
    """
    ends = [(_last if line.marked else _first)(axes, line, beside) for line in lines]
    for end in _shared(end for end in ends if end.off >= 0):
        _write(axes, end, "bottom", LIFT)
    for end in _shared(end for end in ends if end.off < 0):
        _write(axes, end, "top", -LIFT)


def _first(axes: Axes, line: Line, beside: Line) -> _End:
    """The first end of a line, or, if that is outside the frame, just after it comes in."""
    (left, bottom), (right, top) = _pixels(axes, line)
    frame = axes.get_window_extent()
    height = bottom
    if not frame.y0 <= bottom <= frame.y1:
        height = min(max(bottom, frame.y0 + CLOSE), frame.y1 - CLOSE)
    share = (height - bottom) / (top - bottom) if top != bottom else 0.0
    off = bottom - _pixels(axes, beside)[0][1]
    angle = math.degrees(math.atan2(top - bottom, right - left))
    return _End([line.name], left + share * (right - left), height, off, angle)


def _last(axes: Axes, line: Line, beside: Line) -> _End:
    """The last end of a line."""
    (left, start), (right, height) = _pixels(axes, line)
    off = height - _pixels(axes, beside)[1][1]
    angle = math.degrees(math.atan2(height - start, right - left))
    return _End([line.name], right, height, off, angle, "right")


def _pixels(axes: Axes, line: Line) -> list[list[float]]:
    """The two ends of a line, in pixels."""
    ends = [(line.x[0], line.y[0]), (line.x[-1], line.y[-1])]
    found: list[list[float]] = axes.transData.transform(ends).tolist()
    return found


def _shared(ends: Iterable[_End]) -> list[_End]:
    """The ends from the outermost inwards; those too close to one another as one."""
    kept: list[_End] = []
    for end in sorted(ends, key=lambda end: -abs(end.off)):
        if kept and math.hypot(kept[-1].x - end.x, kept[-1].y - end.y) < CLOSE:
            kept[-1] = attrs.evolve(kept[-1], names=[*kept[-1].names, *end.names])
        else:
            kept.append(end)
    return kept


def _write(axes: Axes, end: _End, side: str, lift: float) -> None:
    turn = math.radians(end.angle)
    axes.annotate(
        cut(", ".join(end.names)), (end.x, end.y), xycoords="figure points",
        xytext=(-lift * math.sin(turn), lift * math.cos(turn)), textcoords="offset points",
        rotation=end.angle, rotation_mode="anchor", va=side, ha=end.align, color=OTHER.light,
        fontsize=SMALL, annotation_clip=False,
    )  # fmt: skip
