"""Functions of a user in balls, at a precision that is doubled until it decides."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from math import isnan
from typing import Any

from verify.claims.exact.arithmetic import LARGEST, called
from verify.claims.exact.reading import Reading
from verify.errors import InputError
from verify.spec.declaration import shown
from verify.spec.measure import Measure

FIRST, DOUBLINGS = 53, 8
LIMIT = FIRST * 2**DOUBLINGS
"""Bits of the largest precision, some 4,000 decimal digits."""


def refined(at: Callable[[int], Reading], first: int = FIRST) -> tuple[Reading, int]:
    """The first reading that decides, and its bits; undecided beyond `LIMIT` bits."""
    bits = first
    while True:
        reading = at(bits)
        if reading.holds is not None or 2 * bits > max(LIMIT, first):
            return reading, bits
        bits *= 2


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Within it balls are computed with so many bits."""
    flint: Any = import_module("flint")
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = before


def enclosures(function: Measure, data: Mapping[str, Any], bits: int) -> list[Any]:
    """The balls that a function returns at an instance, whose numbers are exact in `arb`.

    Raises InputError where it raises, or returns other than balls.
    """
    flint: Any = import_module("flint")
    with precision(bits):
        value = called(function, data, flint.arb)
    found = list(_flat(value))
    if not found or not all(isinstance(one, flint.arb | flint.acb) for one in found):
        expected = "a ball (arb or acb) or a list of them"
        raise InputError(f"{function.__name__} returned {shown(value)}; expected {expected}")
    return found


def _flat(value: Any) -> Iterator[Any]:
    """The balls of a list; a pair would be a residual and its scale, which balls do not have."""
    if isinstance(value, list):
        for one in value:
            yield from _flat(one)
    else:
        yield value


def as_double(ball: Any) -> float:
    """A number as a double that JSON can hold."""
    value = float(ball)
    return LARGEST if isnan(value) else min(value, LARGEST)
