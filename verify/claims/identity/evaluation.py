"""An identity at an instance: in its own arithmetic, and checked again in a higher precision."""

from collections.abc import Mapping
from typing import Any

import attrs

from verify.claims.identity.arithmetic import GUARD, Reading, in_floats, in_mpmath
from verify.claims.identity.balls import in_balls
from verify.claims.identity.declaration import IdentityDeclaration
from verify.errors import InputError
from verify.spec.measure import Measure

HIGHER = 50
"""Decimal digits in which a counterexample is checked again, or more."""


def read(claim: IdentityDeclaration, residual: Measure, data: Mapping[str, Any]) -> Reading:
    """The residual at an instance, in the arithmetic of the claim; InputError where it has none."""
    if claim.arithmetic == "ball":
        return in_balls(residual, data, claim.width)[0]
    compute = in_floats if claim.arithmetic == "float" else in_mpmath
    return compute(residual, data, claim.digits)


@attrs.frozen
class Check:
    """A second look at an instance on which the residual does not vanish.

    `agrees` is None where a higher precision could not be tried, `told` says how it went, and
    `working` is the precision: decimal digits, or bits in balls.
    """

    agrees: bool | None
    told: str
    working: int


def checked(claim: IdentityDeclaration, residual: Measure, data: Mapping[str, Any]) -> Check:
    """The residual at an instance in a higher precision than that of the claim."""
    if claim.arithmetic == "ball":
        _, bits = in_balls(residual, data, claim.width)
        reading, bits = in_balls(residual, data, claim.width, 2 * bits)
        return Check(reading.zero is False, f"in {bits} bits it is {reading.text}", bits)
    working = HIGHER
    if claim.arithmetic == "mpmath":
        working = max(HIGHER, 2 * (claim.digits + GUARD))
    try:
        reading = in_mpmath(residual, data, claim.digits, working)
    except InputError as error:
        return Check(None, f"not computed in {working} digits: {error}", working)
    return Check(not reading.zero, f"in {working} digits it is {reading.text}", working)


def is_counterexample(
    claim: IdentityDeclaration, residual: Measure, data: Mapping[str, Any]
) -> bool:
    """Whether the residual does not vanish at an instance, and no higher precision contradicts.

    One in mpmath must be confirmed: without that, a double inside may have cut its digits.
    """
    try:
        if read(claim, residual, data).zero is not False:
            return False
    except InputError:
        return False
    agrees = checked(claim, residual, data).agrees
    return agrees is True or (agrees is None and claim.arithmetic == "float")
