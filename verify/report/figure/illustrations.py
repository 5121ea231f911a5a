"""The pictures that a theorem brings itself, in the frame and the colours of all others."""

import math
from functools import partial

from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullFormatter, NullLocator

from verify.errors import InputError
from verify.report.figure.axes import SMALL, Box, frame, power_of_ten
from verify.report.figure.canvas import Picture
from verify.report.figure.labels import cut
from verify.spec import Illustration

PIXELS = 8
"""Width of a character of a title, so that a wide picture has a longer one."""

LEFT, BOTTOM = 64, 48
"""Room for ticks and the names of both axes, in pixels."""


def illustrated(illustration: Illustration) -> Picture:
    """The picture of an illustration; InputError, when it is rendered, where drawing it raises."""
    return Picture(
        title=illustration.title,
        description=illustration.shows,
        width=illustration.width,
        height=illustration.height,
        draw=partial(_drawn, illustration=illustration),
    )


def _drawn(figure: Figure, box: Box, illustration: Illustration) -> None:
    title = cut(illustration.title, illustration.width // PIXELS)
    axes = frame(figure, box, title, left=LEFT, bottom=BOTTOM)
    try:
        illustration.draw(axes)
    except Exception as error:  # whatever a user's function raises
        problem = f"drawing {illustration.id!r} raised {type(error).__name__}: {error}"
        raise InputError(f"{illustration.place}: {problem}") from None
    for axis in (axes.xaxis, axes.yaxis):
        axis.label.set_fontsize(SMALL)
        if axis.get_scale() == "log":
            _plain(axis)


def _plain(axis: Axis) -> None:
    """Labels of a logarithmic axis as plain text: powers of ten, or numbers within a decade."""
    low, high = sorted(axis.get_view_interval())
    if math.ceil(math.log10(low)) < math.floor(math.log10(high)):
        axis.set_major_formatter(lambda value, _: power_of_ten(round(math.log10(value))))
        axis.set_minor_formatter(NullFormatter())
    else:
        axis.set_major_locator(MaxNLocator(5))
        axis.set_major_formatter(lambda value, _: f"{value:.4g}")
        axis.set_minor_locator(NullLocator())
