"""The coordinates in which a box is searched: of intervals that are wide in ratio, logarithms."""

from collections.abc import Sequence
from math import log

import attrs
import numpy as np
from numpy.typing import NDArray

WIDE = 100.0
"""Ratio of the ends of an interval of positive numbers from which on it counts as wide."""


@attrs.frozen
class Scale:
    """Coordinates of which some are replaced by their logarithms."""

    bounds: list[tuple[float, float]]
    logs: NDArray[np.bool_]

    @classmethod
    def of(cls, bounds: Sequence[tuple[float, float]], *, logs: bool) -> "Scale":
        """Between these bounds; with `logs` those of intervals that are wide in ratio."""
        scaled = [logs and low > 0 and high > WIDE * low for low, high in bounds]
        ends = [
            (log(low), log(high)) if one else (low, high)
            for one, (low, high) in zip(scaled, bounds, strict=True)
        ]
        return cls(ends, np.array(scaled))

    def inward(self, point: Sequence[float]) -> NDArray[np.float64]:
        """The coordinates of a point of the box."""
        inside = [log(x) if scaled else x for scaled, x in zip(self.logs, point, strict=True)]
        low, high = np.transpose(self.bounds)
        return np.asarray(np.clip(inside, low, high))

    def outward(self, point: NDArray[np.float64]) -> NDArray[np.float64]:
        """The point of the box with these coordinates."""
        return np.where(self.logs, np.exp(np.where(self.logs, point, 0.0)), point)
