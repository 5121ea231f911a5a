"""Write a page for each theorem of the library from its spec; nothing is measured."""

from collections.abc import Iterator
from pathlib import Path

from verify.claims import Corollary, Rate
from verify.discovery import catalogue, load
from verify.report.terminal import exact
from verify.spec import Claim, Theorem
from verify.spec.measure import convention


def write_pages(folder: Path) -> None:
    """One Markdown page for each theorem, and an index of them."""
    theorems = [load(entry) for entry in catalogue()]
    for theorem in theorems:
        (folder / f"{theorem.id}.md").write_text("\n".join(_page(theorem)), encoding="utf-8")
    listed = "\n".join(theorem.id for theorem in theorems)
    index = f"# The library\n\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"
    (folder / "index.md").write_text(index, encoding="utf-8")


def _page(theorem: Theorem) -> Iterator[str]:
    yield f"# {theorem.title}\n"
    yield f"`python -m verify {theorem.id}`\n"
    yield f"$$\n{theorem.statement}\n$$\n"
    yield f"Source: {theorem.source.key}, {theorem.source.where}.\n"
    if theorem.assumptions:
        yield "## Assumptions\n"
        yield from (f"- **{one.id}**: {one.states}" for one in theorem.assumptions)
    yield "\n## Claims\n"
    for claim in theorem.claims:
        yield from _claim(claim)


def _claim(claim: Claim) -> Iterator[str]:
    yield f"### {claim.id}\n"
    match claim:
        case Rate():
            label = claim.functional.label if convention(claim.measure).random else "value"
            yield f"{label} of `{claim.measure.__name__}`"
            yield f"= {claim.relation}(`{claim.bound}`), margin {claim.margin:g}.\n"
            yield "| design | range | points | exponent |\n|---|---|---|---|"
            yield from _designs(claim)
        case Corollary():
            yield f"`{claim.text}`\n"
    yield f"\nTested: {claim.scope}."
    if claim.uses:
        yield f"Uses {', '.join(claim.uses)}.\n"
    if claim.controls:
        yield "\nControls, each of which must be refuted:\n"
    for control in claim.controls:
        dropped = f" (violates {control.violates})" if control.violates else ""
        yield f"- **{control.id}**{dropped}: {control.why}"
    yield ""


def _designs(claim: Rate) -> Iterator[str]:
    for design in claim.designs:
        power = exact(claim.direction(design) * float(claim.growth_in(design).power))
        low, high = min(design.grid), max(design.grid)
        moved = f"{design.variable} = {low:g} to {high:g}"
        yield f"| {design.label or '-'} | {moved} | {len(design.grid)} | {power} |"
