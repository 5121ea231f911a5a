"""`show`: what a theorem says, and what will be asked of it; nothing is measured."""

from collections.abc import Iterator, Sequence

import click

from verify.claims import Corollary, Rate
from verify.cli.chosen import chosen
from verify.discovery import catalogue
from verify.report.terminal import exact
from verify.settings import read_settings
from verify.spec import Claim, Theorem
from verify.spec.lint import refuse_faults
from verify.spec.measure import convention


@click.command("show")
@click.argument("names", nargs=-1, required=True, metavar="ID...")
def command(names: Sequence[str]) -> None:
    """Print statement, assumptions, claims with their exponents, controls and designs."""
    for theorem in chosen(names, catalogue(read_settings().paths)):
        refuse_faults(theorem)
        for line in _theorem(theorem):
            click.echo(line)


def _theorem(theorem: Theorem) -> Iterator[str]:
    yield f"{theorem.id}  {theorem.title}"
    yield f"  {theorem.statement}"
    yield f"  source: {theorem.source.key}, {theorem.source.where}"
    yield ""
    for assumption in theorem.assumptions:
        yield f"  ({assumption.id}) {assumption.states}"
    for claim in theorem.claims:
        yield ""
        yield from _claim(claim)


def _claim(claim: Claim) -> Iterator[str]:
    yield f"{claim.id}  [{claim.place}]"
    match claim:
        case Rate():
            label = claim.functional.label if convention(claim.measure).random else "value"
            yield f"  {label} of {claim.measure.__name__}"
            yield f"  = {claim.relation}({claim.bound}), margin {claim.margin:g}"
            yield from _designs(claim)
            yield from _regimes(claim)
        case Corollary():
            yield f"  {claim.text}"
    yield f"  scope: {claim.scope}"
    if claim.uses:
        yield f"  uses: {', '.join(claim.uses)}"
    for control in claim.controls:
        dropped = f", without ({control.violates})" if control.violates else ""
        yield f"  but {control.id}{dropped}: {control.why}"


def _regimes(claim: Rate) -> Iterator[str]:
    """Which term of the bound is active where, for each setting of its design symbols."""
    for subject in dict.fromkeys(claim.bound_in(design) for design in claim.designs):
        cone = [f"{n} <= 1" if n in claim.to_zero else f"{n} >= 1" for n in subject.base_symbols]
        regimes = subject.regimes(sorted(cone))
        for regime in regimes if len(regimes) > 1 else ():
            where = f" where {', '.join(regime.where)}" if regime.where else ""
            yield f"  regime {regime.monomial}{where}"


def _designs(claim: Rate) -> Iterator[str]:
    for design in claim.designs:
        growth, grid = claim.growth_in(design), design.grid
        power = exact(claim.direction(design) * float(growth.power))
        log = f", log power {growth.log}" if growth.log else ""
        place = f" ({design.label})" if design.label else ""
        yield (
            f"  {design.variable} = {grid[0]:g} .. {grid[-1]:g}, {len(grid)} points{place}: "
            f"exponent {power}{log}"
        )
