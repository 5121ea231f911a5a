"""A noisy value: its mean over replicates, and what fresh ones say of the worst cases."""

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from verify.claims.exact.arithmetic import as_it_is, called, in_doubles
from verify.claims.exact.reading import Check, Reading
from verify.claims.inequality.comparison import (
    Comparison,
    compared,
    part_in_floats,
    refused,
    together,
)
from verify.claims.inequality.declaration import InequalityDeclaration, arguments
from verify.claims.inequality.excess import SideName
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
    wanted, rng = convention(claim.value), np.random.default_rng(seed_of(claim, *key))
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


def seed_of(claim: InequalityDeclaration, *key: int) -> list[int]:
    """The seed of the random numbers of a key."""
    return [claim.seed % 2**64, *key]
