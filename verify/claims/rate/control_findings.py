"""Why a changed rate cannot serve as a control, and what controls a margin asks for."""

from collections.abc import Iterator

from verify import algebra
from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.findings import rate_findings
from verify.errors import Finding
from verify.spec.control import Control
from verify.spec.design import Design
from verify.verdict import Relation

NEAR = 0.1
"""One control that changes the bound lies this close to the claim's exponent."""


def control_findings(
    claim: RateDeclaration, control: Control, variant: RateDeclaration
) -> Iterator[Finding]:
    """Why a changed rate cannot serve as a control: the claim itself implies it."""
    if set(control.changes) - {"bound", "relation", "margin"} or not _comparable(claim, variant):
        return
    if _implied(claim, variant):
        alike = _implied(variant, claim)
        yield control.fault(
            "control-changes-nothing" if alike else "implied-control",
            f"{variant.relation}({variant.bound}), which {claim.relation}({claim.bound}) implies",
            "a changed bound that is false if the claim is true",
            "" if alike else "or state the claim as Theta over a family that attains it",
        )


def margin_findings(claim: RateDeclaration) -> Iterator[Finding]:
    """A margin is worth nothing unless a wrong exponent near the claim can be told from it."""
    distances = [
        abs(variant.growth_in(design).power - claim.growth_in(design).power)
        for variant in _changed_bounds(claim)
        for design in claim.designs
    ]
    if not claim.no_near_control and not any(0 < distance <= NEAR for distance in distances):
        yield claim.fault(
            "no-near-control",
            f"claim {claim.id!r} without a control whose exponent is within {NEAR} of it",
            "but(..., bound=...) with the exponent off by a tenth, on the side that is false",
            "or say in no_near_control why none can be",
        )
    closest = min((distance for distance in distances if distance > 0), default=None)
    if closest is not None and claim.margin > float(closest / 2):
        yield claim.fault(
            "wide-margin",
            f"margin={claim.margin} with a control {float(closest):.3g} away",
            f"a margin of at most {float(closest / 2):.3g}, half of that distance",
        )


def _changed_bounds(claim: RateDeclaration) -> Iterator[RateDeclaration]:
    for control in claim.controls:
        variant = claim.variant(control)
        if "bound" in control.changes and _comparable(claim, variant):
            yield variant


def _comparable(claim: RateDeclaration, variant: RateDeclaration) -> bool:
    """Whether both have exponents along the same designs, to be compared."""
    return claim.designs == variant.designs and not any(
        True for one in (claim, variant) for _ in (*one.faults, *rate_findings(one))
    )


def _implied(claim: RateDeclaration, variant: RateDeclaration) -> bool:
    """Whether the claim says as much as the variant, or more, along every design."""
    sides = {Relation.O: {"O"}, Relation.OMEGA: {"Omega"}, Relation.THETA: {"O", "Omega"}}
    needed, stated = sides[Relation(variant.relation)], sides[Relation(claim.relation)]
    above = "O" not in needed or all(_dominates(variant, claim, d) for d in claim.designs)
    below = "Omega" not in needed or all(_dominates(claim, variant, d) for d in claim.designs)
    return needed <= stated and above and below


def _dominates(large: RateDeclaration, small: RateDeclaration, design: Design) -> bool:
    """Whether the bound of `small` is proved to be at most C times that of `large` on a design."""
    conditions = large.cone_of(design)
    return bool(algebra.dominates(large.bound_in(design), small.bound_in(design), conditions))
