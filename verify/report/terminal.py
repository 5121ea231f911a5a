"""One result as text for people: a line for each exponent, then what it rests on."""

from fractions import Fraction

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from verify.claims import AnyOutcome, CorollaryOutcome, RateOutcome
from verify.claims.rate import ExponentRow
from verify.verdict import EXPLANATION, Verdict
from verify.verification import Result

STYLE = {Verdict.HOLDS: "green", Verdict.REFUTED: "red", Verdict.INCONCLUSIVE: "yellow"}
COLUMNS = "claim", "along", "predicted", "estimate", "97 % interval", "on the range", "verdict"


def show(result: Result, console: Console) -> None:
    """Print a result."""
    console.print(f"[bold]{escape(result.theorem)}[/]  {escape(result.title)}")
    rates = [claim for claim in result.claims if isinstance(claim, RateOutcome)]
    if rates:
        table = Table(*COLUMNS, box=None, pad_edge=False, header_style="dim")
        for rate in rates:
            for row in rate.exponents:
                table.add_row(rate.id, *_cells(row))
        console.print(table)
    for claim in result.claims:
        console.print()
        for line in _basis(claim):
            console.print(line, soft_wrap=True)
    for failure in result.failures:
        console.print(f"\n[red]not measured[/] {escape(f'{failure.cell}: {failure.error}')}")
        console.print(f"  traceback: {escape(failure.trace)}", soft_wrap=True)
    _close(result, console)


def _cells(row: ExponentRow) -> list[str]:
    along = ", ".join(part for part in (row.variable, row.design) if part)
    verdict = _verdict(row.verdict)
    if row.estimate is None or row.range is None:
        return [along, exact(row.predicted), "", "", "", verdict]
    interval = f"[{row.low:+.4f}, {row.high:+.4f}]"
    found = [f"{row.estimate:+.4f}", escape(interval), f"{row.range.estimate:+.4f}"]
    return [along, exact(row.predicted), *found, verdict]


def _basis(claim: AnyOutcome) -> list[str]:
    """What the verdict on a claim rests on, and what it does not reach."""
    expected = "" if claim.verdict is claim.expected else f" (expected {claim.expected})"
    statement, details, evidence = _payload(claim)
    lines = [f"{claim.id}: {_verdict(claim.verdict)}{expected}  {escape(statement)}"]
    lines.append(f"  {claim.reason}: {EXPLANATION[claim.reason]}")
    lines += [f"  {escape(detail)}" for detail in details]
    lines.append(f"  evidence: {evidence}; {escape(claim.scope)}")
    if claim.not_tested:
        lines.append(f"  not tested: {escape('; '.join(claim.not_tested))}")
    controls = [f"{control.id} {_verdict(control.verdict)}" for control in claim.controls]
    return [*lines, *([f"  controls: {', '.join(controls)}"] if controls else [])]


def _payload(claim: AnyOutcome) -> tuple[str, list[str], str]:
    """What a kind of claim states, the details of its verdict, and its evidence."""
    match claim:
        case RateOutcome():
            statement = f"{claim.statistic} = {claim.relation}({claim.bound})"
            details = [row.detail for row in claim.exponents if row.detail]
            return statement, details, f"{claim.evidence}, margin {claim.margin:g}"
        case CorollaryOutcome():
            details = [text for text in (claim.certificate, claim.witness) if text]
            return claim.statement, details, claim.evidence


def _close(result: Result, console: Console) -> None:
    origin = result.provenance
    word = "as expected" if result.as_expected else "not as expected"
    console.print(f"\n{_verdict(result.verdict)}, {word}", soft_wrap=True)
    spent = f"{origin.samples:,} replicates, {origin.wall_s:.1f} s, seed {origin.seed}"
    console.print(f"{spent}; repeat: {escape(origin.command)}\n", soft_wrap=True, highlight=False)


def _verdict(verdict: Verdict) -> str:
    return f"[{STYLE[verdict]}]{verdict}[/]"


def exact(exponent: float) -> str:
    """A predicted exponent as the fraction that it is, if its denominator is small."""
    fraction = Fraction(exponent).limit_denominator(360)
    return str(fraction) if abs(fraction - Fraction(exponent)) < 1e-12 else f"{exponent:.6g}"
