"""The nuisance family: every way in which a power law may differ from its power on a finite grid.

    y = a x^p (log x)^q f(x),   f = 1 + c v^w + kappa c^2 v^(2w),   v = x_1 / x.

A correction of size c at the smallest x decays with power w; the second term of its series is at
most the square of the first.  The family is laid out as a dictionary of nodes in (q, w, kappa, c),
each with the tangents of log f in c, log w and kappa, so that the laws between the nodes are
reached too, and with a prior weight: Cauchy in the size of the correction at the largest x.
The terms that the bound itself has beside its leading one are nodes as well (`structure`).
Derived here; `benchmarks/inference.py` measures width and coverage on three laws.
"""

from functools import lru_cache

import attrs
import numpy as np
from numpy.typing import NDArray

from verify.inference.structure import Term, nodes

SLOWEST_CORRECTION = 0.25
"""The smallest power with which a finite-size correction may decay."""
CORRECTION_SCALE = 0.25
"""Scale of the Cauchy prior on the correction at the largest x, relative to the leading term."""

FASTEST_CORRECTION = 1.5
COARSE_POWERS = (0.25, 0.35, 0.5, 0.7, 1.0, 1.5)
CURVATURES = {-1.0: 0.15, -0.5: 0.10, 0.0: 0.50, 0.5: 0.10, 1.0: 0.15}
SIZE_CELLS, SIZE_LIMIT = 20, 6.0
ALLOWED_FACTOR = 0.1, 30.0
TANGENT_WIDENING = 1.1  # a uniform law on a cell has its sd / sqrt(12); a little more, for overlap
TOP_LOG_WEIGHT = 3.0  # the declared log power is likelier than a smaller one

Array = NDArray[np.float64]


@attrs.frozen(eq=False)
class Dictionary:
    """M nodes on a grid of K points.

    `offset` (M, K) is what a node adds to the log of a pure power; `tangent` (M, K, D) are the
    D directions in which it may move, each scaled by its prior standard deviation;
    `log_prior` (M,).
    """

    offset: Array
    tangent: Array
    log_prior: Array


@lru_cache(maxsize=64)
def dictionary(
    x: tuple[float, ...],
    max_log: float = 0.0,
    *,
    coarse: bool = False,
    terms: tuple[Term, ...] = (),
) -> Dictionary:
    """The family on the ascending grid `x` (K,), with log powers up to `max_log`.

    `coarse` takes six correction powers with the tangent in c alone: with noisy points the finer
    dictionary is not seen, and the coarse one is narrower at the same coverage.  The `terms` that
    the bound itself has beside the leading one get half of the prior mass.
    """
    grid = np.asarray(x)
    return _with_logs(grid, max_log, _with_terms(grid, terms, _corrections(grid, coarse)))


def _corrections(grid: Array, coarse: bool) -> Dictionary:
    """The generic corrections f = 1 + c v^w + kappa c^2 v^(2w)."""
    powers = np.array(COARSE_POWERS) if coarse else _powers()
    size, size_sd = _sizes()
    w, kappa, c = (
        part.ravel()
        for part in np.meshgrid(powers, np.array(list(CURVATURES)), size, indexing="ij")
    )
    weight = np.array(list(CURVATURES.values()))[np.searchsorted(list(CURVATURES), kappa)]
    size_sd = np.tile(size_sd, len(powers) * len(CURVATURES))
    log_f, tangent = _expand(grid, w, kappa, c)
    sds = np.stack([size_sd, np.full_like(w, _power_sd()), np.full_like(w, _curvature_sd())], -1)
    tangent = (tangent * sds[:, None, :])[..., : 1 if coarse else 3]
    remaining = c * (grid[0] / grid[-1]) ** w / CORRECTION_SCALE
    log_prior = np.log(weight) - np.log1p(remaining**2)
    lowest, highest = np.log(ALLOWED_FACTOR)
    keep = np.all((log_f > lowest) & (log_f < highest), axis=1)
    return Dictionary(log_f[keep], tangent[keep], log_prior[keep])


def _with_terms(grid: Array, terms: tuple[Term, ...], base: Dictionary) -> Dictionary:
    """The same with the nodes of `terms`, which share half of the prior mass equally."""
    if not terms:
        return base
    offset, tangent = nodes(grid, terms, TANGENT_WIDENING)
    padded = np.zeros((*tangent.shape, base.tangent.shape[-1]))
    padded[..., 0] = tangent
    mass = np.log(np.exp(base.log_prior).sum())
    return Dictionary(
        np.concatenate([base.offset, offset]),
        np.concatenate([base.tangent, padded]),
        np.concatenate([base.log_prior, np.full(len(offset), mass - np.log(len(offset)))]),
    )


def _powers() -> Array:
    return np.geomspace(SLOWEST_CORRECTION, FASTEST_CORRECTION, 12)


def _power_sd() -> float:
    step = np.log(FASTEST_CORRECTION / SLOWEST_CORRECTION) / (len(_powers()) - 1)
    return float(TANGENT_WIDENING * step / np.sqrt(12))


def _curvature_sd() -> float:
    return float(TANGENT_WIDENING * 0.5 / np.sqrt(12))


def _sizes() -> tuple[Array, Array]:
    """Sizes c = 2 sinh t of both signs on cells of equal width in t, with each cell's prior sd."""
    width = np.arcsinh(SIZE_LIMIT) / SIZE_CELLS
    t = (np.arange(-SIZE_CELLS, SIZE_CELLS) + 0.5) * width
    return 2 * np.sinh(t), TANGENT_WIDENING * 2 * np.cosh(t) * width / np.sqrt(12)


def _expand(grid: Array, w: Array, kappa: Array, c: Array) -> tuple[Array, Array]:
    """log f, shape (M, K), and its derivatives in c, log w and kappa, shape (M, K, 3)."""
    log_v = np.log(grid[0] / grid)
    first = c[:, None] * np.exp(w[:, None] * log_v)
    second = kappa[:, None] * first**2
    f = 1 + first + second
    with np.errstate(invalid="ignore", divide="ignore"):
        rise = (first + 2 * second) / f
        tangent = np.stack([rise / c[:, None], w[:, None] * log_v * rise, first**2 / f], -1)
        return np.log(f), tangent


def _with_logs(grid: Array, max_log: float, base: Dictionary) -> Dictionary:
    """The same nodes for each log power 0, 1/4, .., max_log."""
    if max_log == 0:
        return base
    steps = np.linspace(0, max_log, round(4 * max_log) + 1)
    log_log = np.log(np.log(grid))
    weight = np.where(steps == max_log, TOP_LOG_WEIGHT, 1.0)
    return Dictionary(
        np.concatenate([base.offset + q * log_log for q in steps]),
        np.concatenate([base.tangent for _ in steps]),
        np.concatenate([base.log_prior + np.log(part) for part in weight]),
    )
