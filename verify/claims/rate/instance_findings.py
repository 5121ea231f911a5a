"""The static faults of what a rate draws."""

from collections.abc import Iterator

from verify.claims.rate.declaration import RateDeclaration
from verify.errors import Finding, nearest
from verify.spec.design import Design
from verify.spec.measure import convention, importable


def instance_findings(claim: RateDeclaration, design: Design) -> Iterator[Finding]:
    """What is drawn is an argument of the measure, and nothing else gives it a value."""
    if not claim.sound("given", "worst_over", "measure") or not importable(claim.measure):
        return
    wanted = convention(claim.measure).variables
    for name in claim.given:
        found = f"given={{{name!r}: ...}}"
        if name not in wanted:
            expected = f"an argument of {claim.measure.__name__}"
            yield claim.fault("given", found, expected, nearest(name, wanted))
        if name in {*design.sweep, *design.at, *claim.worst_over}:
            taken = f"{found}, which a design or worst_over gives a value"
            yield claim.fault("given", taken, "another variable")
