"""`new`: write the file of a theorem that passes lint and runs, to be edited."""

import keyword
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import click

from verify.discovery import catalogue
from verify.errors import InputError
from verify.settings import read_settings
from verify.spec.lint import COMMANDS


@click.command("new")
@click.argument("name", metavar="ID")
def command(name: str) -> None:
    """Write ID.py in the working folder: a small theorem to start from."""
    if not name.isidentifier() or keyword.iskeyword(name):
        raise InputError(f"{name!r} cannot name a module; expected an identifier such as my_rate")
    taken = {entry.id for entry in catalogue(read_settings().paths)} | COMMANDS
    if name in taken:
        raise InputError(f"{name!r} is a theorem or a command already; choose another id")
    path = Path(f"{name}.py")
    if path.exists():
        raise InputError(f"{path} exists already; choose another id, or move the file away")
    if find_spec(name) is not None:
        raise InputError(f"{name!r} is the name of an installed module; choose another id")
    template = files("verify.cli").joinpath("new_theorem.py.txt").read_text(encoding="utf-8")
    path.write_text(template.replace("NEW_ID", name), encoding="utf-8")
    click.echo(f"wrote {path}; edit it, then: python -m verify {path}")
