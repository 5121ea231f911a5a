"""The points of a sweep on logarithmic axes, the fit, the predicted slope and the controls."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from verify.report.figure import derived
from verify.report.figure.axes import Box, frame, key, log_ticks, name_axis
from verify.report.figure.derived import Estimate
from verify.report.figure.labels import cut, exponent
from verify.report.figure.marks import DASHED, WIDTH, draw_band, draw_estimates, padded, sideways
from verify.report.figure.palette import FIT, INK, PREDICTED
from verify.report.figure.rivals import Line, draw_rivals, rival_line, slope_line, write_names
from verify.report.figure.subject import Subject

REACH = 1.0
"""How far the lines of controls may stretch the frame, in heights of the data."""


def data_panel(figure: Figure, box: Box, subject: Subject) -> None:
    """Draw the data, the fit with its band, and the lines of the predicted and other slopes.

    These lines pass through the last point of the fit, since exponents are about the limit.
    """
    axes = frame(figure, box, cut(f"{subject.statistic} along {subject.where}"))
    data, curve = derived.data(subject.points), derived.fit(subject.points)
    name = f"slope {exponent(subject.row.predicted)}"
    predicted = slope_line(subject, name, subject.row.predicted)
    rivals = [rival_line(subject, rival) for rival in subject.rivals]
    draw_band(axes, curve)
    draw_rivals(axes, rivals)
    x, y = [point.x for point in curve], [point.value for point in curve]
    (fit,) = axes.plot(x, y, color=FIT.light, linewidth=WIDTH)
    (slope,) = axes.plot(
        predicted.x, predicted.y, color=PREDICTED.light, linewidth=WIDTH, linestyle=DASHED
    )
    marks = draw_estimates(axes, data, INK)
    axes.set_xlim(*sideways(subject))
    axes.set_ylim(*_heights([*data, *curve], [predicted, *rivals]))
    write_names(axes, rivals, predicted)
    key(figure, axes, box, {"data": marks, "fit": fit, name: slope})
    log_ticks(axes.xaxis, *axes.get_xlim())
    log_ticks(axes.yaxis, *axes.get_ylim())
    name_axis(axes, subject.towards)


def _heights(places: Sequence[Estimate], lines: Sequence[Line]) -> tuple[float, float]:
    """Limits that show all data, and the lines as far as they do not squeeze it."""
    ends = [end for place in places for end in (place.low, place.high)]
    reach = REACH * (max(ends) - min(ends))
    floor, ceiling = min(ends) - reach, max(ends) + reach
    return padded([*ends, *(min(max(y, floor), ceiling) for line in lines for y in line.y)])
