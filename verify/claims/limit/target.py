"""The values that a limit is compared with, where they are exact, and the places of a law."""

from collections.abc import Callable
from typing import Any

import numpy as np

from verify.claims.limit.declaration import LimitDeclaration
from verify.errors import InputError
from verify.inference.points import Array
from verify.spec.measure import convention

PLACES = 127
"""Places at which the distribution function of a law is compared: the target's quantiles."""

BISECTIONS, FARTHEST = 100, 2.0**60


def values_at(claim: LimitDeclaration, target: Any) -> Array:
    """An exact target at the places of the curve (J,).

    Raises InputError where it is not a finite number at each of them.
    """
    if not callable(target):
        return np.full(len(claim.curve), float(target))
    if claim.distance is not None:
        found = distribution_function(claim, target)(places_of(claim))
    else:
        wanted = convention(target).variables
        rows = [{**claim.at, **place} for place in claim.curve]
        rows = [{k: v for k, v in row.items() if k in wanted} for row in rows]
        found = np.array([float(target(**row)) for row in rows])
    if not np.isfinite(found).all():
        raise InputError(f"{target.__name__} is {found[~np.isfinite(found)][0]}, not finite")
    return found


def default_unit(claim: LimitDeclaration) -> float | None:
    """The largest |target| over the curve; None where it is 0, is drawn, or has no values."""
    if claim.random_target or not claim.sound("target", "each", "at"):
        return None
    try:
        return float(np.abs(values_at(claim, claim.target)).max()) or None
    except Exception:  # whatever a user's function raises: lint tells it
        return None


def places_of(claim: LimitDeclaration) -> Array:
    """Where a law with an exact target is compared: as declared, or at the target's quantiles."""
    if claim.of_draws:
        return quantiles(distribution_function(claim, claim.target))
    (declared,) = claim.each.values()
    return np.asarray(declared, dtype=float)


def distribution_function(claim: LimitDeclaration, target: Any) -> Callable[[Array], Array]:
    """The target of a law as a function of an array of places (J,), with values in [0, 1].

    Calling it raises InputError for other values, and where it falls.
    """
    (name,) = convention(target).required - set(claim.at)
    known = {k: v for k, v in claim.at.items() if k in convention(target).variables}

    def cdf(places: Array) -> Array:
        found = np.asarray(target(**{name: places}, **known), dtype=float)
        inside = found.shape == places.shape and np.all((found >= 0) & (found <= 1))
        if not inside or np.any(np.diff(found) < 0):
            raise InputError(
                f"{target.__name__} is no distribution function: expected values from 0 to 1, of "
                f"the shape {places.shape} of its argument, that never fall"
            )
        return found

    return cdf


def quantiles(cdf: Callable[[Array], Array]) -> Array:
    """The quantiles of a law at PLACES even levels, by bisection; those that are equal once."""
    level = np.arange(1, PLACES + 1) / (PLACES + 1)
    edge = 1.0
    while not cdf(np.array([-edge]))[0] < level[0] <= level[-1] <= cdf(np.array([edge]))[0]:
        edge *= 2
        if edge > FARTHEST:
            raise InputError("the distribution function does not reach from 0 to 1")
    low, high = np.full(PLACES, -edge), np.full(PLACES, edge)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        below = cdf(middle) < level
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.unique(high)
