"""A counterexample with the simplest numbers that do: whole, simple fractions, few digits.

Hypothesis shrinks what its strategies draw.  A point that a search has found is no draw, and a
violation that it found is often narrow; so its numbers are replaced one after the other by the
simplest candidate with which the claim still fails.  Derived here.
"""

from collections.abc import Callable, Iterator, Mapping
from math import frexp, ldexp
from typing import Any

from verify.claims.inequality.box import Box, assigned, coordinates, numbers

CALLS = 600
"""Instances that are tried on the way to a simpler one."""

Fails = Callable[[dict[str, Any]], bool]

FIRST = [0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0, -3.0]


def simplest(box: Box, data: Mapping[str, Any], fails: Fails) -> dict[str, Any]:
    """An instance with simpler numbers in the box on which `fails` is true; else `data` itself.

    All numbers are rounded to the fewest digits at once, then each to its simplest candidate, again
    and again until nothing changes; `fails` is called `CALLS` times at the most.
    """
    point, left = numbers(box, data), [CALLS]

    def tried(candidate: list[Any]) -> bool:
        left[0] -= 1
        return left[0] >= 0 and fails({**data, **assigned(box, candidate)})

    ends = [(one.low, one.high) for one in coordinates(box)]
    rounded = _rounded(point, ends)
    point = next((one for one in rounded if tried(one)), point)
    before: list[Any] = []
    while before != point and left[0] > 0:
        before = list(point)
        for place, bounds in enumerate(ends):
            for simpler in _simpler(point[place], bounds):
                candidate = [*point[:place], simpler, *point[place + 1 :]]
                if tried(candidate):
                    point = candidate
                    break
    return {**data, **assigned(box, point)}


def _rounded(point: list[Any], ends: list[tuple[float, float]]) -> Iterator[list[Any]]:
    """The point with each of its numbers rounded to as many decimals, from few to many."""
    for digits in range(13):
        yield [
            min(max(round(x, digits) + 0.0, low), high)  # no negative zero
            for x, (low, high) in zip(point, ends, strict=True)
        ]


def _simpler(x: float, bounds: tuple[float, float]) -> Iterator[float]:
    """Numbers between the bounds that are simpler than `x`, the simplest first."""
    low, high = bounds
    for one in dict.fromkeys(_candidates(x, low, high)):
        if one == x:
            return
        if low <= one <= high:
            yield one


def _candidates(x: float, low: float, high: float) -> Iterator[float]:
    """Small numbers, the ends, then the number itself with ever more digits, binary or decimal."""
    yield from FIRST
    yield from (low, high)
    mantissa, exponent = frexp(x)
    for digits in range(1, 13):
        if digits <= 5:
            yield ldexp(round(ldexp(mantissa, digits)), exponent - digits)
        yield float(f"{x:.{digits}g}")
