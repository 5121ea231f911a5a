"""Piecewise linear functions on the unit interval."""

from collections.abc import Callable, Mapping
from itertools import accumulate
from typing import Any

import numpy as np
from hypothesis.strategies import SearchStrategy, fixed_dictionaries, integers, lists, sampled_from
from numpy.typing import ArrayLike, NDArray

from verify.strategies.grids import SIGNED
from verify.strategies.naming import named
from verify.strategies.parameters import positive, whole

Array = NDArray[np.float64]

LONGEST = 8
"""A piece is at most so many times as long as another."""


@named
def piecewise_linear_functions(
    pieces: int, steepest: float = 1.0
) -> SearchStrategy[dict[str, Any]]:
    """Continuous functions on [0,1] with this many linear pieces, slopes up to +-steepest.

    Data: {"knots": the ends of the pieces, from 0 to 1, "slopes": as many numbers as pieces,
    "start": the value at 0, in [-steepest, steepest]}.  The lengths of two pieces are at most as 8
    to 1; neighbours may have the same slope.  Shrinks to 0 with pieces of one length.  InputError
    for `pieces` below 1, or `steepest` that is not positive.
    """
    pieces = whole("piecewise_linear_functions: pieces", pieces, 1)
    steepest = positive("piecewise_linear_functions: steepest", steepest)
    slope = sampled_from(SIGNED).map(lambda one: steepest * one)
    lengths = lists(integers(1, LONGEST), min_size=pieces, max_size=pieces)
    return fixed_dictionaries(
        {
            "knots": lengths.map(_knots),
            "slopes": lists(slope, min_size=pieces, max_size=pieces),
            "start": slope,
        }
    )


def piecewise_linear_function(data: Mapping[str, Any]) -> Callable[[ArrayLike], Array]:
    """The function x (...) -> (...), for x in [0,1]."""
    knots = np.array(data["knots"])
    heights = np.cumsum([data["start"], *np.diff(knots) * np.array(data["slopes"])])

    def function(x: ArrayLike) -> Array:
        return np.asarray(np.interp(np.asarray(x, dtype=float), knots, heights))

    return function


def _knots(lengths: list[int]) -> list[float]:
    return [end / sum(lengths) for end in accumulate(lengths, initial=0)]
