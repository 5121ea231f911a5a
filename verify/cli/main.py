"""The entry point: which command is meant, and what a failure looks like to the shell."""

import shlex
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper
from time import monotonic
from typing import Any

import click

from verify.errors import VerifyError

INTERRUPTED, INTERNAL = 130, 70
SETTLED = 2.0
COMMANDS = {
    "algebra": "Derive regimes, exponents and comparisons of a bound, exactly.",
    "calibrate": "Measure the error rates of the verdicts on laws whose exponent is known.",
    "cells": "Show what is stored; export it as CSV or Parquet; remove what is outdated.",
    "cite": "Print the BibTeX entries that theorems are taken from.",
    "compare": "Show what differs between two results, and whether by more than chance.",
    "fit": "Judge data that already exist, such as a CSV of runs, against a bound.",
    "list": "Show the ids and titles of all theorems.",
    "new": "Write the file of a new theorem, to be edited.",
    "plan": "Show the cells that a run would measure.",
    "reproduce": "Run again what a result is of, and say whether the digits agree.",
    "report": "Render stored results: HTML, Markdown, LaTeX, JUnit, GitHub, badge.",
    "run": "Check theorems; the word `run` may be left out.",
    "show": "Show what a theorem says: claims, exponents, controls, designs.",
}


class Commands(click.Group):
    """A group that imports a command's module only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"verify.cli.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Names and summaries, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(message="%(version)s", package_name="verify-theorems")
def group() -> None:
    """Check numerically whether theorems about learning hold.

    `python -m verify ID...` runs theorems: an id, a package of theorems, ID:CLAIM for one claim,
    or the path of a file.
    """


def again(words: list[str]) -> str:
    """The command that goes on after an interrupt, or repeats a run with what is stored."""
    kept = [word for word in words[words[:1] == ["run"] :] if word != "--fresh"]
    return shlex.join(["python", "-m", "verify", *kept])


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code; no input gives a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a narrow encoding is no reason to stop
    _on_signals(_interrupt())
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] not in {*COMMANDS, "-h", "--help", "--version"}:
        words.insert(0, "run")
    try:
        code = group.main(words or ["--help"], prog_name="python -m verify", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except VerifyError as error:
        click.echo(f"error: {error}", err=True)
        code = error.exit_code
    except (Exception, KeyboardInterrupt) as error:
        if _is_of_an_interrupt(error):
            _on_signals(signal.SIG_IGN)  # one that comes while Python ends would be the exit code
            kept = f": what was measured is kept; go on with: {again(words)}"
            click.echo(f"interrupted{kept if words[:1] == ['run'] else ''}", err=True)
            code = INTERRUPTED
        else:
            traceback.print_exc()
            click.echo("this is a fault of verify itself; please report it", err=True)
            code = INTERNAL
    sys.exit(code)


def _is_of_an_interrupt(error: BaseException | None) -> bool:
    """Whether it is one, or what became of one on its way through other people's code."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__context__
    return error is not None


def _interrupt() -> Callable[..., None]:
    """A handler that raises KeyboardInterrupt, at most once in SETTLED seconds.

    Signals that follow at once are of the same wish, and must not cut the way out short.
    """
    last = -SETTLED

    def interrupt(*_: object) -> None:
        nonlocal last
        if monotonic() - last >= SETTLED:
            last = monotonic()
            raise KeyboardInterrupt

    return interrupt


def _on_signals(handler: Any) -> None:
    """Handle the signals that end a program, except those that are ignored."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)
