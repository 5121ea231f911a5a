"""Every static fault of a theorem at once, found before anything is measured."""

from collections import Counter
from collections.abc import Iterable, Iterator

from verify.errors import Finding, SpecError, nearest
from verify.spec.claim import Claim
from verify.spec.control import Control
from verify.spec.declaration import Declaration, shown
from verify.spec.measure import convention
from verify.spec.theorem import Assumption, Illustration, Theorem
from verify.verdict import Verdict

COMMANDS = frozenset(
    (
        *("run", "list", "show", "plan", "report", "compare", "reproduce"),
        *("new", "cite", "fit", "algebra", "calibrate", "cells"),
    )
)
"""Words that the command line keeps for itself; no theorem may be called so."""


def lint(theorem: Theorem) -> list[Finding]:
    """All findings, in the order of the file; an empty list means that the theorem can run."""
    found = list(_findings(theorem))
    return sorted(dict.fromkeys(found), key=lambda finding: _line(finding.where))


def refuse_faults(theorem: Theorem) -> None:
    """Raise SpecError with all findings, if there are any."""
    if findings := lint(theorem):
        raise SpecError(f"theorem {theorem.id!r}", findings)


def _findings(theorem: Theorem) -> Iterator[Finding]:
    for part in _parts(theorem):
        yield from part.faults
    if theorem.sound("id") and theorem.id in COMMANDS:
        yield theorem.fault("reserved-id", f"id {theorem.id!r}", "an id that is not a command")
    if theorem.sound("assumptions"):
        yield from _duplicates(theorem.assumptions, "an assumption")
    if theorem.sound("illustrations"):
        yield from _duplicates(theorem.illustrations, "an illustration")
        yield from (fault for one in theorem.illustrations for fault in _drawing(one))
    if theorem.sound("claims"):
        yield from _duplicates(theorem.claims, "a claim")
        for claim in theorem.claims:
            yield from _claim(claim, theorem)


def _parts(theorem: Theorem) -> Iterator[Declaration]:
    """The theorem and the declarations inside it that are of the right kind."""
    yield theorem
    if theorem.sound("source"):
        yield theorem.source
    for kind in ("assumptions", "claims", "illustrations"):
        if theorem.sound(kind):
            yield from getattr(theorem, kind)
    for claim in theorem.claims if theorem.sound("claims") else ():
        if claim.sound("controls"):
            yield from claim.controls


def _claim(claim: Claim, theorem: Theorem) -> Iterator[Finding]:
    own = list(claim.findings())
    yield from own
    known = {one.id for one in theorem.assumptions} if theorem.sound("assumptions") else set()
    if claim.sound("uses"):
        for name in claim.uses:
            if name not in known:
                yield _unknown_assumption(claim, name, known)
    if claim.sound("open", "expect", "corrected") and claim.open:
        yield from _open(claim)
    if not claim.sound("controls"):
        return
    if claim.sound("corrected") and claim.corrected:
        yield from _corrected(claim, theorem)
    elif not claim.controls and claim.needs_control:
        yield claim.fault(
            "no-control",
            f"claim {claim.id!r} without a control",
            "at least one but(...) that must be refuted",
            "change the exponent by a tenth, or drop an assumption",
        )
    yield from _duplicates(claim.controls, "a control")
    for control in claim.controls:
        if not control.faults:
            yield from _control(control, claim, known)
            yield from _variant(control, claim, {one.found for one in own})


def _drawing(illustration: Illustration) -> Iterator[Finding]:
    """What draws takes the axes, and nothing else that it needs."""
    if illustration.sound("draw") and len(convention(illustration.draw).required) != 1:
        found = f"draw={shown(illustration.draw)}"
        yield illustration.fault("draw", found, "a function of one argument, matplotlib axes")


def _open(claim: Claim) -> Iterator[Finding]:
    """Nothing is expected of a claim that this machine cannot decide, and a proof needs none."""
    said = f"open={shown(claim.open)}"
    if claim.expect != Verdict.HOLDS or claim.corrected:
        found = f"{said} in a claim that is expected to be {claim.expect}"
        yield claim.fault("open", found, "a claim of which nothing is expected")
    if not claim.needs_control:
        found = f"{said} in a {type(claim).__name__}"
        yield claim.fault("open", found, "a claim that is measured: this one is decided exactly")


def _corrected(claim: Claim, theorem: Theorem) -> Iterator[Finding]:
    """The claim that corrects a false one stands beside it, is right, and is its only control."""
    others = {one.id: one for one in theorem.claims if one is not claim}
    right = others.get(claim.corrected)
    if claim.expect != Verdict.REFUTED or claim.controls:
        found = f"corrected={claim.corrected!r} in a claim that " + (
            "has a but(...)" if claim.controls else f"is expected to be {claim.expect}"
        )
        expected = "a claim that is expected to be REFUTED, without controls of its own"
        yield claim.fault("corrected", found, expected)
    if right is None:
        found, expected = f"corrected={claim.corrected!r}", "another claim of the theorem"
        yield claim.fault("corrected", found, expected, nearest(claim.corrected, others))
    elif right.expect != Verdict.HOLDS or type(right) is not type(claim):
        found = f"{right.id!r}, a {type(right).__name__} that is expected to be {right.expect}"
        expected = f"a {type(claim).__name__} that is expected to hold, on the same machinery"
        yield claim.fault("corrected", found, expected)


def _control(control: Control, claim: Claim, known: set[str]) -> Iterator[Finding]:
    if control.violates is not None and control.violates not in known:
        yield _unknown_assumption(control, control.violates, known)
    unknown = [name for name in control.changes if name not in claim.fields()]
    for name in unknown:
        found, expected = f"but(..., {name}=...)", f"a field of {type(claim).__name__}"
        yield control.fault("unknown-field", found, expected, nearest(name, claim.fields()))
    unchanged = all(getattr(claim, k, None) == value for k, value in control.changes.items())
    if unchanged and not unknown:
        yield control.fault(
            "control-changes-nothing",
            f"control {control.id!r} equal to its claim",
            "a changed field that makes the claim false",
        )


def _variant(control: Control, claim: Claim, own: set[str]) -> Iterator[Finding]:
    """The faults of the changed claim, without those that the claim had already."""
    if all(getattr(claim, name, value) == value for name, value in control.changes.items()):
        return
    variant = claim.variant(control)
    yield from (fault for fault in variant.faults if fault.field in control.changes)
    found = (*variant.findings(), *claim.control_findings(control, variant))
    yield from (fault for fault in found if fault.found not in own)


def _unknown_assumption(part: Declaration, name: str, known: Iterable[str]) -> Finding:
    expected = "an assumption of the theorem"
    return part.fault("unknown-assumption", shown(name), expected, nearest(name, known))


def _duplicates(
    parts: Iterable[Assumption | Claim | Control | Illustration], kind: str
) -> Iterator[Finding]:
    """A finding at the second bearer of an id."""
    seen: Counter[str] = Counter()
    for part in parts:
        if part.sound("id"):
            seen[part.id] += 1
            if seen[part.id] == 2:
                yield part.fault("duplicate-id", f"{kind} {part.id!r} twice", "ids that differ")


def _line(where: str) -> tuple[str, int]:
    file, _, line = where.rpartition(":")
    return file, int(line)
