"""Who is told what happens in a run, while it happens."""

from collections.abc import Mapping

from verify.claims import AnyOutcome
from verify.planning import Advice, Plan
from verify.result import Result
from verify.spec import Cell, Claim, Theorem


class Watcher:
    """Is told how a run goes on; this one says nothing.

    Forecasts take a second or two for each open claim, and are made for those that `asks`.
    """

    asks = False

    def planned(self, theorem: Theorem, work: Plan) -> None:
        """The cells of a theorem are known, and nothing is measured yet."""

    def foreseen(self, claim: Claim, expected: Advice) -> None:
        """A claim is open after the first look; this is what its budget is likely to say."""

    def advanced(self, replicates: Mapping[Cell, int]) -> None:
        """So many more replicates of these cells are there."""

    def judged(self, outcome: AnyOutcome, done: bool) -> None:
        """A look at a claim said this; `done`: no more is measured for it."""

    def finished(self, result: Result) -> None:
        """A theorem is judged."""
