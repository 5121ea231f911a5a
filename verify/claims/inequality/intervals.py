"""An interval between doubles as a ball that has one of its ends exactly.

A function may be defined on one side of an end alone, as a square root is.
"""

from fractions import Fraction
from importlib import import_module
from math import ceil, frexp
from typing import Any

from verify.claims.exact.balls import precision

EXACT = 2200
"""Bits that hold the sum of any two doubles."""


def ball(low: float, high: float, *, last: bool) -> Any:
    """A ball that contains an interval and has one of its ends: the upper one where it is `last`.

    A radius has thirty bits, and what is set as one is rounded up by one unit, even where it needs
    no rounding; so the unit is taken off first.  Whether the interval is inside is checked.
    """
    flint: Any = import_module("flint")
    half = (Fraction(high) - Fraction(low)) / 2
    _, exponent = frexp(half)
    units = ceil(half * Fraction(2) ** (30 - exponent))
    with precision(EXACT):
        two = flint.arb(2)
        radius = flint.arb(units) * two ** (exponent - 30)
        below = flint.arb(2 * units - 1) * two ** (exponent - 31)
        middle = flint.arb(high) - radius if last else flint.arb(low) + radius
        found = flint.arb(middle, below)
        if found.lower() <= low and found.upper() >= high:
            return found
        return flint.arb(low).union(flint.arb(high))
