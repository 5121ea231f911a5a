"""`list`: the ids and titles of all theorems, read from their source without importing them."""

import click

from verify.discovery import catalogue
from verify.settings import read_settings


@click.command("list")
def command() -> None:
    """Show the ids and titles of all theorems."""
    entries = catalogue(read_settings().paths)
    width = max((len(entry.id) for entry in entries), default=0)
    for entry in entries:
        click.echo(f"{entry.id:<{width}}  {entry.title}")
