"""Softmax layers with planted ties."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from hypothesis.strategies import SearchStrategy, builds, lists, permutations, sampled_from
from numpy.typing import ArrayLike, NDArray

from verify.strategies.grids import SIGNED, UNIT, vectors
from verify.strategies.naming import named
from verify.strategies.parameters import positive, whole

Array = NDArray[np.float64]


@named
def softmax_layers(neurons: int, d: int, ties: int = 2) -> SearchStrategy[dict[str, Any]]:
    """Scores W x + b of N neurons, of which exactly `ties` are the largest at a known point.

    Data: {"weights": N vectors of length d, "offsets": N numbers, "point": the x of the tie}, the
    weights and the point in multiples of 1/64 in [-1,1], the offsets in multiples of 1/4096, so
    that the scores at the point have no rounding and the tie is exact.  The weights of the neurons
    that tie differ, and all others are at least 1/64 lower there.  Shrinks to the tie at 0 of the
    neurons with weights 0 and e_1.  InputError for d below 1, fewer than 2 ties or more than 129,
    or fewer neurons than ties.
    """
    d, ties = whole("softmax_layers: d", d, 1), whole("softmax_layers: ties", ties, 2, len(SIGNED))
    neurons = whole("softmax_layers: neurons", neurons, ties)

    def layer(
        weights: list[list[float]], gaps: list[float], point: list[float], order: list[int]
    ) -> dict[str, Any]:
        rows = _distinct(weights[:ties]) + weights[ties:]
        below = [0.0] * ties + gaps
        scores = [sum(w * x for w, x in zip(row, point, strict=True)) for row in rows]
        return {
            "weights": [rows[k] for k in order],
            "offsets": [0.0 - scores[k] - below[k] for k in order],
            "point": point,
        }

    return builds(
        layer,
        lists(vectors(d), min_size=neurons, max_size=neurons),
        lists(sampled_from(UNIT[1:]), min_size=neurons - ties, max_size=neurons - ties),
        vectors(d),
        permutations(range(neurons)),
    )


def softmax_scores(data: Mapping[str, Any]) -> Callable[[ArrayLike], Array]:
    """The scores x (..., d) -> W x + b, (..., N)."""
    weights, offsets = np.array(data["weights"]), np.array(data["offsets"])
    return lambda x: np.asarray(x) @ weights.T + offsets


def softmax_layer(
    data: Mapping[str, Any], temperature: float = 1.0
) -> Callable[[ArrayLike], Array]:
    """The function x (..., d) -> (...): temperature log sum exp(score / temperature).

    It lies between the largest score and that plus temperature log N.  InputError for a temperature
    that is not positive.
    """
    scores, unit = softmax_scores(data), positive("softmax_layer: temperature", temperature)
    return lambda x: np.asarray(unit * np.logaddexp.reduce(scores(x) / unit, axis=-1))


def _distinct(rows: list[list[float]]) -> list[list[float]]:
    """The rows, with another first entry for one that came before."""
    found: list[list[float]] = []
    for row in rows:
        firsts = (row[0], *SIGNED)
        found.append(next([x, *row[1:]] for x in firsts if [x, *row[1:]] not in found))
    return found
