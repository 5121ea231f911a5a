"""How far a value is beyond a bound: one number, above 0 where and only where it is.

In units of |bound|, for value <= high with high > 0 it is value/high - 1, so that the ratio that is
reported, 1 + excess, is value/high.  All cases, with d = (value - high)/|high| for the upper bound
and d = (low - value)/|low| for the lower one:

    high > 0            d           ratio value/high
    low < 0             d           ratio value/low
    high < 0            d > 0: d,   ratio 2 - value/high;  d <= 0: d/(1 - d), ratio high/value
    low > 0             d > 0: d,   ratio 2 - value/low;   d <= 0: d/(1 - d), ratio low/value
    bound = 0           d           in units of the other bound, or of 1 where that is 0 or absent

For every bound it grows with d, and both formulas of a line agree with their slopes at d = 0.
Derived here.
"""

from collections.abc import Sequence
from typing import Any, Literal

import attrs
import numpy as np

from verify.claims.exact.arithmetic import LARGEST

SideName = Literal["low", "high"]


@attrs.frozen
class Extreme:
    """The value that is the furthest beyond one of its bounds, or the nearest to it.

    `value` and `bound` are numbers of the arithmetic in which they were computed.
    """

    side: SideName
    excess: float
    value: Any
    bound: Any

    @property
    def ratio(self) -> float:
        """1 + excess, above 1 where and only where the bound is violated, but for rounding."""
        return 1 + self.excess


def extremes(value: Any, low: Any, high: Any) -> list[Extreme]:
    """For each of the bounds that is not None the worst of the values.

    Arrays of doubles or of numbers of mpmath, which broadcast against one another.
    """
    sides: Sequence[tuple[SideName, int, Any, Any]] = ("low", -1, low, high), ("high", 1, high, low)
    return [_worst(*one, value) for one in sides if one[2] is not None]


def _worst(side: SideName, sign: int, bound: Any, other: Any, value: Any) -> Extreme:
    rows: Sequence[Any] = [value, bound, *([] if other is None else [other])]
    if any(one.size > 1 for one in rows):
        rows = np.broadcast_arrays(*rows)
    triples = list(zip(*(one.ravel().tolist() for one in rows), strict=True))
    found = [excess(sign * (v - b), sign * b, unit(b, *rest)) for v, b, *rest in triples]
    most = found.index(max(found))
    size = float(min(max(found[most], -LARGEST), LARGEST)) + 0.0  # no negative zero
    return Extreme(side, size, *triples[most][:2])


def unit(bound: Any, other: Any = 0) -> Any:
    """The size of a bound; where it is 0 that of the other one, and 1 where both are."""
    return abs(bound) if bound != 0 else abs(other) if other != 0 else 1


def excess(beyond: Any, toward: Any, size: Any) -> Any:
    """The excess of a value `beyond` a bound of that size, which is `toward` the same way."""
    distance = beyond / size
    return distance / (1 - distance) if toward < 0 and distance < 0 else distance
