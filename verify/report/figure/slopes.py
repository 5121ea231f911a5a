"""Local slopes against the predicted exponent, and the residuals of the fit."""

import math

from matplotlib.figure import Figure

from verify.report.figure import derived
from verify.report.figure.axes import Box, frame, key, log_ticks, name_axis, plain_ticks
from verify.report.figure.derived import Estimate
from verify.report.figure.marks import DASHED, PAD, WIDTH, draw_band, draw_estimates, padded
from verify.report.figure.palette import FIT, INK, PREDICTED, ZONE
from verify.report.figure.subject import Subject


def slope_panel(figure: Figure, box: Box, subject: Subject) -> None:
    """Draw the slopes between neighbours, the zone, and at the right end the estimated exponent."""
    axes = frame(figure, box, "Local slopes")
    slopes, row = derived.local_slopes(subject.points), subject.row
    ends = [end for slope in slopes for end in (slope.low, slope.high)]
    marked = [end for end in (row.low, row.high, row.estimate) if end is not None]
    edges = [end for end in (subject.low, subject.high) if math.isfinite(end)]
    low, high = padded([row.predicted, *ends, *marked, *edges])
    left, right = padded([point.x for point in derived.data(subject.points)])
    axes.set_xlim(left, right + PAD * (right - left))
    axes.set_ylim(low, high)
    floor, ceiling = max(low, subject.low), min(high, subject.high)
    area = axes.axhspan(floor, ceiling, facecolor=ZONE.light, alpha=0.45, linewidth=0)
    line = axes.axhline(row.predicted, color=PREDICTED.light, linewidth=WIDTH, linestyle=DASHED)
    marks = {"neighbours": draw_estimates(axes, slopes, INK)}
    if row.estimate is not None:
        bottom, top = (low if row.low is None else row.low), (high if row.high is None else row.high)
        found = Estimate(right, row.estimate, bottom, top)
        marks["estimate"] = draw_estimates(axes, [found], FIT, "D")
    key(axes, box, {**marks, "predicted": line, "margin": area})
    log_ticks(axes.xaxis, left, right)
    plain_ticks(axes.yaxis, low, high)
    name_axis(axes, row.variable)


def residual_panel(figure: Figure, box: Box, subject: Subject) -> None:
    """Draw the data relative to the fit, minus one, with the band of the fit, in per cent."""
    axes = frame(figure, box, "Residuals of the fit, in %")
    found, curve = derived.residuals(subject.points), derived.band(subject.points)
    area = draw_band(axes, curve)
    axes.axhline(0, color=FIT.light, linewidth=WIDTH)
    marks = draw_estimates(axes, found, INK)
    axes.set_xlim(*padded([point.x for point in found]))
    axes.set_ylim(*padded([end for point in (*found, *curve) for end in (point.low, point.high)]))
    key(axes, box, {"data / fit − 1": marks, "band of the fit": area})
    log_ticks(axes.xaxis, *axes.get_xlim())
    plain_ticks(axes.yaxis, *axes.get_ylim())
    name_axis(axes, subject.row.variable)
