"""The static faults of what a claim declares of finite sizes: the reason and the terms."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from verify import algebra
from verify.claims.finite_size import FiniteSize
from verify.claims.sweep import growth_of, small_log
from verify.errors import Finding, InputError
from verify.spec.declaration import shown
from verify.spec.design import Design

CONSTANT = algebra.Growth(Fraction(0), Fraction(0))


def declared_findings(claim: FiniteSize, designs: Sequence[Design]) -> Iterator[Finding]:
    """A declaration without its reason, a reason without a declaration, terms that are none."""
    if claim.declared and not claim.because:
        found = f"{' and '.join(claim.declared)} without a reason"
        yield claim.fault("no-reason", found, "because='how this is known'")
    if claim.because and not claim.declared:
        expected = f"one of {', '.join(claim.undeclared)}"
        yield claim.fault("nothing-declared", "because without anything declared", expected)
    for design in designs:
        yield from _corrections(claim, design)


def _corrections(claim: FiniteSize, design: Design) -> Iterator[Finding]:
    """Each correction vanishes along the design, and no two alike."""
    seen = []
    for text in claim.corrections:
        try:
            growth = growth_of(text, design, claim.to_zero)
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
            yield from small_log(design, claim.to_zero, f"a log in the correction {text}")
        seen.append(growth)
