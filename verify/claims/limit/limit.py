"""Limits: a number, a curve or a law tends to a given target along a sweep.

What is extrapolated is compared with the target: the claim holds where the whole interval of their
difference lies inside the margin, which a target that is merely not excluded does not do.
"""

from collections.abc import Iterator
from typing import Any, Self

from verify.claims.limit.control_findings import control_findings, margin_findings
from verify.claims.limit.declaration import LimitDeclaration
from verify.claims.limit.findings import limit_findings
from verify.claims.limit.judgement import judge_control, judge_limit
from verify.claims.limit.outcome import LimitControl, LimitOutcome
from verify.claims.limit.target import default_unit
from verify.errors import Finding
from verify.inference.range_slope import LEVEL
from verify.spec.claim import Samples
from verify.spec.control import Control
from verify.spec.declaration import declaration


@declaration
class Limit(LimitDeclaration):
    """A `statistic` of `measure` tends to `target` as the variables move `along` a sweep.

    `along` has at least five values of each variable, which move together; `at` holds others fixed.
    `each` makes it a curve: the claim is about all of its places at once.  `target` is a number, a
    function of the variables of `each`, or, with an argument `rng`, a random one, which has an
    error of its own.  With `distance` ("kolmogorov" or "wasserstein") the claim is about a law:
    `measure` returns draws of it, and `target` is a distribution function, vectorised over its
    argument, or a sampler; where `each` names the places of one variable, `measure` has the values
    of the distribution function there instead.  `together` says that a replicate sees the whole
    curve: a measure gets the variables of `each` as arrays of shape (J,) and returns (size, J).

    `margin` is how far from its target the limit may be, in the units of the quantity, or of the
    distance.  `unit` is the size in which the prior of the corrections is stated: by default the
    largest size of the target, and 1 for a law.  `to_zero` names variables of `along` that shrink;
    `cost` is what a replicate costs.  What is known of the corrections (`corrections`,
    `slowest_correction`, `correction_scale`) is declared with a `because`.
    """

    def variant(self, control: Control) -> Self:
        """The changed claim; its corrections are stated in the unit of this one, unless changed."""
        changed = super().variant(control)
        if self.unit is not None or self.distance is not None or "unit" in control.changes:
            return changed
        return changed.replaced({"unit": default_unit(self)}, place=control.place)

    def findings(self) -> Iterator[Finding]:
        """Faults of the sweep, the curve, the measure's arguments and the target."""
        found = list(limit_findings(self))
        if not found and not self.faults and self.controls:
            found += margin_findings(self)
        return iter(found)

    def control_findings(self, control: Control, variant: Any) -> Iterator[Finding]:
        """A change after which the claim says the same can never be refuted."""
        return control_findings(self, control, variant)

    def judge(self, samples: Samples, level: float = LEVEL) -> LimitOutcome:
        """The limit judged by the interval of its difference from the target."""
        return judge_limit(self, samples, level)

    def judge_control(
        self, control: Control, samples: Samples, level: float = LEVEL
    ) -> LimitControl:
        """The changed claim judged by the same machinery; it must be refuted."""
        return judge_control(self, control, samples, level)
