"""The pictures of a limit: a number along its sweep, a curve against its target, the difference."""

import math
from collections.abc import Sequence
from functools import partial

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import Container
from matplotlib.figure import Figure

from verify.claims.limit.outcome import LimitOutcome
from verify.claims.points import PointRow
from verify.report.figure.axes import Box, frame, key, log_ticks, name_axis, plain_ticks
from verify.report.figure.canvas import Picture
from verify.report.figure.derived import Estimate
from verify.report.figure.labels import cut
from verify.report.figure.limit_words import (
    approach_words,
    curve_words,
    difference_words,
    differences,
    name_of,
    placed,
)
from verify.report.figure.marks import DASHED, PAD, WIDTH, draw_band, draw_estimates, padded
from verify.report.figure.palette import FIT, INK, PREDICTED, ZONE

SIZE = 376, 268
"""Of a panel, in pixels, as those of a rate."""

MANY = 40
"""Places of a curve from which on they are a line and no longer points."""


def limit_pictures(claim: LimitOutcome) -> list[Picture]:
    """The approach of a number; of a curve or a law, the curve and its difference from the target.

    None where there are no rows.
    """
    if not claim.rows:
        return []
    if claim.distance is None:
        panels = [("The approach to the limit", _approach, approach_words)]
    else:
        panels = [("The difference from the target", _difference, difference_words)]
    if claim.distance == "largest":
        panels.insert(0, ("The limit and its target", _curve, curve_words))
    return [
        Picture(
            title=f"{title}: {claim.id}",
            description=words(claim),
            width=SIZE[0],
            height=SIZE[1],
            draw=partial(draw, claim=claim),
        )
        for title, draw, words in panels
    ]


def _approach(figure: Figure, box: Box, claim: LimitOutcome) -> None:
    """The measured values with the fit, and at the right end the limit, beside its target."""
    (row,) = claim.rows
    axes = frame(figure, box, cut(claim.statement))
    data, curve = _data(row.points), _fit(row.points)
    left, right = padded([point.x for point in data])
    shrinking = row.points[-1].x < row.points[0].x
    end = left - PAD * (right - left) if shrinking else right + PAD * (right - left)
    draw_band(axes, curve)
    (fit,) = axes.plot(
        [point.x for point in curve], [point.value for point in curve], color=FIT.light,
        linewidth=WIDTH,
    )  # fmt: skip
    marks: dict[str, Artist | Container] = {
        "data": draw_estimates(axes, data, INK),
        "fit": fit,
        "limit": draw_estimates(axes, [Estimate(end, row.estimate, row.low, row.high)], FIT, "D"),
    }
    reach = end + (end - (left if shrinking else right))
    axes.set_xlim(*((right, reach) if shrinking else (left, reach)))
    heights = [end for point in (*data, *curve) for end in (point.low, point.high)]
    aims = row.target - claim.margin, row.target + claim.margin
    axes.set_ylim(*padded([*heights, row.low, row.high, *aims]))
    target = axes.axhline(row.target, color=PREDICTED.light, linewidth=WIDTH, linestyle=DASHED)
    area = axes.axhspan(*aims, facecolor=ZONE.light, alpha=0.45, linewidth=0, zorder=0.5)
    key(figure, axes, box, {**marks, "target": target, "margin": area})
    log_ticks(axes.xaxis, left, right)
    plain_ticks(axes.yaxis, *axes.get_ylim())
    name_axis(axes, f"{claim.variable} → {'0' if shrinking else '∞'}")


def _curve(figure: Figure, box: Box, claim: LimitOutcome) -> None:
    """The extrapolated curve with its simultaneous band, and the target."""
    axes = frame(figure, box, cut(claim.statement))
    found = [Estimate(x, row.estimate, row.low, row.high) for x, row in placed(claim)]
    aims = [Estimate(x, row.target, row.target, row.target) for x, row in placed(claim)]
    (target,) = axes.plot(
        [point.x for point in aims], [point.value for point in aims], color=PREDICTED.light,
        linewidth=WIDTH, linestyle=DASHED,
    )  # fmt: skip
    area = draw_band(axes, found)
    marks = _draw(axes, found)
    axes.set_xlim(*padded([point.x for point in found]))
    axes.set_ylim(*padded([end for point in (*found, *aims) for end in (point.low, point.high)]))
    key(figure, axes, box, {"limit": marks, "band": area, "target": target})
    plain_ticks(axes.xaxis, *axes.get_xlim())
    plain_ticks(axes.yaxis, *axes.get_ylim())
    name_axis(axes, name_of(claim))


def _difference(figure: Figure, box: Box, claim: LimitOutcome) -> None:
    """The difference from the target with its simultaneous band, and the margin."""
    axes = frame(figure, box, "Limit minus target")
    found = differences(claim)
    area = draw_band(axes, found)
    marks = _draw(axes, found)
    axes.set_xlim(*padded([point.x for point in found]))
    ends = [end for point in found for end in (point.low, point.high)]
    axes.set_ylim(*padded([*ends, -claim.margin, claim.margin]))
    target = axes.axhline(0, color=PREDICTED.light, linewidth=WIDTH, linestyle=DASHED)
    key_marks: dict[str, Artist | Container] = {"limit": marks, "band": area, "target": target}
    if claim.distance != "wasserstein":  # whose margin is that of an integral
        key_marks["margin"] = axes.axhspan(
            -claim.margin, claim.margin, facecolor=ZONE.light, alpha=0.45, linewidth=0, zorder=0.5
        )
    key(figure, axes, box, key_marks)
    plain_ticks(axes.xaxis, *axes.get_xlim())
    plain_ticks(axes.yaxis, *axes.get_ylim())
    name_axis(axes, name_of(claim))


def _draw(axes: Axes, found: Sequence[Estimate]) -> Artist | Container:
    """A line where the places are many, else points with their intervals."""
    if len(found) < MANY:
        return draw_estimates(axes, found, INK)
    (line,) = axes.plot(
        [point.x for point in found], [point.value for point in found], color=INK.light,
        linewidth=WIDTH,
    )  # fmt: skip
    return line


def _data(points: Sequence[PointRow]) -> list[Estimate]:
    return [Estimate(math.log10(p.x), p.value, p.low, p.high) for p in points]


def _fit(points: Sequence[PointRow]) -> list[Estimate]:
    return [Estimate(math.log10(p.x), p.fit, p.fit_low, p.fit_high) for p in points]
