"""What the data of a rate could have told: the claim with its exponent changed a little.

A control is declared, and limits what HOLDS is worth; mutants are made for every rate, and say how
sharp the check is.  Those that the claim implies (a larger upper bound) are never made.
"""

from collections.abc import Iterator
from fractions import Fraction

import attrs
import numpy as np
from msgspec.structs import replace
from threadpoolctl import threadpool_limits

from verify.algebra import Growth
from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.findings import SMALLEST_WITH_LOGS
from verify.claims.rate.nuisance import family_in, plain
from verify.claims.rate.outcome import ExponentRow, MutantRow, RateOutcome
from verify.claims.rate.rows import judge_exponent, points_in
from verify.errors import InputError
from verify.inference.exponent import exponent
from verify.inference.points import Points
from verify.spec.claim import Samples
from verify.spec.design import Design
from verify.verdict import Reason, Relation

STEPS = tuple(Fraction(step) for step in ("-1/4", "-1/10", "1/10", "1/4"))


def with_mutants(
    claim: RateDeclaration, outcome: RateOutcome, samples: Samples, level: float
) -> RateOutcome:
    """The outcome with the mutants of every exponent."""
    with threadpool_limits(limits=1):
        rows = [
            _mutated(claim, design, row, samples, level)
            for design, row in zip(claim.designs, outcome.exponents, strict=True)
        ]
    return replace(outcome, exponents=rows)


def _mutated(
    claim: RateDeclaration, design: Design, row: ExponentRow, samples: Samples, level: float
) -> ExponentRow:
    try:
        points = plain(claim, design, points_in(claim, design, samples))
    except InputError:
        return row
    if row.reason is Reason.GRID:  # the points are not those of the worst case
        return row
    growth, family = claim.growth_in(design), family_in(claim, design)
    found = exponent(points, family, level)
    mutants = []
    for name, changed in changes(claim, design, growth):
        bent = _without_log(points, float(changed.log - growth.log))
        law = found if changed.log == growth.log else exponent(bent, family, level)
        judged, _ = judge_exponent(law, bent, float(changed.power), claim, level)
        power = claim.direction(design) * float(changed.power)
        mutants.append(MutantRow(name, power, judged.verdict, judged.reason))
    return replace(row, mutants=mutants)


def changes(claim: RateDeclaration, design: Design, growth: Growth) -> Iterator[tuple[str, Growth]]:
    """The changed growths that the claim does not imply, in x**direction, by name."""
    sign = claim.direction(design)
    made = [
        (f"exponent {float(sign * step):+g}", Growth(growth.power + step, growth.log))
        for step in STEPS
    ]
    if growth.power != 0:
        made.append(("sign", Growth(-growth.power, growth.log)))
    if min(x**sign for x in design.grid) >= SMALLEST_WITH_LOGS:
        made += [(f"log {step:+d}", Growth(growth.power, growth.log + step)) for step in (-1, 1)]
    implied = {Relation.O: growth.__lt__, Relation.OMEGA: growth.__gt__}
    is_implied = implied.get(Relation(claim.relation), lambda _: False)
    return ((name, changed) for name, changed in made if not is_implied(changed))


def _without_log(points: Points, power: float) -> Points:
    if power == 0:
        return points
    return attrs.evolve(points, log_value=points.log_value - power * np.log(np.log(points.x)))
