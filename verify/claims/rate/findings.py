"""The static faults of a rate by itself: its bound, its designs and its measure."""

from collections.abc import Iterator
from math import inf

from verify import algebra
from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.instance_findings import instance_findings
from verify.claims.rate.search_findings import search_findings
from verify.claims.sweep import (
    grid_findings,
    local_findings,
    missing_values,
    small_log,
    unknown_variables,
)
from verify.errors import Finding, InputError
from verify.spec.declaration import shown
from verify.spec.design import Design
from verify.spec.measure import convention, importable


def rate_findings(claim: RateDeclaration) -> Iterator[Finding]:
    """The faults of a rate by itself."""
    if not claim.sound("designs"):
        return
    for design in claim.designs:
        yield from design.faults
        if design.sound("sweep", "at"):
            yield from _grid(claim, design)
            yield from search_findings(claim, design)
            yield from instance_findings(claim, design)
            if claim.sound("measure"):
                yield from _arguments(claim, design)
            if claim.sound("bound"):
                yield from _bound(claim, design)


def _grid(claim: RateDeclaration, design: Design) -> Iterator[Finding]:
    yield from grid_findings(design, "an exponent")
    if claim.sound("logs") and claim.logs > 0:
        yield from small_log(design, claim.to_zero, f"logs={claim.logs}")


def _arguments(claim: RateDeclaration, design: Design) -> Iterator[Finding]:
    """Each argument of the measure gets a value, and each value is taken by something."""
    if not importable(claim.measure):
        yield from local_findings(claim, "measure", claim.measure)
        return
    wanted = convention(claim.measure)
    given = {*design.sweep, *design.at}
    supplied = given | _supplied(claim)
    yield from missing_values(design, claim.measure, supplied, "sweep or at")
    yield from _together(claim, design)
    if claim.sound("bound"):
        known = wanted.variables | _symbols(claim)
        yield from unknown_variables(design, given, known, "the measure or the bound")


def _together(claim: RateDeclaration, design: Design) -> Iterator[Finding]:
    """A run that is read at every place takes the places."""
    if not claim.together:
        return
    for name in sorted(design.sweep.keys() - convention(claim.measure).variables):
        found = f"together=True, and {claim.measure.__name__} without {name!r}"
        expected = "a measure that takes all values of a swept variable at once"
        yield claim.fault("together", found, expected)


def _supplied(claim: RateDeclaration) -> set[str]:
    """The variables that get their values from elsewhere than a design."""
    fields = [name for name in ("worst_over", "given") if claim.sound(name)]
    return {variable for name in fields for variable in getattr(claim, name)}


def _symbols(claim: RateDeclaration) -> set[str]:
    try:
        return set(algebra.bound(claim.bound).symbols)
    except InputError:
        return set()


def _taken(claim: RateDeclaration) -> set[str]:
    known = claim.sound("measure") and importable(claim.measure)
    return set(convention(claim.measure).variables) if known else set()


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
    if not (symbols | _taken(claim)) & {*design.sweep}:
        found = f"a sweep of {design.variable!r}, which the bound {claim.bound} does not contain"
        expected = "a variable of the bound, or one of the measure in which it is constant"
        yield design.fault("unknown-variable", found, expected)
        return
    try:
        if claim.growth_in(design).log != 0:
            yield from small_log(design, claim.to_zero, "a log in the bound")
        yield from _regimes(claim, design)
    except InputError as error:
        yield claim.fault("bound", f"bound={shown(claim.bound)}", "a bound", str(error))


def _regimes(claim: RateDeclaration, design: Design) -> Iterator[Finding]:
    """The design stays in one regime of the bound, whose constants are taken as they stand."""
    bound = claim.bound_in(design)
    order = sorted(range(len(design.grid)), key=lambda k: design.grid[k] ** claim.direction(design))
    sweep = {
        name: [float(values[k]) for k in order]
        for name, values in design.sweep.items()
        if name in bound.symbols
    }
    for switch in bound.switches(sweep):
        before, after = (design.grid[order[k]] for k in (switch.place - 1, switch.place))
        yield design.fault(
            "two-regimes",
            f"{switch.before} active at {design.variable} = {before}, {switch.after} at {after}",
            "a design inside one regime of the bound",
            "begin past the crossover, or make a design of each regime",
        )


def _cost(claim: RateDeclaration, design: Design) -> Iterator[Finding]:
    """The declared cost parses and has a positive value in every cell."""
    if not claim.sound("worst_over") or any(search_findings(claim, design)):
        return
    try:
        costs = claim.costs_in(design)
    except InputError as error:
        found = f"cost={shown(claim.cost)}"
        yield claim.fault("cost", found, "a bound in the variables of the designs", str(error))
        return
    for cell, cost in costs.items():
        if not 0 < cost < inf:
            found, hint = (
                f"cost {cost:g} of {cell.label}",
                "add what any replicate costs, as 1 + ...",
            )
            yield claim.fault("cost", found, "a positive number for every cell", hint)
            return
