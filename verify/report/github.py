"""Results as GitHub workflow commands: an annotation at the line of each claim.

The form and the escapes are those of "Workflow commands for GitHub Actions"; a command is one
line, so nothing in a text can start another one.
"""

from collections.abc import Mapping, Sequence

from verify.outcome import Outcome
from verify.report import wording
from verify.report.kinds import account
from verify.report.markup import legal
from verify.result import Result

LEVEL = {0: "notice", 1: "error", 3: "warning", 4: "error"}
"""The kind of annotation, by the exit code of a claim."""

_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_MESSAGE, ":": "%3A", ",": "%2C"}


def to_github(results: Sequence[Result]) -> str:
    """One command for each claim, and one for each cell that could not be measured."""
    commands = [
        *(_claim(result, claim) for result in results for claim in result.outcomes),
        *(
            _command("error", f"{result.theorem}: {one.cell} not measured", one.error)
            for result in results
            for one in result.failures
        ),
    ]
    return "".join(f"{command}\n" for command in commands)


def _claim(result: Result, claim: Outcome) -> str:
    title = f"{result.theorem}: {claim.id} {claim.verdict}, {wording.standing(claim)}"
    text = "\n".join(account(claim, result.outcomes))
    return _command(LEVEL[claim.exit_code], title, text, claim.place)


def _command(level: str, title: str, message: str, place: str = "") -> str:
    found = wording.split_place(place)
    where = {"file": found[0], "line": str(found[1])} if found else {}
    properties = {name: _escaped(v, _PROPERTY) for name, v in {**where, "title": title}.items()}
    head = ",".join(f"{name}={value}" for name, value in properties.items())
    return f"::{level} {head}::{_escaped(message, _MESSAGE)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return legal(text).translate({ord(character): code for character, code in escapes.items()})
