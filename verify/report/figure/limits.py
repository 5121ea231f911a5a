"""The pictures of a limit: a number along its sweep, a curve against its target, the difference."""

import math
from collections.abc import Sequence
from functools import partial

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import Container
from matplotlib.figure import Figure

from verify.claims.limit.outcome import LimitOutcome, LimitRow
from verify.claims.points import PointRow
from verify.report.figure.axes import Box, frame, key, log_ticks, name_axis, plain_ticks
from verify.report.figure.canvas import Picture
from verify.report.figure.derived import Estimate
from verify.report.figure.labels import cut, typeset
from verify.report.figure.marks import DASHED, PAD, WIDTH, draw_band, draw_estimates, padded
from verify.report.figure.palette import FIT, INK, PREDICTED, ZONE
from verify.report.wording import INTERVAL

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
        panels = [("The approach to the limit", _approach, _approach_words)]
    else:
        panels = [("The difference from the target", _difference, _difference_words)]
    if claim.distance == "largest":
        panels.insert(0, ("The limit and its target", _curve, _curve_words))
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
    found = [Estimate(x, row.estimate, row.low, row.high) for x, row in _placed(claim)]
    aims = [Estimate(x, row.target, row.target, row.target) for x, row in _placed(claim)]
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
    name_axis(axes, _name(claim))


def _difference(figure: Figure, box: Box, claim: LimitOutcome) -> None:
    """The difference from the target with its simultaneous band, and the margin."""
    axes = frame(figure, box, "Limit minus target")
    found = _differences(claim)
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
    name_axis(axes, _name(claim))


def _draw(axes: Axes, found: Sequence[Estimate]) -> Artist | Container:
    """A line where the places are many, else points with their intervals."""
    if len(found) < MANY:
        return draw_estimates(axes, found, INK)
    (line,) = axes.plot(
        [point.x for point in found], [point.value for point in found], color=INK.light,
        linewidth=WIDTH,
    )  # fmt: skip
    return line


def _approach_words(claim: LimitOutcome) -> str:
    (row,) = claim.rows
    first, last = row.points[0], row.points[-1]
    start, end = (
        f"{_number(point.value)} at {claim.variable} = {point.x:,.10g}" for point in (first, last)
    )
    return (
        f"{len(row.points)} points from {start} to {end}; the limit is {_number(row.estimate)}, "
        f"{INTERVAL} [{_number(row.low)}, {_number(row.high)}]; the target is "
        f"{_number(row.target)}, with a margin of {claim.margin:g}."
    )


def _curve_words(claim: LimitOutcome) -> str:
    inside = sum(row.low <= row.target <= row.high for row in claim.rows)
    return (
        f"The limit at {len(claim.rows)} places of {_name(claim)} with a simultaneous band; the "
        f"target lies in the band at {inside} of them."
    )


def _difference_words(claim: LimitOutcome) -> str:
    found = _differences(claim)
    low, high = min(point.low for point in found), max(point.high for point in found)
    return (
        f"The limit less its target at {len(found)} places of {_name(claim)}; the simultaneous "
        f"band reaches from {_number(low)} to {_number(high)}; the margin is {claim.margin:g}."
    )


def _number(value: float) -> str:
    return typeset(f"{value:.4g}")


def _differences(claim: LimitOutcome) -> list[Estimate]:
    return [
        Estimate(x, *(end - row.target for end in (row.estimate, row.low, row.high)))
        for x, row in _placed(claim)
    ]


def _placed(claim: LimitOutcome) -> list[tuple[float, LimitRow]]:
    """The rows at the values of their variable; one after the other, where they have several."""
    single = all(len(row.at) == 1 for row in claim.rows)
    return [
        (next(iter(row.at.values())) if single else float(place), row)
        for place, row in enumerate(claim.rows)
    ]


def _name(claim: LimitOutcome) -> str:
    return ", ".join(claim.rows[0].at)


def _data(points: Sequence[PointRow]) -> list[Estimate]:
    return [Estimate(math.log10(p.x), p.value, p.low, p.high) for p in points]


def _fit(points: Sequence[PointRow]) -> list[Estimate]:
    return [Estimate(math.log10(p.x), p.fit, p.fit_low, p.fit_high) for p in points]
