"""Results as one HTML page that needs no network and no script; with an index for several.

The templates escape whatever comes from a theorem; the drawings, which they trust, do so too.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import attrs
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from verify.outcome import Outcome
from verify.report import NO_ILLUSTRATIONS, Illustrations, wording
from verify.report.decisive import data, decisions
from verify.report.figure import claim_pictures, strip
from verify.report.figure.formula import formula
from verify.report.figure.illustrations import illustrated
from verify.report.figure.palette import stylesheet
from verify.report.kinds import Kind, kind_of
from verify.report.markup import legal
from verify.result import Result
from verify.spec import Illustration
from verify.verdict import Verdict

TONE = {0: "good", 1: "bad", 3: "open", 4: "bad", 5: "open"}
"""The class that colours a verdict, by the exit code of its claim."""


@attrs.frozen
class Part:
    """A claim on the page, with its anchor, its tone, its formula and its pictures."""

    claim: Outcome
    kind: Kind
    name: str
    tone: str
    formula: Markup | None
    pictures: list[list[Markup]]
    strip: Markup | None


@attrs.frozen
class Section:
    """A theorem on the page: its anchor, its tone, its formula, its claims and its own pictures."""

    result: Result
    name: str
    tone: str
    formula: Markup | None
    parts: list[Part]
    illustrations: list[tuple[Illustration, Markup]]


def to_html(results: Sequence[Result], illustrations: Illustrations = NO_ILLUSTRATIONS) -> str:
    """The page of one result, or of several with an index that filters by verdict."""
    names = wording.slugs(result.theorem for result in results)
    sections = [
        _section(result, name, illustrations.get(result.theorem, ()))
        for result, name in zip(results, names, strict=True)
    ]
    page = _environment().get_template("page.html.jinja")
    single = len(results) == 1
    text = page.render(
        title=results[0].title if single else f"Results for {len(results)} theorems",
        sections=sections,
        choices=list(_choices(results)),
    )
    return legal(text)


def _section(result: Result, name: str, illustrations: Sequence[Illustration]) -> Section:
    claims = wording.slugs(claim.id for claim in result.outcomes)
    parts = [
        _part(claim, f"theorem-{name}--{slug}")
        for claim, slug in zip(result.outcomes, claims, strict=True)
    ]
    drawn = _drawn(result.statement)
    shown = [
        (one, Markup(illustrated(one).inline(f"theorem-{name}---{one.id}")))
        for one in illustrations
    ]
    return Section(result, f"theorem-{name}", TONE[result.exit_code], drawn, parts, shown)


def _part(claim: Outcome, name: str) -> Part:
    kind = kind_of(claim)
    beside = strip(claim)
    pictures = [
        [Markup(one.inline(f"{name}--{row}-{column}")) for column, one in enumerate(panels)]
        for row, panels in enumerate(claim_pictures(claim))
    ]
    drawn = _drawn(kind.latex(claim))
    below = Markup(beside.inline(f"{name}--strip")) if beside else None
    return Part(claim, kind, name, TONE[claim.exit_code], drawn, pictures, below)


def _drawn(latex: str) -> Markup | None:
    """A formula as SVG, None where it cannot be set."""
    outline = formula(latex)
    return None if outline is None else Markup(outline)


def _choices(results: Sequence[Result]) -> Iterator[tuple[str, str, int]]:
    """What the index can be narrowed to: an id, the words for it, and how many theorems it has."""
    yield "all", "all", len(results)
    for verdict in Verdict:
        yield verdict, verdict, sum(result.verdict is verdict for result in results)
    unexpected = sum(not result.as_expected for result in results)
    yield "unexpected", "not as expected", unexpected


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("verify.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(decimal=_decimal, interval=_interval, figures=_figures)
    made.filters.update(zip=zip, decisions=decisions, data=data)
    made.globals.update(
        wording=wording, tone=_tone, kind_name=_kind_name, plot_style=Markup(stylesheet())
    )
    return made


def _tone(verdict: Verdict, wanted: Verdict) -> str:
    """The class that colours a verdict where `wanted` is the right one."""
    if verdict == wanted:
        return "good"
    return "open" if verdict is Verdict.INCONCLUSIVE else "bad"


def _decimal(value: float | None, digits: int = wording.DIGITS) -> str:
    return wording.decimal(value, digits).replace("-", "−")


def _interval(found: Any, digits: int = wording.DIGITS) -> str:
    """The interval of anything with an estimate, a low and a high end."""
    if found.estimate is None:
        return ""
    ends = wording.interval(found.low, found.high, digits)
    return ends.replace("-", "−").replace("inf", "∞")


def _figures(value: float) -> str:
    """A positive number with six significant figures."""
    return f"{value:,.6g}"


def _kind_name(claim: Outcome) -> str:
    return str(claim.__struct_config__.tag)
