"""Write a page for each theorem of the library from its spec; nothing is measured."""

from collections.abc import Iterator
from pathlib import Path

from verify.discovery import catalogue, load
from verify.report.figure.illustrations import illustrated
from verify.report.markdown import escape
from verify.report.spec_text import Part, claim_parts
from verify.spec import Theorem


def write_pages(folder: Path) -> None:
    """One Markdown page for each theorem, and an index of them."""
    theorems = [load(entry) for entry in catalogue()]
    for theorem in theorems:
        (folder / f"{theorem.id}.md").write_text("\n".join(_page(theorem)), encoding="utf-8")
        for one in theorem.illustrations:
            drawn = illustrated(one).file("picture")
            (folder / f"{theorem.id}-{one.id}.svg").write_text(drawn, encoding="utf-8")
    listed = "\n".join(theorem.id for theorem in theorems)
    index = f"# The library\n\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"
    (folder / "index.md").write_text(index, encoding="utf-8")


def _page(theorem: Theorem) -> Iterator[str]:
    yield f"# {escape(theorem.title)}\n"
    yield f"`python -m verify {theorem.id}`\n"
    yield f"$$\n{theorem.statement}\n$$\n"
    yield f"Source: {theorem.source.key}, {escape(theorem.source.where)}.\n"
    if theorem.assumptions:
        yield "## Assumptions\n"
        yield from (f"- **{one.id}**: {escape(one.states)}" for one in theorem.assumptions)
    for one in theorem.illustrations:
        yield f"\n![{escape(one.title)}]({theorem.id}-{one.id}.svg)\n\n{escape(one.shows)}"
    yield "\n## Claims\n"
    for claim in theorem.claims:
        yield f"### {claim.id}\n"
        yield from map(_line, claim_parts(claim))
        yield ""


def _line(part: Part) -> str:
    text = f"`{part.text}`" if part.code else escape(part.text)
    return f"- **{escape(part.name)}**: {text}"
