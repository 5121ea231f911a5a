"""Unit vectors, and pairs of them with a given inner product."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from hypothesis.strategies import SearchStrategy, fixed_dictionaries
from numpy.typing import NDArray

from verify.strategies.grids import nonzero_vectors
from verify.strategies.naming import named
from verify.strategies.parameters import fixed_or_drawn, real, whole

Array = NDArray[np.float64]


@named
def unit_vectors(d: int) -> SearchStrategy[list[float]]:
    """Directions in R^d.

    Data: d multiples of 1/64 in [-1,1], not all 0.  Shrinks to (1, 0, ..., 0).  InputError for d
    below 1.
    """
    return nonzero_vectors(whole("unit_vectors: d", d, 1))


def unit_vector(data: Sequence[float]) -> Array:
    """The vector of Euclidean norm 1 with the direction of the data, (d,)."""
    return np.asarray(np.array(data) / np.linalg.norm(data))


@named
def aligned_directions(
    d: int, alignment: float | SearchStrategy[float]
) -> SearchStrategy[dict[str, Any]]:
    """Pairs of unit vectors in R^d with the inner product `alignment`, given or drawn.

    Data: {"alignment": a number in [-1,1], "direction": a nonzero vector of length d, "aside": one
    of length d - 1}.  Shrinks to (1, 0, ...) and (alignment, (1 - alignment^2)^(1/2), 0, ...).
    InputError for d below 2 or an alignment outside [-1,1].
    """
    d = whole("aligned_directions: d", d, 2)
    return fixed_dictionaries(
        {
            "alignment": fixed_or_drawn(alignment, _alignment),
            "direction": nonzero_vectors(d),
            "aside": nonzero_vectors(d - 1),
        }
    )


def aligned_pair(data: Mapping[str, Any]) -> tuple[Array, Array]:
    """Unit vectors u and v, each (d,), with <u, v> = alignment up to rounding.

    v = alignment u + (1 - alignment^2)^(1/2) w, where w is (0, "aside") after the reflection that
    takes u to the first axis or its negative: a unit vector orthogonal to u.
    """
    u, w = unit_vector(data["direction"]), unit_vector([0.0, *data["aside"]])
    side = 1.0 if u[0] >= 0 else -1.0
    normal = u + side * np.eye(len(u))[0]  # this sign has no cancellation
    w -= 2 * normal * (normal @ w) / (normal @ normal)
    cosine = data["alignment"]
    return u, cosine * u + np.sqrt((1 - cosine) * (1 + cosine)) * w


def _alignment(value: float) -> float:
    return real("aligned_directions: alignment", value, "a number in [-1,1]", lambda c: abs(c) <= 1)
