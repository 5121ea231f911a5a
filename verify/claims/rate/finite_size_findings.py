"""The static faults of what a rate declares of finite sizes."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from verify import algebra
from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.findings import small_log
from verify.claims.rate.finite_size import UNDECLARED
from verify.claims.rate.nuisance import correction_growth, exact_factor
from verify.errors import Finding, InputError
from verify.inference.family import SLOWEST_CORRECTION
from verify.inference.points import Array
from verify.spec.declaration import shown
from verify.spec.design import Design

CONSTANT = algebra.Growth(Fraction(0), Fraction(0))
FLAT = 1e-6
"""A slope of the exact factor, at the end of the grid, that is none."""


def finite_size_findings(claim: RateDeclaration) -> Iterator[Finding]:
    """The faults of what a rate declares of finite sizes: the reason, the terms, the factor."""
    if claim.declared and not claim.because:
        found = f"{' and '.join(claim.declared)} without a reason"
        yield claim.fault("no-reason", found, "because='how this is known'")
    if claim.because and not claim.declared:
        expected = f"one of {', '.join(UNDECLARED)}"
        yield claim.fault("nothing-declared", "because without anything declared", expected)
    for design in claim.designs:
        yield from _corrections(claim, design)
        yield from _factor(claim, design)


def _corrections(claim: RateDeclaration, design: Design) -> Iterator[Finding]:
    """Each correction vanishes along the design, and no two alike."""
    seen = []
    for text in claim.corrections:
        try:
            growth = _growth(claim, design, text)
        except InputError as error:
            yield claim.fault("correction", shown(text), "a bound in the variables", str(error))
            continue
        if growth >= CONSTANT:
            found = f"correction {text}, of {growth} along {design.variable}"
            yield claim.fault("correction", found, "a term that vanishes beside the leading one")
        elif growth in seen:
            found = f"correction {text}, which grows like another"
            yield claim.fault("correction", found, "corrections of different growth")
        elif growth.log != 0:
            yield from small_log(claim, design, f"a log in the correction {text}")
        seen.append(growth)


def _growth(claim: RateDeclaration, design: Design, text: str) -> algebra.Growth:
    """How fast a text grows along a design; InputError for what is no bound in its variables."""
    for name in sorted(algebra.bound(text).symbols - {*design.sweep, *design.at}):
        raise InputError(f"no value for {name!r} in sweep or at")
    return correction_growth(claim, design, text)


def _factor(claim: RateDeclaration, design: Design) -> Iterator[Finding]:
    """The exact factor has positive values that settle: one with a power would buy an exponent."""
    said = f"exact_factor={shown(claim.exact_factor)}"
    expected = "a positive factor that tends to a constant"
    try:
        growth = CONSTANT
        if not callable(claim.exact_factor):
            growth = _growth(claim, design, claim.exact_factor)
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
    log_x = claim.direction(design) * np.log(design.grid)
    order = np.argsort(log_x)
    log_x = log_x[order]
    first, *_, last = np.abs(np.diff(np.log(factor[order])) / np.diff(log_x))
    span = (log_x[-1] + log_x[-2] - log_x[1] - log_x[0]) / 2
    allowed = first * min(1 / 2, np.exp(-SLOWEST_CORRECTION * span))
    return None if last <= max(allowed, FLAT) else (float(first), float(last))
