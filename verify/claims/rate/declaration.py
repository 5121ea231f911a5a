"""Rates: a statistic of a measured quantity grows like a bound.

A design sweeps one variable; the points of its cells give the exponent along that variable, which
is compared with the exponent that the bound has there.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from verify import algebra
from verify.claims.rate.findings import control_findings, margin_findings, rate_findings
from verify.claims.rate.judgement import judge_control, judge_rate
from verify.claims.rate.outcome import RateControl, RateOutcome
from verify.errors import Finding
from verify.inference.statistic import Mean, Quantile, RootMeanSquare, Statistic
from verify.spec.claim import Claim, Samples
from verify.spec.control import Control
from verify.spec.declaration import declaration, is_text, item, tuple_of
from verify.spec.design import Design
from verify.spec.measure import Cell, Measure, cell, convention
from verify.verdict import Relation

STATISTICS: dict[object, Statistic] = {"mean": Mean(), "rms": RootMeanSquare()}


def _is_positive(value: object) -> bool:
    return isinstance(value, int | float) and value > 0


@declaration
class Rate(Claim):
    """A `statistic` of `measure` is O, Omega or Theta of `bound` along each of the `designs`.

    `bound` is text in the grammar of `verify.algebra` or a sympy expression; `logs` is the largest
    power of the logarithm that an O~ hides, 0 if none; `margin` is the equivalence margin on the
    exponent; `to_zero` names variables that shrink; `no_near_control` says why no control lies
    within a tenth of the claim.
    """

    measure: Measure = item("a function of the variables", callable, kw_only=True)
    bound: Any = item(
        "a bound as text, such as 'n**(-1/2)'", lambda value: value is not None, kw_only=True
    )
    relation: Literal["O", "Omega", "Theta"] = item(
        "'O', 'Omega' or 'Theta'", lambda value: value in list(Relation), kw_only=True
    )
    designs: tuple[Design, ...] = item(
        "a tuple with at least one Design(...)",
        lambda value: tuple_of(Design)(value) and len(value) > 0,
        kw_only=True,
    )
    statistic: str | Quantile = item(
        f"one of {', '.join(map(repr, STATISTICS))} or Quantile(level)",
        lambda value: isinstance(value, Quantile) or value in STATISTICS,
        default="mean",
        kw_only=True,
    )
    logs: float = item(
        "a multiple of 1/4 from 0 to 4",
        lambda value: value in [k / 4 for k in range(17)],
        default=0,
        kw_only=True,
    )
    margin: float = item("a positive number", _is_positive, default=0.05, kw_only=True)
    to_zero: tuple[str, ...] = item("names of variables", tuple_of(str), default=(), kw_only=True)
    no_near_control: str = item(
        "a sentence", lambda value: value == "" or is_text(value), default="", kw_only=True
    )

    def findings(self) -> Iterator[Finding]:
        """Faults of the bound, the designs and the measure's arguments."""
        found = list(rate_findings(self))
        if not found and not self.faults and self.controls:
            found += margin_findings(self)
        return iter(found)

    def control_findings(self, control: Control, variant: Any) -> Iterator[Finding]:
        """A changed bound that this claim implies, or that grows alike, can never be refuted."""
        return control_findings(self, control, variant)

    def bound_in(self, design: Design) -> algebra.Bound:
        """The bound with the fixed variables of a design put in."""
        bound = algebra.bound(self.bound)
        known = {name: value for name, value in design.at.items() if name in bound.symbols}
        return bound.substitute(known)

    def growth_in(self, design: Design) -> algebra.Growth:
        """Power and log power of the bound along a design, in x**direction of its variable x."""
        bound = self.bound_in(design)
        sign = self.direction(design)
        return bound.growth({k: sign * u for k, u in design.ray.items() if k in bound.symbols})

    def direction(self, design: Design) -> int:
        """-1 where the leading variable tends to 0, else 1: asymptotics are in x**direction."""
        return -1 if design.variable in self.to_zero else 1

    def cells_in(self, design: Design) -> list[Cell]:
        """The cells of one design, in the order of its grid; a measure gets what it asks for."""
        wanted = convention(self.measure)
        return [
            cell(self.measure, {k: v for k, v in setting.items() if k in wanted.variables})
            for setting in design.settings()
        ]

    def cells(self) -> Sequence[Cell]:
        """The cells of all designs."""
        return [one for design in self.designs for one in self.cells_in(design)]

    def judge(self, samples: Samples) -> RateOutcome:
        """Each exponent judged by its own interval; the claim is their conjunction."""
        return judge_rate(self, samples)

    def judge_control(self, control: Control, samples: Samples) -> RateControl:
        """The changed claim judged by the same machinery; it must be refuted on every design."""
        return judge_control(self, control, samples)

    @property
    def functional(self) -> Statistic:
        """The declared statistic as an estimator."""
        if isinstance(self.statistic, Quantile):
            return self.statistic
        return STATISTICS[self.statistic]
