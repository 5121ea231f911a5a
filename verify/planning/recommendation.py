"""The cheapest experiment that is likely to decide a true claim."""

from functools import partial

from verify.claims.rate.declaration import RateDeclaration
from verify.planning.budget import BLOCK
from verify.planning.pilot import Pilot
from verify.planning.proposal import MOST_POINTS, Change, Proposal, longer, propose, smallest
from verify.verdict import LEVEL

AIM = 0.9
"""The chance of HOLDS that is aimed at, so that .8 is reached: the cheapest of many proposals whose
forecast passes is one that was forecast too well."""
MOST_REPLICATES = 4096
LADDER = tuple(2**step for step in range((MOST_REPLICATES // BLOCK).bit_length()))
"""Numbers of replicates that are compared, in blocks."""


def recommend(
    claim: RateDeclaration, pilot: Pilot, *, aim: float = AIM, level: float = LEVEL
) -> Proposal:
    """The cheapest experiment whose forecast is that the claim HOLDS with chance `aim`, if true.

    The pilot's design goes on up to MOST_POINTS places, and its cells cost together what BLOCK to
    MOST_REPLICATES replicates of each would.  If no forecast is as good, it is the largest of these
    experiments.  A shorter sweep is taken to need no fewer replicates.
    """
    ladder = (1,) if pilot.exact else LADDER
    most = max(MOST_POINTS - len(pilot.design.grid), 0)
    cost = [
        sum(claim.costs_in(longer(claim, pilot.design, places)).values())
        for places in range(most + 1)
    ]

    def at(places: int, step: int) -> Proposal:
        change = Change(places=places, replicates=ladder[step])
        return propose(claim, pilot, BLOCK, change, level)

    found, step = smallest([partial(at, most, step) for step in range(len(ladder))], aim)
    if found.forecast.holds < aim:
        return found
    lowest = cost[most] * ladder[step]
    for places in range(most - 1, -1, -1):
        while step < len(ladder) and cost[places] * ladder[step] < lowest:
            shorter = at(places, step)
            if shorter.forecast.holds >= aim:
                found, lowest = shorter, cost[places] * ladder[step]
                break
            step += 1
    return found
