"""The static faults of an identity, and of its controls."""

from collections.abc import Iterator

from verify.claims.exact.arithmetic import MOST_DIGITS
from verify.claims.exact.balls import LIMIT
from verify.claims.exact.declaration import DIGITS
from verify.claims.exact.proof_findings import proof_findings
from verify.claims.identity.declaration import WIDTH, IdentityDeclaration
from verify.claims.sweep import local_findings, missing_values
from verify.errors import Finding, nearest
from verify.spec.control import Control
from verify.spec.declaration import shown
from verify.spec.measure import Measure, convention

NARROWEST = 1e-300

IDLE = {"instances", "arithmetic", "digits", "width", "seed", "known", "scope", "expect", "uses"}
"""Fields that change how a claim is checked, and not what it states."""


def identity_findings(claim: IdentityDeclaration) -> Iterator[Finding]:
    """The faults of an identity by itself."""
    if not claim.sound("residual", "given", "proof", "arithmetic", "digits", "width"):
        return
    if claim.residual is None and claim.proof is None:
        found, expected = f"{claim.id!r} without residual and proof", "one of them, or both"
        yield claim.fault("no-statement", found, expected)
    if claim.residual is not None:
        yield from _residual(claim, claim.residual)
        yield from _precision(claim)
    elif claim.given:
        found = f"given of {', '.join(map(repr, claim.given))} without a residual"
        yield claim.fault("given", found, "a residual that takes what is drawn")
    yield from proof_findings(claim)


def _residual(claim: IdentityDeclaration, residual: Measure) -> Iterator[Finding]:
    """The residual can be imported and is exact; each argument is drawn, each draw is taken."""
    yield from local_findings(claim, "residual", residual)
    wanted = convention(residual)
    if wanted.random or wanted.sized:
        found = f"{residual.__name__} with rng or size"
        yield claim.fault("residual", found, "an exact function of what is drawn")
    yield from missing_values(claim, residual, claim.given.keys(), "given")
    for name in sorted(claim.given.keys() - wanted.variables):
        expected = f"an argument of {residual.__name__}"
        hint = nearest(name, wanted.variables)
        yield claim.fault("given", f"given={{{name!r}: ...}}", expected, hint)


def _precision(claim: IdentityDeclaration) -> Iterator[Finding]:
    """The digits or the width are within reach, and are those that the arithmetic has."""
    if claim.arithmetic == "ball":
        if claim.digits != DIGITS:
            found = f"digits={claim.digits} of a residual in balls"
            yield claim.fault("idle-field", found, "width=, the largest radius of an enclosure")
        if claim.width < NARROWEST:
            found = f"width={claim.width:g}"
            yield claim.fault("width", found, f"{NARROWEST:g} or more, in up to {LIMIT:,} bits")
        return
    if claim.width != WIDTH:
        found = f"width={claim.width:g} of a residual that is no ball"
        yield claim.fault("idle-field", found, "digits=, or arithmetic='ball'")
    if claim.digits > MOST_DIGITS[claim.arithmetic]:
        found = f"digits={claim.digits} with arithmetic={claim.arithmetic!r}"
        hint = "arithmetic='mpmath' has more" if claim.arithmetic == "float" else ""
        yield claim.fault("digits", found, f"at most {MOST_DIGITS[claim.arithmetic]}", hint)


def control_findings(control: Control) -> Iterator[Finding]:
    """Why a changed identity cannot serve as a control: it states what the claim does."""
    changed = set(control.changes) - IDLE
    if not changed or (changed == {"proof"} and control.changes["proof"] is None):
        names = ", ".join(sorted(control.changes))
        found = f"control {control.id!r}, which changes {shown(names)} alone"
        expected = "a changed residual, given or proof that makes the claim false"
        yield control.fault("control-changes-nothing", found, expected)
