"""`plan`: the cells that a run would measure."""

from collections.abc import Sequence

import click

from verify.cli.chosen import chosen
from verify.discovery import catalogue
from verify.planning import BUDGETS, Advice, plan
from verify.settings import read_settings
from verify.spec.lint import refuse_faults
from verify.verification import pilot_of


@click.command("plan")
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@click.option("--budget", type=click.Choice(list(BUDGETS)), default="standard", show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--pilot", is_flag=True, help="Measure 32 replicates of each cell, and forecast.")
def command(names: Sequence[str], budget: str, seed: int, pilot: bool) -> None:
    """Print the cells that a run would measure: replicates, and share of the declared cost.

    With --pilot, also what the budget is likely to say of each claim, and what would decide it.
    """
    settings = read_settings()
    for theorem in chosen(names, catalogue(settings.paths)):
        refuse_faults(theorem)
        work = plan(theorem.drawn(seed), BUDGETS[budget])
        count = len(work.replicates)
        click.echo(f"{theorem.id}: {count} cells, {work.total:,} replicates at budget {budget}")
        for cell, replicates in work.replicates.items():
            click.echo(f"  {replicates:>6,} x {cell.label:<40} {work.share(cell):6.1%}")
        if pilot:
            for claim, expected in pilot_of(theorem, settings, budget=budget, seed=seed).items():
                click.echo("\n".join([f"{claim}: {_outlook(expected)}", *_indented(expected)]))


def _outlook(expected: Advice | None) -> str:
    return "nothing to forecast after the pilot" if expected is None else expected.outlook


def _indented(expected: Advice | None) -> list[str]:
    return [f"  {sentence}" for sentence in expected.sentences] if expected else []
