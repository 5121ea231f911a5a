"""The static faults of what a rate declares of finite sizes."""

from collections.abc import Iterator

import numpy as np

from verify.claims.finite_size_findings import CONSTANT, declared_findings
from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.nuisance import exact_factor
from verify.claims.sweep import growth_of
from verify.errors import Finding, InputError
from verify.inference.family import SLOWEST_CORRECTION
from verify.inference.points import Array
from verify.spec.declaration import shown
from verify.spec.design import Design

FLAT = 1e-6
"""A slope of the exact factor, at the end of the grid, that is none."""


def finite_size_findings(claim: RateDeclaration) -> Iterator[Finding]:
    """The faults of what a rate declares of finite sizes: the reason, the terms, the factor."""
    yield from declared_findings(claim, claim.designs)
    for design in claim.designs:
        yield from _factor(claim, design)


def _factor(claim: RateDeclaration, design: Design) -> Iterator[Finding]:
    """The exact factor has positive values that settle: one with a power would buy an exponent."""
    said = f"exact_factor={shown(claim.exact_factor)}"
    expected = "a positive factor that tends to a constant"
    try:
        growth = CONSTANT
        if not callable(claim.exact_factor):
            growth = growth_of(claim.exact_factor, design, claim.to_zero)
        factor = exact_factor(claim, design)
    except InputError as error:
        yield claim.fault("exact-factor", said, expected, str(error))
        return
    except Exception as error:  # whatever a user's function raises
        yield claim.fault("exact-factor", said, expected, f"{type(error).__name__}: {error}")
        return
    if not np.all(np.isfinite(factor) & (factor > 0)):
        found = f"exact_factor with the value {factor.min():g}"
        yield claim.fault("exact-factor", found, expected)
    elif growth != CONSTANT:
        found = f"{said}, of {growth} along {design.variable}"
        yield claim.fault("exact-factor", found, expected)
    elif callable(claim.exact_factor) and (slopes := _unsettled(claim, design, factor)):
        found = f"exact_factor whose slope is {slopes[0]:.3g} at first and {slopes[1]:.3g} at last"
        yield claim.fault("exact-factor", found, expected, "as text its limit is derived exactly")


def _unsettled(claim: RateDeclaration, design: Design, factor: Array) -> tuple[float, float] | None:
    """The first and the last slope of a factor on the grid, None if they fall as they should.

    By half, and as fast as a correction decays unless declared: those of a logarithm do not.
    """
    log_x = claim.direction(design) * np.log(np.asarray(design.grid, dtype=float))
    order = np.argsort(log_x)
    log_x = log_x[order]
    first, *_, last = np.abs(np.diff(np.log(factor[order])) / np.diff(log_x))
    span = (log_x[-1] + log_x[-2] - log_x[1] - log_x[0]) / 2
    allowed = first * min(1 / 2, np.exp(-SLOWEST_CORRECTION * span))
    return None if last <= max(allowed, FLAT) else (float(first), float(last))
