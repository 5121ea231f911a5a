"""How far value is inside low and high, as balls: at an instance, or over a part of the box."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from math import isfinite
from typing import Any

import attrs

from verify.claims.exact.arithmetic import LARGEST
from verify.claims.exact.balls import FIRST, LIMIT, precision, refined
from verify.claims.exact.reading import HIGHER
from verify.claims.inequality.comparison import PARTS, Comparison, compared, evaluated, refused
from verify.claims.inequality.declaration import InequalityDeclaration
from verify.claims.inequality.excess import Extreme, SideName, excess, unit
from verify.errors import InputError


@attrs.frozen
class Margin:
    """A value, one of its bounds, the other one, and how far the value is inside the first.

    They are balls, or series of them where a derivative is asked for.
    """

    side: SideName
    value: Any
    bound: Any
    other: Any
    inside: Any


def margins(claim: InequalityDeclaration, data: Mapping[str, Any], bits: int) -> list[Margin]:
    """For each bound and each value, at data whose numbers are balls, or are made exact ones.

    Raises InputError where a function raises, or returns other than real balls.
    """
    flint: Any = import_module("flint")
    with precision(bits):
        parts = [_real(claim, name, evaluated(claim, name, data, flint.arb)) for name in PARTS]
        count = max(map(len, parts))
        if any(len(one) not in (1, count) for one in parts):
            counts = ", ".join(str(len(one)) for one in parts)
            raise InputError(f"value, low and high of {counts} balls; expected as many, or one")
        rows = zip(*(one * (count // len(one)) for one in parts), strict=True)
        return [one for row in rows for one in _both(*row)]


def _both(value: Any, low: Any, high: Any) -> Iterator[Margin]:
    if low is not None:
        yield Margin("low", value, low, high, value - low)
    if high is not None:
        yield Margin("high", value, high, low, high - value)


def _real(claim: InequalityDeclaration, name: str, found: Any) -> list[Any]:
    """The real balls of a list, or the one; a bound that is absent as a single None."""
    if getattr(claim, name) is None:
        return [None]
    flint: Any = import_module("flint")
    many = list(_flat(found))
    if not many or not all(isinstance(one, flint.arb | flint.arb_series) for one in many):
        raise InputError(refused(claim, name, found, "a real ball (arb) or a list of them"))
    return many


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for one in value:
            yield from _flat(one)
    else:
        yield value


def at_instance(
    claim: InequalityDeclaration, data: Mapping[str, Any], first: int = FIRST
) -> tuple[Comparison, int]:
    """What balls say of an instance, at the first precision from `first` on at which they decide.

    Where a value and its bound agree to fifty digits, they are taken for equal.
    Raises InputError where one is not finite at any precision.
    """
    found, bits = refined(lambda bits: reading(claim, data, bits), first)
    if found.size == LARGEST and found.holds is None:
        raise InputError(f"a ball that is not finite in {LIMIT:,} bits; expected a finite one")
    assert isinstance(found, Comparison)
    return found, bits


def reading(claim: InequalityDeclaration, data: Mapping[str, Any], bits: int) -> Comparison:
    """The same at one precision."""
    found = margins(claim, data, bits)
    with precision(bits):
        sides = _extremes(found)
        if any(one.inside < 0 for one in found):
            return compared(sides, holds=False)
        certain = all(one.inside >= 0 or _is_tie(one) for one in found)
        return attrs.evolve(compared(sides), holds=True if certain else None)


def _extremes(found: Sequence[Margin]) -> list[Extreme]:
    """The worst for each bound, at the middle of the balls."""
    best: dict[SideName, Extreme] = {}
    for one in map(_extreme, found):
        if one.side not in best or one.excess > best[one.side].excess:
            best[one.side] = one
    return list(best.values())


def _extreme(one: Margin) -> Extreme:
    """The excess at the middle of the balls; the largest number where they are not finite."""
    toward = one.bound if one.side == "high" else -one.bound
    distance = -float((one.inside / _unit(one)).mid())
    size = excess(distance, float(toward.mid()), 1.0) if isfinite(distance) else LARGEST
    return Extreme(one.side, 0.0 if _is_tie(one) else size, one.value, one.bound)


def _is_tie(one: Margin) -> bool:
    """Whether the value and its bound agree to fifty digits."""
    return bool(abs(one.inside) <= _unit(one) * type(one.inside)(10) ** -HIGHER)


def _unit(one: Margin) -> Any:
    """The size of the bound; where it is 0 that of the other one, and 1 where both are."""
    other = one.other.mid() if one.other is not None else 0
    return type(one.inside)(unit(one.bound.mid(), other))
