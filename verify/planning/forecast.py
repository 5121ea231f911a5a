"""What replicates along a design are likely to decide: the estimator on simulated data."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import attrs
import numpy as np
from threadpoolctl import threadpool_limits

from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.mutants import changes
from verify.inference.points import Points
from verify.planning.pilot import Pilot
from verify.planning.simulation import Question, question, simulated
from verify.spec.design import Design
from verify.verdict import LEVEL, Verdict

DRAWS = 60
NEAR = Fraction(1, 10)
"""How far off the mutants are whose refutation is forecast."""


@attrs.frozen
class Forecast:
    """What is to be expected of one exponent if its claim is true; chances are shares of `draws`.

    `half_width` is the median one of the interval, infinite if there would be none; `holds` is the
    chance that the claim HOLDS and that its controls are refuted.  `controls` (those that change
    the bound alone) and `mutants` (a tenth off) have the chances that each is refuted.  `cost` is
    the declared one.
    """

    half_width: float
    holds: float
    mutants: Mapping[str, float]
    controls: Mapping[str, float]
    cost: float
    draws: int


def forecast(
    claim: RateDeclaration,
    design: Design,
    pilot: Pilot,
    replicates: Sequence[int],
    *,
    noise: float = 1.0,
    level: float = LEVEL,
    draws: int = DRAWS,
) -> Forecast:
    """What is likely to come out of `replicates`, of each of the claim's cells along a design.

    The design is the pilot's or goes on beyond it; `noise` is a factor on the sd of a replicate,
    `level` that of the interval.  Exact measures are judged once.  The draws have a fixed seed, and
    two forecasts from one pilot share them as far as they can.  Raises InputError for a bound
    without a growth.
    """
    asked, steps = question(claim, design), _near(claim, design)
    controls = {
        control.id: question(claim.variant(control), design)
        for control in claim.controls
        if set(control.changes) == {"bound"}
    }
    with threadpool_limits(limits=1):
        sets = simulated(asked, pilot, replicates, noise, draws)
        judged = [_judged(asked, steps, controls, points, level) for points in sets]
    return Forecast(
        half_width=float(np.median([one.half_width for one in judged])) if judged else np.inf,
        holds=_share([one.holds for one in judged]),
        mutants={name: _share([name in one.refuted for one in judged]) for name in steps},
        controls={name: _share([name in one.refuted for one in judged]) for name in controls},
        cost=cost_of(claim, design, replicates),
        draws=len(judged),
    )


@attrs.frozen
class Judged:
    """What became of one data set; `refuted` names mutants and controls."""

    half_width: float
    holds: bool
    refuted: frozenset[str]


def _judged(
    asked: Question,
    steps: Mapping[str, float],
    controls: Mapping[str, Question],
    points: Points,
    level: float,
) -> Judged:
    """A data set, of which the claim, its mutants and its controls are asked."""
    found = asked.estimate(points, level)
    said = {name: asked.verdict(found, points, level, step) for name, step in steps.items()}
    for name, other in controls.items():
        said[name] = other.verdict(other.estimate(points, level), points, level)
    refuted = frozenset(name for name, verdict in said.items() if verdict is Verdict.REFUTED)
    holds = asked.verdict(found, points, level) is Verdict.HOLDS
    return Judged((found.high - found.low) / 2, holds and refuted >= controls.keys(), refuted)


def cost_of(claim: RateDeclaration, design: Design, replicates: Iterable[int]) -> float:
    """The declared cost of `replicates` of each of the claim's cells along a design.

    A cell that is several candidates of a worst case is measured once.
    """
    costs, cells = claim.costs_in(design), claim.cells_in(design)
    counts = dict(zip(cells, replicates, strict=True))
    return float(sum(count * costs[cell] for cell, count in counts.items()))


def _near(claim: RateDeclaration, design: Design) -> dict[str, float]:
    """The steps to the mutants that are a tenth off and not implied, in x**direction, by name."""
    growth = claim.growth_in(design)
    return {
        name: float(changed.power - growth.power)
        for name, changed in changes(claim, design, growth)
        if changed.log == growth.log and abs(changed.power - growth.power) == NEAR
    }


def _share(happened: Sequence[bool]) -> float:
    return float(np.mean(happened)) if happened else 0.0
