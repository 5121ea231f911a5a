"""Rates: a statistic of a measured quantity grows like a bound.

A design sweeps variables along a ray; the points of its cells give the exponent along it, which is
compared with the exponent that the bound has there.
"""

from collections.abc import Iterator
from typing import Any, Self

from verify.claims.rate.control_findings import control_findings, margin_findings
from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.findings import rate_findings
from verify.claims.rate.finite_size_findings import finite_size_findings
from verify.claims.rate.instances import drawn
from verify.claims.rate.joint import with_joint
from verify.claims.rate.judgement import judge_control, judge_rate
from verify.claims.rate.mutants import with_mutants
from verify.claims.rate.outcome import RateControl, RateOutcome
from verify.claims.rate.reduction_findings import reduction_findings
from verify.errors import Finding
from verify.inference.range_slope import LEVEL
from verify.spec.claim import Samples
from verify.spec.control import Control
from verify.spec.declaration import declaration


@declaration
class Rate(RateDeclaration):
    """A `statistic` of `measure` is O, Omega or Theta of `bound` along each of the `designs`.

    `bound` is text in the grammar of `verify.algebra` or a sympy expression; `logs` is the largest
    power of the logarithm that an O~ hides, 0 if none; `margin` is the equivalence margin on the
    exponent; `to_zero` names variables that shrink; `cost` is what a
    replicate costs, as a bound in the variables, by which replicates are allocated;
    `no_near_control` says why no control lies within a tenth of the claim.  What is known of finite
    sizes (`corrections`, `slowest_correction`, `correction_scale`, `exact_factor`) is declared with
    a `because`.
    `together` says that a replicate is one run that is read at every place of the design: `measure`
    gets the variables that are swept as arrays of shape (K,) and returns (size, K), or (K,) without
    `size`.  A measure may declare a reduction of variance (`control_variates`, `antithetic`,
    `common_random_numbers`).  `worst_over` names variables over which the statistic is maximised at
    each place, with the values that are searched, and `closed` the ends of these grids that are
    true ends, with a reason.  `given` names arguments of the measure that are drawn by Hypothesis
    strategies: the claim is then stated for every instance, and judged on `instances` of them.
    """

    def findings(self) -> Iterator[Finding]:
        """Faults of the bound, the designs, the measure's arguments and what it declares."""
        found = [*rate_findings(self), *reduction_findings(self)]
        if not found and not self.faults:
            found += finite_size_findings(self)
        if not found and not self.faults and self.controls:
            found += margin_findings(self)
        return iter(found)

    def control_findings(self, control: Control, variant: Any) -> Iterator[Finding]:
        """A changed bound that this claim implies, or that grows alike, can never be refuted."""
        return control_findings(self, control, variant)

    def drawn(self, seed: int) -> Self:
        """The claim with its instances drawn, each with the whole of every design."""
        return drawn(self, seed)

    def judge(self, samples: Samples, level: float = LEVEL) -> RateOutcome:
        """Each exponent judged by its own interval; the claim is their conjunction."""
        found = with_mutants(self, judge_rate(self, samples, level), samples, level)
        return with_joint(self, found, samples, level)

    def judge_control(
        self, control: Control, samples: Samples, level: float = LEVEL
    ) -> RateControl:
        """The changed claim judged by the same machinery; it must be refuted on every design."""
        return judge_control(self, control, samples, level)
