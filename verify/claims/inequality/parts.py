"""One part of a box in balls: whether all margins are >= 0 on it, and where it is halved."""

from collections.abc import Iterator, Sequence
from math import inf, isfinite
from typing import Any

import attrs

from verify.claims.exact.balls import FIRST
from verify.claims.inequality.declaration import InequalityDeclaration
from verify.claims.inequality.intervals import ball
from verify.claims.inequality.slopes import ORDER, Margins, by_taylor, mean_value, monotone

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
    def ends(self) -> list[tuple[float, float]]:
        """Both ends of each side."""
        return list(zip(self.lows, self.highs, strict=True))

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
    margins, sides, middle = Margins(claim, part.bits), _sides(root, part), part.middle
    over = margins.over(sides)
    if over is not None and all(one >= 0 for one in over):
        return Found(margins.calls[0], done=True)
    at = margins.at(middle)
    if any(one < 0 for one in [*at, *(over or [])]):
        return Found(margins.calls[0], violation=middle)
    slopes = _slopes(margins, sides)
    if slopes is not None:
        still = [j for j in range(len(at)) if over is None or not over[j] >= 0]
        if _closed(margins, root, part, still, at, slopes):
            return Found(margins.calls[0], done=True)
    floor = min((float(one.lower()) for one in over), default=-inf) if over else -inf
    bits = _bits(part, at, over)
    halves = _halves(part, _longest(root, part, slopes), bits, floor)
    return Found(margins.calls[0], halves=halves)


def _slopes(margins: Margins, sides: Sequence[Any]) -> list[list[Any]] | None:
    """The derivative of each margin in each coordinate over a part; None where there is none."""
    rows = []
    for place in range(len(sides)):
        found = margins.along(sides, place, 1)
        if found is None:
            return None
        rows.append([one[1] for one in found])
    return rows


def _closed(
    margins: Margins,
    root: Part,
    part: Part,
    still: list[int],
    at: Sequence[Any],
    rows: Sequence[list[Any]],
) -> bool:
    """Whether derivatives show that the margins that are open `still` are >= 0 on a part."""
    sides = _sides(root, part)
    slopes = {j: [row[j] for row in rows] for j in still}
    still = [j for j in still if not mean_value(at[j], slopes[j], sides, part.middle, part.bits)]
    faces = {j: monotone(slopes[j], part.ends) for j in still}
    for face in dict.fromkeys(faces.values()):
        low = margins.over(_mixed(sides, face))
        still = [j for j in still if faces[j] != face or low is None or not low[j] >= 0]
    for place, sign, end in _faces(root, part) if still else ():
        on = margins.along([*sides[:place], end, *sides[place + 1 :]], place, ORDER)
        over = margins.along(sides, place, ORDER)
        if on is not None and over is not None:
            still = [j for j in still if not by_taylor(on[j], over[j], sign)]
    return not still


def _faces(root: Part, part: Part) -> Iterator[tuple[int, int, float]]:
    """The faces of the box that a part touches: the coordinate, the way from it, where it is."""
    for place, (low, high) in enumerate(part.ends):
        if low == root.lows[place]:
            yield place, 1, low
        if high == root.highs[place]:
            yield place, -1, high


def _bits(part: Part, at: Sequence[Any], over: Sequence[Any] | None) -> int:
    """The bits for the halves: more where rounding is not small beside what the part spans."""
    coarse = over is not None and any(
        COARSE * a.rad() > b.rad() for a, b in zip(at, over, strict=True)
    )
    return min(MOST, 2 * part.bits) if coarse else part.bits


def _sides(root: Part, part: Part) -> list[Any]:
    """The ball of each side of a part; at the faces of the box it does not go beyond them."""
    ends = zip(part.lows, part.highs, root.lows, root.highs, strict=True)
    return [ball(low, high, last=high == end and low != begin) for low, high, begin, end in ends]


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
