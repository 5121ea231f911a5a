"""Results as Markdown that GitHub renders, with a picture of each rate in an SVG file beside it."""

import re
from collections.abc import Iterator, Sequence

from verify.claims import RateOutcome
from verify.outcome import Outcome
from verify.report import wording
from verify.report.figure import sheet
from verify.report.kinds import Line, kind_of
from verify.verdict import Verdict
from verify.verification import Result

_SPECIAL = re.compile(r"[\\`*_{}\[\]()#|~$!]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

HEADS = "claim", "along", "predicted", "estimate", wording.INTERVAL, "on the range", "verdict"


def to_markdown(results: Sequence[Result], stem: str = "") -> str:
    """A section for each result; with a `stem`, it shows the files of `pictures(results, stem)`."""
    names = iter(_names(results, stem))
    return "\n".join(line for result in results for line in _section(result, names))


def pictures(results: Sequence[Result], stem: str) -> dict[str, str]:
    """SVG of each rate, by the name of its file, which starts with `stem`."""
    rates = [claim for result in results for claim in _rates(result)]
    return {
        name: sheet(claim).file("picture")
        for name, claim in zip(_names(results, stem), rates, strict=True)
    }


def escape(text: str) -> str:
    """The text on one line, with nothing in it that Markdown or HTML would take for its own."""
    line = " ".join(text.split())
    plain = _SPECIAL.sub(lambda match: f"\\{match[0]}", line)
    return re.sub("[&<>]", lambda match: _ENTITIES[match[0]], plain)


def _rates(result: Result) -> list[RateOutcome]:
    return [claim for claim in result.claims if isinstance(claim, RateOutcome)]


def _names(results: Sequence[Result], stem: str) -> list[str]:
    """A file name for each rate."""
    parts = [f"{result.theorem}-{claim.id}" for result in results for claim in _rates(result)]
    return [f"{stem}-{slug}.svg" for slug in wording.slugs(parts)]
