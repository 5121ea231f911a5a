"""Which of many instances a report shows: along each design the one that decides."""

import json
from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

import attrs

from verify.claims.rate.outcome import ExponentRow, RateControl, RateOutcome
from verify.report.wording import along, census
from verify.verdict import Verdict

LONGEST = 160
"""Characters of drawn data in a sentence; the JSON has all of them."""

WORST = [Verdict.REFUTED, Verdict.INCONCLUSIVE, Verdict.HOLDS]
"""The order in which verdicts decide a claim; those of a control decide in the opposite order."""


@attrs.frozen
class Decision:
    """Along a design the row that decides, and all rows there, one for each instance."""

    row: ExponentRow
    rows: list[ExponentRow]

    @property
    def where(self) -> str:
        """The design, and of how many instances which one decides."""
        row = self.row
        count = f" of {len(self.rows)}" if row.instance else ""
        return along(row.variable, row.design) + count


def decisions(claim: RateOutcome | RateControl) -> list[Decision]:
    """The designs of a rate or of its control, in their order, with the rows that decide.

    Of a claim it is the worst verdict, then the smallest p-value of the prediction; of a control,
    which is to be refuted, the opposite; among equals the widest interval.
    """
    sign = -1 if isinstance(claim, RateControl) else 1

    def order(row: ExponentRow) -> tuple[float, float, float]:
        width = inf if row.low is None or row.high is None else row.high - row.low
        return sign * WORST.index(row.verdict), sign * (row.p_value or 0.0), -width

    return [Decision(min(rows, key=order), rows) for rows in _designs(claim.exponents)]


def told(claim: RateOutcome) -> list[str]:
    """How the instances of a claim came out, in a sentence for each design; none without them."""
    return [_sentence(one) for one in decisions(claim) if one.row.instance]


def data(row: ExponentRow) -> str:
    """What was drawn for a row, as `name=value`; empty for a row without an instance."""
    return listed(row.instance.data if row.instance else {})


def listed(drawn: Mapping[str, Any]) -> str:
    """Data by name, as `name=value`."""
    return ", ".join(f"{name}={json.dumps(value)}" for name, value in drawn.items())


def shortened(text: str) -> str:
    """A text that fits into a sentence."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _designs(rows: Sequence[ExponentRow]) -> list[list[ExponentRow]]:
    """The rows by design: those that differ in their instance alone are together."""
    found: dict[object, list[ExponentRow]] = {}
    for place, row in enumerate(rows):
        key = (row.variable, row.instance.design) if row.instance else place
        found.setdefault(key, []).append(row)
    return list(found.values())


def _sentence(decision: Decision) -> str:
    row, rows = decision.row, decision.rows
    others = sum(bool(one.notes or one.detail) for one in rows if one is not row)
    cut = shortened(data(row))
    return "".join(
        [
            f"along {decision.where} decides: {census(one.verdict for one in rows)}",
            f"; it is {cut}" if row.verdict is not Verdict.HOLDS else "",
            f"; notes on {others} other{'s' * (others > 1)} are in the JSON" if others else "",
        ]
    )
