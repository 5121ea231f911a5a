"""Pilots of the zoo's laws, what comes out of their data sets, and forecasts that are made up."""

from collections.abc import Callable

import numpy as np

from verify.calibration.trial import _claims, _points
from verify.calibration.zoo import MAIN, Law, Setting
from verify.claims import Rate
from verify.planning.forecast import Forecast
from verify.planning.pilot import Pilot
from verify.planning.proposal import Change, Proposal, longer
from verify.planning.simulation import question
from verify.verdict import LEVEL, Relation, Verdict

LAWS = {law.name: law for law in MAIN}


def pilot_of(
    law: Law, points: int = 10, replicates: int = 32, relation: Relation = Relation.THETA
) -> tuple[Rate, Pilot]:
    """A claim that the law makes true, and a pilot of it."""
    setting = Setting(points, replicates)
    claim, found = _claims(law, setting)[0][relation], _points(law, setting, 5, 0)
    return claim, Pilot(claim.designs[0], found, found.smooth_variance * replicates)


def realised(law: Law, setting: Setting, relation: Relation, count: int) -> tuple[float, float]:
    """The median half-width, and the share of HOLDS, of fresh data sets."""
    claim = _claims(law, setting)[0][relation]
    asked, widths, holds = question(claim, claim.designs[0]), [], []
    for index in range(count):
        points = _points(law, setting, 6, index)
        found = asked.estimate(points, LEVEL)
        widths.append((found.high - found.low) / 2)
        holds.append(asked.verdict(found, points, LEVEL) is Verdict.HOLDS)
    return float(np.median(widths)), float(np.mean(holds))


def made_up(chance: Callable[[Change], float]) -> Callable[..., Proposal]:
    """Proposals whose chance to HOLD is a formula, and whose cost is the number of replicates."""

    def propose(claim: Rate, pilot: Pilot, equal: int, change: Change, level: float) -> Proposal:
        design = longer(claim, pilot.design, change.places)
        cost = float(equal * change.replicates * len(design.grid))
        return Proposal(change, design, {}, Forecast(0.1, chance(change), {}, {}, cost, 60))

    return propose
