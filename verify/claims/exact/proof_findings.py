"""The static faults of a proof."""

from collections.abc import Iterator

from verify.claims.exact.declaration import ExactDeclaration
from verify.claims.sweep import local_findings
from verify.errors import Finding
from verify.spec.measure import convention


def proof_findings(claim: ExactDeclaration) -> Iterator[Finding]:
    """A proof can be imported, and takes no arguments."""
    if claim.proof is None:
        return
    yield from local_findings(claim, "proof", claim.proof)
    if needed := sorted(convention(claim.proof).required):
        found = f"{claim.proof.__name__} needs {', '.join(map(repr, needed))}"
        yield claim.fault("proof", found, "a function without arguments")
