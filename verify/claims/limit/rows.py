"""The curve of a limit place by place: targets, limits with their band, and the points behind."""

import numpy as np
from scipy.special import ndtri

from verify.claims.limit.declaration import LimitDeclaration
from verify.claims.limit.difference import distance_of, family_of
from verify.claims.limit.outcome import LastRow, LimitRow
from verify.claims.limit.reading import Reading
from verify.claims.points import PointRow
from verify.inference import tails
from verify.inference.curve import signal
from verify.inference.distance import Distance, massart
from verify.inference.family import dictionary
from verify.inference.limit import Band, LimitEstimate, model
from verify.inference.points import Array
from verify.spec.claim import Samples
from verify.spec.measure import convention
from verify.verdict import judge_distance


def shown(
    claim: LimitDeclaration, reading: Reading, band: Band, distance: Distance
) -> tuple[float, float, float]:
    """The numbers of the outcome: of a number itself, of a distance from a curve or a law."""
    if claim.each or claim.distance is not None:
        return distance.estimate, distance.low, distance.high
    target = float(reading.approach.target.value[0])
    estimate, low, high = (float(part[0]) for part in (band.estimate, band.low, band.high))
    return target + estimate, target + low, target + high


def last_row(
    claim: LimitDeclaration, reading: Reading, found: LimitEstimate, level: float
) -> LastRow:
    """The same numbers at the end of the sweep, without extrapolation.

    Of draws the band is that of Dvoretzky, Kiefer and Wolfowitz, which holds for any number.
    """
    band = found.last
    if reading.counts:
        eps = massart(level, *reading.counts)
        band = Band(band.estimate, band.estimate - eps, band.estimate + eps)
    distance = distance_of(claim, reading, band, found, level)
    x = float(reading.approach.x[-1] ** claim.direction)
    return LastRow(x, *shown(claim, reading, band, distance))


def limit_rows(
    claim: LimitDeclaration, reading: Reading, found: LimitEstimate, level: float
) -> list[LimitRow]:
    """A row for each place of the curve."""
    approach, band = reading.approach, found.limit
    target = approach.target.value
    wheres = claim.curve if reading.places is None else _wheres(claim, reading.places)
    parts = band.estimate, band.low, band.high
    rows = zip(wheres, target.tolist(), np.stack(parts, axis=1).tolist(), strict=True)
    return [
        LimitRow(
            at=where,
            target=aim,
            estimate=aim + off,
            low=aim + low,
            high=aim + high,
            last=float(approach.value[-1, j]),
            verdict=judge_distance(max(low, -high, 0.0), max(high, -low), claim.margin).verdict,
            points=_points(claim, reading, found, level, j) if reading.places is None else [],
        )
        for j, (where, aim, (off, low, high)) in enumerate(rows)
    ]


def _wheres(claim: LimitDeclaration, places: Array) -> list[dict[str, float]]:
    """The places of a law, by the name of its variable."""
    target = convention(claim.target)
    own = sorted(target.required - set(claim.at)) if not target.random else []
    name = next(iter([*claim.each, *own, "x"]))
    return [{name: place} for place in places.tolist()]


def _points(
    claim: LimitDeclaration, reading: Reading, found: LimitEstimate, level: float, place: int
) -> list[PointRow]:
    """The values along the sweep at one place, with the curve fitted to them."""
    approach, unit, fit = reading.approach, found.unit, found.fits[place]
    nodes = dictionary(tuple(approach.x.tolist()), family_of(claim))
    fitted, spread = signal(model(approach, unit, place, 1 / fit.inflation), nodes, fit.law)
    reach = ndtri((1 + level) / 2)
    value, half = approach.value[:, place], reach * np.sqrt(approach.variance[:, place])
    middle, width = unit * fitted, unit * reach * spread
    columns = value, value - half, value + half, middle, middle - width, middle + width
    table = np.stack(columns, axis=1).tolist()
    x = (approach.x**claim.direction).tolist()
    return [PointRow(at, *row) for at, row in zip(x, table, strict=True)]


def warnings(claim: LimitDeclaration, samples: Samples) -> list[str]:
    """What in the tails of the replicates speaks against the interval of a number."""
    if claim.each or claim.distance is not None or not convention(claim.measure).random:
        return []
    values = [
        samples[one]
        for row in claim.design.settings()
        for one in claim.cells_at(row, claim.measure)
    ]
    return tails.warnings(claim.design.grid, values, claim.functional, together=False)
