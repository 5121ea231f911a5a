"""What is known of a finite grid: the bound's lower-order terms and kinks, declared corrections.

A bound such as n^(2/3) + sqrt(n) bends the line with a known power and an unknown constant; one
such as min(n^(2/3), sqrt(J n)) breaks it at an unknown place; a declared correction has a known
power and an unknown constant of either sign.  All are nodes of the nuisance family that need not
be searched for.  Derived here.
"""

from itertools import product

import attrs
import numpy as np
from numpy.typing import NDArray

SMALLEST_SIZE, LARGEST_SIZE, SIZE_STEP = -3.5, 2.5, 0.25
"""Logs of the sizes of a bound's own term, relative to the leading one: from 3 % at the smallest x
to twelve times at the largest."""
SIZE_SCALE, SIZE_LIMIT = 1.5, 6.0
"""Scale of the Cauchy prior on a correction at the smallest x, and its largest size there."""
CORRECTION_CELLS = {1: 20, 2: 8}
"""Cells of a declared correction's size, of each sign, by the number of corrections."""
PLACES = 44
ALLOWED_FACTOR = 0.1, 30.0

Array = NDArray[np.float64]


@attrs.frozen
class Term:
    """A term beside the leading one, x^-gap (log x)^-log of it, with gap > 0.

    `added`: it stays, f = 1 + e^b (x/x_K)^-gap.  Otherwise it is the other branch of a min, which
    grows faster (`faster`), or of a max, and is gone past the place where they cross.
    """

    gap: float
    added: bool
    faster: bool = False
    log: float = 0.0

    def relative(self, grid: Array) -> Array:
        """Its size at the places of the grid (K,), relative to that at the largest."""
        logs = (np.log(grid) / np.log(grid[-1])) ** -self.log if self.log else 1.0
        return np.asarray((grid / grid[-1]) ** -self.gap * logs)


@attrs.frozen(eq=False)
class Nodes:
    """M nodes: log f (M, K), D scaled tangents (M, K, D) and the log prior (M,), of mass one."""

    offset: Array
    tangent: Array
    log_prior: Array


def of_bound(grid: Array, term: Term) -> Nodes:
    """The nodes of one of the bound's own terms, all equally likely."""
    offset, tangent = _added(grid, term) if term.added else _kink(grid, term)
    return Nodes(offset, tangent[..., None], np.full(len(offset), -np.log(len(offset))))


def of_corrections(
    grid: Array, corrections: tuple[Term, ...], scale: float, added: bool = False
) -> Nodes:
    """The nodes of declared corrections, f = 1 + sum of c_j r_j with c_j of either sign.

    Each has the prior of a generic one: Cauchy at the smallest x, and of `scale` at the largest.
    `added` says that they are added to a level: `linked`.
    """
    size, cell = sizes(CORRECTION_CELLS[len(corrections)])
    c = np.array(list(product(size, repeat=len(corrections))))
    cells = np.array(list(product(cell, repeat=len(corrections))))
    shape = np.stack([term.relative(grid) for term in corrections], axis=-1)
    shape /= shape[0]
    relative = c @ shape.T
    keep = allowed(relative, added)
    tangent = cells[keep, None, :] / np.sqrt(12) * shape
    weight = np.prod(cells * size_prior(c, c * shape[-1], scale), axis=1)[keep]
    return Nodes(*linked(relative[keep], tangent, added), np.log(weight / weight.sum()))


def allowed(relative: Array, added: bool) -> NDArray[np.bool_]:
    """Which corrections (M, K) stay within what the family has room for, shape (M,)."""
    lowest, highest = ALLOWED_FACTOR
    if added:
        lowest = 2 - highest  # a level has no sign: as far down as up
    return np.asarray(np.all((relative > lowest - 1) & (relative < highest - 1), axis=1))


def linked(relative: Array, tangent: Array, added: bool) -> tuple[Array, Array]:
    """Corrections (M, K) and their derivatives (M, K, D) on the scale on which the model is linear.

    The log of f = 1 + correction, which bends a power law; or, `added`, the correction itself,
    which keeps a level from its limit.
    """
    if added:
        return relative, tangent
    return np.log1p(relative), tangent / (1 + relative)[..., None]


def sizes(cells: int) -> tuple[Array, Array]:
    """Sizes 2 sinh t at the smallest x, of both signs and even in t, and their cells' widths."""
    width = np.arcsinh(SIZE_LIMIT) / cells
    t = (np.arange(-cells, cells) + 0.5) * width
    return 2 * np.sinh(t), 2 * np.cosh(t) * width


def size_prior(first: Array, last: Array, scale: float) -> Array:
    """The prior density of a correction: its sizes at the smallest x, and at the largest."""
    return np.asarray(1 / ((1 + (first / SIZE_SCALE) ** 2) * (1 + (last / scale) ** 2)))


def _added(grid: Array, term: Term) -> tuple[Array, Array]:
    shape = term.relative(grid)
    logs = np.arange(SMALLEST_SIZE - np.log(shape[0]), LARGEST_SIZE, SIZE_STEP)
    ratio = np.exp(logs)[:, None] * shape
    return np.log1p(ratio), SIZE_STEP / np.sqrt(12) * ratio / (1 + ratio)


def _kink(grid: Array, term: Term) -> tuple[Array, Array]:
    """All places strictly inside the grid; beyond its end the leading term is not seen at all."""
    place = np.geomspace(grid[0], grid[-1], PLACES + 2)[1:-1]
    before = np.minimum(np.log(grid) - np.log(place)[:, None], 0)
    slope = term.gap if term.faster else -term.gap
    cell = np.log(place[1] / place[0]) / np.sqrt(12)
    return slope * before, -slope * (before < 0) * cell
