"""The three panels of an exponent: the data and the fit, local slopes, residuals."""

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.container import ErrorbarContainer
from matplotlib.figure import Figure

from verify.claims.rate.outcome import PointRow
from verify.report.figure.axes import SMALL, Box, frame, key, log_ticks, name_axis, plain_ticks
from verify.report.figure.derived import Estimate, bands, local_slopes, residuals
from verify.report.figure.labels import apart, cut, exponent
from verify.report.figure.palette import FIT, INK, OTHER, PREDICTED, ZONE, Colour
from verify.report.figure.subject import Rival, Subject

DASHED, DOTTED = (0, (5, 3)), (0, (1.5, 2))
PAD = 0.06
"""Empty part of the frame beside the outermost marks."""

REACH = 0.8
"""How far the lines of controls may stretch the frame, in heights of the data."""

LINE = 13
"""Least distance of two labels, in pixels."""


def data_panel(figure: Figure, box: Box, subject: Subject) -> None:
    """The points with their intervals, the fit and its band, and the lines of rival slopes."""
    points = subject.points
    axes = frame(figure, box, cut(f"{subject.statistic} against {subject.row.variable}"))
    x, fit = _log([p.x for p in points]), _log([p.fit for p in points])
    band = _log([p.fit_low for p in points]), _log([p.fit_high for p in points])
    axes.fill_between(x, *band, color=FIT.light, alpha=0.2, linewidth=0)
    (line,) = axes.plot(x, fit, color=FIT.light, linewidth=1.6)
    (predicted,) = axes.plot(
        x[:: len(x) - 1 or 1], _through_last(points, subject.row.predicted),
        color=PREDICTED.light, linewidth=1.6, linestyle=DASHED,
    )  # fmt: skip
    marks = _marks(axes, _logs_of(points), INK)
    _frame_data(axes, x, subject)
    _draw_rivals(axes, subject)
    slope = f"slope {exponent(subject.row.predicted)}"
    key(axes, box, {"data": marks, "fit": line, slope: predicted})
    log_ticks(axes.xaxis, *axes.get_xlim())
    log_ticks(axes.yaxis, *axes.get_ylim())
    name_axis(axes, subject.row.variable)


def slope_panel(figure: Figure, box: Box, subject: Subject) -> None:
    """The slopes between neighbours, the zone, and the estimated exponent at the right end."""
    axes = frame(figure, box, "Local slopes")
    slopes, row = local_slopes(subject.points), subject.row
    x = _log([slope.x for slope in slopes])
    left, right = _padded(*_log([subject.points[0].x, subject.points[-1].x]))
    ends = [end for s in slopes for end in (s.low, s.high)] + [row.predicted]
    ends += [end for end in (subject.low, subject.high, row.low, row.high) if _finite(end)]
    low, high = _padded(min(ends), max(ends))
    axes.set_xlim(left, right + PAD * (right - left))
    axes.set_ylim(low, high)
    area = axes.axhspan(max(low, subject.low), min(high, subject.high), color=ZONE.light, alpha=0.45)
    area.set_linewidth(0)
    predicted = axes.axhline(row.predicted, color=PREDICTED.light, linewidth=1.6, linestyle=DASHED)
    places = [Estimate(at, s.value, s.low, s.high) for at, s in zip(x, slopes, strict=True)]
    marks = {"neighbours": _marks(axes, places, INK)}
    if row.estimate is not None:
        edges = (low if row.low is None else row.low), (high if row.high is None else row.high)
        found = Estimate(right, row.estimate, *edges)
        marks["estimate"] = _marks(axes, [found], FIT, "D")
    key(axes, box, {**marks, "predicted": predicted, "margin": area})
    log_ticks(axes.xaxis, left, right)
    plain_ticks(axes.yaxis, low, high)
    name_axis(axes, row.variable)


def residual_panel(figure: Figure, box: Box, subject: Subject) -> None:
    """The values relative to the fit, minus one, with the band of the fit, in per cent."""
    axes = frame(figure, box, "Residuals of the fit, in %")
    x = _log([point.x for point in subject.points])
    band, found = bands(subject.points), residuals(subject.points)
    edges = [b.low for b in band], [b.high for b in band]
    area = axes.fill_between(x, *edges, color=FIT.light, alpha=0.2, linewidth=0)
    axes.axhline(0, color=FIT.light, linewidth=1.6)
    places = [Estimate(at, r.value, r.low, r.high) for at, r in zip(x, found, strict=True)]
    marks = _marks(axes, places, INK)
    axes.set_xlim(*_padded(x[0], x[-1]))
    low, high = _padded(
        min(edge for e in (*band, *found) for edge in (e.low, e.value)),
        max(edge for e in (*band, *found) for edge in (e.high, e.value)),
    )
    axes.set_ylim(low, high)
    key(axes, box, {"data / fit − 1": marks, "band of the fit": area})
    log_ticks(axes.xaxis, *axes.get_xlim())
    plain_ticks(axes.yaxis, low, high)
    name_axis(axes, subject.row.variable)


def _marks(
    axes: Axes, places: Sequence[Estimate], colour: Colour, shape: str = "o"
) -> ErrorbarContainer:
    values = [place.value for place in places]
    below = [max(0.0, place.value - place.low) for place in places]
    above = [max(0.0, place.high - place.value) for place in places]
    return axes.errorbar(
        [place.x for place in places], values, yerr=[below, above], fmt=shape, color=colour.light,
        markersize=5, markeredgewidth=0, elinewidth=1.3,
    )  # fmt: skip


def _draw_rivals(axes: Axes, subject: Subject) -> None:
    """Each control as points of its own or as a slope, with its name at the left end."""
    for rival in subject.rivals:
        x = _log([point.x for point in rival.points or subject.points])
        if rival.points:
            heights = _log([point.value for point in rival.points])
            axes.plot(
                x, heights, color=OTHER.light, linewidth=1, linestyle=DOTTED, marker="o",
                markersize=4, markerfacecolor="none",
            )  # fmt: skip
        else:
            ends = _through_last(subject.points, rival.predicted)
            axes.plot(x[:: len(x) - 1 or 1], ends, color=OTHER.light, linestyle=DOTTED)
    _label_rivals(axes, subject)


def _label_rivals(axes: Axes, subject: Subject) -> None:
    """Names beside the left ends of the lines, on the side to which the lines do not run."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    pixels = axes.get_window_extent().height / (high - low)
    ...


def _frame_data(axes: Axes, x: Sequence[float], subject: Subject) -> None:
    """Limits that show the data, and the rivals as far as they do not squeeze it."""
    ...


def _log(values: Sequence[float]) -> list[float]:
    return [math.log10(value) for value in values]


def _padded(low: float, high: float) -> tuple[float, float]:
    room = PAD * (high - low) or 0.5
    return low - room, high + room
