"""`cite`: the BibTeX entries of the works that theorems are taken from."""

from collections.abc import Sequence

import click

from verify.bibliography import entry
from verify.cli.main import COMMANDS
from verify.discovery import catalogue, find, load
from verify.settings import read_settings
from verify.spec.lint import refuse_faults


@click.command("cite")
@click.argument("names", nargs=-1, required=True, metavar="ID...")
def command(names: Sequence[str]) -> None:
    """Print the BibTeX entry of each theorem's source, each once."""
    entries = catalogue(read_settings().paths)
    texts = {}
    for name in names:
        for found in find(name, entries, COMMANDS):
            theorem = load(found)
            refuse_faults(theorem)
            texts[theorem.source.key] = entry(theorem.source.key, found.path)
    click.echo("\n\n".join(texts.values()))
