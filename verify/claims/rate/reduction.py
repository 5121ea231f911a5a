"""What a declared reduction of variance brought to an exponent, and what speaks against it."""

import numpy as np

from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.outcome import ReductionRow
from verify.claims.rate.worst_case import replicates_in
from verify.inference import tails
from verify.inference.exponent import FEWEST_REPLICATES
from verify.inference.points import Points
from verify.inference.range_slope import correlation_gain
from verify.inference.reduction import FEWEST_WITH_CONTROLS, Reduced, doubts
from verify.spec.claim import Samples
from verify.spec.design import Design

COMMON = "common random numbers"


def enough_replicates(claim: RateDeclaration, points: Points) -> bool:
    """Whether the noise is known well enough for a verdict.

    Places that move together need twice as many replicates as places, estimated coefficients 32.
    """
    free, controls = points.replicates, claim.reduction.controls
    needed = FEWEST_REPLICATES if points.correlation is None else 2 * len(points.x)
    return free >= needed and (not controls or free + controls >= FEWEST_WITH_CONTROLS)


def reductions(
    claim: RateDeclaration, design: Design, samples: Samples, points: Points
) -> list[ReductionRow]:
    """What each reduction divides a variance by: at the places of the points, or of the slope."""
    found, statistic = [], claim.functional
    if isinstance(statistic, Reduced):
        values = replicates_in(claim, design, samples)
        order = np.argsort([x ** claim.direction(design) for x in design.grid])
        ratios = [_finite(statistic.ratio(values[k])) for k in order]
        found.append(ReductionRow(statistic.name, ratios))
    if claim.reduction.common:
        found.append(ReductionRow(COMMON, [_finite(correlation_gain(points))]))
    return found


def warnings(claim: RateDeclaration, design: Design, samples: Samples) -> list[str]:
    """What speaks against the interval: the tails, and declarations that the samples belie."""
    values, statistic = replicates_in(claim, design, samples), claim.functional
    if not isinstance(statistic, Reduced):
        return tails.warnings(design.grid, values, statistic, together=claim.matched)
    reduced = [statistic.equivalent(one) for one in values]
    heard = tails.warnings(design.grid, reduced, statistic.of, together=claim.matched)
    return doubts([f"{x:g}" for x in design.grid], values, statistic) + heard


def _finite(ratio: float) -> float | None:
    """None for an infinite ratio: no variance is left; 1 where there was none before either."""
    return None if np.isinf(ratio) else 1.0 if np.isnan(ratio) else ratio
