"""What a wrong input is told: what was found, what was expected, where, and what to do."""

import difflib
from collections.abc import Iterable
from typing import ClassVar

import attrs

EXCERPT = 60


@attrs.frozen
class Finding:
    """One static fault of a spec: a code, `file:line`, what was found and expected, a hint.

    `field` names the field at fault, so that checks which need it can be left out.
    """

    code: str
    where: str
    found: str
    expected: str
    hint: str = ""
    field: str = ""

    def __str__(self) -> str:
        """One line, in the form that editors and CI systems link to."""
        hint = f". {self.hint}" if self.hint else ""
        return f"{self.where}: {self.code}: found {self.found}; expected {self.expected}{hint}"


class VerifyError(Exception):
    """A fault that the user can mend; `exit_code` is what the command line returns for it."""

    exit_code: ClassVar[int] = 2


class InputError(VerifyError):
    """Wrong usage, settings, specification or data, found before anything is measured."""


class SpecError(InputError):
    """A malformed theorem, with all of its `findings` at once."""

    def __init__(self, subject: str, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        count = len(self.findings)
        lines = [f"{subject}: {count} finding{'s' if count != 1 else ''}"]
        super().__init__("\n".join(lines + [f"  {finding}" for finding in self.findings]))


class GrammarError(InputError):
    """A bound that the grammar refuses: its `text`, the 1-based `column`, the problem, a hint."""

    def __init__(self, text: str, column: int, problem: str, hint: str = "") -> None:
        self.text, self.column, self.problem, self.hint = text, column, problem, hint
        start = max(0, column - 1 - EXCERPT // 2)
        shown = text[start : start + EXCERPT].replace("\n", " ").replace("\t", " ")
        lines = [
            f"column {column}: {problem}",
            f"    {shown}",
            "    " + " " * (column - 1 - start) + "^",
        ]
        super().__init__("\n".join([*lines, f"  {hint}"] if hint else lines))


class MeasurementError(VerifyError):
    """A measure raised, or returned something that is not a set of finite replicates."""

    exit_code = 4


class StoreError(VerifyError):
    """The store of measured blocks cannot be read or written."""

    exit_code = 4


def nearest(name: str, known: Iterable[str]) -> str:
    """The hint for a misspelt name: the closest of the known ones, or else all of them."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(names) or 'none'}"
