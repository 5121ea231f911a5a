"""Data that may come out if a claim is true, drawn as points of a log-log plot."""

from collections.abc import Iterator, Sequence

import attrs
import numpy as np

from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.nuisance import family_in, plain
from verify.claims.rate.rows import judge_exponent
from verify.inference.exponent import ExponentEstimate, exponent
from verify.inference.family import Family
from verify.inference.points import Array, Points
from verify.inference.prediction import curves
from verify.planning.pilot import Pilot, ascending
from verify.spec.design import Design
from verify.verdict import Verdict

SEED = 0
MOST_POINTS, MOST_TANGENTS = 64, 8
"""How many numbers are drawn for a data set, whatever is used: designs are compared on the same."""


@attrs.frozen(eq=False)
class Question:
    """A claim along a design as the estimator takes it.

    `x` (K,) are the ascending values of x**direction, `known` (K,) the log of what is known there.
    """

    claim: RateDeclaration
    design: Design
    power: float
    family: Family
    x: Array
    known: Array

    def estimate(self, points: Points, level: float) -> ExponentEstimate:
        """The exponent that points lead to, with an interval of `level`."""
        power = attrs.evolve(points, log_value=points.log_value - self.known)
        return exponent(power, self.family, level)

    def verdict(
        self, found: ExponentEstimate, points: Points, level: float, step: float = 0.0
    ) -> Verdict:
        """What is then said of the predicted exponent, or of one that is larger by `step`."""
        return judge_exponent(found, points, self.power + step, self.claim, level)[0].verdict


def question(claim: RateDeclaration, design: Design) -> Question:
    """What a claim asks along a design."""
    places = np.asarray(design.grid, dtype=float) ** claim.direction(design)
    x, zero = places[ascending(claim, design)], np.zeros(len(places))
    known = -plain(claim, design, Points(x, zero, zero, zero, np.inf)).log_value
    power = float(claim.growth_in(design).power)
    return Question(claim, design, power, family_in(claim, design), x, known)


def simulated(
    asked: Question, pilot: Pilot, replicates: Sequence[int], noise: float, draws: int
) -> Iterator[Points]:
    """The points of `draws` data sets; of one if the measure is exact.

    Their curves are drawn from those that the pilot leaves possible if the claim is true, so that
    they are as uncertain as it is.  None are drawn of fewer runs than can be judged.
    """
    claim, x = asked.claim, asked.x
    possible = curves(plain(claim, pilot.design, pilot.points), asked.family, x, asked.power)
    if pilot.exact:
        zero = np.zeros(len(x))
        yield Points(x, possible.average + asked.known, zero, zero, np.inf)
        return
    counts = _at_places(asked, replicates)[ascending(claim, asked.design)]
    correlation, fewest = pilot.correlation_at(x), float(counts.min())
    if correlation is not None and fewest <= len(x):
        return
    rng = np.random.default_rng(SEED)
    curve = possible.drawn(rng.random(draws), rng.standard_normal((draws, MOST_TANGENTS)))
    error = rng.standard_normal((draws, MOST_POINTS))[:, : len(x)]
    if correlation is not None:
        error = error @ _root(correlation).T
    variance = noise**2 * pilot.variance_at(x) / counts
    for value in curve + np.sqrt(variance) * error + asked.known:
        yield Points(x, value, variance, variance, fewest, correlation)


def _at_places(asked: Question, replicates: Sequence[int]) -> Array:
    """Of the replicates of the cells those that a point rests on; of a worst case, half of them."""
    claim, places = asked.claim, len(asked.x)
    cells = np.asarray(replicates, dtype=float).reshape(1 if claim.together else places, -1)
    share = 1 / 2 if claim.worst_over else 1
    return np.asarray(np.broadcast_to(share * cells.min(axis=1), places))


def _root(correlation: Array) -> Array:
    """A matrix that makes a correlation, which may be singular, with its transpose."""
    value, vector = np.linalg.eigh(correlation)
    return np.asarray(vector * np.sqrt(np.maximum(value, 0)))
