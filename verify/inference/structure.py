"""What the bound itself says about a finite grid: its lower-order terms and its kinks.

A bound such as n^(2/3) + sqrt(n) bends the line with a known power and an unknown constant; one
such as min(n^(2/3), sqrt(J n)) breaks it at an unknown place.  Both are nodes of the nuisance
family that need not be searched for.  Derived here.
"""

from collections.abc import Iterable

import attrs
import numpy as np
from numpy.typing import NDArray

LOG_SIZES = np.linspace(-3.5, 2.5, 25)
PLACES = 44

Array = NDArray[np.float64]


@attrs.frozen
class Term:
    """A term beside the leading one, `gap` > 0 powers away from it.

    `added`: it stays, f = 1 + e^b (x/x_K)^-gap.  Otherwise it is the other branch of a min, which
    grows faster (`faster`), or of a max, and is gone past the place where they cross.
    """

    gap: float
    added: bool
    faster: bool = False


def nodes(grid: Array, terms: Iterable[Term], widening: float) -> tuple[Array, Array]:
    """log f at the grid (K,), shape (M, K), and its scaled tangent, shape (M, K)."""
    offsets, tangents = [np.empty((0, len(grid)))], [np.empty((0, len(grid)))]
    for term in terms:
        log_f, tangent = (_added if term.added else _kink)(grid, term)
        offsets.append(log_f)
        tangents.append(widening * tangent)
    return np.concatenate(offsets), np.concatenate(tangents)


def _added(grid: Array, term: Term) -> tuple[Array, Array]:
    """All sizes at the largest x from 3 % of the leading term to twelve times it."""
    ratio = np.exp(LOG_SIZES)[:, None] * (grid / grid[-1]) ** -term.gap
    cell = (LOG_SIZES[1] - LOG_SIZES[0]) / np.sqrt(12)
    return np.log1p(ratio), cell * ratio / (1 + ratio)


def _kink(grid: Array, term: Term) -> tuple[Array, Array]:
    """All places strictly inside the grid; beyond its end the leading term is not seen at all."""
    place = np.geomspace(grid[0], grid[-1], PLACES + 2)[1:-1]
    before = np.minimum(np.log(grid) - np.log(place)[:, None], 0)
    slope = term.gap if term.faster else -term.gap
    cell = np.log(place[1] / place[0]) / np.sqrt(12)
    return slope * before, -slope * (before < 0) * cell
