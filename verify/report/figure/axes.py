"""The frame of a panel: a title, a line that explains the marks, a grid, ticks in plain text."""

import math
from collections.abc import Mapping
from itertools import pairwise

import attrs
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.container import Container
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from verify.report.figure.labels import cut
from verify.report.figure.palette import GRID, INK, SOFT

SMALL, LARGE = 10.5, 12.5
"""Sizes of text in pixels."""

LEFT, RIGHT, TOP, BOTTOM = 52, 12, 48, 36
"""Room between the box of a panel and its frame, in pixels."""

MOST_DECADES = 5
STEPS = [1, 2, 5, 10]
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@attrs.frozen
class Box:
    """Where a panel stands in its figure: its upper left corner and its size, in pixels."""

    x: float
    y: float
    width: float
    height: float


def frame(
    figure: Figure,
    box: Box,
    title: str,
    left: float = LEFT,
    right: float = RIGHT,
    bottom: float = BOTTOM,
) -> Axes:
    """Axes inside `box`, so many pixels from its sides, with a title and a light grid."""
    width, height = _size(figure)
    axes = figure.add_axes(
        (
            (box.x + left) / width,
            (height - box.y - box.height + bottom) / height,
            (box.width - left - right) / width,
            (box.height - TOP - bottom) / height,
        )
    )
    axes.patch.set_visible(False)
    axes.grid(True, color=GRID.light, linewidth=1)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(SOFT.light)
    axes.tick_params(length=0, labelsize=SMALL, labelcolor=SOFT.light, pad=5)
    figure.text(
        (box.x + 4) / width, 1 - (box.y + 16) / height, title, color=INK.light, fontsize=LARGE,
        weight="bold",
    )  # fmt: skip
    return axes


def key(figure: Figure, axes: Axes, box: Box, marks: Mapping[str, Artist | Container]) -> None:
    """A line under the title that says what each mark means."""
    width, height = _size(figure)
    axes.legend(
        list(marks.values()), list(marks), loc="center left", ncols=len(marks), frameon=False,
        bbox_to_anchor=((box.x + 4) / width, 1 - (box.y + 31) / height),
        bbox_transform=figure.transFigure, borderpad=0, borderaxespad=0, handlelength=1.6,
        handletextpad=0.5, columnspacing=1.2, fontsize=SMALL, labelcolor=SOFT.light,
    )  # fmt: skip


def _size(figure: Figure) -> tuple[float, float]:
    """Width and height in pixels."""
    return figure.get_figwidth() * figure.dpi, figure.get_figheight() * figure.dpi


def name_axis(axes: Axes, name: str) -> None:
    """The name of the horizontal axis, at the right end under the frame."""
    axes.annotate(
        cut(name), (1, 0), (0, -BOTTOM + 6), xycoords="axes fraction", textcoords="offset points",
        ha="right", color=SOFT.light, fontsize=SMALL, annotation_clip=False,
    )  # fmt: skip


def log_ticks(axis: Axis, low: float, high: float) -> None:
    """Ticks on an axis that carries log10: powers of ten, or plain numbers within a decade."""
    low, high = min(low, high), max(low, high)
    first, last = math.ceil(low - 1e-9), math.floor(high + 1e-9)
    if last > first:
        step = -(-(last - first) // MOST_DECADES)
        exponents = range(first, last + 1, step)
        axis.set_ticks(exponents, [power_of_ten(e) for e in exponents])
        return
    inside = [
        value
        for value in MaxNLocator(5, steps=STEPS).tick_values(10**low, 10**high)
        if value > 0 and low <= math.log10(value) <= high
    ]
    axis.set_ticks([math.log10(value) for value in inside], [f"{value:.4g}" for value in inside])


def power_of_ten(exponent: int) -> str:
    """As plain text, for mathematics is not set in pictures."""
    return f"10{str(exponent).translate(_SUPERSCRIPT)}"


def plain_ticks(axis: Axis, low: float, high: float, most: int = 5) -> None:
    """Ticks at round numbers between two ends."""
    inside = [
        value
        for value in MaxNLocator(most, steps=STEPS).tick_values(low, high)
        if low <= value <= high
    ]
    step = min((b - a for a, b in pairwise(inside)), default=1.0)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    labels = [f"{value + 0:.{digits}f}".replace("-", "−") for value in inside]
    axis.set_ticks(inside, labels)
