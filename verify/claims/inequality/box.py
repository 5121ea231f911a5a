"""The box over which a worst case is looked for: parameters between bounds, one or many each."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:  # Hypothesis is slow to load, and needed to draw alone
    from hypothesis.strategies import SearchStrategy

Box = Mapping[str, tuple[float, float] | tuple[float, float, int]]
"""Bounds by the names of parameters: (lo, hi) of a number, (lo, hi, n) of a list of n numbers."""


@attrs.frozen
class Coordinate:
    """One number of a box: the parameter that it belongs to, and its bounds."""

    name: str
    low: float
    high: float


def coordinates(box: Box) -> list[Coordinate]:
    """The numbers of a box, those of a list one after the other."""
    return [
        Coordinate(name, float(low), float(high))
        for name, (low, high, *many) in box.items()
        for _ in range(many[0] if many else 1)
    ]


def assigned(box: Box, numbers: Iterable[Any]) -> dict[str, Any]:
    """The parameters by name, given a number for each coordinate."""
    rest = iter(numbers)
    return {
        name: [next(rest) for _ in range(many[0])] if many else next(rest)
        for name, (_, _, *many) in box.items()
    }


def numbers(box: Box, data: Mapping[str, Any]) -> list[Any]:
    """The numbers of the parameters in `data`, one for each coordinate."""
    found: list[Any] = []
    for name, (_, _, *many) in box.items():
        found += data[name] if many else [data[name]]
    return found


def contains(box: Box, data: Mapping[str, Any]) -> bool:
    """Whether data have the parameters of a box and nothing else, all within their bounds."""
    if data.keys() != box.keys():
        return False
    for name, (low, high, *many) in box.items():
        found = data[name] if many else [data[name]]
        if not isinstance(found, list) or len(found) != (many[0] if many else 1):
            return False
        if not all(isinstance(one, int | float) and low <= one <= high for one in found):
            return False
    return True


def strategies(box: Box) -> dict[str, "SearchStrategy[Any]"]:
    """What draws the parameters at random."""
    from hypothesis.strategies import floats, lists  # noqa: PLC0415 - slow to load

    def one(low: float, high: float, *many: int) -> "SearchStrategy[Any]":
        number = floats(float(low), float(high))
        return lists(number, min_size=many[0], max_size=many[0]) if many else number

    return {name: one(*bounds) for name, bounds in box.items()}
