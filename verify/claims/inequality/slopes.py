"""What derivatives of a margin over a part of a box show: it is nowhere below 0.

In three ways.  The mean value form, margin(middle) + sum_i slope_i (x_i - middle_i).  Where slopes
have a sign, the margin on the face at which it is the smallest.  And Taylor's formula from a face
of the box, on which the margin may be 0: there its first terms are certainly >= 0, and the next
one over the whole part.  Derivatives come from truncated series.  Derived here.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import attrs

from verify.claims.exact.balls import precision
from verify.claims.inequality.balls import margins
from verify.claims.inequality.box import assigned
from verify.claims.inequality.declaration import InequalityDeclaration
from verify.errors import InputError

ORDER = 4
"""The highest derivative in Taylor's formula."""

Balls = Sequence[Any]


@attrs.frozen
class Margins:
    """The margins of a claim as functions of balls, and how often they were computed."""

    claim: InequalityDeclaration
    bits: int
    calls: list[int] = attrs.field(factory=lambda: [0])

    def at(self, numbers: Balls) -> list[Any]:
        """All margins at numbers of the box; InputError where they cannot be computed."""
        self.calls[0] += 1
        return [one.inside for one in margins(self.claim, self._data(numbers), self.bits)]

    def over(self, numbers: Balls) -> list[Any] | None:
        """The same; None where the functions do not take these balls."""
        try:
            return self.at(numbers)
        except InputError:
            return None

    def along(self, numbers: Balls, place: int, order: int) -> list[list[Any]] | None:
        """Coefficients of each margin in the power series of one coordinate; None without.

        Those of a low order are narrower than the same ones of a longer series.
        """
        flint: Any = import_module("flint")
        with precision(self.bits):
            moving = flint.arb_series([numbers[place], 1], prec=order + 1)
        found = self.over([*numbers[:place], moving, *numbers[place + 1 :]])
        if found is None:
            return None
        return [
            [one[k] for k in range(order + 1)]
            if isinstance(one, flint.arb_series)
            else [one, *[flint.arb(0)] * order]
            for one in found
        ]

    def _data(self, numbers: Balls) -> dict[str, Any]:
        return assigned(self.claim.box, numbers)


def mean_value(at: Any, slopes: Balls, sides: Balls, middle: Balls, bits: int) -> bool:
    """Whether the mean value form of a margin is certainly >= 0."""
    with precision(bits):
        moved = (one * (side - m) for one, side, m in zip(slopes, sides, middle, strict=True))
        return bool(sum(moved, at) >= 0)


def monotone(slopes: Balls, ends: Sequence[tuple[float, float]]) -> tuple[float | None, ...]:
    """Where a margin is the smallest: an end of each coordinate in which it is monotone."""
    return tuple(
        low if one >= 0 else high if one <= 0 else None
        for one, (low, high) in zip(slopes, ends, strict=True)
    )


def by_taylor(on_face: Balls, over: Balls, sign: int) -> bool:
    """Whether Taylor's formula from a face shows that a margin is >= 0 on a part.

    Coefficients in the coordinate that leaves the face, on it and over the part; `sign` is 1 where
    the face is at the lower end, and -1 at the upper one.
    """
    for order in range(1, ORDER + 1):
        if not on_face[order - 1] * sign ** (order - 1) >= 0:
            return False
        if over[order] * sign**order >= 0:
            return True
    return False
