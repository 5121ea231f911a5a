"""Inequalities: low <= value <= high.

A proof is looked for where one is declared, by algebra or by balls over the box.  Random instances
and a worst-case search look for a counterexample, which refutes whatever was proved.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Self

from verify.claims.exact.apart import apart
from verify.claims.exact.attempt import Attempt
from verify.claims.inequality.bounded import Bounded
from verify.claims.inequality.box import contains
from verify.claims.inequality.control_findings import control_findings
from verify.claims.inequality.declaration import InequalityDeclaration
from verify.claims.inequality.findings import inequality_findings
from verify.claims.inequality.judgement import judge_control, judge_inequality
from verify.claims.inequality.outcome import InequalityControl, InequalityOutcome
from verify.claims.inequality.proof import attempt
from verify.errors import Finding
from verify.spec.claim import Samples
from verify.spec.control import Control
from verify.spec.declaration import declaration
from verify.verdict import LEVEL

STATED = {"value", "low", "high", "given", "box"}
"""What a proof is of."""


@declaration
class Inequality(InequalityDeclaration):
    """`low <= value <= high` on every instance of `given` and of the `box`.

    `value` is a function that returns a number or an array, of which the worst one counts; `low`
    and `high` are numbers or functions, or None.  Each function gets what its arguments name.
    `given` draws `instances` at random by Hypothesis strategies; `box` has parameters between
    bounds, (lo, hi) of a number and (lo, hi, n) of a list of n, over which the worst case is looked
    for with so many `evaluations`.

    `arithmetic` is "float" (doubles; an excess counts if fifty digits confirm it, or where they
    cannot be had if it is beyond 10^-`digits`), "mpmath", or "ball": numbers of python-flint, and a
    proof over the whole box where nothing else is given.  `proof` takes no arguments and returns
    sympy expressions that are >= 0 under the assumptions of their symbols, Ge or Le of them, or
    pairs (expression, form) whose form shows it.

    A value that takes `rng` (and `size`) is noisy: the claim is on its mean, which `replicates`
    fresh ones estimate at the worst cases, and holds if it is at most `margin` beyond a bound,
    relative to it.  `seed` draws the instances; a run puts its own there.
    """

    def variant(self, control: Control) -> Self:
        """The changed claim; a proof is of the value, the bounds and the assumptions that it had.

        A control that changes those has no proof unless it has its own, and one that changes the
        proof alone is about its expressions alone.
        """
        changed = super().variant(control)
        if "proof" not in control.changes:
            kept = {} if not STATED & control.changes.keys() else {"proof": None}
            return changed.replaced(kept, place=control.place)
        if control.changes["proof"] is not None and not STATED & control.changes.keys():
            alone: dict[str, Any] = {
                "value": None,
                "low": None,
                "high": None,
                "given": {},
                "box": {},
            }
            return changed.replaced(alone, place=control.place)
        return changed

    @property
    def question(self) -> Bounded | None:
        """Whether the value lies between its bounds; None where it is random, or there is none."""
        return Bounded(self) if self.value is not None and not self.is_noisy else None

    def attempted(self) -> Attempt | None:
        """What becomes of the proof in a process of its own, if there is one."""
        return apart(attempt, self.proof) if self.proof is not None else None

    def admits(self, data: Mapping[str, Any]) -> bool:
        """Whether it has the parameters of the box within their bounds, and nothing is drawn."""
        return bool(self.box) and not self.given and contains(self.box, data)

    def findings(self) -> Iterator[Finding]:
        """Faults of the functions' arguments, the bounds, the box, the precision and the proof."""
        return inequality_findings(self)

    def control_findings(self, control: Control, variant: Any) -> Iterator[Finding]:
        """A change after which the claim says the same, or less, can never be refuted."""
        return control_findings(self, control, variant)

    def judge(self, samples: Samples, level: float = LEVEL) -> InequalityOutcome:
        """HOLDS by proof or as far as was searched, REFUTED by a counterexample."""
        return judge_inequality(self, level)

    def judge_control(
        self, control: Control, samples: Samples, level: float = LEVEL
    ) -> InequalityControl:
        """The changed claim judged by the same machinery; it must be refuted."""
        return judge_control(self, control, level)
