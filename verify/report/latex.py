r"""Results as LaTeX: a table for each, of predicted exponents, estimates, intervals and verdicts.

The tables need `PREAMBLE` in the document that inputs them.
"""

import re
from collections.abc import Iterator, Sequence

from verify.claims import RateOutcome
from verify.outcome import Outcome
from verify.report import wording
from verify.report.kinds import kind_of
from verify.report.lines import Line
from verify.report.markup import legal
from verify.result import Result

PREAMBLE = r"""\usepackage[T1]{fontenc}
\usepackage{booktabs}
\usepackage{siunitx}"""

_NOTE = "% In the preamble of the document that inputs this file:"
_SPECIAL = re.compile(r"""[\\^~<>|"`{}$&#_%\[\]]|-(?=-)|^\*""")
_COMMAND = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "-": "-{}",
}
"""Characters that a backslash does not help; brackets and a star could be read as options."""

_GREEK = [
    *("alpha", "beta", "gamma", "delta", "varepsilon", "zeta", "eta", "theta", "iota", "kappa"),
    *("lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "varphi", "chi", "psi"),
    *("omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega"),
]
_NAMES = [*_GREEK, "infty", "leq", "geq", "neq", "to", "in", "surd"]
_SYMBOL = dict(zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ∞≤≥≠→∈√", _NAMES, strict=True))
_FOREIGN = re.compile("[^ -~\u00a0-\u017f]|[ĦħĸĿŀŉŦŧſ]")


def to_latex(results: Sequence[Result]) -> str:
    r"""A `table` for each result, labelled `tab:verify-ID`; needs `PREAMBLE`."""
    note = [_NOTE, *(f"%   {line}" for line in PREAMBLE.splitlines()), ""]
    labels = wording.slugs(result.theorem for result in results)
    tables = [line for one in zip(results, labels, strict=True) for line in _table(*one)]
    return "\n".join(note + tables)


def escape(text: str) -> str:
    """The text on one line, with every special character as itself.

    What is neither Latin nor common in mathematics is written by its code point: not every TeX
    has it.
    """
    line = " ".join(legal(text).split())
    plain = _SPECIAL.sub(lambda match: _COMMAND.get(match[0], f"\\{match[0]}"), line)
    return _FOREIGN.sub(lambda match: _foreign(match[0]), plain)


def _foreign(letter: str) -> str:
    if letter in _SYMBOL:
        return rf"\ensuremath{{\{_SYMBOL[letter]}}}"
    return f"{{[}}U+{ord(letter):04X}{{]}}"


def _table(result: Result, label: str) -> Iterator[str]:
    yield r"\begin{table}"
    yield r"  \centering"
    yield rf"  \caption{{{_caption(result)}}}"
    yield rf"  \label{{tab:verify-{label}}}"
    yield r"  \begin{tabular}{llcS[table-format=+1.4]cl}"
    yield r"    \toprule"
    yield rf"    claim & along & predicted & {{estimate}} & {escape(wording.INTERVAL)} & verdict \\"
    for claim in result.outcomes:
        yield r"    \midrule"
        yield from (rf"    {' & '.join(cells)} \\" for cells in _rows(claim))
    yield r"    \bottomrule"
    yield r"  \end{tabular}"
    yield r"\end{table}"
    yield ""


def _caption(result: Result) -> str:
    origin = result.provenance
    return (
        f"{escape(result.title)} ({escape(result.source)}): {result.verdict}, "
        f"{wording.STANDING[result.exit_code]}; {escape(wording.drawn(origin))}, "
        rf"\num{{{origin.samples}}} replicates.{''.join(_savings(result))}"
    )


def _savings(result: Result) -> Iterator[str]:
    """What the measures of the rates save, a sentence each: it says what a replicate is."""
    for claim in result.outcomes:
        for row in claim.exponents if isinstance(claim, RateOutcome) else ():
            yield from (f" {escape(f'{claim.id}: {text}')}." for text in wording.savings(row))


def _rows(claim: Outcome) -> list[list[str]]:
    """The numbers of a claim, named in the first row; without numbers, its statement."""
    kind = kind_of(claim)
    lines = kind.lines(claim)
    if not lines:
        said = filter(None, (kind.statement(claim), kind.found(claim)))
        statement = escape("; ".join(said))
        spread = rf"\multicolumn{{4}}{{p{{.5\linewidth}}}}{{{statement}}}"
        return [[escape(claim.id), spread, claim.verdict]]
    names = [escape(claim.id), *[""] * (len(lines) - 1)]
    return [[name, *_cells(line)] for name, line in zip(names, lines, strict=True)]


def _cells(line: Line) -> list[str]:
    found = ["{--}", "--"]
    if line.estimate is not None:
        ends = _interval(line.low, line.high, line.digits)
        found = [wording.decimal(line.estimate, line.digits), ends]
    return [escape(line.along), f"${line.predicted}$", *found, line.verdict]


def _interval(low: float | None, high: float | None, digits: int) -> str:
    left = r"$(-\infty" if low is None else rf"$[\num{{{low:.{digits}f}}}"
    right = r"\infty)$" if high is None else rf"\num{{{high:.{digits}f}}}]$"
    return f"{left}, {right}"
