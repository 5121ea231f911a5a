"""How the claims of each kind are told; a new kind is one more `Kind` here and one template."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from verify import algebra
from verify.claims import (
    CorollaryOutcome,
    IdentityOutcome,
    InequalityOutcome,
    LimitOutcome,
    RateOutcome,
)
from verify.claims.rate import RateControl
from verify.errors import InputError
from verify.outcome import Outcome
from verify.report.decisive import decisions, told
from verify.report.identity_lines import code_of, identity_details
from verify.report.inequality_lines import inequality_details, largest_ratio
from verify.report.limit_lines import limit_details, limit_lines
from verify.report.lines import Line
from verify.report.wording import (
    CORRECTED,
    INTERVAL,
    against,
    because,
    correction,
    exact,
    jointly,
    ratio,
    replicates,
    savings,
    sharpness,
)
from verify.verdict import Relation, Verdict

_SYMBOL = {Relation.O: "O", Relation.OMEGA: r"\Omega", Relation.THETA: r"\Theta"}


@attrs.frozen
class Kind:
    """What a report says of the claims of one kind, and the template of their part of a page.

    `statement` is one line of text and `latex` the same for math mode, empty where there is none;
    `lines` are the numbers, `details` what else the verdict rests on, `evidence` its class, `code`
    Python that shows a counterexample, `found` a few words for a table, empty where there is none.
    """

    template: str
    statement: Callable[[Any], str]
    latex: Callable[[Any], str]
    lines: Callable[[Any], list[Line]]
    details: Callable[[Any], list[str]]
    evidence: Callable[[Any], str]
    code: Callable[[Any], str] = lambda _: ""
    found: Callable[[Any], str] = lambda _: ""


def kind_of(claim: Outcome) -> Kind:
    """How a claim is told; a kind that is not registered, by what all kinds have in common."""
    return KINDS.get(type(claim), COMMON)


def account(claim: Outcome, beside: Iterable[Outcome] = ()) -> list[str]:
    """What a claim says and what became of it `beside` the others, in lines of plain text."""
    kind = kind_of(claim)
    head = f"{claim.verdict} {against(claim)}".rstrip()
    spared = [one for one in claim.controls if one.verdict is not Verdict.REFUTED]
    right = correction(claim, beside)
    return [
        *filter(None, [kind.statement(claim)]),
        f"{head}: {because(claim)}",
        *map(_numbers, kind.lines(claim)),
        *kind.details(claim),
        *kind.code(claim).splitlines(),
        *(f"control {one.id} is {one.verdict}: {one.why}" for one in spared),
        *([f"{CORRECTED}: {right}"] if right else []),
        f"evidence: {kind.evidence(claim)}; {claim.scope}",
    ]


def _numbers(line: Line) -> str:
    """One line of numbers as text."""
    if line.estimate is None:
        return f"{line.along}: predicted {line.predicted}, not estimated, {line.verdict}"
    _, _, estimate, ends, _ = line.cells
    found = f"estimate {estimate}, {INTERVAL} {ends}"
    return f"{line.along}: predicted {line.predicted}, {found}, {line.verdict}"


def _rate_statement(claim: RateOutcome) -> str:
    return f"{claim.statistic} = {claim.relation}({claim.bound})"


def _rate_latex(claim: RateOutcome) -> str:
    """Derived from the parsed bound, so that nothing else can stand in it."""
    if not re.fullmatch(r"[A-Za-z0-9. ]+", claim.statistic):
        return ""
    try:
        bound = algebra.bound(claim.bound).latex()
    except InputError:
        return ""
    statistic = claim.statistic.replace(" ", r"\ ")
    return rf"\mathrm{{{statistic}}} = {_SYMBOL[claim.relation]}({bound})"


def _rate_lines(claim: RateOutcome | RateControl) -> list[Line]:
    """A line for each design: of many instances that of the one which decides."""
    return [
        Line(
            along=one.where,
            predicted=exact(row.predicted),
            estimate=row.estimate,
            low=row.low,
            high=row.high,
            on_range=row.range.estimate if row.range else None,
            verdict=row.verdict,
        )
        for one in decisions(claim)
        for row in [one.row]
    ]


def _rate_details(claim: RateOutcome) -> list[str]:
    rows = [one.row for one in decisions(claim)]
    found = [text for row in rows for text in (row.detail, *row.notes) if text]
    found += [text for row in rows if (text := sharpness(row))]
    found += [text for row in claim.joint for text in jointly(row)]
    found += [ratio(claim.ratio)] if claim.ratio else []
    found += [text for row in rows for text in savings(row)]
    found += [f"assumes {row.assumes}" for row in rows if row.assumes]
    return [*told(claim), *dict.fromkeys(found), *claim.would_decide]


COMMON = Kind(
    template="common.html.jinja",
    statement=lambda _: "",
    latex=lambda _: "",
    lines=lambda _: [],
    details=lambda _: [],
    evidence=lambda claim: str(claim.evidence),
)

KINDS: dict[type[Outcome], Kind] = {
    RateOutcome: Kind(
        template="rate.html.jinja",
        statement=_rate_statement,
        latex=_rate_latex,
        lines=_rate_lines,
        details=_rate_details,
        evidence=lambda claim: f"{claim.evidence}{replicates(claim)}, margin {claim.margin:g}",
    ),
    CorollaryOutcome: attrs.evolve(
        COMMON,
        template="corollary.html.jinja",
        statement=lambda claim: claim.statement,
        details=lambda claim: [text for text in (claim.certificate, claim.witness) if text],
    ),
    IdentityOutcome: attrs.evolve(
        COMMON,
        template="exact.html.jinja",
        statement=lambda claim: claim.statement,
        details=identity_details,
        code=code_of,
    ),
    InequalityOutcome: attrs.evolve(
        COMMON,
        template="exact.html.jinja",
        statement=lambda claim: claim.statement,
        found=largest_ratio,
        details=inequality_details,
        code=code_of,
    ),
    LimitOutcome: attrs.evolve(
        COMMON,
        template="limit.html.jinja",
        statement=lambda claim: claim.statement,
        lines=limit_lines,
        details=limit_details,
        evidence=lambda claim: f"{claim.evidence}{replicates(claim)}, margin {claim.margin:g}",
    ),
}
