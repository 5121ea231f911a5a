"""Results as Markdown that GitHub renders, each claim's picture in an SVG file beside it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from verify.outcome import ControlOutcome, Outcome
from verify.report import NO_ILLUSTRATIONS, Illustrations, wording
from verify.report.figure import sheet
from verify.report.figure.illustrations import illustrated
from verify.report.kinds import kind_of
from verify.report.lines import HEADS
from verify.report.markup import legal
from verify.result import Result
from verify.spec import Illustration

_SPECIAL = re.compile(r"[\\`*_{}\[\]#|~$&<>]")
_ENTITY = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def to_markdown(
    results: Sequence[Result], stem: str = "", illustrations: Illustrations = NO_ILLUSTRATIONS
) -> str:
    """A section for each result; with a `stem` it shows the files of `pictures`."""
    lines: list[str] = []
    for result, files in zip(results, _files(results, stem), strict=True):
        own = illustrations.get(result.theorem, ()) if stem else ()
        lines += _section(result, files if stem else [None] * len(files), _named(own, stem, result))
    return "\n".join(lines)


def pictures(
    results: Sequence[Result], stem: str, illustrations: Illustrations = NO_ILLUSTRATIONS
) -> dict[str, str]:
    """The SVG of each claim and of each illustration, by their files, which start with `stem`."""
    drawn = {
        file: picture.file("picture")
        for result, files in zip(results, _files(results, stem), strict=True)
        for claim, file in zip(result.outcomes, files, strict=True)
        if (picture := sheet(claim))
    }
    for result in results:
        named = _named(illustrations.get(result.theorem, ()), stem, result)
        drawn |= {file: illustrated(one).file("picture") for file, one in named.items()}
    return drawn


def escape(text: str) -> str:
    """The text on one line, with nothing in it that Markdown or HTML would take for its own."""
    return _SPECIAL.sub(lambda m: _ENTITY.get(m[0], f"\\{m[0]}"), " ".join(legal(text).split()))


def fence(text: str, language: str = "") -> list[str]:
    """The text as it stands, as a block of code that nothing in it can close."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return [f"{ticks}{language}", *legal(text).splitlines(), ticks, ""]


def _files(results: Sequence[Result], stem: str) -> list[list[str]]:
    """A file name for each claim of each result, all different."""
    several = len(results) > 1
    names = [
        f"{result.theorem}-{claim.id}" if several else claim.id
        for result in results
        for claim in result.outcomes
    ]
    slugs = iter(wording.slugs(names))
    return [[f"{stem}-{next(slugs)}.svg" for _ in result.outcomes] for result in results]


def _named(
    illustrations: Sequence[Illustration], stem: str, result: Result
) -> dict[str, Illustration]:
    """The illustrations of a theorem by their files; claims have no two dashes in theirs."""
    of = "" if stem == result.theorem else f"{result.theorem}-"
    return {f"{stem}--{of}{one.id}.svg": one for one in illustrations}


def _section(
    result: Result, files: Sequence[str | None], illustrations: Mapping[str, Illustration]
) -> Iterator[str]:
    origin = result.provenance
    standing = wording.STANDING[result.exit_code]
    yield from [f"# {escape(result.title)}", ""]
    yield from [f"{escape(result.theorem)}, from {escape(result.source)}", ""]
    yield from [f"**{result.verdict}**, {standing}.", ""]
    yield from fence(result.statement, "math")
    yield from [f"- **{escape(k)}**: {escape(v)}" for k, v in result.assumptions.items()]
    rows = [row for claim in result.outcomes for row in _rows(claim)]
    yield from ["", *_table(("claim", *HEADS, "verdict"), rows)]
    for name, one in illustrations.items():
        yield from [f"![{escape(one.title)}]({name})", "", escape(one.shows), ""]
    for claim, file in zip(result.outcomes, files, strict=True):
        yield from _claim(claim, file, result)
    if result.failures:
        failed = ((f.cell, f.error, f.trace) for f in result.failures)
        yield from ["## Not measured", ""]
        yield from _table(("cell", "error", "traceback"), failed)
    yield from ["## Where the numbers come from", ""]
    drawn = escape(wording.drawn(origin))
    spent = f"{drawn[0].upper()}{drawn[1:]}, {origin.samples:,} replicates"
    spent += ", stopped when time was up" if result.stopped else ""
    yield from [f"{spent}, {escape(origin.started)}. Repeat:", "", *fence(origin.command)]


def _claim(claim: Outcome, file: str | None, result: Result) -> Iterator[str]:
    """What a claim says, its picture, what its verdict rests on, and its controls."""
    kind = kind_of(claim)
    yield from [f"## {escape(claim.id)}: {claim.verdict}", ""]
    if file is not None and (picture := sheet(claim)):
        yield from [f"![{escape(picture.title)}]({file})", ""]
    facts = {
        "claim": kind.statement(claim),
        "verdict": " ".join(filter(None, (wording.because(claim), wording.against(claim)))),
        wording.CORRECTED: wording.correction(claim, result.outcomes),
        "details": "; ".join(kind.details(claim)),
        "evidence": kind.evidence(claim),
        "scope": claim.scope,
        "uses": ", ".join(claim.uses),
        "not tested": "; ".join(claim.not_tested),
        "declared at": claim.place,
    }
    yield from (f"- {name}: {escape(text)}" for name, text in facts.items() if text)
    yield ""
    if code := kind.code(claim):
        yield from fence(code, "python")
    if claim.controls:
        yield from _table(
            ("control", "why it is false", "violates", "verdict", "reason"),
            map(_control, claim.controls),
        )


def _control(control: ControlOutcome) -> Sequence[str]:
    return control.id, control.why, control.violates or "", control.verdict, control.reason


def _rows(claim: Outcome) -> list[Sequence[str]]:
    """The numbers of a claim, or its verdict alone."""
    lines = [(claim.id, *line.cells, line.verdict) for line in kind_of(claim).lines(claim)]
    return [*lines] or [(claim.id, *[""] * len(HEADS), claim.verdict)]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table, with an empty line after it."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(map(escape, row))} |"
    yield ""
