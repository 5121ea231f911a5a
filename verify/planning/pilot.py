"""What a pilot has shown of a claim along a design, and the noise to be expected elsewhere."""

import attrs
import numpy as np
from numpy.typing import NDArray

from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.rows import points_in
from verify.claims.rate.worst_case import replicates_in
from verify.inference.points import Array, Points
from verify.spec.claim import Samples
from verify.spec.design import Design


@attrs.frozen(eq=False)
class Pilot:
    """The `points` of a pilot along a `design`; their logs' `variance` (K,) with one replicate.

    It is smooth in x, and 0 where the measure is exact.
    """

    design: Design
    points: Points
    variance: Array

    @property
    def exact(self) -> bool:
        """Whether nothing was drawn."""
        return bool(np.isinf(self.points.replicates))

    def variance_at(self, x: Array) -> Array:
        """With one replicate, at the places `x` (P,): the power law of the pilot goes on."""
        place = np.log(self.points.x)
        if not (self.variance > 0).all():
            return np.interp(np.log(x), place, self.variance)
        line = np.polynomial.Polynomial.fit(place, np.log(self.variance), 1)
        return np.asarray(np.exp(line(np.log(x))))

    def correlation_at(self, x: Array) -> Array | None:
        """Of the places `x` (P,), P >= K, of which the pilot's are the first; None if independent.

        Places that go beyond it are correlated as those that are as many steps apart were on
        average, and as the furthest ones if they are further apart; without the negative
        eigenvalues that this may bring.
        """
        known, count = self.points.correlation, len(self.points.x)
        if known is None or len(x) == count:
            return known
        average = np.array([np.diagonal(known, step).mean() for step in range(count)])
        steps = np.abs(np.subtract.outer(np.arange(len(x)), np.arange(len(x))))
        value, vector = np.linalg.eigh(average[np.minimum(steps, count - 1)])
        possible = (vector * np.maximum(value, 0)) @ vector.T
        sd = np.sqrt(np.diag(possible))
        return np.asarray(possible / np.outer(sd, sd))


def read_pilot(claim: RateDeclaration, design: Design, samples: Samples) -> Pilot:
    """The pilot of a claim along a design, from a few replicates of each of its cells.

    Raises InputError where a cell is missing, or a statistic has no logarithm.
    """
    points = points_in(claim, design, samples)
    count = np.array([len(one) for one in replicates_in(claim, design, samples)])
    return Pilot(design, points, points.smooth_variance * count[ascending(claim, design)])


def ascending(claim: RateDeclaration, design: Design) -> NDArray[np.intp]:
    """The order of a design's places in which x**direction ascends, shape (K,)."""
    return np.argsort(np.asarray(design.grid, dtype=float) ** claim.direction(design))
