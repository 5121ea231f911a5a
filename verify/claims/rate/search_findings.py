"""The static faults of what a rate is maximised over."""

from collections.abc import Iterator

import numpy as np

from verify.claims.rate.declaration import RateDeclaration
from verify.errors import Finding, InputError, nearest
from verify.spec.declaration import shown
from verify.spec.design import Design
from verify.spec.measure import convention, importable

FEWEST_VALUES = 3
"""Of a grid that has an inside."""


def search_findings(claim: RateDeclaration, design: Design) -> Iterator[Finding]:
    """The faults of the grids of a rate along a design, and of the ends declared closed."""
    if not claim.sound("worst_over"):
        return
    for name in claim.worst_over:
        yield from _variable(claim, design, name)
        yield from _grid(claim, design, name)
    for name in claim.closed if claim.sound("closed") else ():
        if name not in claim.worst_over:
            found, expected = f"closed={{{name!r}: ...}}", "a variable of worst_over"
            yield claim.fault("closed", found, expected, nearest(name, claim.worst_over))


def _variable(claim: RateDeclaration, design: Design, name: str) -> Iterator[Finding]:
    """The measure takes it, and nothing else gives it a value."""
    found = f"worst_over={{{name!r}: ...}}"
    if {name} & {*design.sweep, *design.at}:
        yield claim.fault("worst-over", f"{found}, which a design sweeps or fixes", "another one")
    if claim.sound("measure") and importable(claim.measure):
        wanted = convention(claim.measure).variables
        if name not in wanted:
            expected = f"an argument of {claim.measure.__name__}"
            yield claim.fault("worst-over", found, expected, nearest(name, wanted))


def _grid(claim: RateDeclaration, design: Design, name: str) -> Iterator[Finding]:
    """At every place three values or more, which ascend."""
    said = f"worst_over={{{name!r}: {shown(claim.worst_over[name])}}}"
    if len(claim.worst_over[name]) < FEWEST_VALUES:
        expected = f"at least {FEWEST_VALUES} values: a maximum inside needs neighbours"
        yield claim.fault("worst-over", said, expected)
        return
    try:
        grid = np.array(claim.grid_in(design, name))
    except InputError as error:
        expected = "numbers, or bounds in the variables of the designs"
        yield claim.fault("worst-over", said, expected, str(error))
        return
    sound = np.isfinite(grid).all(axis=0) & (np.diff(grid, axis=0) > 0).all(axis=0)
    if not (sound & (grid > 0).all(axis=0)).all():
        place = int(np.argmin(sound & (grid > 0).all(axis=0)))
        values = ", ".join(f"{value:g}" for value in grid[:, place])
        found = f"{name} = {values} at {design.variable} = {design.grid[place]:g}"
        yield claim.fault("worst-over", found, "positive values that ascend at every place")
