"""The nuisance family: every way in which a power law may differ from its power on a finite grid.

    y = a x^p (log x)^q f(x),   f = 1 + c v^w + kappa c^2 v^(2w),   v = x_1 / x.

A correction of size c at the smallest x decays with power w; the second term of its series is at
most the square of the first.  The family is laid out as nodes in (q, w, kappa, c), each with the
tangents of log f in c, log w and kappa, so that the laws between the nodes are reached too, and
with a prior weight: Cauchy in the size c of the correction at the smallest x, and Cauchy, of a
smaller scale, in what is left of it at the largest x.  What is known, the bound's own terms and
declared corrections, are nodes as well (`structure`).  The same corrections keep a level from its
limit: there f - 1 is added, in units of the level.  Derived here; `verify.calibration` measures the
error rates.
"""

from functools import lru_cache

import attrs
import numpy as np
from numpy.typing import NDArray

from verify.inference.structure import (
    Nodes,
    Term,
    allowed,
    linked,
    of_bound,
    of_corrections,
    size_prior,
    sizes,
)

SLOWEST_CORRECTION = 0.25
"""The smallest power with which a finite-size correction may decay, unless declared."""
CORRECTION_SCALE = 0.25
"""Scale of the Cauchy prior on the correction at the largest x, relative to the leading term."""

FASTEST_CORRECTION = 1.5
POWERS, POWER_TILT = 12, 0.25  # nodes even in log w, with weights w^POWER_TILT
CURVATURES = np.linspace(-1, 1, 7)
CURVATURE_WEIGHTS = np.array([0.08, 0.06, 0.06, 0.60, 0.06, 0.06, 0.08])
SIZE_CELLS = 20
TANGENT_WIDENING = 1.1  # a uniform law on a cell has its sd / sqrt(12); a little more, for overlap
TOP_LOG_WEIGHT = 15.0  # the declared log power is likelier than a smaller one

Array = NDArray[np.float64]


@attrs.frozen
class Family:
    """What may bend a line: logs, generic corrections, and what is known of the bound.

    Log powers go up to `logs`.  Corrections decay with a power of at least `slowest`, and have a
    Cauchy prior of `scale` at the largest x, relative to the leading term.  `terms` are those that
    the bound has beside its leading one, `corrections` those that the claim declares.  `added`:
    corrections are added to a level in its own units, instead of multiplying a power law.
    """

    logs: float = 0.0
    terms: tuple[Term, ...] = ()
    corrections: tuple[Term, ...] = ()
    slowest: float = SLOWEST_CORRECTION
    scale: float = CORRECTION_SCALE
    added: bool = False

    @property
    def fastest(self) -> float:
        """The largest power of a generic correction; a faster one is gone after two points."""
        return max(FASTEST_CORRECTION, 2 * self.slowest)


@attrs.frozen(eq=False)
class Dictionary:
    """The `nodes` of a family on a grid, each of them taken with J powers of the logarithm.

    `log_power` and `log_weight` (J,) are these powers, and the logs of their weights.
    """

    nodes: Nodes
    log_power: Array
    log_weight: Array


@lru_cache(maxsize=64)
def dictionary(x: tuple[float, ...], family: Family) -> Dictionary:
    """The nodes of a family on the ascending grid `x` (K,).

    What is known has half of the prior mass; each term of the bound, and the declared corrections
    together, have an equal share in it.
    """
    grid = np.asarray(x)
    known = [of_bound(grid, term) for term in family.terms]
    if family.corrections:
        known.append(of_corrections(grid, family.corrections, family.scale, family.added))
    nodes = _joined(_generic(grid, family), known)
    power = np.linspace(0, family.logs, round(4 * family.logs) + 1)
    weight = np.where(power == family.logs, TOP_LOG_WEIGHT, 1.0)
    return Dictionary(nodes, power, np.log(weight))


def _generic(grid: Array, family: Family) -> Nodes:
    """The generic corrections f, on cells that tile the ranges of w, kappa and c."""
    power, power_cell = _powers(family)
    size, size_cell = sizes(SIZE_CELLS)
    w, kappa, c = _all(power, CURVATURES, size)
    relative, tangent = _expand(grid, w, kappa, c)
    curvature_cell = np.full(len(CURVATURES), CURVATURES[1] - CURVATURES[0])
    of_w, of_kappa, of_c = _all(power_cell, curvature_cell, size_cell)
    cells = np.stack([of_c, of_w, of_kappa], axis=-1)
    weight = np.prod(_all(power**POWER_TILT, CURVATURE_WEIGHTS, size_cell), axis=0)
    weight = weight * size_prior(c, c * (grid[0] / grid[-1]) ** w, family.scale)
    keep = allowed(relative, family.added)
    scaled = TANGENT_WIDENING / np.sqrt(12) * tangent * cells[:, None, :]
    bent = linked(relative[keep], scaled[keep], family.added)
    return Nodes(*bent, np.log(weight[keep] / weight[keep].sum()))


def _powers(family: Family) -> tuple[Array, Array]:
    """Powers w, even in log w, and the widths of their cells there."""
    power = np.geomspace(family.slowest, family.fastest, POWERS)
    return power, np.full(POWERS, np.log(power[1] / power[0]))


def _all(*axes: Array) -> tuple[Array, ...]:
    """The coordinates of all combinations of the entries of `axes`."""
    return tuple(part.ravel() for part in np.meshgrid(*axes, indexing="ij"))


def _expand(grid: Array, w: Array, kappa: Array, c: Array) -> tuple[Array, Array]:
    """f - 1, shape (M, K), and its derivatives in c, log w and kappa, shape (M, K, 3)."""
    log_v = np.log(grid[0] / grid)
    first = c[:, None] * np.exp(w[:, None] * log_v)
    second = kappa[:, None] * first**2
    rise = first + 2 * second
    tangent = np.stack([rise / c[:, None], w[:, None] * log_v * rise, first**2], axis=-1)
    return first + second, tangent


def _joined(generic: Nodes, known: list[Nodes]) -> Nodes:
    """All nodes in one list; those that are known have half of the mass, in equal shares."""
    if not known:
        return generic
    directions = generic.tangent.shape[-1]
    tangents = [generic.tangent]
    for nodes in known:
        missing = directions - nodes.tangent.shape[-1]
        tangents.append(np.pad(TANGENT_WIDENING * nodes.tangent, ((0, 0), (0, 0), (0, missing))))
    shares = [nodes.log_prior - np.log(len(known)) for nodes in known]
    return Nodes(
        np.concatenate([nodes.offset for nodes in (generic, *known)]),
        np.concatenate(tangents),
        np.concatenate([generic.log_prior, *shares]) - np.log(2),
    )
