"""How a limit is told: the number that was judged, the places of a curve, what it rests on."""

from verify.claims import LimitOutcome
from verify.claims.limit import LimitControl, LimitRow
from verify.report.lines import Line
from verify.report.wording import INTERVAL, along, decimal, digits_of, interval, place_of
from verify.verdict import Verdict

MOST_LINES = 12
"""Places of a curve that have a line each; more are in the tables and pictures alone."""

_NUMBER = {
    None: "",
    "largest": "largest difference",
    "kolmogorov": "Kolmogorov distance",
    "wasserstein": "Wasserstein distance",
}


def limit_lines(claim: LimitOutcome | LimitControl) -> list[Line]:
    """The number that was judged; of a curve also its places, where they are few."""
    where, digits = along(claim.variable, claim.design), digits_of(claim.margin)
    head = Line(
        along=along(where, _NUMBER.get(claim.distance, str(claim.distance))),
        predicted=f"{claim.target:.6g}",
        estimate=claim.estimate,
        low=claim.low,
        high=claim.high,
        on_range=claim.last.estimate if claim.last else None,
        verdict=claim.verdict,
        digits=digits,
    )
    rows = claim.rows if isinstance(claim, LimitOutcome) and claim.distance == "largest" else []
    return [head, *(_place(where, row, digits) for row in rows if len(rows) <= MOST_LINES)]


def _place(where: str, row: LimitRow, digits: int) -> Line:
    return Line(
        along=along(where, place_of(row)),
        predicted=f"{row.target:.6g}",
        estimate=row.estimate,
        low=row.low,
        high=row.high,
        on_range=row.last,
        verdict=row.verdict,
        digits=digits,
    )


def limit_details(claim: LimitOutcome) -> list[str]:
    """What the verdict rests on beside the numbers, in sentences."""
    last = []
    if claim.last is not None:
        digits = digits_of(claim.margin)
        ends = interval(claim.last.low, claim.last.high, digits)
        found = f"{decimal(claim.last.estimate, digits)}, {INTERVAL} {ends}"
        last = [f"at the end of the sweep, {claim.variable} = {claim.last.x:,.10g}: {found}"]
    needed = []
    if claim.needed is not None and claim.verdict is Verdict.HOLDS:
        needed = [f"{claim.needed:,} replicates would do for one that is off by half of the margin"]
    assumed = [f"assumes {claim.assumes}"] if claim.assumes else []
    return [*filter(None, [claim.detail]), *claim.notes, *last, *needed, *assumed]
