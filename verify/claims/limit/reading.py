"""From the samples of a limit to the curve that approaches its target."""

from collections.abc import Sequence

import attrs
import numpy as np

from verify.claims.limit.declaration import LimitDeclaration
from verify.claims.limit.target import (
    PLACES,
    distribution_function,
    places_of,
    values_at,
)
from verify.errors import InputError
from verify.inference.approach import (
    Approach,
    Target,
    distribution,
    drawn_approach,
    exact_approach,
    level_of,
    sampled_approach,
)
from verify.inference.points import Array
from verify.spec.claim import Samples
from verify.spec.measure import Cell, convention


@attrs.frozen(eq=False)
class Reading:
    """What was measured, and the `places` (J,) of a law; None for a number or a curve.

    `counts` are the draws at the end of the sweep, and of the target where it was drawn; empty
    where the law is not given by draws.
    """

    approach: Approach
    places: Array | None = None
    counts: tuple[int, ...] = ()


def read(claim: LimitDeclaration, samples: Samples) -> Reading:
    """The curve of a claim; InputError where a cell is missing."""
    missing = [one.label for one in claim.cells() if one not in samples]
    if missing:
        raise InputError(f"no data for {', '.join(missing)}")
    if claim.of_draws:
        return _law(claim, samples)
    rows = [claim.cells_at(row, claim.measure) for row in claim.design.settings()]
    curves = [_curve(claim, cells, samples) for cells in rows]
    target = _target(claim, samples)
    places = None if claim.distance is None else places_of(claim)
    if convention(claim.measure).random:
        return Reading(
            sampled_approach(
                claim.sweep, curves, claim.functional, target, together=claim.together
            ),
            places,
        )
    return Reading(exact_approach(claim.sweep, np.concatenate(curves), target), places)


def _curve(claim: LimitDeclaration, cells: Sequence[Cell], samples: Samples) -> Array:
    """The replicates at one place of the sweep, a column for each place of the curve: (R, J)."""
    parts = [samples[one] for one in cells]
    if claim.together:
        return np.atleast_2d(parts[0])
    return np.stack(parts, axis=1)


def _target(claim: LimitDeclaration, samples: Samples) -> Target:
    if not claim.random_target:
        value = values_at(claim, claim.target)
        return Target(value, np.zeros_like(value))
    drawn = _curve(claim, claim.cells_at(claim.at, claim.target), samples)
    levels = [level_of(column, claim.functional) for column in drawn.T]
    table = np.array([[one.value, one.variance] for one in levels])
    return Target(table[:, 0], table[:, 1], len(drawn))


def _law(claim: LimitDeclaration, samples: Samples) -> Reading:
    """The distribution functions of draws at the quantiles of the target, ascending."""
    draws = [
        samples[one]
        for row in claim.design.settings()
        for one in claim.cells_at(row, claim.measure)
    ]
    last = len(draws[int(np.argmax(claim.sweep))])
    if not claim.random_target:
        places = places_of(claim)
        level = distribution_function(claim, claim.target)(places)
        target = Target(level, np.zeros_like(level))
        return Reading(drawn_approach(claim.sweep, draws, places, target), places, (last,))
    (own,) = (samples[one] for one in claim.cells_at(claim.at, claim.target))
    levels = np.arange(1, PLACES + 1) / (PLACES + 1)
    places = np.unique(np.quantile(own, levels, method="inverted_cdf"))
    level = distribution(own, places)
    inside = level < 1
    places, level = places[inside], level[inside]
    target = Target(level, level * (1 - level) / len(own), len(own))
    return Reading(drawn_approach(claim.sweep, draws, places, target), places, (last, len(own)))
