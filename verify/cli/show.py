"""`show`: what a theorem says, and what will be asked of it; nothing is measured."""

from collections.abc import Iterator, Sequence

import click

from verify.cli.chosen import chosen
from verify.discovery import catalogue
from verify.report.spec_text import claim_parts
from verify.settings import read_settings
from verify.spec import Theorem
from verify.spec.lint import refuse_faults


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
        yield from ["", f"{claim.id}  [{claim.place}]"]
        yield from (f"  {part.name}: {part.text}" for part in claim_parts(claim))
