"""Hidden units with weights set by hand: piecewise linear functions, maxima, indicators, bits.

A unit is a linear form whose positive part is added, with weights, to coordinates of the stream.
"""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from theorems.nonstationary_regret.attention.transformer import (
    ONE,
    Array,
    Form,
    Head,
    Layer,
    matrix,
)

Unit = tuple[Form, Mapping[str, float]]
"""What a hidden unit reads, and with what weights its positive part is added where."""


def layer(names: Sequence[str], heads: Sequence[Head], units: Sequence[Unit] = ()) -> Layer:
    """A layer of the given heads and hidden units."""
    return Layer(
        heads=tuple(heads),
        first=matrix(names, [reads for reads, _ in units]),
        second=matrix(names, [writes for _, writes in units]).T,
    )


def knots(width: int, largest: float) -> Array:
    """1 = x_0 < ... < x_width = largest, in geometric progression."""
    return np.asarray(largest ** (np.arange(width + 1) / width))


def interpolation(slot: str, out: str, places: Array, values: Array) -> list[Unit]:
    """The piecewise linear function of a coordinate through (places, values), for x >= places[0].

    Beyond the last place it goes on with the last slope.
    """
    slopes = np.diff(values) / np.diff(places)
    units: list[Unit] = [({ONE: 1}, {out: float(values[0])})]
    for place, bend in zip(places[:-1], np.diff(slopes, prepend=0.0), strict=True):
        units.append(({slot: 1, ONE: -float(place)}, {out: float(bend)}))
    return units


def power_law(
    slot: str, out: str, width: int, largest: float, power: float, scale: float, at_zero: float
) -> list[Unit]:
    """scale x^power by `width` pieces on [1, largest], `at_zero` at 0, and linear between both.

    With knots in geometric progression the relative error is the same on all pieces.
    """
    places = knots(width, largest)
    values = scale * places**power
    return interpolation(slot, out, np.r_[0, places], np.r_[at_zero, values])


def chord_error(width: int, largest: float, power: float) -> float:
    """The largest error of `power_law` for scale x^power, relative to the left end of its piece.

    On [1, q] the chord is farthest from x^power where the derivative is its slope.  Derived here.
    """
    log_q = math.log(largest) / width
    slope = math.expm1(power * log_q) / math.expm1(log_q)
    place = (slope / power) ** (1 / (power - 1))
    return float(abs(1 + slope * (place - 1) - place**power))


def indicator(form: Form, out: Mapping[str, float], steep: float) -> list[Unit]:
    """1 where a form is at least 1/steep, 0 where it is at most 0, linear between both."""
    less = {**form, ONE: form.get(ONE, 0) - 1 / steep}
    return [
        (form, {slot: steep * weight for slot, weight in out.items()}),
        (less, {slot: -steep * weight for slot, weight in out.items()}),
    ]


def bits(slot: str, out: Callable[[int], str], largest: int) -> list[Unit]:
    """The binary digits of a whole coordinate from 0 to `largest`: digit m has steps 2^m apart."""
    units: list[Unit] = []
    for m in range(largest.bit_length()):
        for k, step in enumerate(range(2**m, largest + 1, 2**m)):
            sign = 1 if k % 2 == 0 else -1
            units += indicator({slot: 1, ONE: 1 - step}, {out(m): sign}, 1)
    return units
