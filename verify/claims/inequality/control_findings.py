"""Why a changed inequality cannot serve as a control."""

from collections.abc import Iterator

from verify.claims.inequality.box import Box
from verify.claims.inequality.declaration import Bound, InequalityDeclaration, is_number
from verify.errors import Finding
from verify.spec.control import Control
from verify.spec.declaration import shown

IDLE = {
    *("instances", "evaluations", "arithmetic", "digits", "replicates", "margin"),
    *("seed", "known", "scope", "expect", "uses"),
}
"""Fields that change how a claim is checked, and not what it states."""


def control_findings(
    claim: InequalityDeclaration, control: Control, variant: InequalityDeclaration
) -> Iterator[Finding]:
    """It states what the claim does, or less: then it can never be refuted."""
    changed = set(control.changes) - IDLE
    names = shown(", ".join(sorted(control.changes)))
    if not changed or (changed == {"proof"} and control.changes["proof"] is None):
        found = f"control {control.id!r}, which changes {names} alone"
        expected = "a changed value, bound, given, box or proof that makes the claim false"
        yield control.fault("control-changes-nothing", found, expected)
    elif changed <= {"low", "high", "box"} and _is_weaker(claim, variant):
        found = f"control {control.id!r}, which the claim implies"
        expected = "a smaller high, a larger low, or more than the box"
        hint = "what follows from a true claim can never be refuted"
        yield control.fault("implied-control", found, expected, hint)


def _is_weaker(claim: InequalityDeclaration, variant: InequalityDeclaration) -> bool:
    """Whether wider bounds on a smaller box are all that is left of the claim."""
    return (
        _is_inside(variant.box, claim.box)
        and _is_beyond(variant.low, claim.low, -1)
        and _is_beyond(variant.high, claim.high, 1)
    )


def _is_beyond(changed: Bound, bound: Bound, sign: int) -> bool:
    if changed is None or changed is bound:
        return True
    if not (is_number(changed) and is_number(bound)):
        return False
    return bool(sign * changed >= sign * bound)  # type: ignore[operator]


def _is_inside(changed: Box, box: Box) -> bool:
    """Whether the first box is a part of the second one."""
    return changed.keys() == box.keys() and all(
        changed[name][2:] == box[name][2:]
        and box[name][0] <= changed[name][0]
        and changed[name][1] <= box[name][1]
        for name in box
    )
