"""The text alternatives of the pictures of a limit, and the numbers that both are about."""

from verify.claims.limit.outcome import LimitOutcome, LimitRow
from verify.report.figure.derived import Estimate
from verify.report.figure.labels import typeset
from verify.report.wording import INTERVAL


def approach_words(claim: LimitOutcome) -> str:
    """The measured values, the limit and its target."""
    (row,) = claim.rows
    first, last = row.points[0], row.points[-1]
    start, end = (
        f"{_number(point.value)} at {claim.variable} = {point.x:,.10g}" for point in (first, last)
    )
    return (
        f"{len(row.points)} points from {start} to {end}; the limit is {_number(row.estimate)}, "
        f"{INTERVAL} [{_number(row.low)}, {_number(row.high)}]; the target is "
        f"{_number(row.target)}, with a margin of {claim.margin:g}."
    )


def curve_words(claim: LimitOutcome) -> str:
    """How many places there are, and at how many the band has the target."""
    inside = sum(row.low <= row.target <= row.high for row in claim.rows)
    return (
        f"The limit at {len(claim.rows)} places of {name_of(claim)} with a simultaneous band; the "
        f"target lies in the band at {inside} of them."
    )


def difference_words(claim: LimitOutcome) -> str:
    """How far the band of the difference reaches, beside the margin."""
    found = differences(claim)
    low, high = min(point.low for point in found), max(point.high for point in found)
    return (
        f"The limit less its target at {len(found)} places of {name_of(claim)}; the simultaneous "
        f"band reaches from {_number(low)} to {_number(high)}; the margin is {claim.margin:g}."
    )


def _number(value: float) -> str:
    return typeset(f"{value:.4g}")


def differences(claim: LimitOutcome) -> list[Estimate]:
    """The limit less its target, with its band, along the curve."""
    return [
        Estimate(x, *(end - row.target for end in (row.estimate, row.low, row.high)))
        for x, row in placed(claim)
    ]


def placed(claim: LimitOutcome) -> list[tuple[float, LimitRow]]:
    """The rows at the values of their variable; one after the other, where they have several."""
    single = all(len(row.at) == 1 for row in claim.rows)
    return [
        (next(iter(row.at.values())) if single else float(place), row)
        for place, row in enumerate(claim.rows)
    ]


def name_of(claim: LimitOutcome) -> str:
    """The variables of the curve."""
    return ", ".join(claim.rows[0].at)
