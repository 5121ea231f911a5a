"""What is to be expected of a claim that is still open, and what would decide it."""

import attrs

from verify.claims import AnyOutcome, Rate, RateOutcome
from verify.errors import InputError
from verify.planning.outlook import ENOUGH, outlook
from verify.planning.pilot import read_pilot
from verify.spec.claim import Claim, Samples
from verify.verdict import Reason, Verdict


@attrs.frozen
class Advice:
    """The chance that a claim, if true, HOLDS along its widest design; and what would decide it.

    `along` names the design; `half_width` is the forecast one of the interval; `sentences` are none
    where the chance is good enough.
    """

    along: str
    chance: float
    half_width: float
    sentences: list[str]

    @property
    def told(self) -> list[str]:
        """The sentences, with the name of the design."""
        return [f"along {self.along} {sentence}" for sentence in self.sentences]

    @property
    def outlook(self) -> str:
        """Whether the budget is likely to decide the claim, in words."""
        word = "likely" if self.hopeful else "not likely"
        chance = f"{100 * self.chance:.0f} % if it is true"
        width = f"half-width {self.half_width:.2g}"
        return f"this budget is {word} to decide it along {self.along} ({width}; {chance})"

    @property
    def hopeful(self) -> bool:
        """Whether the budget is likely to decide the claim."""
        return self.chance >= ENOUGH


def advise(
    claim: Claim, outcome: AnyOutcome, samples: Samples, equal: int, level: float
) -> Advice | None:
    """What `equal` replicates of each cell are likely to say of an open claim; None of others.

    Only the exponents of rates are forecast, and of them the one with the widest interval of those
    that are not decided; what was measured of it is the pilot.
    """
    if not isinstance(claim, Rate) or not isinstance(outcome, RateOutcome):
        return None
    if outcome.verdict is not Verdict.INCONCLUSIVE:
        return None
    widths = {
        index: row.high - row.low
        for index, row in enumerate(outcome.exponents)
        if row.reason is Reason.WIDTH and row.low is not None and row.high is not None
    }
    if not widths:
        return None
    index = max(widths, key=widths.__getitem__)
    design, row = claim.designs[index], outcome.exponents[index]
    try:
        found = outlook(claim, read_pilot(claim, design, samples), equal, level=level)
    except InputError:
        return None
    along = ", ".join(filter(None, (row.variable, row.design)))
    expected = found.present.forecast
    return Advice(along, expected.holds, expected.half_width, found.sentences)
