"""Rates: a statistic of a measured quantity grows like a bound.

A design sweeps one variable; the points of its cells give the exponent along that variable, which
is compared with the exponent that the bound has there.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec
import numpy as np

from verify import algebra
from verify.claims.rate_findings import control_findings, margin_findings, rate_findings
from verify.errors import Finding, InputError
from verify.inference.exponent import FEWEST_REPLICATES, ExponentEstimate, exponent
from verify.inference.points import Points, exact_points, sampled_points
from verify.inference.range_slope import projection, range_slope
from verify.inference.statistic import Mean, Quantile, RootMeanSquare, Statistic
from verify.outcome import Outcome
from verify.spec.claim import Claim, Samples
from verify.spec.control import Control
from verify.spec.declaration import declaration, is_text, item, tuple_of
from verify.spec.design import Design
from verify.spec.measure import Cell, Measure, cell, convention
from verify.verdict import (
    Evidence,
    Interval,
    Judgement,
    Reason,
    Relation,
    Verdict,
    conjunction,
    inconclusive,
    judge,
)

STATISTICS: dict[object, Statistic] = {"mean": Mean(), "rms": RootMeanSquare()}


class RangeRow(msgspec.Struct, frozen=True):
    """The slope on the tested range, beside the slope that the bound itself has there."""

    predicted: float
    estimate: float
    low: float
    high: float


class ExponentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One predicted exponent and what was found; None where nothing could be estimated."""

    variable: str
    design: str
    predicted: float
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    range: RangeRow | None = None
    verdict: Verdict
    reason: Reason
    detail: str = ""


class RateOutcome(Outcome, frozen=True, kw_only=True, tag="rate"):
    """What became of a rate: one row for each design."""

    bound: str
    relation: Relation
    statistic: str
    margin: float
    exponents: list[ExponentRow]

    def parts(self) -> list[Judgement]:
        """The judgement on each exponent."""
        return [Judgement(row.verdict, row.reason) for row in self.exponents]


def _is_positive(value: object) -> bool:
    return isinstance(value, int | float) and value > 0


@declaration
class Rate(Claim):
    """A `statistic` of `measure` is O, Omega or Theta of `bound` along each of the `designs`.

    `bound` is text in the grammar of `verify.algebra` or a sympy expression; `logs` is the largest
    power of the logarithm that an O~ hides, 0 if none; `margin` is the equivalence margin on the
    exponent, and `no_near_control` says why no control lies within a tenth of the claim.
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
        "a multiple of 1/4 from 0 to 4", lambda value: value in np.arange(17) / 4, default=0,
        kw_only=True,
    )  # fmt: skip
    margin: float = item("a positive number", _is_positive, default=0.05, kw_only=True)
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
        """The power, and the power of the logarithm, that the bound has along a design."""
        return self.bound_in(design).growth({design.variable: 1})

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
        rows = [self._row(design, samples) for design in self.designs]
        overall = conjunction(Judgement(row.verdict, row.reason) for row in rows)
        sampled = convention(self.measure).random
        return RateOutcome(
            id=self.id,
            verdict=overall.verdict,
            expected=self.expect,
            reason=overall.reason,
            evidence=Evidence.STATISTICAL if sampled else Evidence.EXACT,
            scope=self.scope,
            not_tested=self._not_tested(),
            controls=[],
            bound=str(algebra.bound(self.bound)),
            relation=Relation(self.relation),
            statistic=self._statistic.label if sampled else "value",
            margin=self.margin,
            exponents=rows,
        )

    @property
    def _statistic(self) -> Statistic:
        if isinstance(self.statistic, Quantile):
            return self.statistic
        return STATISTICS[self.statistic]

    def _row(self, design: Design, samples: Samples) -> ExponentRow:
        growth = self.growth_in(design)
        predicted = float(growth.power)
        try:
            points = self._points(design, samples)
        except InputError as error:
            return ExponentRow(
                variable=design.variable,
                design=design.label,
                predicted=predicted,
                verdict=Verdict.INCONCLUSIVE,
                reason=Reason.MEASUREMENT,
                detail=str(error),
            )
        slope = range_slope(points)
        found = exponent(_without_log(points, float(growth.log)), self.logs)
        judged = self._judge_one(points, found, predicted)
        projected = self._projected(design, points)
        return ExponentRow(
            variable=design.variable,
            design=design.label,
            predicted=predicted,
            estimate=found.estimate,
            low=found.low,
            high=found.high,
            range=RangeRow(projected, slope.estimate, slope.low, slope.high),
            verdict=judged.verdict,
            reason=judged.reason,
            detail=_excess(found, predicted) if judged.reason is Reason.WITHIN_MARGIN else "",
        )

    def _points(self, design: Design, samples: Samples) -> Points:
        """The points of a design; InputError where a cell is missing or has no logarithm."""
        cells = self.cells_in(design)
        missing = [one.label for one in cells if one not in samples]
        if missing:
            raise InputError(f"no data for {', '.join(missing)}")
        values = [samples[one] for one in cells]
        if convention(self.measure).random:
            return sampled_points(design.grid, values, self._statistic)
        return exact_points(design.grid, [float(value[0]) for value in values])

    def _judge_one(self, points: Points, found: ExponentEstimate, predicted: float) -> Judgement:
        if points.replicates < FEWEST_REPLICATES:
            return inconclusive(Reason.REPLICATES)
        if found.model_rejected:
            return inconclusive(Reason.MODEL)
        below = found.law.cdf(predicted)
        interval = Interval(found.low, found.high, below, 1 - below)
        relation = Relation(self.relation)
        return judge(interval, predicted, relation, self.margin, len(self.designs))

    def _projected(self, design: Design, points: Points) -> float:
        """The bound's own least-squares slope on the grid, lower-order terms and logs included."""
        values = self.bound_in(design).evaluate({design.variable: points.x})
        return float(projection(np.log(points.x)) @ np.log(values))

    def _not_tested(self) -> list[str]:
        """Variables of the bound that no design moves, with the values at which they stood."""
        bound = algebra.bound(self.bound)
        moved = {design.variable for design in self.designs}
        return [
            f"{name} other than {', '.join(str(v) for v in values)}"
            for name in sorted(set(bound.symbols) - moved)
            if (values := sorted({design.at[name] for design in self.designs}))
        ]


def _without_log(points: Points, power: float) -> Points:
    """The points divided by (log x)^power, the factor that the bound itself carries."""
    if power == 0:
        return points
    factor = power * np.log(np.log(points.x))
    return Points(
        points.x,
        points.log_value - factor,
        points.variance,
        points.smooth_variance,
        points.replicates,
    )


def _excess(found: ExponentEstimate, predicted: float) -> str:
    excess = found.low - predicted if found.low > predicted else found.high - predicted
    return f"the interval is off the prediction by {excess:+.4f}"
