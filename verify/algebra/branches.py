"""Which branch of each min and max is active where: a sweep that changes it has two regimes."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from verify.algebra.evaluation import evaluate
from verify.algebra.expression import Max, Min, Node, Power, Product, Sum
from verify.algebra.writing import write

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

TIE = 1e-9
"""Branches whose values differ by less, relatively, are both active."""


@attrs.frozen
class Switch:
    """The first `place` of a sweep at which the branch `before` has given way to `after`."""

    place: int
    before: str
    after: str


def switches(node: Node, values: "Mapping[str, ArrayLike]") -> Iterator[Switch]:
    """Every change of branch along `values`, arrays of shape (K,) by name, constants included."""
    if isinstance(node, Min | Max):
        yield from _of_branches(node, values)
    if isinstance(node, Sum | Product | Min | Max):
        for part in node.parts:
            yield from switches(part, values)
    if isinstance(node, Power):
        yield from switches(node.base, values)


def _of_branches(node: Min | Max, values: "Mapping[str, ArrayLike]") -> Iterator[Switch]:
    """From each active branch to the one that is active after it."""
    import numpy as np  # noqa: PLC0415 - numpy is slow to load, and most questions are exact

    found = np.stack(np.broadcast_arrays(*(evaluate(part, values) for part in node.parts)))
    best = found.min(axis=0) if isinstance(node, Min) else found.max(axis=0)
    active = np.abs(found - best) <= TIE * best
    current = _lasting(active)
    for place in range(1, active.shape[1]):
        if not active[current, place]:
            after = _lasting(active[:, place:])
            yield Switch(place, write(node.parts[current]), write(node.parts[after]))
            current = after


def _lasting(active: "NDArray[np.bool_]") -> int:
    """Of the branches that are active at the first place, the one that stays so for longest."""
    return int(active.cumprod(axis=1).sum(axis=1).argmax())
