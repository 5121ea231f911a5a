"""Local slopes against the predicted exponent, and the residuals of the fit."""

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import Container
from matplotlib.figure import Figure

from verify.claims.rate.outcome import ExponentRow
from verify.report.figure import derived
from verify.report.figure.axes import Box, frame, key, log_ticks, name_axis, plain_ticks
from verify.report.figure.derived import Estimate
from verify.report.figure.marks import (
    DASHED,
    PAD,
    WIDTH,
    draw_band,
    draw_estimates,
    padded,
    sideways,
)
from verify.report.figure.palette import FIT, INK, PREDICTED, ZONE
from verify.report.figure.subject import Subject


def slope_panel(figure: Figure, box: Box, subject: Subject) -> None:
    """Draw the slopes between neighbours, the zone, and at the right end the estimated exponent."""
    axes = frame(figure, box, "Local slopes")
    slopes, predicted = derived.local_slopes(subject.points), subject.row.predicted
    left, right = sideways(subject)
    axes.set_xlim(left, right + PAD * (right - left))
    low, high = _limits(subject)
    axes.set_ylim(low, high)
    marks: dict[str, Artist | Container] = {"neighbours": draw_estimates(axes, slopes, INK)}
    if subject.row.estimate is not None:
        marks["estimate"] = _draw_exponent(axes, subject.row, subject.row.estimate, right)
    marks["predicted"] = axes.axhline(
        predicted, color=PREDICTED.light, linewidth=WIDTH, linestyle=DASHED
    )
    floor, ceiling = max(low, subject.low), min(high, subject.high)
    marks["margin"] = axes.axhspan(
        floor, ceiling, facecolor=ZONE.light, alpha=0.45, linewidth=0, zorder=0.5
    )
    key(figure, axes, box, marks)
    log_ticks(axes.xaxis, left, right)
    plain_ticks(axes.yaxis, low, high)
    name_axis(axes, subject.towards)


def residual_panel(figure: Figure, box: Box, subject: Subject) -> None:
    """Draw the data relative to the fit, minus one, with the band of the fit, in per cent."""
    axes = frame(figure, box, "Residuals of the fit, in %")
    found, curve = derived.residuals(subject.points), derived.band(subject.points)
    area = draw_band(axes, curve)
    axes.axhline(0, color=FIT.light, linewidth=WIDTH)
    marks = draw_estimates(axes, found, INK)
    axes.set_xlim(*sideways(subject))
    axes.set_ylim(*padded([end for point in (*found, *curve) for end in (point.low, point.high)]))
    key(figure, axes, box, {"data / fit − 1": marks, "band of the fit": area})
    log_ticks(axes.xaxis, *axes.get_xlim())
    plain_ticks(axes.yaxis, *axes.get_ylim())
    name_axis(axes, subject.towards)


def _limits(subject: Subject) -> tuple[float, float]:
    """Heights that show the margin and every interval."""
    row, margin = subject.row, subject.margin
    slopes = derived.local_slopes(subject.points)
    ends = [end for slope in slopes for end in (slope.low, slope.high)]
    found = [end for end in (row.low, row.high, row.estimate) if end is not None]
    return padded([row.predicted - margin, row.predicted + margin, *ends, *found])


def _draw_exponent(axes: Axes, row: ExponentRow, estimate: float, x: float) -> Container:
    """The estimate with its interval, to the edge of the frame where that has no end."""
    low, high = axes.get_ylim()
    low, high = low if row.low is None else row.low, high if row.high is None else row.high
    return draw_estimates(axes, [Estimate(x, estimate, low, high)], FIT, "D")
