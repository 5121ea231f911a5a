"""Marks that several panels share: points with intervals, bands, and limits of a frame."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.container import ErrorbarContainer

from verify.report.figure.derived import Estimate, data
from verify.report.figure.palette import FIT, Colour
from verify.report.figure.subject import Subject

DASHED, DOTTED = (0, (5, 3)), (0, (1.5, 2))
WIDTH = 1.6
PAD = 0.06
"""Empty part of a frame beside the outermost marks."""


def draw_estimates(
    axes: Axes, places: Sequence[Estimate], colour: Colour, shape: str = "o"
) -> ErrorbarContainer:
    """Points with their intervals."""
    below = [max(0.0, place.value - place.low) for place in places]
    above = [max(0.0, place.high - place.value) for place in places]
    return axes.errorbar(
        [place.x for place in places], [place.value for place in places], yerr=[below, above],
        fmt=shape, color=colour.light, markersize=5, markeredgewidth=0, elinewidth=1.3, zorder=3,
    )  # fmt: skip


def draw_band(axes: Axes, places: Sequence[Estimate]) -> PolyCollection:
    """The region between the ends of the intervals."""
    lows, highs = [place.low for place in places], [place.high for place in places]
    return axes.fill_between(
        [place.x for place in places], lows, highs, color=FIT.light, alpha=0.2, linewidth=0
    )


def padded(values: Sequence[float]) -> tuple[float, float]:
    """Limits of a frame that leave some room beside the outermost values."""
    low, high = min(values), max(values)
    room = PAD * (high - low) or 0.5
    return low - room, high + room


def sideways(subject: Subject) -> tuple[float, float]:
    """Limits of the sweep in log10, with the limit of the variable on the right."""
    left, right = padded([point.x for point in data(subject.points)])
    return (right, left) if subject.shrinking else (left, right)
