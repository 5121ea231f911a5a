"""What the designs of a rate say together: the exponents of all variables, and the whole bound.

Along a ray u of a regime the bound grows with the power u.p, where p are the exponents of the
regime's monomial.  So the intervals of several designs in one regime bound p on every side, each
between two hyperplanes; what lies between all of them is a joint confidence region for p.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np
from msgspec.structs import replace
from scipy.optimize import linprog
from threadpoolctl import threadpool_limits

from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.instances import instances_of
from verify.claims.rate.nuisance import family_in, plain
from verify.claims.rate.outcome import (
    ExponentRow,
    JointExponent,
    JointRow,
    RateOutcome,
    RatioRow,
)
from verify.claims.rate.rows import points_in
from verify.errors import InputError
from verify.inference.exponent import ExponentEstimate, exponent
from verify.inference.points import Array
from verify.spec.claim import Samples
from verify.spec.design import Design
from verify.verdict import Reason

Monomial = tuple[tuple[str, Fraction], ...]


def with_joint(
    claim: RateDeclaration, outcome: RateOutcome, samples: Samples, level: float
) -> RateOutcome:
    """The outcome with what its designs say together.

    Nothing of points that are not those of a maximum.  Random instances may have exponents of their
    own, which need not be those of one monomial.
    """
    if any(row.reason is Reason.GRID for row in outcome.exponents):
        return outcome
    with threadpool_limits(limits=1):
        joint = [] if instances_of(claim) else joint_rows(claim, samples, level)
    return replace(outcome, joint=joint, ratio=ratio_row(claim, outcome.exponents))


def joint_rows(claim: RateDeclaration, samples: Samples, level: float) -> list[JointRow]:
    """The exponents of all variables of each regime whose designs' rays identify them.

    By Bonferroni over the designs of a regime: the regions hold the exponents with a chance of at
    least `level`.
    """
    found = []
    for monomial, designs in _regimes(claim).items():
        names = sorted({name for design in designs for name in claim.ray_in(design)})
        rays = np.array([_ray(claim, design, names) for design in designs])
        if len(names) > 1 and np.linalg.matrix_rank(rays) == len(names):
            one = 1 - (1 - level) / len(designs)
            laws = [law for design in designs if (law := _law(claim, design, samples, one))]
            if len(laws) == len(designs):
                found.append(_row(dict(monomial), names, rays, laws))
    return found


def _regimes(claim: RateDeclaration) -> Mapping[Monomial, list[Design]]:
    """The designs by the monomial of the bound that is active along them."""
    found: dict[Monomial, list[Design]] = {}
    for design in claim.designs:
        found.setdefault(tuple(sorted(claim.leading_in(design).items())), []).append(design)
    return found


def _ray(claim: RateDeclaration, design: Design, names: Sequence[str]) -> list[float]:
    """The steps of the variables along a design, per step of its leading one."""
    ray = claim.ray_in(design)
    return [float(ray.get(name, 0)) for name in names]


def _law(
    claim: RateDeclaration, design: Design, samples: Samples, level: float
) -> ExponentEstimate | None:
    try:
        points = points_in(claim, design, samples)
    except InputError:
        return None
    found = exponent(plain(claim, design, points), family_in(claim, design), level)
    return None if found.model_rejected else found


def _row(
    monomial: Mapping[str, Fraction],
    names: Sequence[str],
    rays: Array,
    laws: Sequence[ExponentEstimate],
) -> JointRow:
    low, high = np.array([law.low for law in laws]), np.array([law.high for law in laws])
    weight = 1 / np.maximum(high - low, np.finfo(float).tiny)
    middle = weight * [law.estimate for law in laws]
    estimate = np.linalg.lstsq(weight[:, None] * rays, middle, rcond=None)[0]
    region = list(_extent(rays, low, high))
    parts = [
        JointExponent(name, float(monomial.get(name, 0)), value, *ends)
        for name, value, ends in zip(names, estimate.tolist(), region, strict=True)
    ]
    return JointRow(
        regime=" * ".join(f"{name}**({power})" for name, power in monomial.items() if power),
        designs=len(laws),
        exponents=parts,
    )


def _extent(rays: Array, low: Array, high: Array) -> Iterator[tuple[float | None, float | None]]:
    """The ends of each coordinate on the region low <= rays p <= high; None where it is empty."""
    sides, limits = np.concatenate([rays, -rays]), np.concatenate([high, -low])
    for axis in np.eye(rays.shape[1]):
        ends = [
            linprog(sign * axis, A_ub=sides, b_ub=limits, bounds=(None, None)) for sign in (1, -1)
        ]
        first, last = (one.fun if one.status == 0 else None for one in ends)
        yield first, None if last is None else -last


def ratio_row(claim: RateDeclaration, rows: Sequence[ExponentRow]) -> RatioRow | None:
    """The smallest and the largest ratio of the measured values to the whole bound; None of one.

    A bound that misses a variable has a ratio that differs between designs, though every exponent
    along them may be right.
    """
    ratios = [
        ratio
        for design, row in zip(claim.designs, rows, strict=True)
        for ratio in _ratios(claim, design, row)
    ]
    if len(claim.designs) == 1 or not ratios:
        return None
    return RatioRow(min(ratios), max(ratios), len(ratios))


def _ratios(claim: RateDeclaration, design: Design, row: ExponentRow) -> list[float]:
    """Of the points of a row, which ascend in the direction in which the variable goes."""
    bound, sign = claim.bound_in(design), claim.direction(design)
    settings = sorted(design.settings(), key=lambda setting: setting[design.variable] ** sign)
    known = [{k: v for k, v in setting.items() if k in bound.symbols} for setting in settings]
    return [
        point.value / float(bound.evaluate(values))
        for point, values in zip(row.points, known, strict=False)
    ]
