"""`cite`: the BibTeX entries of the works that theorems are taken from."""

from collections.abc import Sequence

import click

from verify.bibliography import entry
from verify.discovery import catalogue, find, load
from verify.settings import read_settings


@click.command("cite")
@click.argument("names", nargs=-1, required=True, metavar="ID...")
def command(names: Sequence[str]) -> None:
    """Print the BibTeX entry of each theorem's source, each once."""
    entries = catalogue(read_settings().paths)
    found = [one for name in dict.fromkeys(names) for one in find(name, entries)]
    click.echo("\n\n".join(dict.fromkeys(entry(load(one).source.key, one.path) for one in found)))
