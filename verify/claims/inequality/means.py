"""The mean of a noisy value by fresh replicates, and the interval of its excess."""

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from verify.claims.exact.code import imports, written
from verify.claims.inequality.bounded import terms
from verify.claims.inequality.comparison import part_in_floats
from verify.claims.inequality.declaration import InequalityDeclaration
from verify.claims.inequality.excess import SideName, excess, unit
from verify.claims.inequality.noise import BOUNDS, FRESH, replicates, seed_of
from verify.claims.inequality.outcome import InequalityCounterexample
from verify.spec.measure import convention


@attrs.frozen
class Mean:
    """The mean of fresh replicates at an instance, against one of its bounds.

    `low` and `high` are the ends of an interval of its excess: of several values those of the
    largest one.  `value` and `bound` are of the value with the largest excess.
    """

    side: SideName
    excess: float
    low: float
    high: float
    value: float
    bound: float
    data: Mapping[str, Any]
    number: int


def means(
    claim: InequalityDeclaration, places: list[Mapping[str, Any]], level: float
) -> list[Mean]:
    """The mean at each place against each bound, with intervals that hold together.

    Student's interval, at 1 - level over the number of comparisons on either side (Bonferroni).
    Raises InputError where a function raises, or returns other than finite real numbers.
    """
    drawn = [
        replicates(claim, data, claim.replicates, FRESH, number)
        for number, data in enumerate(places)
    ]
    sides = [name for name in BOUNDS if getattr(claim, name) is not None]
    count = sum(values[0].size for values in drawn) * len(sides)
    return [
        _mean(claim, side, number, data, drawn[number], (1 - level) / count)
        for number, data in enumerate(places)
        for side in sides
    ]


def _mean(
    claim: InequalityDeclaration,
    side: SideName,
    number: int,
    data: Mapping[str, Any],
    values: NDArray[np.float64],
    error: float,
) -> Mean:
    from scipy.stats import t  # noqa: PLC0415 - slow to load

    sign, size = (1 if side == "high" else -1), len(values)
    low, high = (part_in_floats(claim, name, data) for name in BOUNDS)
    bound, other = (high, low) if side == "high" else (low, high)
    other = np.float64(0) if other is None else other
    mean, half = (
        values.mean(axis=0),
        values.std(axis=0, ddof=1) / np.sqrt(size) * t.isf(error, size - 1),
    )
    mean, half, bound, other = map(np.ravel, np.broadcast_arrays(mean, half, bound, other))
    rows = list(zip(mean, half, bound, other, strict=True))
    center, lower, upper = (
        [excess(sign * (m - b) + s * h, sign * b, unit(b, o)) for m, h, b, o in rows]
        for s in (0, -1, 1)
    )
    most = center.index(max(center))
    ends = float(max(lower)), float(max(upper))
    return Mean(
        side, float(center[most]), *ends, float(mean[most]), float(bound[most]), data, number
    )


def counterexample(claim: InequalityDeclaration, one: Mean) -> InequalityCounterexample:
    """A mean that is beyond a bound, with the interval of its excess."""
    return InequalityCounterexample(
        instance=dict(one.data),
        confirmed=None,
        check=f"the mean of {claim.replicates:,} fresh replicates",
        code=_code(claim, one),
        side=one.side,
        value=f"{one.value:.6g}",
        bound=f"{one.bound:.6g}",
        excess=one.excess,
        low=one.low,
        high=one.high,
    )


def _code(claim: InequalityDeclaration, one: Mean) -> str:
    """The mean of the same replicates again, and the bounds."""
    value, *rest = terms(claim, one.data)
    assert claim.value is not None
    count, inner = claim.replicates, written(value).removesuffix(")")
    begun = inner if inner.endswith("(") else f"{inner}, "
    mean = f"{begun}rng=rng, size={count}).mean(axis=0)"
    if not convention(claim.value).sized:
        mean = f"sum({begun}rng=rng) for _ in range({count})) / {count}"
    lines = [
        "from numpy.random import default_rng",
        *imports([value, *rest]),
        "",
        f"rng = default_rng({seed_of(claim, FRESH, one.number)})",
        *(f"print({one})" for one in (mean, *map(written, rest))),
    ]
    return "\n".join(lines)
