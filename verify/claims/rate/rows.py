"""One predicted exponent of a rate, from the samples along a design to a row of the outcome."""

from typing import Any

import numpy as np
from msgspec.structs import replace
from scipy.special import ndtri

from verify.claims.points import PointRow
from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.nuisance import assumption, exact_factor, family_in, plain
from verify.claims.rate.outcome import BareRow, ExponentRow, InstanceRow, RangeRow
from verify.claims.rate.reduction import enough_replicates, reductions, warnings
from verify.claims.rate.worst_case import located, replicates_in
from verify.errors import InputError
from verify.inference.curve import Curve, fitted
from verify.inference.exponent import ExponentEstimate, exponent
from verify.inference.points import Points, exact_points, sampled_points
from verify.inference.range_slope import LEVEL, projection, range_slope
from verify.inference.statistic import FewReplicatesError
from verify.spec.claim import Samples
from verify.spec.design import Design
from verify.spec.instance import Instance
from verify.spec.measure import convention
from verify.verdict import (
    Interval,
    Judgement,
    Reason,
    Relation,
    Verdict,
    inconclusive,
    judge,
    p_value,
)


def exponent_row(
    claim: RateDeclaration, design: Design, samples: Samples, level: float
) -> ExponentRow:
    """What is found along a design, judged by itself, in the design's own variable."""
    growth = claim.growth_in(design)
    head = ExponentRow(
        variable=design.variable,
        design=design.label,
        instance=_instance(design),
        predicted=float(growth.power),
        verdict=Verdict.INCONCLUSIVE,
        reason=Reason.MEASUREMENT,
    )
    try:
        points = points_in(claim, design, samples)
    except InputError as error:
        few = isinstance(error, FewReplicatesError)
        reason = Reason.REPLICATES if few else Reason.MEASUREMENT
        row = replace(head, reason=reason, detail=str(error))
    else:
        judged = replace(
            _judged(claim, design, head, points, level),
            notes=warnings(claim, design, samples),
            reductions=reductions(claim, design, samples, points),
        )
        row = located(claim, design, judged, samples)
    return row if claim.direction(design) == 1 else _mirrored(row)


def _instance(design: Design) -> InstanceRow | None:
    """What was drawn for a design, None where nothing was."""
    at: dict[str, Any] = dict(design.at)
    drawn = {name: value for name, value in at.items() if isinstance(value, Instance)}
    if not drawn:
        return None
    rest = {name: value for name, value in at.items() if name not in drawn}
    label = design.replaced({"at": rest}, design.place).label
    number = next(iter(drawn.values())).number
    return InstanceRow(number, label, {name: value.data for name, value in drawn.items()})


def _judged(
    claim: RateDeclaration, design: Design, head: ExponentRow, points: Points, level: float
) -> ExponentRow:
    slope = range_slope(points, level)
    power, family = plain(claim, design, points), family_in(claim, design)
    found = exponent(power, family, level)
    judged, p = judge_exponent(found, points, head.predicted, claim, level)
    return replace(
        head,
        p_value=p,
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        range=RangeRow(_projected(claim, design), slope.estimate, slope.low, slope.high),
        verdict=judged.verdict,
        reason=judged.reason,
        assumes=assumption(claim, design),
        sees=_sees(claim, found, head.predicted),
        bare=_bare(claim, design, head, points, level) if claim.declared else None,
        points=_point_rows(points, power, fitted(power, family, found, level), level),
    )


def _sees(claim: RateDeclaration, found: ExponentEstimate, predicted: float) -> float | None:
    """How far off a false claim must be to be refuted by these data; None if none would be.

    It must lie outside the interval, and so far that the interval is not within the margin of it.
    """
    if found.model_rejected:
        return None
    below = max(predicted - found.low, predicted - found.high + claim.margin)
    above = max(found.high - predicted, found.low - predicted + claim.margin)
    sides = {Relation.O: below, Relation.OMEGA: above, Relation.THETA: max(below, above)}
    return max(0.0, sides[Relation(claim.relation)])


def _bare(
    claim: RateDeclaration, design: Design, head: ExponentRow, points: Points, level: float
) -> BareRow:
    """What would be found if the claim declared nothing of finite sizes."""
    silent = claim.replaced(claim.silent, claim.place)
    found = exponent(plain(silent, design, points), family_in(silent, design), level)
    judged, p = judge_exponent(found, points, head.predicted, silent, level)
    return BareRow(judged.verdict, judged.reason, found.estimate, found.low, found.high, p)


def judge_exponent(
    found: ExponentEstimate,
    points: Points,
    predicted: float,
    claim: RateDeclaration,
    level: float = LEVEL,
) -> tuple[Judgement, float]:
    """The verdict on one exponent, predicted as x**direction grows, by itself; and its p-value."""
    if not enough_replicates(claim, points):
        return inconclusive(Reason.REPLICATES), 1.0
    if found.model_rejected:
        return inconclusive(Reason.MODEL), 1.0
    below = found.law.cdf(predicted)
    interval = Interval(found.low, found.high, below, 1 - below)
    relation = Relation(claim.relation)
    judged = judge(interval, predicted, relation, claim.margin, level)
    return judged, p_value(interval, relation)


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
        bare=row.bare
        and replace(row.bare, estimate=-row.bare.estimate, low=-row.bare.high, high=-row.bare.low),
    )


def points_in(claim: RateDeclaration, design: Design, samples: Samples) -> Points:
    """The points of a design; InputError where a cell is missing or has no logarithm."""
    values = replicates_in(claim, design, samples)
    places = [x ** claim.direction(design) for x in design.grid]
    if convention(claim.measure).random:
        return sampled_points(places, values, claim.functional, together=claim.matched)
    return exact_points(places, [float(value[0]) for value in values])


def _projected(claim: RateDeclaration, design: Design) -> float:
    """The bound's own least-squares slope on the grid, lower-order terms and logs included."""
    bound = claim.bound_in(design)
    values = bound.evaluate({k: v for k, v in design.sweep.items() if k in bound.symbols})
    values = values * exact_factor(claim, design)
    grid = np.asarray(design.grid, dtype=float)  # whole numbers may be beyond 64 bits
    return float(projection(claim.direction(design) * np.log(grid)) @ np.log(values))


def _point_rows(points: Points, power: Points, curve: Curve, level: float) -> list[PointRow]:
    """The points with their intervals, and the fitted curve, in the units of the data.

    `power` are the points without the factors that are known, to which the `curve` is fitted.
    """
    factor = points.log_value - power.log_value
    half = ndtri((1 + level) / 2) * np.sqrt(points.variance)
    columns = (
        *(points.log_value, points.log_value - half, points.log_value + half),
        *(part + factor for part in (curve.log_value, curve.log_low, curve.log_high)),
    )
    values = np.exp(np.stack(columns, axis=1)).tolist()
    return [PointRow(x, *row) for x, row in zip(points.x.tolist(), values, strict=True)]
