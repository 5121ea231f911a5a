"""A noisy value: its mean over replicates, and what fresh ones say of the worst cases."""

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from verify.claims.exact.arithmetic import as_it_is, called, in_doubles
from verify.claims.exact.code import imports, written
from verify.claims.exact.reading import Check, Reading
from verify.claims.inequality.bounded import terms
from verify.claims.inequality.comparison import (
    Comparison,
    compared,
    part_in_floats,
    refused,
    together,
)
from verify.claims.inequality.declaration import InequalityDeclaration, arguments
from verify.claims.inequality.excess import SideName, excess, unit
from verify.claims.inequality.outcome import InequalityCounterexample
from verify.errors import InputError
from verify.spec.measure import RANDOM, SIZE, convention

FEW = 64
"""Replicates of a mean while a worst case is looked for: the same random numbers everywhere."""

BOUNDS: tuple[SideName, SideName] = "low", "high"

SEARCHING, FRESH = 1, 2
"""What keeps the random numbers of the search and those of the verdict apart."""


@attrs.frozen
class Noisy:
    """What an inequality on a mean asks of an instance while a worst case is looked for.

    Nothing is decided by it: the same few random numbers are used at every instance.
    """

    claim: InequalityDeclaration

    @property
    def arithmetic(self) -> str:
        """Of the claim."""
        return self.claim.arithmetic

    def quick(self, data: Mapping[str, Any]) -> Comparison:
        """The mean of a few replicates against its bounds; InputError where there are none."""
        values = replicates(self.claim, data, FEW, SEARCHING, 0)
        low, high = (part_in_floats(self.claim, name, data) for name in BOUNDS)
        found = together(values.mean(axis=0), low, high)
        return attrs.evolve(compared(found), holds=True)

    read = quick

    def check(self, data: Mapping[str, Any]) -> Check:
        """There is no higher precision."""
        return Check(None, "a mean", FEW)

    def doubt(self, data: Mapping[str, Any], reading: Reading) -> str:
        """Nothing is in doubt before the verdict."""
        return ""


def replicates(
    claim: InequalityDeclaration, data: Mapping[str, Any], count: int, *key: int
) -> NDArray[np.float64]:
    """So many replicates of the value, shape (count, ...), with the random numbers of a key.

    Raises InputError where it raises, or returns other than that many finite real numbers.
    """
    assert claim.value is not None
    wanted, rng = convention(claim.value), np.random.default_rng(_seed(claim, *key))
    given = {**arguments(claim.value, data), RANDOM: rng}
    if wanted.sized:
        found = called(claim.value, {**given, SIZE: count}, as_it_is)
    else:
        found = [called(claim.value, given, as_it_is) for _ in range(count)]
    array = in_doubles(found)
    if array is None or array.dtype.kind == "c" or array.shape[:1] != (count,):
        expected = f"{count} replicates, finite real numbers"
        raise InputError(refused(claim, "value", found, expected))
    return array.astype(float)


def _seed(claim: InequalityDeclaration, *key: int) -> list[int]:
    return [claim.seed % 2**64, *key]


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
        f"rng = default_rng({_seed(claim, FRESH, one.number)})",
        f"print({', '.join([mean, *map(written, rest)])})",
    ]
    return "\n".join(lines)
