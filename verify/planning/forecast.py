"""What replicates along a design are likely to decide: the estimator on simulated data."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import attrs
import numpy as np
from threadpoolctl import threadpool_limits

from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.mutants import changes
from verify.planning.pilot import Pilot
from verify.planning.simulation import question, simulated
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
    others = {
        control.id: question(claim.variant(control), design)
        for control in claim.controls
        if set(control.changes) == {"bound"}
    }
    widths, holds = [], []
    refuted: dict[str, list[bool]] = {name: [] for name in (*steps, *others)}
    with threadpool_limits(limits=1):
        for points in simulated(asked, pilot, replicates, noise, draws):
            found = asked.estimate(points, level)
            widths.append((found.high - found.low) / 2)
            for name, step in steps.items():
                verdict = asked.verdict(found, points, level, step)
                refuted[name].append(verdict is Verdict.REFUTED)
            for name, other in others.items():
                verdict = other.verdict(other.estimate(points, level), points, level)
                refuted[name].append(verdict is Verdict.REFUTED)
            convicted = all(refuted[name][-1] for name in others)
            holds.append(convicted and asked.verdict(found, points, level) is Verdict.HOLDS)
    return Forecast(
        half_width=float(np.median(widths)) if widths else np.inf,
        holds=_share(holds),
        mutants={name: _share(refuted[name]) for name in steps},
        controls={name: _share(refuted[name]) for name in others},
        cost=cost_of(claim, design, replicates),
        draws=len(holds),
    )


def cost_of(claim: RateDeclaration, design: Design, replicates: Iterable[int]) -> float:
    """The declared cost of `replicates` of each of the claim's cells along a design."""
    costs = claim.costs_in(design).values()
    return float(sum(count * one for count, one in zip(replicates, costs, strict=True)))


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
