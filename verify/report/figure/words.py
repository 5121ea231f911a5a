"""The text alternatives of the pictures: what is to be seen, with its numbers."""

import math
from collections.abc import Sequence

from verify.claims.rate.outcome import ExponentRow, RateOutcome
from verify.report.figure import derived
from verify.report.figure.derived import Estimate
from verify.report.figure.forest import Entry, entries
from verify.report.figure.labels import exponent, signed, typeset
from verify.report.figure.subject import Rival, Subject
from verify.report.wording import INTERVAL, interval


def data_words(subject: Subject) -> str:
    """The range of the data, the fitted and the predicted exponent, and the controls."""
    first, last = subject.points[0], subject.points[-1]
    name, row = subject.row.variable, subject.row
    parts = [
        f"{len(subject.points)} points on logarithmic axes, from {first.value:.4g} at "
        f"{name} = {first.x:,g} to {last.value:.4g} at {name} = {last.x:,g}, with {INTERVAL}s",
        f"the estimated exponent: {_found(row)}",
        f"a dashed line has the predicted slope {exponent(row.predicted)}",
        *map(_rival, subject.rivals),
    ]
    return "; ".join(parts) + "."


def slope_words(subject: Subject) -> str:
    """The range of the local slopes, and how many lie inside the margin."""
    slopes, row = derived.local_slopes(subject.points), subject.row
    inside = sum(subject.low <= slope.value <= subject.high for slope in slopes)
    return (
        f"{len(slopes)} slopes between neighbouring points, {_span(slopes, '.4f')}; "
        f"{inside} of them within the margin about the predicted {exponent(row.predicted)}; "
        f"the estimated exponent: {_found(row)}."
    )


def residual_words(subject: Subject) -> str:
    """The range of the residuals, and how many intervals reach the fit."""
    found = derived.residuals(subject.points)
    reach = sum(point.low <= 0 <= point.high for point in found)
    return (
        f"{len(found)} residuals, {_span(found, '.3g')} per cent of the fit; the intervals of "
        f"{reach} of them contain the fit."
    )


def forest_words(claim: RateOutcome) -> str:
    """Each estimate less its prediction, with its interval and its verdict."""
    return "; ".join([f"The margin is {claim.margin:g}", *map(_entry, entries(claim))]) + "."


def _entry(entry: Entry) -> str:
    if entry.off is None:
        return f"{entry.name} {entry.row.verdict}, not estimated"
    estimate, low, high = (end if math.isfinite(end) else None for end in entry.off)
    return f"{entry.name} {entry.row.verdict}, {signed(estimate)} {typeset(interval(low, high))}"


def _rival(rival: Rival) -> str:
    if not rival.points:
        return f"control {rival.id}: a dotted line of slope {exponent(rival.predicted)}"
    values = rival.points[0].value, rival.points[-1].value
    return f"control {rival.id}: its own data, from {values[0]:.4g} to {values[1]:.4g}"


def _found(row: ExponentRow) -> str:
    if row.estimate is None:
        return "no estimate"
    return f"{signed(row.estimate)}, {INTERVAL} {typeset(interval(row.low, row.high))}"


def _span(found: Sequence[Estimate], digits: str) -> str:
    """From the least to the largest value."""
    values = [one.value for one in found]
    return typeset(f"from {min(values):{digits}} to {max(values):{digits}}")
