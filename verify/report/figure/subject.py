"""What is drawn of a rate: each exponent with its points, its zone, and the controls beside it."""

import math
from collections.abc import Iterator, Sequence

import attrs

from verify.claims.rate.outcome import ExponentRow, PointRow, RateControl, RateOutcome
from verify.report.decisive import decisions
from verify.report.figure.derived import drawable
from verify.report.wording import along
from verify.verdict import Relation


@attrs.frozen
class Rival:
    """A control along one design; `points` is empty where it is judged on the claim's own."""

    id: str
    predicted: float
    points: list[PointRow]


@attrs.frozen
class Subject:
    """One exponent of a claim, and what stands beside it.

    `low` and `high` are the ends of the zone in which the claim holds, perhaps infinite.
    """

    statistic: str
    row: ExponentRow
    points: list[PointRow]
    margin: float
    low: float
    high: float
    rivals: list[Rival]

    @property
    def where(self) -> str:
        """The variable along which it is, and where the others stand."""
        return along(self.row.variable, self.row.design)

    @property
    def shrinking(self) -> bool:
        """Whether the variable tends to 0: the points are in the order of the limit."""
        return bool(self.points) and self.points[-1].x < self.points[0].x

    @property
    def towards(self) -> str:
        """The variable and its limit."""
        return f"{self.row.variable} → {'0' if self.shrinking else '∞'}"


def subjects(claim: RateOutcome) -> list[Subject]:
    """The exponents of a rate that decide, those without points included."""
    return [
        Subject(
            claim.statistic,
            row,
            drawable(row.points),
            claim.margin,
            *zone(row.predicted, claim.relation, claim.margin),
            list(_rivals(row, claim.controls)),
        )
        for row in (one.row for one in decisions(claim))
    ]


def zone(predicted: float, relation: Relation, margin: float) -> tuple[float, float]:
    """The exponents as good as the predicted one; without end on the side that O or Omega allow."""
    low = -math.inf if relation is Relation.O else predicted - margin
    high = math.inf if relation is Relation.OMEGA else predicted + margin
    return low, high


def _rivals(row: ExponentRow, controls: Sequence[RateControl]) -> Iterator[Rival]:
    for control in controls:
        for other in control.exponents:
            if (other.variable, other.design) == (row.variable, row.design):
                shared = other.points == row.points
                own = [] if shared else drawable(other.points)
                if shared or own:
                    yield Rival(control.id, other.predicted, own)
