"""`compare`: what differs between two stored results."""

from pathlib import Path

import click

from verify.comparison import changed, differences
from verify.report.reading import read_results


@click.command("compare")
@click.argument("old", type=Path, metavar="OLD.json")
@click.argument("new", type=Path, metavar="NEW.json")
@click.pass_context
def command(context: click.Context, old: Path, new: Path) -> None:
    """Show only what differs between two results; exit with 1 if anything does significantly."""
    before, after = read_results(old), read_results(new)
    found = differences(before, after)
    for one in found:
        chance = "" if one.p is None else f"  p = {one.p:.2g}"
        word = "  SIGNIFICANT" if one.significant else ""
        click.echo(f"{one.where}  {one.what}: {one.old} -> {one.new}{chance}{word}")
    latest = {result.theorem: result for result in after}
    for result in before:
        if result.theorem in latest:
            for line in changed(result, latest[result.theorem]):
                click.echo(f"{result.theorem}  came about with {line}")
    count = sum(one.significant for one in found)
    words = f"{len(found)} difference{'s' * (len(found) != 1)}, {count} significant"
    click.echo(words if found else "no difference")
    context.exit(1 if count else 0)
