"""The curves of the entropy's critical points in the plane of x and log eps, followed in doubles.

Branches are followed through their folds by steps along the curve: two critical points are never
told apart by their distance.  A curve that is closed, or that begins and ends at large eps, is not
reached from small eps.
"""

import numpy as np

from theorems.hamilton_jacobi.critical_points import crossings, pair_sum, slopes
from theorems.hamilton_jacobi.folds import Fold, fold_near
from theorems.hamilton_jacobi.layer import Array

STEP, SHORTEST = 0.02, 1e-6
"""Lengths of a step: in x relative to the span of the crossings, in log eps."""

STRAIGHT = 0.998
"""Cosine of the largest turn within a step."""

MOST = 20_000


def branches(W: Array, b: Array, first: float, last: float) -> list[Array]:
    """The curves of critical points from eps = `first` until they leave [first, last].

    Each once, of shape (points, 2) with columns x and eps, W and b of shape (N,).
    """
    starts = starting_points(first, W, b)
    found = []
    while starts:
        curve = _followed(starts.pop(0), W, b, first, last)
        found.append(curve)
        if curve[-1, 1] < first * (1 + STEP) and starts:  # it has come back to another start
            starts.remove(min(starts, key=lambda x: abs(x - curve[-1, 0])))
    return found


def starting_points(eps: float, W: Array, b: Array, grid: int = 20_001) -> list[float]:
    """The critical points at one eps by the signs of S on a grid, each then bisected."""
    places = crossings(W, b)
    margin = (1 + np.ptp(places)) / 16
    x = np.linspace(places.min() - margin, places.max() + margin, grid)
    signs = np.sign(slopes(x, eps, W, b))
    low, high = x[:-1][signs[1:] != signs[:-1]], x[1:][signs[1:] != signs[:-1]]
    at_low = signs[:-1][signs[1:] != signs[:-1]]
    for _ in range(50):
        centre = (low + high) / 2
        left = np.sign(slopes(centre, eps, W, b)) == at_low
        low, high = np.where(left, centre, low), np.where(left, high, centre)
    return [float(one) for one in (low + high) / 2]


def folds(curve: Array, W: Array, b: Array) -> list[Fold]:
    """The folds of a curve, where its eps turns, refined until Newton's step is 1e-9."""
    eps = np.log(curve[:, 1])
    turns = np.flatnonzero(np.diff(np.sign(np.diff(eps)))) + 1
    return [fold_near(curve[k, 0], curve[k, 1], W, b, tolerance=1e-9) for k in turns]


def _followed(x: float, W: Array, b: Array, first: float, last: float) -> Array:
    """One curve from (x, first), by tangent steps that are corrected along the gradient of S."""
    unit = float(np.ptp(crossings(W, b)))
    place, heading = np.array([x / unit, np.log(first)]), np.array([0.0, 1.0])
    points, step = [place], STEP
    while len(points) < MOST:
        _, gradient = _levels(place, W, b, unit)
        tangent = _tangent(gradient, heading)
        new, ahead = _corrected(place + step * tangent, tangent, W, b, unit)
        if ahead is None or ahead @ tangent < STRAIGHT:
            step /= 2
            if step < SHORTEST:
                raise ArithmeticError(f"the curve is lost at x = {place[0] * unit:g}")
            continue
        place, heading, step = new, ahead, min(STEP, 1.5 * step)
        points.append(place)
        if not np.log(first) <= place[1] <= np.log(last):
            break
    return np.array([[one[0] * unit, np.exp(one[1])] for one in points])


def _corrected(
    place: Array, tangent: Array, W: Array, b: Array, unit: float
) -> tuple[Array, Array | None]:
    """The point of the curve nearest to a place, and the direction there; None if there is none."""
    for _ in range(8):
        value, gradient = _levels(place, W, b, unit)
        move = value * gradient / (gradient @ gradient)
        place = place - move
        if np.abs(move).max() < 1e-11:
            return place, _tangent(gradient, tangent)
    return place, None


def _levels(place: Array, W: Array, b: Array, unit: float) -> tuple[float, Array]:
    """S and its gradient in (x / unit, log eps)."""
    eps = float(np.exp(place[1]))
    found = pair_sum(float(place[0]) * unit, eps, W, b)
    return found.value, np.array([found.x * unit, found.eps * eps])


def _tangent(gradient: Array, heading: Array) -> Array:
    """The unit vector along the curve that goes on in the direction of `heading`."""
    along = np.array([-gradient[1], gradient[0]]) / np.hypot(*gradient)
    found: Array = along if along @ heading > 0 else -along
    return found
