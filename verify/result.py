"""What became of a theorem, as an object: claims by id, rows for a table, a view for a notebook."""

from hashlib import blake2b
from html import escape
from typing import Any, Literal

import msgspec

from verify.claims import (
    AnyOutcome,
    IdentityOutcome,
    InequalityOutcome,
    LimitOutcome,
    RateOutcome,
)
from verify.provenance import Provenance
from verify.verdict import Verdict

PRECEDENCE = 4, 1, 5, 3, 0
"""Exit codes, the one that counts first."""


class Failure(msgspec.Struct, frozen=True):
    """A cell that could not be measured, why, and the file with the traceback."""

    cell: str
    error: str
    trace: str


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict on each claim of a theorem, and where the numbers came from.

    `statement` is LaTeX; `assumptions` maps their ids to what they state; `outcomes` are those of
    the claims, in their order.  `stopped`: time was up before the claims were decided or the budget
    was spent.
    """

    schema: Literal[1] = 1
    theorem: str
    title: str
    source: str
    statement: str
    assumptions: dict[str, str]
    verdict: Verdict
    as_expected: bool
    outcomes: list[AnyOutcome] = msgspec.field(name="claims")
    failures: list[Failure]
    stopped: bool = False
    provenance: Provenance

    @property
    def claims(self) -> dict[str, AnyOutcome]:
        """The outcomes by the ids of their claims: `result.claims["upper"].verdict`."""
        return {outcome.id: outcome for outcome in self.outcomes}

    @property
    def exit_code(self) -> int:
        """What the command line returns for it: the first of 4, 1, 3, 0 among its claims.

        5 where nothing was measured before time was up, and no claim is decided.
        """
        if self.failures:
            return 4
        code = min((outcome.exit_code for outcome in self.outcomes), key=PRECEDENCE.index)
        decided = any(one.verdict is not Verdict.INCONCLUSIVE for one in self.outcomes)
        nothing = self.stopped and self.provenance.samples == 0 and not decided
        return 5 if code == 3 and nothing else code

    @property
    def digest(self) -> str:
        """Of what was found, with all digits, and not of when, where and how; 16 bytes, hex.

        The same for any number of workers, and for a run that went on after an interruption.
        """
        read = msgspec.json.decode(msgspec.json.encode(self), type=Result)  # 1 may become 1.0
        failures = [(failure.cell, failure.error) for failure in read.failures]
        claims = [msgspec.structs.replace(outcome, place="") for outcome in read.outcomes]
        found = read.theorem, claims, failures, read.stopped
        return blake2b(msgspec.json.encode(found), digest_size=16).hexdigest()

    def rows(self) -> list[dict[str, Any]]:
        """One flat row for each exponent, and for each claim without one: for a data frame."""
        return [
            {"theorem": self.theorem, "claim": outcome.id, **part}
            for outcome in self.outcomes
            for part in _parts(outcome)
        ]

    def _repr_html_(self) -> str:
        """A table with a line for each row; everything from a user is escaped."""
        columns = ["claim", "variable", "design", "predicted", "estimate", "low", "high", "verdict"]
        head = "".join(f"<th>{name}</th>" for name in columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{_cell(row[name])}</td>" for name in columns) + "</tr>"
            for row in self.rows()
        )
        title = f"{escape(self.theorem)}: {escape(self.title)} ({self.verdict})"
        return f"<table><caption>{title}</caption><tr>{head}</tr>{body}</table>"


def _parts(outcome: AnyOutcome) -> list[dict[str, Any]]:
    """The columns of each exponent of a claim; None where its kind has no such thing."""
    found = outcome.exponents if isinstance(outcome, RateOutcome) else [outcome]
    names = "variable", "design", "predicted", "estimate", "low", "high"
    aim: dict[str, float | None] = {}
    if isinstance(outcome, LimitOutcome):
        aim = {"predicted": outcome.target}
    if isinstance(outcome, IdentityOutcome):
        aim = {"predicted": 0.0, "estimate": outcome.worst}
    if isinstance(outcome, InequalityOutcome):
        aim = {"estimate": outcome.worst_ratio, "high": 1.0}
    return [
        {
            "kind": type(outcome).__struct_config__.tag,
            **{name: getattr(row, name, None) for name in names},
            **aim,
            "verdict": str(row.verdict),
            "reason": str(row.reason),
            "evidence": str(outcome.evidence),
        }
        for row in found
    ]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:+.4f}" if isinstance(value, float) else escape(str(value))
