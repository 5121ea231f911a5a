"""Bandit instances: means of arms with a given gap, and means that change."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis.strategies import (
    SearchStrategy,
    builds,
    fixed_dictionaries,
    lists,
    permutations,
    sampled_from,
)
from numpy.typing import NDArray

from verify.strategies.grids import UNIT, compositions
from verify.strategies.naming import named
from verify.strategies.parameters import fixed_or_drawn, real, whole

Array = NDArray[np.float64]


@named
def bandits(arms: int, gap: float | SearchStrategy[float]) -> SearchStrategy[list[float]]:
    """Means in [0,1] of the arms, the best one above the second by `gap`, given or drawn.

    Data: the means, in any order.  The best is a multiple of 1/64, and all from the third are
    multiples of 1/64 of the second; the gap is exact if it is dyadic (as 2^-20), and else up to
    rounding.  Shrinks to (1, 1 - gap, 0, ...).  InputError for fewer than 2 arms or a gap outside
    [0,1].
    """
    arms = whole("bandits: arms", arms, 2)
    return fixed_or_drawn(gap, _gap).flatmap(lambda found: _means(arms, found))


def gaps(means: Sequence[float]) -> Array:
    """The gap of each arm to the best one, (K,)."""
    found = np.array(means)
    return np.asarray(found.max() - found)


@named
def change_points(
    horizon: int, segments: int, arms: int = 1, shortest: int = 1
) -> SearchStrategy[dict[str, Any]]:
    """Means in [0,1] of K arms over `horizon` rounds that change from each segment to the next.

    Data: {"lengths": whole numbers from `shortest` with the sum `horizon`, "means": for each
    segment K multiples of 1/64}.  Shrinks to means 0, 1, 0, ... of the first arm, with all
    segments but the first as short as allowed.  InputError for counts below 1, or a horizon below
    segments times shortest.
    """
    segments = whole("change_points: segments", segments, 1)
    arms, shortest = (
        whole("change_points: arms", arms, 1),
        whole("change_points: shortest", shortest, 1),
    )
    horizon = whole("change_points: horizon", horizon, segments * shortest)
    slack = compositions(horizon - segments * shortest, segments)
    mean = lists(sampled_from(UNIT), min_size=arms, max_size=arms)
    return fixed_dictionaries(
        {
            "lengths": slack.map(lambda found: [shortest + extra for extra in found]),
            "means": lists(mean, min_size=segments, max_size=segments).map(_changing),
        }
    )


def mean_path(data: Mapping[str, Any]) -> Array:
    """The means in each round, (horizon, K)."""
    return np.repeat(np.array(data["means"]), data["lengths"], axis=0)


def changes(data: Mapping[str, Any]) -> int:
    """How often the means change: the number of segments minus 1."""
    return sum(a != b for a, b in pairwise(data["means"]))


def variation(data: Mapping[str, Any]) -> float:
    """The variation budget: the sum over rounds of the largest change of a mean, without rounding.

    In the supremum norm over the arms, as Besbes, Gur and Zeevi (2014) have it.
    """
    return math.fsum(
        max(abs(x - y) for x, y in zip(a, b, strict=True)) for a, b in pairwise(data["means"])
    )


def _means(arms: int, gap: float) -> SearchStrategy[list[float]]:
    def instance(best: float, shares: list[float], order: list[int]) -> list[float]:
        second = best - gap
        means = [best, second, *(share * second for share in shares)]
        return [means[k] for k in order]

    best = sampled_from([mean for mean in UNIT if mean >= gap])
    shares = lists(sampled_from(UNIT), min_size=arms - 2, max_size=arms - 2)
    return builds(instance, best, shares, permutations(range(arms)))


def _changing(means: list[list[float]]) -> list[list[float]]:
    """The means, with another one of the first arm where a segment is as the one before."""
    found = means[:1]
    for now in means[1:]:
        first, *others = found[-1]
        found.append(now if now != found[-1] else [0.0 if first else 1.0, *others])
    return found


def _gap(value: float) -> float:
    return real("bandits: gap", value, "a number in [0,1]", lambda gap: 0 <= gap <= 1)
