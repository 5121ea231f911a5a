"""Identities: a residual vanishes.

A proof is looked for where one is declared, and the residual is evaluated on drawn instances in
any case: one on which it does not vanish refutes the claim, whatever was proved.
"""

from collections.abc import Iterator
from typing import Any, Self

from verify.claims.identity.declaration import IdentityDeclaration
from verify.claims.identity.findings import control_findings, identity_findings
from verify.claims.identity.judgement import judge_control, judge_identity
from verify.claims.identity.outcome import IdentityControl, IdentityOutcome
from verify.errors import Finding
from verify.spec.claim import Samples
from verify.spec.control import Control
from verify.spec.declaration import declaration
from verify.verdict import LEVEL


@declaration
class Identity(IdentityDeclaration):
    """`residual` vanishes on every instance of `given`, or the expressions of `proof` are zero.

    `given` names the arguments of the residual with the Hypothesis strategies that draw them as
    data; `instances` of them are evaluated.  A residual is a number or an array, whose largest
    absolute value counts, or a pair of it and of its scale, a positive number (else 1).

    `arithmetic` is "float": the residual over its scale is at most 10^-`digits` in doubles;
    "mpmath": the same with `mpmath` and as many digits as that takes; or "ball": it gets numbers of
    python-flint (`arb`) and returns enclosures (`arb`, `acb`), which are refined until they exclude
    0 or have a radius of at most `width`.

    `proof` takes no arguments and returns sympy expressions that are identically zero under the
    assumptions of their symbols; it has ten seconds, in a process of its own.  `seed` draws the
    instances; a run puts its own there.
    """

    def variant(self, control: Control) -> Self:
        """The changed claim; a proof is of the residual and the assumptions that it was made for.

        A control that changes those alone has no proof, and one that changes the proof alone is
        about its expressions alone.
        """
        changed = super().variant(control)
        if "proof" not in control.changes and {"residual", "given"} & control.changes.keys():
            return changed.replaced({"proof": None}, place=control.place)
        alone = control.changes.get("proof") is not None and "residual" not in control.changes
        if alone:
            return changed.replaced({"residual": None, "given": {}}, place=control.place)
        return changed

    def findings(self) -> Iterator[Finding]:
        """Faults of the residual's arguments, what is drawn, the precision and the proof."""
        return identity_findings(self)

    def control_findings(self, control: Control, variant: Any) -> Iterator[Finding]:
        """A change after which the claim says the same can never be refuted."""
        return control_findings(control)

    def judge(self, samples: Samples, level: float = LEVEL) -> IdentityOutcome:
        """HOLDS by proof or on all instances, REFUTED by a counterexample, else INCONCLUSIVE."""
        return judge_identity(self)

    def judge_control(
        self, control: Control, samples: Samples, level: float = LEVEL
    ) -> IdentityControl:
        """The changed claim judged by the same machinery; it must be refuted."""
        return judge_control(self, control)
