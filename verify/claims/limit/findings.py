"""The static faults of a limit by itself: its sweep, its curve, its measure and its target."""

from collections.abc import Iterator

import numpy as np

from verify import algebra
from verify.claims.finite_size_findings import declared_findings
from verify.claims.limit.declaration import LimitDeclaration
from verify.claims.limit.target import places_of, values_at
from verify.claims.sweep import (
    grid_findings,
    local_findings,
    missing_values,
    unknown_variables,
)
from verify.errors import Finding, InputError
from verify.spec.declaration import shown
from verify.spec.measure import Measure, convention
from verify.spec.reduction import Reduction, reduction_of


def limit_findings(claim: LimitDeclaration) -> Iterator[Finding]:
    """The faults of a limit by itself."""
    if not claim.sound("along", "at", "each", "together", "distance", "statistic"):
        return
    yield from grid_findings(claim.design, "a limit")
    own = [*_curve(claim), *_law(claim)]
    yield from own
    if claim.sound("measure"):
        yield from _measure(claim)
    if claim.sound("target") and not own:
        yield from _target(claim)
    if not claim.faults:
        yield from declared_findings(claim, [claim.design])


def _curve(claim: LimitDeclaration) -> Iterator[Finding]:
    """A variable has one part: along the sweep, fixed, or along the curve."""
    parts = {"along": claim.along, "at": claim.at, "each": claim.each}
    names = [name for part in parts.values() for name in part]
    for name in sorted({one for one in names if names.count(one) > 1}):
        where = " and ".join(part for part, held in parts.items() if name in held)
        yield claim.fault("two-parts", f"{name!r} in {where}", "one part for each variable")
    for name, grid in claim.each.items():
        if len(set(grid)) < len(grid):
            yield claim.fault("few-points", f"{name!r} twice at a place", "places that differ")
    if claim.together and not claim.each:
        expected = "the places of the curve that a replicate sees"
        yield claim.fault("together", "together=True without each", expected)
    for name in sorted(set(claim.to_zero) - set(claim.along)):
        found = f"to_zero={name!r}, which the sweep does not move"
        yield claim.fault("unknown-variable", found, "a variable of along")


def _law(claim: LimitDeclaration) -> Iterator[Finding]:
    """A law has a target that is one, means of its own, and the places of one variable."""
    if claim.distance is None:
        return
    if claim.statistic != "mean":
        found = f"statistic={shown(claim.statistic)} with distance={claim.distance!r}"
        yield claim.fault("law", found, "no statistic: a distance compares the laws themselves")
    if claim.sound("target") and not callable(claim.target):
        expected = "a distribution function, or a sampler with an argument rng"
        yield claim.fault("law", f"target={shown(claim.target)} of a law", expected)
    if len(claim.each) > 1:
        found = f"a law over {len(claim.each)} variables: {', '.join(claim.each)}"
        yield claim.fault("law", found, "the places of one variable, the law's own")
    for name, grid in claim.each.items():
        if list(grid) != sorted(grid):
            yield claim.fault("law", f"places of {name!r} in no order", "places that ascend")
    if claim.each and not claim.together:
        found = "a distribution function at places that are measured one by one"
        yield claim.fault("law", found, "together=True: a replicate sees all of them")


def _measure(claim: LimitDeclaration) -> Iterator[Finding]:
    """The measure can be imported; each argument gets a value, each value is taken."""
    yield from local_findings(claim, "measure", claim.measure)
    given = {*claim.along, *claim.at, *claim.each}
    yield from _plain(claim, claim.measure)
    wanted = convention(claim.measure)
    yield from missing_values(claim, claim.measure, given, "along, at or each")
    known = set(wanted.variables)
    if claim.sound("target") and callable(claim.target):
        known |= convention(claim.target).variables
    known |= _symbols(claim)
    yield from unknown_variables(claim, given, known, "the measure or the target")
    for name in sorted({*claim.along} - wanted.variables):
        found = f"a sweep of {name!r}, which {claim.measure.__name__} does not take"
        yield claim.fault("unknown-variable", found, "a variable of the measure")
    if claim.of_draws and not wanted.random:
        expected = "draws, or each={'x': places} and the distribution function there"
        yield claim.fault("law", f"{claim.measure.__name__} without rng, of a law", expected)
    if claim.together:
        for name in sorted(claim.each.keys() - wanted.variables):
            found = f"together=True, and {claim.measure.__name__} without {name!r}"
            yield claim.fault("together", found, "a measure that takes all places at once")
    if claim.sound("cost"):
        yield from _cost(claim)


def _plain(claim: LimitDeclaration, function: Measure) -> Iterator[Finding]:
    """A reduction of variance, which is read in rates alone."""
    if reduction_of(function) != Reduction():
        found = f"{function.__name__} with a reduction of variance"
        yield claim.fault("reduction", found, "plain replicates, with what reduces them put in")


def _symbols(claim: LimitDeclaration) -> frozenset[str]:
    """The variables of the declared cost."""
    try:
        return frozenset(algebra.bound(claim.cost).symbols)
    except InputError:
        return frozenset()


def _cost(claim: LimitDeclaration) -> Iterator[Finding]:
    try:
        claim.costs()
    except InputError as error:
        found = f"cost={shown(claim.cost)}"
        yield claim.fault("cost", found, "a bound in the variables of the sweep", str(error))


def _target(claim: LimitDeclaration) -> Iterator[Finding]:
    """The target has the arguments that it needs, and values; and a unit to measure it by."""
    if callable(claim.target):
        yield from local_findings(claim, "target", claim.target)
        yield from _plain(claim, claim.target)
        wrong = list(_target_arguments(claim))
        yield from wrong
        if wrong:
            return
    if claim.random_target:
        if claim.distance is None and claim.unit is None:
            yield _no_unit(claim, "a target that is drawn")
        return
    try:
        value = places_of(claim) if claim.of_draws else values_at(claim, claim.target)
    except InputError as error:
        found = f"target={shown(claim.target)}"
        yield claim.fault("target", found, "a target with finite values", str(error))
        return
    except Exception as error:  # whatever a user's function raises
        hint = f"{type(error).__name__}: {error}"
        found = f"target={shown(claim.target)}"
        yield claim.fault("target", found, "a target with finite values", hint)
        return
    if claim.distance is None and claim.unit is None and not np.any(value):
        yield _no_unit(claim, "a target that is 0")


def _no_unit(claim: LimitDeclaration, target: str) -> Finding:
    found, expected = f"{target}, without a unit", "unit=, the natural size of the quantity"
    hint = "finite-size corrections are taken to be a part of it"
    return claim.fault("no-unit", found, expected, hint)


def _target_arguments(claim: LimitDeclaration) -> Iterator[Finding]:
    """The arguments of a target: those of the curve, the fixed ones, and a law's own."""
    name, wanted = claim.target.__name__, convention(claim.target)
    own = wanted.required - set(claim.at)
    if claim.of_draws and not wanted.random:
        if len(own) != 1:
            found = f"{name} with {len(own)} arguments of its own"
            yield claim.fault("target", found, "a distribution function of one argument")
        return
    yield from missing_values(claim, claim.target, {*claim.at, *claim.each}, "at or each")
    needed = set(claim.each) if claim.together and (wanted.random or claim.distance) else set()
    for missing in sorted(needed - wanted.variables):
        found = f"together=True, and {name} without {missing!r}"
        yield claim.fault("together", found, "a target that takes all places at once")
