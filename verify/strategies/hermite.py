"""Links of single-index models: functions of a Gaussian with a given information exponent."""

from collections.abc import Callable, Sequence
from math import hypot, sqrt

import numpy as np
from hypothesis.strategies import SearchStrategy, builds, lists, sampled_from
from numpy.typing import ArrayLike, NDArray

from verify.errors import InputError
from verify.spec.declaration import shown
from verify.strategies.grids import SIGNED, signed_fractions
from verify.strategies.naming import named
from verify.strategies.parameters import whole

Array = NDArray[np.float64]

LEADING = tuple(signed_fractions(8)[1:])
"""First coefficients before they are normalised: at least 1/8, so that they show."""


@named
def links(exponent: int, degree: int, unit_norm: bool = True) -> SearchStrategy[list[float]]:
    """Polynomials of at most this degree with this information exponent, in L2 of N(0,1).

    Data: the coefficients c_0, ..., c_degree in the basis He_j / (j!)^(1/2) of normalised
    probabilists' Hermite polynomials.  Those below `exponent` are exactly 0 and the one at it is
    not: with m = degree - exponent its square is at least 1/(1 + 64 m) of the sum of all squares,
    which is 1 with `unit_norm`.  Shrinks to the basis element itself.  InputError for an exponent
    below 1, or a degree below the exponent.
    """
    exponent = whole("links: exponent", exponent, 1)
    rest = whole("links: degree", degree, exponent) - exponent

    def series(first: float, others: list[float]) -> list[float]:
        norm = hypot(first, *others) if unit_norm else 1.0
        return [0.0] * exponent + [one / norm for one in (first, *others)]

    others = lists(sampled_from(SIGNED), min_size=rest, max_size=rest)
    return builds(series, sampled_from(LEADING), others)


def link(coefficients: Sequence[float]) -> Callable[[ArrayLike], Array]:
    """The function x (...) -> (...): the sum of c_j He_j(x) / (j!)^(1/2).

    By the recurrence h_{j+1} = (x h_j - j^(1/2) h_{j-1}) / (j+1)^(1/2), which has no factorials.
    """

    def function(x: ArrayLike) -> Array:
        x = np.asarray(x, dtype=float)
        before, now, value = np.zeros_like(x), np.ones_like(x), np.zeros_like(x)
        for j, coefficient in enumerate(coefficients):
            value = value + coefficient * now
            before, now = now, (x * now - sqrt(j) * before) / sqrt(j + 1)
        return value

    return function


def information_exponent(coefficients: Sequence[float]) -> int:
    """The smallest j >= 1 with c_j not 0 (Ben Arous, Gheissari and Jagannath, 2021).

    InputError for a constant, which has none.
    """
    for j, one in enumerate(coefficients):
        if j and one:
            return j
    found = f"information_exponent: coefficients is {shown(coefficients)}"
    raise InputError(f"{found}; expected one other than 0 after the first")
