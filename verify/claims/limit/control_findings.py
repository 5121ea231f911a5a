"""Why a changed limit cannot serve as a control, and what the controls allow of a margin."""

from collections.abc import Iterator

import numpy as np

from verify.claims.limit.declaration import LimitDeclaration
from verify.claims.limit.findings import limit_findings
from verify.claims.limit.target import distribution_function, places_of, values_at
from verify.errors import Finding
from verify.inference.distance import trapezoid
from verify.spec.control import Control

IDLE = {"margin", "unit", "cost", "scope", "because", "corrections", "slowest_correction"}
IDLE |= {"correction_scale", "expect", "uses"}
"""Fields that change what a claim takes for granted, and not what it states."""


def control_findings(
    claim: LimitDeclaration, control: Control, variant: LimitDeclaration
) -> Iterator[Finding]:
    """Why a changed limit cannot serve as a control: it states what the claim does."""
    same = set(control.changes) <= IDLE
    if not same and set(control.changes) - IDLE <= {"target"}:
        same = _distance(claim, variant) == 0
    if same:
        found = f"control {control.id!r}, which states the limit of its claim"
        expected = "a changed target, measure or setting that makes the claim false"
        yield control.fault("control-changes-nothing", found, expected)


def margin_findings(claim: LimitDeclaration) -> Iterator[Finding]:
    """A margin is worth nothing unless the nearest wrong target lies well outside of it."""
    variants = [
        claim.variant(control) for control in claim.controls if {*control.changes} == {"target"}
    ]
    distances = [found for variant in variants if (found := _distance(claim, variant))]
    if distances and claim.margin > min(distances) / 2:
        closest = min(distances)
        yield claim.fault(
            "wide-margin",
            f"margin={claim.margin:g} with a control {closest:.3g} away",
            f"a margin of at most {closest / 2:.3g}, half of that distance",
        )


def _distance(claim: LimitDeclaration, variant: LimitDeclaration) -> float | None:
    """How far the targets are from one another, in the claim's distance; None if one is drawn."""
    if any(
        one.random_target or one.faults or list(limit_findings(one)) for one in (claim, variant)
    ):
        return None
    if claim.distance is None:
        curves = [values_at(claim, one.target) for one in (claim, variant)]
        return float(np.abs(curves[0] - curves[1]).max())
    places = places_of(claim)
    laws = [distribution_function(claim, one.target)(places) for one in (claim, variant)]
    off = np.abs(laws[0] - laws[1])
    if claim.distance == "wasserstein":
        return float(off @ trapezoid(places))
    return float(off.max())
