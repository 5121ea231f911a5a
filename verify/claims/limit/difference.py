"""How far the limit of a claim is from its target: the estimate, the distance, and the verdict."""

import attrs

from verify.claims.limit.declaration import LimitDeclaration
from verify.claims.limit.reading import Reading
from verify.inference.distance import Distance, kolmogorov, largest, wasserstein
from verify.inference.exponent import FEWEST_REPLICATES
from verify.inference.family import Family
from verify.inference.limit import Band, LimitEstimate, limit, replicates_needed
from verify.verdict import Judgement, Reason, inconclusive, judge_distance

ALLOWANCE = 1.35
"""How much wider than forecast a band may be: its width is that of one data set, and random.

Measured on numbers with a bias of 1/n and n^(-1/2): without it nine in ten are three in four.
"""


@attrs.frozen(eq=False)
class Found:
    """The extrapolated curve of a claim, how far it is from its target, and the verdict."""

    estimate: LimitEstimate
    distance: Distance
    judged: Judgement


def family_of(claim: LimitDeclaration) -> Family:
    """The corrections that may keep the curve from its limit."""
    return Family(
        corrections=claim.correction_terms(claim.design),
        slowest=claim.slowest_correction,
        scale=claim.correction_scale,
        added=True,
    )


def found_in(claim: LimitDeclaration, reading: Reading, level: float) -> Found:
    """The limit by what was measured, and the verdict on it, with intervals of `level`."""
    approach = reading.approach
    estimate = limit(approach, family_of(claim), unit_of(claim, reading), level)
    distance = distance_of(claim, reading, estimate.limit, estimate, level)
    judged = judge_distance(distance.low, distance.high, claim.margin)
    if approach.replicates < FEWEST_REPLICATES:
        judged = inconclusive(Reason.REPLICATES)
    elif estimate.model_rejected:
        judged = inconclusive(Reason.MODEL)
    return Found(estimate, distance, judged)


def distance_of(
    claim: LimitDeclaration, reading: Reading, band: Band, found: LimitEstimate, level: float
) -> Distance:
    """How far a band of differences is from 0, in the distance of the claim."""
    if reading.places is None:
        return largest(band, found.errors)
    if claim.distance == "wasserstein":
        return wasserstein(band, reading.places, found.errors, level)
    return kolmogorov(band, reading.approach.target.value, found.errors)


def unit_of(claim: LimitDeclaration, reading: Reading) -> float:
    """The size in which corrections are stated: declared, 1 for a law, that of the target."""
    if claim.unit is not None:
        return claim.unit
    if claim.distance is not None:
        return 1.0
    return float(abs(reading.approach.target.value).max())


def needed(claim: LimitDeclaration, reading: Reading, found: Found) -> int | None:
    """Replicates at which a limit that is off by half of the margin would hold, nearly always.

    The upper end exceeds the truth by its spread and by the estimate's own error; both shrink as
    the band does, and together they must fit into the other half, with ALLOWANCE.
    """
    distance, approach = found.distance, reading.approach
    room = claim.margin / 2 - distance.gap
    if approach.replicates == float("inf") or room <= 0 or distance.spread == 0:
        return None
    shrunk = room / (distance.spread + distance.reached) / ALLOWANCE
    half = float(found.estimate.limit.half.max()) * shrunk
    count = replicates_needed(approach, family_of(claim), found.estimate, half)
    return None if count is None else max(FEWEST_REPLICATES, round(count))
