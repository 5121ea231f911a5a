"""What became of data that were judged."""

from typing import Literal

import msgspec

from verify.claims.rate import ExponentRow
from verify.verdict import Reason, Relation, Verdict


def independence(run: str | None, variable: str) -> str:
    """What is taken to be independent, in words."""
    if run is None:
        return "independent rows"
    return f"independent runs, told apart by {run}, each read at every {variable}"


class DataOutcome(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="data"):
    """The verdict on one column of data against a bound, and the exponent that it rests on.

    `run` is the column that tells the runs apart, None where rows are independent; `replicates` is
    the smallest number of rows at a value of the variable, `rows` that of all.  `exponents` has one
    row, under the name of the variable that moved: `predicted`, `estimate`, `low`, `high`, the
    slope on the `range`, and the `points`.  `assumes` is what the interval takes for granted, in a
    sentence.
    """

    schema: Literal[1] = 1
    verdict: Verdict
    reason: Reason
    value: str
    run: str | None
    statistic: str
    relation: Relation
    bound: str
    margin: float
    replicates: int
    rows: int
    exponents: dict[str, ExponentRow]
    assumes: str

    @property
    def row(self) -> ExponentRow:
        """The one exponent."""
        (found,) = self.exponents.values()
        return found

    @property
    def what(self) -> str:
        """The number that is compared with the bound, in words."""
        return f"{self.statistic} of {self.value}"

    @property
    def counted(self) -> str:
        """How many replicates there are, in words."""
        if self.run is None:
            return f"at least {self.replicates:,} replicates at each"
        return f"{self.replicates:,} runs (by {self.run}), each at all of them"

    def to_json(self) -> str:
        """As strict JSON, indented, ending in a newline."""
        return msgspec.json.format(msgspec.json.encode(self).decode(), indent=2) + "\n"
