"""One part of a box in balls: whether all margins are >= 0 on it, and where it is halved."""

from collections.abc import Sequence
from fractions import Fraction
from importlib import import_module
from math import ceil, frexp, inf, isfinite
from typing import Any

import attrs

from verify.claims.exact.balls import FIRST, precision
from verify.claims.inequality.balls import margins
from verify.claims.inequality.box import assigned
from verify.claims.inequality.declaration import InequalityDeclaration
from verify.errors import InputError

EXACT = 2200
"""Bits that hold the sum of any two doubles."""

MOST = 16 * FIRST
COARSE = 16
"""How many times wider than rounding a margin must be over a part, lest more bits be taken."""


@attrs.frozen
class Part:
    """A part of a box: its corners, the bits to compute with, and a lower bound of its margins."""

    lows: tuple[float, ...]
    highs: tuple[float, ...]
    bits: int
    floor: float = -inf

    @property
    def middle(self) -> list[float]:
        """A point in the middle, as exact doubles."""
        return [low + (high - low) / 2 for low, high in zip(self.lows, self.highs, strict=True)]

    @property
    def widths(self) -> list[float]:
        """The length of each side."""
        return [high - low for low, high in zip(self.lows, self.highs, strict=True)]


@attrs.frozen
class Found:
    """What became of a part: `done`, or a `violation` at a point, or its halves."""

    evaluations: int
    done: bool = False
    violation: list[float] | None = None
    halves: Sequence[Part] = ()


def examined(claim: InequalityDeclaration, root: Part, part: Part) -> Found:
    """What balls say of a part.

    Raises InputError where the functions cannot be computed at its middle.
    """
    sides = _sides(root, part)
    over = _inside(claim, sides, part.bits)
    if over is not None and all(one >= 0 for one in over):
        return Found(1, done=True)
    middle = part.middle
    at = _at(claim, middle, part.bits)
    if any(one < 0 for one in [*at, *(over or [])]):
        return Found(2, violation=middle)
    slopes = _slopes(claim, sides, part.bits)
    spent = 2 + len(sides)
    if slopes is not None:
        still = [j for j in range(len(at)) if over is None or not over[j] >= 0]
        still = [j for j in still if not _mean_value(at[j], slopes, j, sides, middle, part.bits)]
        faces = {j: _face(part, slopes, j) for j in still}
        for face in dict.fromkeys(faces.values()):
            low = _inside(claim, _mixed(sides, face), part.bits)
            spent += 1
            still = [j for j in still if faces[j] != face or low is None or not low[j] >= 0]
        if not still:
            return Found(spent, done=True)
    bits = part.bits
    if over is not None and any(COARSE * a.rad() > b.rad() for a, b in zip(at, over, strict=True)):
        bits = min(MOST, 2 * bits)
    floor = min((float(one.lower()) for one in over), default=-inf) if over else -inf
    return Found(spent, halves=_halves(part, _longest(root, part, slopes), bits, floor))


def _sides(root: Part, part: Part) -> list[Any]:
    """The ball of each side of a part; at the faces of the box it does not go beyond them."""
    ends = zip(part.lows, part.highs, root.lows, root.highs, strict=True)
    return [ball(low, high, last=high == end and low != begin) for low, high, begin, end in ends]


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


def _inside(claim: InequalityDeclaration, numbers: Sequence[Any], bits: int) -> list[Any] | None:
    """The margins at balls; None where the functions do not take them."""
    try:
        return _at(claim, numbers, bits)
    except InputError:
        return None


def _at(claim: InequalityDeclaration, numbers: Sequence[Any], bits: int) -> list[Any]:
    return [one.inside for one in margins(claim, assigned(claim.box, numbers), bits)]


def _slopes(claim: InequalityDeclaration, sides: Sequence[Any], bits: int) -> list[Any] | None:
    """The derivative of each margin in each coordinate over a part; None where there is none."""
    flint: Any = import_module("flint")
    rows = []
    for place, side in enumerate(sides):
        with precision(bits):
            moving = flint.arb_series([side, 1], prec=2)
        found = _inside(claim, [*sides[:place], moving, *sides[place + 1 :]], bits)
        if found is None:
            return None
        series = (one if isinstance(one, flint.arb_series) else None for one in found)
        rows.append([flint.arb(0) if one is None else one[1] for one in series])
    return rows


def _mean_value(
    at: Any, slopes: list[Any], j: int, sides: Sequence[Any], middle: list[float], bits: int
) -> bool:
    """Whether the mean value form of a margin is certainly >= 0."""
    with precision(bits):
        moved = (row[j] * (side - m) for row, side, m in zip(slopes, sides, middle, strict=True))
        return bool(sum(moved, at) >= 0)


def _face(part: Part, slopes: list[Any], j: int) -> tuple[float | None, ...]:
    """Where a margin is the smallest: an end of each coordinate in which it is monotone."""
    ends = zip(slopes, part.lows, part.highs, strict=True)
    return tuple(low if row[j] >= 0 else high if row[j] <= 0 else None for row, low, high in ends)


def _mixed(sides: Sequence[Any], face: tuple[float | None, ...]) -> list[Any]:
    return [side if end is None else end for side, end in zip(sides, face, strict=True)]


def _longest(root: Part, part: Part, slopes: list[Any] | None) -> int:
    """The coordinate in which the margins vary the most, or the longest one relative to the box."""
    if slopes is not None:
        swings = [
            width * max(float(one.abs_upper()) for one in row)
            for width, row in zip(part.widths, slopes, strict=True)
        ]
        if all(map(isfinite, swings)) and any(swings):
            return swings.index(max(swings))
    shares = [own / whole for own, whole in zip(part.widths, root.widths, strict=True)]
    return shares.index(max(shares))


def _halves(part: Part, place: int, bits: int, floor: float) -> list[Part]:
    """Both halves of a part; none where no double lies between its ends."""
    low, high, cut = part.lows[place], part.highs[place], part.middle[place]
    if not low < cut < high:
        return []

    def moved(ends: tuple[float, ...]) -> tuple[float, ...]:
        return (*ends[:place], cut, *ends[place + 1 :])

    return [
        Part(part.lows, moved(part.highs), bits, floor),
        Part(moved(part.lows), part.highs, bits, floor),
    ]
