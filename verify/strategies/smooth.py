"""Smooth functions on the unit cube."""

from collections.abc import Callable, Mapping
from math import hypot, pi
from typing import Any

import numpy as np
from hypothesis.strategies import SearchStrategy, lists, sampled_from, tuples
from numpy.typing import ArrayLike, NDArray

from verify.strategies.grids import SIGNED, UNIT, frequencies
from verify.strategies.naming import named
from verify.strategies.parameters import positive, whole

Array = NDArray[np.float64]


@named
def smooth_functions(
    d: int, order: int, bound: float = 1.0, frequency: int = 4, terms: int = 4
) -> SearchStrategy[dict[str, Any]]:
    """Functions on [0,1]^d whose derivative of this order is at most `bound` in every direction.

    Trigonometric polynomials with at most `terms` terms and frequencies up to `frequency` along
    each axis.  A term a cos(2 pi (k.x + p)) has derivatives of order s up to a (2 pi norm(k))^s in
    size; over the terms these add up to at most `bound`, and one term alone may attain it.
    Data: {"terms": [{"frequency": d whole numbers, "phase": a multiple of 1/64 in [0,1],
    "amplitude": a number}, ...]}.  Shrinks to no term: 0.  InputError for d, order, frequency or
    terms below 1, or a bound that is not positive.
    """
    d, order = whole("smooth_functions: d", d, 1), whole("smooth_functions: order", order, 1)
    highest = whole("smooth_functions: frequency", frequency, 1)
    terms = whole("smooth_functions: terms", terms, 1)
    bound = positive("smooth_functions: bound", bound)

    def polynomial(found: list[tuple[list[int], float, float]]) -> dict[str, Any]:
        share = bound / max(1.0, sum(abs(weight) for _, _, weight in found))
        return {
            "terms": [
                {"frequency": k, "phase": p, "amplitude": w * share / (2 * pi * hypot(*k)) ** order}
                for k, p, w in found
            ]
        }

    term = tuples(frequencies(d, highest), sampled_from(UNIT), sampled_from(SIGNED))
    return lists(term, max_size=terms).map(polynomial)


def smooth_function(data: Mapping[str, Any]) -> Callable[[ArrayLike], Array]:
    """The function x (..., d) -> (...): the sum of amplitude cos(2 pi (frequency.x + phase))."""

    def function(x: ArrayLike) -> Array:
        value = np.zeros(np.shape(x)[:-1])
        for term in data["terms"]:
            angle = 2 * pi * (np.asarray(x) @ np.array(term["frequency"]) + term["phase"])
            value = value + term["amplitude"] * np.cos(angle)
        return value

    return function
