"""What claims that are measured along a sweep have in common: its direction, growth, and faults."""

from collections.abc import Iterator, Sequence, Set
from fractions import Fraction
from typing import Any

from verify import algebra
from verify.errors import Finding, InputError, nearest
from verify.inference.exponent import FEWEST_POINTS
from verify.spec.declaration import Declaration, shown
from verify.spec.design import Design
from verify.spec.measure import Measure, convention, importable

SMALLEST_WITH_LOGS = 3


def direction(design: Design, to_zero: Sequence[str]) -> int:
    """-1 where the leading variable tends to 0, else 1: asymptotics are in x**direction."""
    return -1 if design.variable in to_zero else 1


def bound_in(text: Any, design: Design) -> algebra.Bound:
    """A bound with the fixed variables of a design put in."""
    bound = algebra.bound(text)
    known = {name: value for name, value in design.at.items() if name in bound.symbols}
    return bound.substitute(known) if known else bound


def ray_in(bound: algebra.Bound, design: Design, to_zero: Sequence[str]) -> dict[str, Fraction]:
    """The ray of a design in the variables of a bound; shrinking ones go backwards."""
    known, sign = bound.base_symbols, direction(design, to_zero)
    return {name: sign * power for name, power in design.ray.items() if name in known}


def growth_in(text: Any, design: Design, to_zero: Sequence[str]) -> algebra.Growth:
    """How fast a bound grows along a design; InputError for one that the algebra refuses."""
    bound = bound_in(text, design)
    return bound.growth(ray_in(bound, design, to_zero))


def growth_of(text: Any, design: Design, to_zero: Sequence[str]) -> algebra.Growth:
    """The same; InputError also for a variable that the design gives no value."""
    for name in sorted(algebra.bound(text).symbols - {*design.sweep, *design.at}):
        raise InputError(f"no value for {name!r} in sweep or at")
    return growth_in(text, design, to_zero)


def grid_findings(design: Design, what: str) -> Iterator[Finding]:
    """Places that are too few for `what`, or off a ray."""
    count = len(set(design.grid))
    if count < FEWEST_POINTS or count < len(design.grid):
        yield design.fault(
            "few-points",
            f"{count} distinct values of {design.variable!r} in {len(design.grid)}",
            f"at least {FEWEST_POINTS}, all distinct",
            f"{what} with its finite-size corrections needs about ten doublings",
        )
    elif design.off_ray is not None:
        yield design.fault(
            "off-ray",
            f"{design.off_ray!r} not a power of {design.variable!r}, up to a constant",
            "variables that move together along a ray",
            "choose values that need no rounding",
        )


def small_log(design: Design, to_zero: Sequence[str], cause: str) -> Iterator[Finding]:
    """A log at a value of the variable that is near 1."""
    sign = direction(design, to_zero)
    nearest_to_one = min(design.grid, key=lambda x: x**sign)
    if nearest_to_one**sign < SMALLEST_WITH_LOGS:
        found = f"{design.variable} = {nearest_to_one} with {cause}"
        limit = SMALLEST_WITH_LOGS if sign == 1 else f"1/{SMALLEST_WITH_LOGS}"
        expected = f"values beyond {limit}"
        yield design.fault("small-log", found, expected, "a log depends on units near 1")


def local_findings(claim: Declaration, field: str, function: Measure) -> Iterator[Finding]:
    """A function that other processes cannot import."""
    if not importable(function):
        yield claim.fault(
            f"local-{field}",
            f"{field}={shown(function)}",
            "a function at the top level of a module of its own file",
            "other processes must be able to import it by its name",
        )


def unknown_variables(
    design: Declaration, given: Set[str], known: Set[str], of: str
) -> Iterator[Finding]:
    """Values for names that nothing takes."""
    for name in sorted(given - known):
        yield design.fault(
            "unknown-variable", f"a value for {name!r}", f"a variable of {of}", nearest(name, known)
        )


def missing_values(
    design: Declaration, function: Measure, given: Set[str], where: str
) -> Iterator[Finding]:
    """Arguments of a function that get no value."""
    for name in sorted(convention(function).required - given):
        found = f"{function.__name__} needs {name!r}"
        yield design.fault("variable-without-value", found, f"a value in {where}")
