"""`report`: render stored results, without measuring; and the options that name files of reports.

The options are those of every command that has results: `output_options` adds them, and
`write_reports` does what they ask for.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.console import Console

from verify.errors import InputError
from verify.report import FORMATS, NO_ILLUSTRATIONS, Format, Illustrations

if TYPE_CHECKING:
    from verify.result import Result

WIDTH = 100
"""Columns of text that goes to a file or a pipe."""

Command = TypeVar("Command", bound=Callable[..., object])


def output_options(command: Command) -> Command:
    """The command with an option for each format; it gets their values by the formats' names."""
    for form in reversed(tuple(FORMATS.values())):
        command = _option(form)(command)
    return command


def _option(form: Format) -> Callable[[Command], Command]:
    summary = f"{form.summary[0].upper()}{form.summary[1:]}."
    if form.printed:
        return click.option(f"--{form.name}", is_flag=True, help=summary)
    return click.option(f"--{form.name}", metavar="FILE", callback=target, help=summary)


def target(_: click.Context, option: click.Parameter, value: str | None) -> Path | None:
    """The path that an option names; refused before anything is done, if nothing can be there."""
    if value is None:
        return None
    path = Path(value)
    place = f"--{option.name} {path}" if isinstance(option, click.Option) else str(path)
    try:
        if path.is_dir() or not path.absolute().parent.is_dir():
            raise InputError(f"{place}: expected a file in a folder that exists")
        _try(path)
    except OSError as error:
        problem = f"{place}: {error.strerror}"
        raise InputError(f"{problem}; expected a file that can be written") from None
    return path


def _try(path: Path) -> None:
    """OSError for a file that cannot be written; leaves everything as it was."""
    is_new = not path.exists()
    if is_new or path.is_file():
        path.open("ab").close()
    if is_new:
        path.unlink()


def write_reports(
    results: "Sequence[Result]",
    outputs: Mapping[str, Any],
    illustrations: Illustrations = NO_ILLUSTRATIONS,
) -> None:
    """Write or print every format that `outputs` names, and say which files there are now.

    `outputs` has, by the name of a format, a path, or True for one that is printed.
    """
    for form in FORMATS.values():
        wanted = outputs[form.name]
        if form.printed and wanted:
            click.echo(form.text(results, illustrations), nl=False)
        elif wanted is not None and not form.printed:
            for name, content in form.files(results, wanted.name, illustrations).items():
                write(form.name, wanted.with_name(name), content.encode())


def write(option: str, path: Path, content: bytes) -> None:
    """Write the file that an option asks for, and say that it is there."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"--{option}: {path}: {error.strerror}") from None
    click.echo(f"wrote {path}", err=True)


def terminal(*, quiet: bool = False) -> Console:
    """Where a report for people goes: standard output, in colour if it is a terminal."""
    console = Console(quiet=quiet, emoji=False, highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    return console


@click.command("report")
@click.argument("files", nargs=-1, required=True, metavar="RESULT.json...")
@output_options
def command(files: Sequence[str], **outputs: Any) -> None:
    """Render results that `--json` wrote; without an option, as text."""
    # they bring the numerical libraries, and neither help nor the options need those
    from verify.cli.illustrations import illustrations_of  # noqa: PLC0415
    from verify.report.reading import read_results  # noqa: PLC0415
    from verify.report.terminal import overview, show  # noqa: PLC0415

    results = [result for file in files for result in read_results(Path(file))]
    if not any(outputs.values()):
        for result in results:
            show(result, terminal())
        if len(results) > 1:
            overview(results, terminal())
    illustrations = illustrations_of(results) if any(outputs.values()) else NO_ILLUSTRATIONS
    write_reports(results, outputs, illustrations)
