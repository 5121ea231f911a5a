"""From the samples of a rate to its outcome."""

import attrs
import numpy as np
from msgspec.structs import replace
from scipy.special import ndtri
from threadpoolctl import threadpool_limits

from verify import algebra
from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.outcome import ExponentRow, PointRow, RangeRow, RateControl, RateOutcome
from verify.errors import InputError
from verify.inference.curve import fitted
from verify.inference.exponent import FEWEST_REPLICATES, ExponentEstimate, exponent, family
from verify.inference.family import Dictionary
from verify.inference.points import Points, exact_points, sampled_points
from verify.inference.range_slope import LEVEL, projection, range_slope
from verify.inference.structure import Term
from verify.spec.claim import Samples
from verify.spec.control import Control
from verify.spec.design import Design
from verify.spec.measure import convention
from verify.verdict import (
    Evidence,
    Interval,
    Judgement,
    Reason,
    Relation,
    Verdict,
    conjunction,
    conviction,
    inconclusive,
    judge,
)


def judge_rate(claim: RateDeclaration, samples: Samples) -> RateOutcome:
    """Each exponent judged by its own interval; the claim is their conjunction.

    On one thread of linear algebra, so that the last bits do not depend on their number.
    """
    with threadpool_limits(limits=1):
        rows = [_row(claim, design, samples) for design in claim.designs]
    overall = conjunction(Judgement(row.verdict, row.reason) for row in rows)
    sampled = convention(claim.measure).random
    return RateOutcome(
        id=claim.id,
        verdict=overall.verdict,
        expected=claim.expect,
        reason=overall.reason,
        evidence=Evidence.STATISTICAL if sampled else Evidence.EXACT,
        scope=claim.scope,
        uses=list(claim.uses),
        place=claim.place,
        not_tested=_not_tested(claim),
        controls=[],
        bound=str(algebra.bound(claim.bound)),
        relation=Relation(claim.relation),
        statistic=claim.functional.label if sampled else "value",
        margin=claim.margin,
        exponents=rows,
    )


def judge_control(claim: RateDeclaration, control: Control, samples: Samples) -> RateControl:
    """The changed claim judged by the same machinery; it must be refuted on every design."""
    found = judge_rate(claim.variant(control), samples)
    verdict = conviction(Judgement(row.verdict, row.reason) for row in found.exponents)
    return RateControl(
        id=control.id,
        why=control.why,
        violates=control.violates,
        verdict=verdict.verdict,
        reason=verdict.reason,
        bound=found.bound,
        exponents=found.exponents,
    )


def _row(claim: RateDeclaration, design: Design, samples: Samples) -> ExponentRow:
    growth = claim.growth_in(design)
    head = ExponentRow(
        variable=design.variable,
        design=design.label,
        predicted=float(growth.power),
        verdict=Verdict.INCONCLUSIVE,
        reason=Reason.MEASUREMENT,
    )
    try:
        points = _points(claim, design, samples)
    except InputError as error:
        row = replace(head, detail=str(error))
    else:
        row = _judged(claim, design, head, points, float(growth.log))
    return row if claim.direction(design) == 1 else _mirrored(row)


def _judged(
    claim: RateDeclaration, design: Design, head: ExponentRow, points: Points, log_power: float
) -> ExponentRow:
    slope = range_slope(points)
    plain, terms = _without_log(points, log_power), _terms(claim, design)
    found = exponent(plain, claim.logs, terms)
    judged = _judge_one(claim, points, found, head.predicted)
    within = judged.reason is Reason.WITHIN_MARGIN
    return replace(
        head,
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        range=RangeRow(_projected(claim, design), slope.estimate, slope.low, slope.high),
        verdict=judged.verdict,
        reason=judged.reason,
        detail=_excess(found, head.predicted) if within else "",
        points=_point_rows(points, plain, family(plain, claim.logs, terms)),
    )


def _mirrored(row: ExponentRow) -> ExponentRow:
    """The row in a variable that tends to 0: what was found in 1/x, said of x."""
    if row.estimate is None or row.low is None or row.high is None or row.range is None:
        return replace(row, predicted=-row.predicted)
    slope = row.range
    return replace(
        row,
        predicted=-row.predicted,
        estimate=-row.estimate,
        low=-row.high,
        high=-row.low,
        range=RangeRow(-slope.predicted, -slope.estimate, -slope.high, -slope.low),
        points=[replace(point, x=1 / point.x) for point in row.points],
    )


def _points(claim: RateDeclaration, design: Design, samples: Samples) -> Points:
    """The points of a design; InputError where a cell is missing or has no logarithm."""
    cells = claim.cells_in(design)
    missing = [one.label for one in cells if one not in samples]
    if missing:
        raise InputError(f"no data for {', '.join(missing)}")
    values = [samples[one] for one in cells]
    places = [x ** claim.direction(design) for x in design.grid]
    if convention(claim.measure).random:
        return sampled_points(places, values, claim.functional)
    return exact_points(places, [float(value[0]) for value in values])


def _judge_one(
    claim: RateDeclaration, points: Points, found: ExponentEstimate, predicted: float
) -> Judgement:
    if points.replicates < FEWEST_REPLICATES:
        return inconclusive(Reason.REPLICATES)
    if found.model_rejected:
        return inconclusive(Reason.MODEL)
    below = found.law.cdf(predicted)
    interval = Interval(found.low, found.high, below, 1 - below)
    relation = Relation(claim.relation)
    return judge(interval, predicted, relation, claim.margin, len(claim.designs))


def _projected(claim: RateDeclaration, design: Design) -> float:
    """The bound's own least-squares slope on the grid, lower-order terms and logs included."""
    bound = claim.bound_in(design)
    values = bound.evaluate({k: v for k, v in design.sweep.items() if k in bound.symbols})
    return float(projection(claim.direction(design) * np.log(design.grid)) @ np.log(values))


def _not_tested(claim: RateDeclaration) -> list[str]:
    """Variables of the bound that no design moves, with the values at which they stood."""
    bound = algebra.bound(claim.bound)
    moved = {name for design in claim.designs for name in design.sweep}
    return [
        f"{name} other than {', '.join(str(v) for v in values)}"
        for name in sorted(bound.symbols - moved)
        if (values := sorted({design.at[name] for design in claim.designs}))
    ]


def _without_log(points: Points, power: float) -> Points:
    """The points divided by (log x)^power, the factor that the bound itself carries."""
    if power == 0:
        return points
    return attrs.evolve(points, log_value=points.log_value - power * np.log(np.log(points.x)))


def _terms(claim: RateDeclaration, design: Design) -> tuple[Term, ...]:
    """What the bound has beside its leading term along a design, powers apart."""
    leading = claim.growth_in(design)
    return tuple(
        Term(float(other.gap.power), added=not other.kink, faster=other.growth > leading)
        for other in claim.bound_in(design).lower_order(claim.ray_in(design))
        if other.gap.power != 0
    )


def _point_rows(points: Points, plain: Points, nodes: Dictionary) -> list[PointRow]:
    """The points with their intervals, and the fitted curve, in the units of the data.

    `plain` are the points without the logarithm of the bound, to which `nodes` are fitted.
    """
    factor = points.log_value - plain.log_value
    curve = fitted(plain, nodes)
    half = ndtri((1 + LEVEL) / 2) * np.sqrt(points.variance)
    columns = (
        *(points.log_value, points.log_value - half, points.log_value + half),
        *(part + factor for part in (curve.log_value, curve.log_low, curve.log_high)),
    )
    values = np.exp(np.stack(columns, axis=1)).tolist()
    return [PointRow(x, *row) for x, row in zip(points.x.tolist(), values, strict=True)]


def _excess(found: ExponentEstimate, predicted: float) -> str:
    excess = found.low - predicted if found.low > predicted else found.high - predicted
    return f"the interval is off the prediction by {excess:+.4f}"
