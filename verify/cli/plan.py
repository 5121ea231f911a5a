"""`plan`: the cells that a run would measure."""

from collections.abc import Sequence

import click

from verify.cli.chosen import chosen
from verify.discovery import catalogue
from verify.planning import BUDGETS, plan
from verify.settings import read_settings
from verify.spec.lint import refuse_faults

SEED = 0
"""That of the instances; those of other seeds are as many, as a rule."""


@click.command("plan")
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@click.option("--budget", type=click.Choice(list(BUDGETS)), default="standard", show_default=True)
def command(names: Sequence[str], budget: str) -> None:
    """Print the cells that a run would measure: replicates, and share of the declared cost."""
    for theorem in chosen(names, catalogue(read_settings().paths)):
        refuse_faults(theorem)
        work = plan(theorem.drawn(SEED), BUDGETS[budget])
        count = len(work.replicates)
        click.echo(f"{theorem.id}: {count} cells, {work.total:,} replicates at budget {budget}")
        for cell, replicates in work.replicates.items():
            click.echo(f"  {replicates:>6,} x {cell.label:<40} {work.share(cell):6.1%}")
