"""The static faults of a rate: its bound, its designs, its measure and its controls."""

from collections.abc import Iterator

from verify import algebra
from verify.claims.rate.declaration import RateDeclaration
from verify.errors import Finding, InputError, nearest
from verify.inference.exponent import FEWEST_POINTS
from verify.spec.control import Control
from verify.spec.declaration import shown
from verify.spec.design import Design
from verify.spec.measure import convention, importable
from verify.verdict import Relation

NEAR = 0.1
"""One control that changes the bound lies this close to the claim's exponent."""
SMALLEST_WITH_LOGS = 3


def rate_findings(claim: RateDeclaration) -> Iterator[Finding]:
    """The faults of a rate by itself."""
    if not claim.sound("designs"):
        return
    for design in claim.designs:
        yield from design.faults
        if design.sound("sweep", "at"):
            yield from _grid(claim, design)
            if claim.sound("measure"):
                yield from _arguments(claim, design)
            if claim.sound("bound"):
                yield from _bound(claim, design)


def _grid(claim: RateDeclaration, design: Design) -> Iterator[Finding]:
    count = len(set(design.grid))
    if count < FEWEST_POINTS or count < len(design.grid):
        yield design.fault(
            "few-points",
            f"{count} distinct values of {design.variable!r} in {len(design.grid)}",
            f"at least {FEWEST_POINTS}, all distinct",
            "an exponent with its finite-size corrections needs about ten doublings",
        )
    elif design.off_ray is not None:
        yield design.fault(
            "off-ray",
            f"{design.off_ray!r} not a power of {design.variable!r}, up to a constant",
            "variables that move together along a ray",
            "choose values that need no rounding",
        )
    if claim.sound("logs") and claim.logs > 0:
        yield from small_log(claim, design, f"logs={claim.logs}")


def small_log(claim: RateDeclaration, design: Design, cause: str) -> Iterator[Finding]:
    """A log at a value of the variable that is near 1."""
    nearest_to_one = min(design.grid, key=lambda x: x ** claim.direction(design))
    if nearest_to_one ** claim.direction(design) < SMALLEST_WITH_LOGS:
        found = f"{design.variable} = {nearest_to_one} with {cause}"
        limit = SMALLEST_WITH_LOGS if claim.direction(design) == 1 else f"1/{SMALLEST_WITH_LOGS}"
        expected = f"values beyond {limit}"
        yield design.fault("small-log", found, expected, "a log depends on units near 1")


def _arguments(claim: RateDeclaration, design: Design) -> Iterator[Finding]:
    """Each argument of the measure gets a value, and each value is taken by something."""
    if not importable(claim.measure):
        yield claim.fault(
            "local-measure",
            f"measure={shown(claim.measure)}",
            "a function at the top level of a module of its own file",
            "other processes must be able to import it by its name",
        )
        return
    wanted = convention(claim.measure)
    given = {*design.sweep, *design.at}
    for name in sorted(wanted.required - given):
        found = f"{claim.measure.__name__} needs {name!r}"
        yield design.fault("variable-without-value", found, "a value in sweep or at")
    if claim.sound("bound"):
        known = wanted.variables | _symbols(claim)
        for name in sorted(given - known):
            found = f"a value for {name!r}"
            expected = "a variable of the measure or the bound"
            yield design.fault("unknown-variable", found, expected, nearest(name, known))


def _symbols(claim: RateDeclaration) -> set[str]:
    try:
        return set(algebra.bound(claim.bound).symbols)
    except InputError:
        return set()


def _bound(claim: RateDeclaration, design: Design) -> Iterator[Finding]:
    """The bound parses, and has an exponent along the design."""
    try:
        symbols = set(algebra.bound(claim.bound).symbols)
    except InputError as error:
        yield claim.fault("bound", f"bound={shown(claim.bound)}", "a bound", str(error))
        return
    if claim.sound("cost", "measure") and importable(claim.measure):
        yield from _cost(claim, design)
    missing = sorted(symbols - {*design.sweep, *design.at})
    for name in missing:
        found = f"no value for {name!r} of the bound {claim.bound}"
        yield design.fault("variable-without-value", found, "a value in sweep or at")
    if missing:
        return
    if not symbols & {*design.sweep}:
        found = f"a sweep of {design.variable!r}, which the bound {claim.bound} does not contain"
        yield design.fault("unknown-variable", found, "a variable of the bound")
        return
    try:
        if claim.growth_in(design).log != 0:
            yield from small_log(claim, design, "a log in the bound")
    except InputError as error:
        yield claim.fault("bound", f"bound={shown(claim.bound)}", "a bound", str(error))


def _cost(claim: RateDeclaration, design: Design) -> Iterator[Finding]:
    """The declared cost parses and has a value in every cell."""
    try:
        claim.costs_in(design)
    except InputError as error:
        found = f"cost={shown(claim.cost)}"
        yield claim.fault("cost", found, "a bound in the variables of the designs", str(error))


def control_findings(
    claim: RateDeclaration, control: Control, variant: RateDeclaration
) -> Iterator[Finding]:
    """Why a changed rate cannot serve as a control: the claim itself implies it."""
    if set(control.changes) - {"bound", "relation", "margin"} or not _comparable(claim, variant):
        return
    if _implied(claim, variant):
        alike = _implied(variant, claim)
        yield control.fault(
            "control-changes-nothing" if alike else "implied-control",
            f"{variant.relation}({variant.bound}), which {claim.relation}({claim.bound}) implies",
            "a changed bound that is false if the claim is true",
            "" if alike else "or state the claim as Theta over a family that attains it",
        )


def margin_findings(claim: RateDeclaration) -> Iterator[Finding]:
    """A margin is worth nothing unless a wrong exponent near the claim can be told from it."""
    distances = [
        abs(variant.growth_in(design).power - claim.growth_in(design).power)
        for variant in _changed_bounds(claim)
        for design in claim.designs
    ]
    if not claim.no_near_control and not any(0 < distance <= NEAR for distance in distances):
        yield claim.fault(
            "no-near-control",
            f"claim {claim.id!r} without a control whose exponent is within {NEAR} of it",
            "but(..., bound=...) with the exponent off by a tenth, on the side that is false",
            "or say in no_near_control why none can be",
        )
    closest = min((distance for distance in distances if distance > 0), default=None)
    if closest is not None and claim.margin > float(closest / 2):
        yield claim.fault(
            "wide-margin",
            f"margin={claim.margin} with a control {float(closest):.3g} away",
            f"a margin of at most {float(closest / 2):.3g}, half of that distance",
        )


def _changed_bounds(claim: RateDeclaration) -> Iterator[RateDeclaration]:
    for control in claim.controls:
        variant = claim.variant(control)
        if "bound" in control.changes and _comparable(claim, variant):
            yield variant


def _comparable(claim: RateDeclaration, variant: RateDeclaration) -> bool:
    """Whether both have exponents along the same designs, to be compared."""
    return claim.designs == variant.designs and not any(
        True for one in (claim, variant) for _ in (*one.faults, *rate_findings(one))
    )


def _implied(claim: RateDeclaration, variant: RateDeclaration) -> bool:
    """Whether the claim says as much as the variant, or more, along every design."""
    sides = {Relation.O: {"O"}, Relation.OMEGA: {"Omega"}, Relation.THETA: {"O", "Omega"}}
    needed, stated = sides[Relation(variant.relation)], sides[Relation(claim.relation)]
    above = "O" not in needed or all(_dominates(variant, claim, d) for d in claim.designs)
    below = "Omega" not in needed or all(_dominates(claim, variant, d) for d in claim.designs)
    return needed <= stated and above and below


def _dominates(large: RateDeclaration, small: RateDeclaration, design: Design) -> bool:
    """Whether the bound of `small` is proved to be at most C times that of `large` on a design."""
    conditions = large.cone_of(design)
    return bool(algebra.dominates(large.bound_in(design), small.bound_in(design), conditions))
