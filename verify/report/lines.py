"""The numbers of a claim as lines of a table, whatever its kind."""

import attrs

from verify.report.wording import DIGITS, INTERVAL, decimal, interval
from verify.verdict import Verdict

HEADS = "along", "predicted", "estimate", INTERVAL, "on the range"
"""What the cells of a line are."""


@attrs.frozen
class Line:
    """One number that was predicted, and what was found.

    Without an estimate nothing was found; with one, None for `low` or `high` is an unbounded end.
    """

    along: str
    predicted: str
    estimate: float | None
    low: float | None
    high: float | None
    on_range: float | None
    verdict: Verdict
    digits: int = DIGITS

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """The numbers as text, as `HEADS` names them; empty where nothing was found."""
        digits = self.digits
        found = "" if self.estimate is None else interval(self.low, self.high, digits)
        numbers = decimal(self.estimate, digits), found, decimal(self.on_range, digits)
        return self.along, self.predicted, *numbers
