"""What became of a claim, as data: the part of a result that every kind of claim shares."""

import msgspec

from verify.verdict import Evidence, Reason, Verdict


class ControlOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """A control and what became of it."""

    id: str
    why: str
    violates: str | None
    verdict: Verdict
    reason: Reason


class Outcome(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """A claim, its verdict, and what the verdict rests on; each kind of claim adds a payload.

    `uses` names assumptions; `place` is the `file:line` of the claim.  `corrected` is the id of the
    claim that is right where this one is false as published, empty where there is none.  `open` is
    what would decide a claim that is declared to be beyond this machine, empty for all others.
    `replicates` is the largest number of replicates in one of its cells when it was decided;
    `would_decide` are sentences on what would decide it, where that is open.
    """

    id: str
    verdict: Verdict
    expected: Verdict
    reason: Reason
    evidence: Evidence
    scope: str
    uses: list[str]
    not_tested: list[str]
    place: str
    corrected: str = ""
    open: str = ""
    controls: list[ControlOutcome]
    replicates: int = 0
    would_decide: list[str] = msgspec.field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 as expected or open; 4 not measured; 1 not as expected, or vacuous; 3 not decided."""
        if Reason.MEASUREMENT in (self.reason, *(control.reason for control in self.controls)):
            return 4
        if self.open:
            return 0
        decided = {control.verdict for control in self.controls}
        if Verdict.HOLDS in decided or self.verdict not in (self.expected, Verdict.INCONCLUSIVE):
            return 1
        if self.verdict is not self.expected or Verdict.INCONCLUSIVE in decided:
            return 3
        return 0
