"""How an identity is told: its proof, its instances, and its counterexample."""

from verify.claims import IdentityOutcome, InequalityOutcome
from verify.claims.exact import Counterexample
from verify.claims.identity import IdentityCounterexample
from verify.report.decisive import listed, shortened


def identity_details(claim: IdentityOutcome) -> list[str]:
    """What the verdict rests on, in sentences."""
    found = claim.counterexample
    told = [claim.proof, evaluated(claim), against_it(found) if found else "", claim.detail]
    return [text for text in told if text]


def evaluated(claim: IdentityOutcome) -> str:
    """How many instances were evaluated and what the largest residual is; empty if none was."""
    if claim.worst is None:
        return ""
    many = f"{claim.instances:,} instance{'s' if claim.instances > 1 else ''}"
    if claim.width is not None:
        return f"{many}, in balls: |residual| at most {claim.worst:.2g}, width {claim.width:g}"
    kind = {"float": "doubles"}.get(claim.arithmetic, claim.arithmetic)
    largest = f"largest relative residual {claim.worst:.2g}"
    return f"{many}, in {kind}: {largest}, stated to {claim.digits} digits"


def against_it(found: IdentityCounterexample) -> str:
    """A counterexample in a sentence, with how it was checked."""
    sure = "confirmed" if found.confirmed else "not confirmed"
    where = f"counterexample {shortened(listed(found.instance))}".rstrip()
    return f"{where}: the residual is {found.residual}; {sure}: {found.check}{source(found)}"


def source(found: Counterexample) -> str:
    """Where a counterexample comes from, if not from the instances of this run."""
    return "; replayed: an earlier run found it, and the draws of this one do not" * found.replayed


def code_of(claim: IdentityOutcome | InequalityOutcome) -> str:
    """Python that computes the counterexample again; empty if there is none."""
    return claim.counterexample.code if claim.counterexample else ""
