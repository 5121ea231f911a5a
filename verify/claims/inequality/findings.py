"""The static faults of an inequality."""

from collections.abc import Iterator
from math import isfinite

from verify.claims.exact.arithmetic import MOST_DIGITS
from verify.claims.exact.declaration import DIGITS
from verify.claims.exact.proof_findings import proof_findings
from verify.claims.inequality.box import coordinates
from verify.claims.inequality.declaration import (
    EVALUATIONS,
    MARGIN,
    REPLICATES,
    InequalityDeclaration,
    is_number,
)
from verify.claims.inequality.search import fewest
from verify.claims.sweep import local_findings, missing_values
from verify.errors import Finding, nearest
from verify.spec.declaration import shown
from verify.spec.measure import convention

FIELDS = (
    *("value", "low", "high", "given", "box", "proof"),
    *("arithmetic", "digits", "evaluations", "replicates", "margin"),
)


def inequality_findings(claim: InequalityDeclaration) -> Iterator[Finding]:
    """The faults of an inequality by itself."""
    if not claim.sound(*FIELDS):
        return
    if claim.value is None:
        yield from _without_value(claim)
    else:
        yield from _bounds(claim)
        yield from _functions(claim)
        yield from _names(claim)
        yield from _noise(claim)
        yield from _precision(claim)
    box = list(_intervals(claim))
    yield from box or _evaluations(claim)
    yield from proof_findings(claim)


def _without_value(claim: InequalityDeclaration) -> Iterator[Finding]:
    if claim.proof is None:
        found, expected = f"{claim.id!r} without value and proof", "one of them, or both"
        yield claim.fault("no-statement", found, expected)
    for name in ("low", "high", "given", "box"):
        if getattr(claim, name) not in (None, {}):
            yield claim.fault("idle-field", f"{name} without a value", "a value that it is about")


def _bounds(claim: InequalityDeclaration) -> Iterator[Finding]:
    """There is one, constants are finite, and low is below high."""
    if claim.low is None and claim.high is None:
        found = f"{claim.id!r} with neither low nor high"
        yield claim.fault("no-bound", found, "at least one of them", "low=0, or high=upper")
    for name in ("low", "high"):
        one = getattr(claim, name)
        if is_number(one) and not isfinite(one):
            expected = "a finite number, or None where there is no bound"
            yield claim.fault("bound", f"{name}={one}", expected)
    low, high = claim.low, claim.high
    if is_number(low) and is_number(high) and not low < high:  # type: ignore[operator]
        found = f"low={low} and high={high}"
        yield claim.fault("bound", found, "low below high", "an equality is an Identity")


def _functions(claim: InequalityDeclaration) -> Iterator[Finding]:
    """They can be imported, their arguments have values, and the bounds are exact."""
    for field, function in claim.functions:
        yield from local_findings(claim, field, function)
        yield from missing_values(claim, function, set(claim.names), "given or box")
        wanted = convention(function)
        if field != "value" and (wanted.random or wanted.sized):
            found = f"{function.__name__} with rng or size"
            yield claim.fault(field, found, "an exact function of what is drawn")


def _names(claim: InequalityDeclaration) -> Iterator[Finding]:
    """What is drawn is taken by a function, and is drawn once."""
    taken = set().union(*(convention(one).variables for _, one in claim.functions))
    for field in ("given", "box"):
        for name in sorted(getattr(claim, field).keys() - taken):
            expected = "an argument of value, low or high"
            yield claim.fault(field, f"{field}={{{name!r}: ...}}", expected, nearest(name, taken))
    for name in sorted(claim.given.keys() & claim.box.keys()):
        yield claim.fault("box", f"{name!r} in given and in box", "one of them")


def _intervals(claim: InequalityDeclaration) -> Iterator[Finding]:
    """Each interval has a length, and each list a number of numbers."""
    for name, (low, high, *many) in claim.box.items():
        found = f"box={{{name!r}: {shown((low, high, *many))}}}"
        if not (isfinite(low) and isfinite(high) and low < high):
            yield claim.fault("box", found, "two finite numbers, the lower one first")
        if many and not (isinstance(many[0], int) and many[0] >= 1):
            yield claim.fault("box", found, "(lo, hi, n) with a whole number n from 1")


def _evaluations(claim: InequalityDeclaration) -> Iterator[Finding]:
    """There is a box to search, and enough evaluations for its populations."""
    if not claim.box:
        if claim.evaluations != EVALUATIONS:
            found = f"evaluations={claim.evaluations} without a box"
            yield claim.fault("idle-field", found, "box=, over which the worst case is looked for")
        return
    count = len(coordinates(claim.box))
    if claim.evaluations < fewest(count):
        found = f"evaluations={claim.evaluations} for a box of {count} coordinates"
        yield claim.fault("few-evaluations", found, f"at least {fewest(count)}")


def _noise(claim: InequalityDeclaration) -> Iterator[Finding]:
    """A noisy value is one of doubles; what is declared for it needs one."""
    assert claim.value is not None
    wanted = convention(claim.value)
    if wanted.sized and not wanted.random:
        found = f"{claim.value.__name__} with size and without rng"
        yield claim.fault("value", found, "rng and size of a noisy value, or neither")
    if claim.is_noisy and claim.arithmetic != "float":
        found = f"{claim.value.__name__} with rng, and arithmetic={claim.arithmetic!r}"
        yield claim.fault("noisy", found, "arithmetic='float': a mean has no more digits")
    if claim.is_noisy:
        return
    for name, default in (("replicates", REPLICATES), ("margin", MARGIN)):
        if getattr(claim, name) != default:
            found = f"{name}={getattr(claim, name):g} of a value that is exact"
            yield claim.fault("idle-field", found, "a value that takes rng")


def _precision(claim: InequalityDeclaration) -> Iterator[Finding]:
    """The digits are within reach, and are those that the arithmetic has."""
    if claim.arithmetic == "ball":
        if claim.digits != DIGITS:
            found = f"digits={claim.digits} of balls"
            yield claim.fault("idle-field", found, "none: balls have the digits that decide")
    elif claim.digits > MOST_DIGITS[claim.arithmetic]:
        found = f"digits={claim.digits} with arithmetic={claim.arithmetic!r}"
        hint = "arithmetic='mpmath' has more" if claim.arithmetic == "float" else ""
        yield claim.fault("digits", found, f"at most {MOST_DIGITS[claim.arithmetic]}", hint)
