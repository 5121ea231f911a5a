"""Lipschitz functions on the unit cube."""

from collections.abc import Callable, Mapping
from math import hypot
from typing import Any

import numpy as np
from hypothesis.strategies import SearchStrategy, builds, fixed_dictionaries, lists, sampled_from
from numpy.typing import ArrayLike, NDArray

from verify.strategies.grids import SIGNED, vectors
from verify.strategies.naming import named
from verify.strategies.parameters import positive, whole

Array = NDArray[np.float64]


@named
def lipschitz_functions(
    d: int, lipschitz: float = 1.0, pieces: int = 3
) -> SearchStrategy[dict[str, Any]]:
    """Functions on [0,1]^d with this Lipschitz constant, or a smaller one, in the Euclidean norm.

    Each is a maximum of at most `pieces` minima of at most `pieces` affine functions; with enough
    of them every continuous piecewise affine function is one.
    Data: {"groups": [[{"gradient": d numbers, "offset": a number}, ...], ...]}, gradients of norm
    at most `lipschitz`, offsets in [-lipschitz, lipschitz].  Shrinks to 0.  InputError for d or
    pieces below 1, or a `lipschitz` that is not positive.
    """
    d = whole("lipschitz_functions: d", d, 1)
    pieces = whole("lipschitz_functions: pieces", pieces, 1)
    constant = positive("lipschitz_functions: lipschitz", lipschitz)

    def affine(slope: list[float], offset: float) -> dict[str, Any]:
        scale = constant / max(1.0, hypot(*slope))
        return {"gradient": [scale * one for one in slope], "offset": constant * offset}

    piece = builds(affine, vectors(d), sampled_from(SIGNED))
    group = lists(piece, min_size=1, max_size=pieces)
    return fixed_dictionaries({"groups": lists(group, min_size=1, max_size=pieces)})


def lipschitz_function(data: Mapping[str, Any]) -> Callable[[ArrayLike], Array]:
    """The function x (..., d) -> (...): the largest over groups of the smallest piece."""
    groups = [
        (np.array([one["gradient"] for one in group]), np.array([one["offset"] for one in group]))
        for group in data["groups"]
    ]

    def function(x: ArrayLike) -> Array:
        minima = [(np.asarray(x) @ slopes.T + offset).min(axis=-1) for slopes, offset in groups]
        return np.asarray(np.max(minima, axis=0))

    return function
