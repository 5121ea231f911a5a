"""What a rate and its bound say of finite sizes along a design, as the estimator takes it."""

import attrs
import numpy as np

from verify import algebra
from verify.claims.rate.declaration import RateDeclaration
from verify.claims.sweep import SMALLEST_WITH_LOGS
from verify.inference.family import Family
from verify.inference.points import Array, Points
from verify.inference.structure import Term
from verify.spec.design import Design
from verify.spec.measure import convention


def family_in(claim: RateDeclaration, design: Design) -> Family:
    """The nuisance family: the bound's own terms, powers apart, and what the claim declares."""
    leading = claim.growth_in(design)
    has_logs = min(x ** claim.direction(design) for x in design.grid) >= SMALLEST_WITH_LOGS
    terms = tuple(
        Term(
            float(other.gap.power),
            added=not other.kink,
            faster=other.growth > leading,
            log=float(other.gap.log) if has_logs and not other.kink else 0.0,
        )
        for other in claim.bound_in(design).lower_order(claim.ray_in(design))
        if other.gap.power != 0
    )
    return Family(
        claim.logs,
        terms,
        claim.correction_terms(design),
        claim.slowest_correction,
        claim.correction_scale,
    )


def plain(claim: RateDeclaration, design: Design, points: Points) -> Points:
    """The points without the factors that are known: the bound's own logarithm, the exact factor.

    They are left a power of x, up to the nuisance family.
    """
    order = np.argsort(np.asarray(design.grid, dtype=float) ** claim.direction(design))
    known = np.log(exact_factor(claim, design))[order]
    log_power = float(claim.growth_in(design).log)
    if log_power:
        known = known + log_power * np.log(np.log(points.x))
    return attrs.evolve(points, log_value=points.log_value - known)


def exact_factor(claim: RateDeclaration, design: Design) -> Array:
    """The exact factor at the places of a design, in its order, shape (K,)."""
    settings = design.settings()
    if callable(claim.exact_factor):
        wanted = convention(claim.exact_factor).variables
        rows = [{k: v for k, v in row.items() if k in wanted} for row in settings]
        return np.array([float(claim.exact_factor(**row)) for row in rows])
    factor = algebra.bound(claim.exact_factor)
    rows = [{k: v for k, v in row.items() if k in factor.symbols} for row in settings]
    return np.array([float(factor.evaluate(row)) for row in rows])


def assumption(claim: RateDeclaration, design: Design) -> str:
    """What the interval takes for granted of finite sizes, in a sentence."""
    family = family_in(claim, design)
    beside = "beside the terms of the bound, " if family.terms else ""
    return claim.assumption_of(family, beside=beside)
