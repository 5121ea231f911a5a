r"""Results as LaTeX: a table for each, of predicted exponents, estimates, intervals and verdicts.

The tables need `PREAMBLE` in the document that inputs them.
"""

import re
from collections.abc import Iterator, Sequence

from verify.outcome import Outcome
from verify.report import wording
from verify.report.kinds import Line, kind_of
from verify.report.markup import legal
from verify.verification import Result

PREAMBLE = r"""\usepackage[T1]{fontenc}
\usepackage{booktabs}
\usepackage{siunitx}"""

_NOTE = "% In the preamble of the document that inputs this file:"
_COMMAND = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
}
_SPECIAL = re.compile(r"""[\\^~<>|"{}$&#_%\[\]*`'-]""")


def to_latex(results: Sequence[Result]) -> str:
    r"""A `table` for each result, labelled `tab:verify-ID`."""
    note = [_NOTE, *(f"%   {line}" for line in PREAMBLE.splitlines()), ""]
    labels = wording.slugs(result.theorem for result in results)
    tables = [line for one in zip(results, labels, strict=True) for line in _table(*one)]
    return "\n".join(note + tables)


def escape(text: str) -> str:
    """The text on one line, every special character as itself.

    Braces around the rest keep it from being an option of a line's end, or a ligature.
    """
    line = " ".join(legal(text).split())
    return _SPECIAL.sub(lambda match: _escaped(match[0]), line)


def _escaped(character: str) -> str:
    if character in _COMMAND:
        return _COMMAND[character]
    return f"{{{character}}}" if character in "[]*`'-" else f"\\{character}"


def _table(result: Result, label: str) -> Iterator[str]:
    origin = result.provenance
    yield r"\begin{table}"
    yield r"  \centering"
    yield rf"  \caption{{{escape(result.title)} ({escape(result.source)}): {result.verdict},"
    yield f"    {wording.STANDING[result.exit_code]}.  Budget {escape(origin.budget)}, seed"
    yield rf"    {origin.seed}, \num{{{origin.samples}}} replicates.}}"
    yield rf"  \label{{tab:verify-{label}}}"
    yield r"  \begin{tabular}{llcS[table-format=+1.4]cl}"
    yield r"    \toprule"
    yield rf"    claim & along & predicted & {{estimate}} & {escape(wording.INTERVAL)} & verdict \\"
    for claim in result.claims:
        yield r"    \midrule"
        yield from (f"    {' & '.join(cells)} \\\\" for cells in _rows(claim))
    yield r"    \bottomrule"
    yield r"  \end{tabular}"
    yield r"\end{table}"
    yield ""


def _rows(claim: Outcome) -> list[list[str]]:
    """The numbers of a claim, named in the first line; without numbers, its statement."""
    kind = kind_of(claim)
    names = [escape(claim.id)]
    lines = kind.lines(claim)
    if lines:
        names += [""] * (len(lines) - 1)
        return [[name, *_cells(line)] for name, line in zip(names, lines, strict=True)]
    statement = rf"\multicolumn{{4}}{{p{{.5\linewidth}}}}{{{escape(kind.statement(claim))}}}"
    return [[*names, statement, claim.verdict]]


def _cells(line: Line) -> list[str]:
    if line.estimate is None:
        return [escape(line.along), f"${line.predicted}$", "{--}", "--", line.verdict]
    return [
        escape(line.along),
        f"${line.predicted}$",
        wording.decimal(line.estimate),
        _interval(line.low, line.high),
        line.verdict,
    ]


def _interval(low: float | None, high: float | None) -> str:
    left = r"$(-\infty" if low is None else rf"$[\num{{{low:.4f}}}"
    right = r"\infty)$" if high is None else rf"\num{{{high:.4f}}}]$"
    return f"{left}, {right}"
