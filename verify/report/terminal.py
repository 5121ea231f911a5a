"""One result as text for people: a line for each exponent, then what it rests on."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from verify.outcome import Outcome
from verify.report.kinds import kind_of
from verify.report.lines import HEADS
from verify.report.markup import legal
from verify.report.wording import CORRECTED, against, because, census, correction, exact
from verify.result import Result
from verify.verdict import Verdict

__all__ = ["exact", "overview", "show"]

STYLE = {Verdict.HOLDS: "green", Verdict.REFUTED: "red", Verdict.INCONCLUSIVE: "yellow"}


def show(result: Result, console: Console) -> None:
    """Print a result."""
    console.print(f"[bold]{_plain(result.theorem)}[/]  {_plain(result.title)}")
    table = Table("claim", *HEADS, "verdict", box=None, pad_edge=False, header_style="dim")
    for claim in result.outcomes:
        for line in kind_of(claim).lines(claim):
            table.add_row(*map(_plain, (claim.id, *line.cells)), _verdict(line.verdict))
    if table.row_count:
        console.print(table)
    for claim in result.outcomes:
        console.print()
        for text in _basis(claim, result):
            console.print(text, soft_wrap=True)
    for failure in result.failures:
        console.print(f"\n[red]not measured[/] {_plain(f'{failure.cell}: {failure.error}')}")
        console.print(f"  traceback: {_plain(failure.trace)}", soft_wrap=True)
    _close(result, console)


def overview(results: Sequence[Result], console: Console) -> None:
    """Print one line for each claim of several results, and how many have which verdict."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in ("theorem", "claim", "verdict", "evidence", "refuted", ""):
        table.add_column(head, no_wrap=head != "", overflow="fold")
    for result in results:
        for number, claim in enumerate(result.outcomes):
            theorem = "" if number else _plain(result.theorem)
            right = f"{CORRECTED} {claim.corrected}" if claim.corrected else ""
            cells = claim.evidence, _refuted(claim), against(claim) or right
            table.add_row(theorem, _plain(claim.id), _verdict(claim.verdict), *map(_plain, cells))
    console.print(table)
    claims = [claim for result in results for claim in result.outcomes]
    found = census(claim.verdict for claim in claims)
    surprising = sum(claim.exit_code != 0 for claim in claims)
    word = f"{surprising} not as expected" if surprising else "all as expected"
    console.print(f"\n{len(claims)} claims of {len(results)} theorems: {found}; {word}\n")


def _refuted(claim: Outcome) -> str:
    """How many of its controls are refuted; empty where it has none."""
    found = sum(one.verdict is Verdict.REFUTED for one in claim.controls)
    return f"{found} of {len(claim.controls)}" if claim.controls else ""


def _basis(claim: Outcome, result: Result) -> list[str]:
    """What the verdict on a claim rests on, and what it does not reach."""
    kind = kind_of(claim)
    head = " ".join(filter(None, (_verdict(claim.verdict), against(claim))))
    lines = [f"{_plain(claim.id)}: {head}  {_plain(kind.statement(claim))}"]
    lines.append(f"  {because(claim)}")
    lines += [f"  {_plain(detail)}" for detail in kind.details(claim)]
    lines += [f"      {_plain(line)}" for line in kind.code(claim).splitlines()]
    lines.append(f"  evidence: {kind.evidence(claim)}; {_plain(claim.scope)}")
    if right := correction(claim, result.outcomes):
        lines.append(f"  {CORRECTED}: {_plain(right)}")
    if claim.not_tested:
        lines.append(f"  not tested: {_plain('; '.join(claim.not_tested))}")
    controls = [f"{_plain(one.id)} {_verdict(one.verdict)}" for one in claim.controls]
    return [*lines, *([f"  controls: {', '.join(controls)}"] if controls else [])]


def _close(result: Result, console: Console) -> None:
    origin = result.provenance
    word = "as expected" if result.as_expected else "not as expected"
    console.print(f"\n{_verdict(result.verdict)}, {word}", soft_wrap=True)
    if result.stopped:
        console.print("time was up before the budget was spent", soft_wrap=True)
    spent = f"{origin.samples:,} replicates, {origin.wall_s:.1f} s, seed {origin.seed}"
    console.print(f"{spent}; repeat: {_plain(origin.command)}\n", soft_wrap=True, highlight=False)


def _verdict(verdict: Verdict) -> str:
    return f"[{STYLE[verdict]}]{verdict}[/]"


def _plain(text: str) -> str:
    """The text without markup of ours or control characters of a terminal."""
    return escape(legal(text))
