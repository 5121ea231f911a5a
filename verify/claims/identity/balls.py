"""The value of a residual at an instance as a ball, refined until it is narrow enough."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from math import isnan
from typing import Any

from verify.claims.identity.arithmetic import LARGEST, Reading, called, exactly
from verify.errors import InputError
from verify.spec.declaration import shown
from verify.spec.measure import Measure

FIRST, DOUBLINGS = 53, 8
LIMIT = FIRST * 2**DOUBLINGS
"""Bits of the largest precision, some 4,000 decimal digits."""


def in_balls(
    residual: Measure, data: Mapping[str, Any], width: float, first: int = FIRST
) -> tuple[Reading, int]:
    """An enclosure of the residual and its bits: the first that excludes 0 or has radius <= width.

    Every number of an instance is handed over exactly, as an `arb`.  The precision doubles from
    `first` up to `LIMIT`; then it is undecided.
    Raises InputError where the residual raises, or returns other than balls.
    """
    bits = first
    while True:
        balls = _enclosures(residual, data, bits)
        reading = _reading(balls, width)
        if reading.zero is not None or 2 * bits > max(LIMIT, first):
            return reading, bits
        bits *= 2


def _enclosures(residual: Measure, data: Mapping[str, Any], bits: int) -> list[Any]:
    """The balls that a residual returns at a precision."""
    flint: Any = import_module("flint")
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        value = called(residual, exactly(dict(data), flint.arb))
    finally:
        flint.ctx.prec = before
    found = list(_flat(value))
    if not found or not all(isinstance(one, flint.arb | flint.acb) for one in found):
        expected = "a ball (arb or acb) or a list of them"
        raise InputError(f"{residual.__name__} returned {shown(value)}; expected {expected}")
    return found


def _flat(value: Any) -> Iterator[Any]:
    """The balls of a list; a pair would be a residual and its scale, which balls do not have."""
    if isinstance(value, list):
        for one in value:
            yield from _flat(one)
    else:
        yield value


def _reading(balls: Sequence[Any], width: float) -> Reading:
    """What the enclosures say: the one that excludes 0, else the widest."""
    for one in balls:
        if one.is_finite() and not one.contains(0):
            return Reading(_float(one.abs_lower()), one.str(10), False)
    widest = max(balls, key=_radius)
    largest = max(_float(one.abs_upper()) for one in balls)
    return Reading(largest, widest.str(10), True if _radius(widest) <= width else None)


def _radius(ball: Any) -> float:
    """The radius, of a complex ball the larger one of its parts."""
    if not ball.is_finite():
        return LARGEST
    return max(_float(part.rad()) for part in (ball.real, ball.imag) if part is not None)


def _float(ball: Any) -> float:
    """A number as a double that JSON can hold."""
    value = float(ball)
    return LARGEST if isnan(value) else min(value, LARGEST)
