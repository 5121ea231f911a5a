"""The interval for an asymptotic exponent: a mixture over the nuisance family, in closed form.

Given a node of the family the log-log points are linear in the exponent, the constant and the
node's tangents, so generalised least squares gives the exponent's estimate and variance, and the
likelihood gives the node's weight.  The exponent's law is the mixture.  A power q of log x is one
more known column, in which everything is quadratic.  Derived here.
"""

import attrs
import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, chdtri, ndtr, ndtri, stdtrit

from verify.inference.family import Dictionary, Family, dictionary
from verify.inference.points import Array, Points
from verify.inference.range_slope import LEVEL

FEWEST_POINTS = 5
FEWEST_REPLICATES = 8
REJECTED_FAMILY = 1e-3
POOR_FIT = 0.05
NEGLIGIBLE, EXACT_MASS = 1e-12, 1e-12
GENERIC = Family()


@attrs.frozen(eq=False)
class Mixture:
    """A mixture of normal laws: components of `weight`, `mean` and `sd`, each of shape (M,).

    Each belongs to a `node` of the family, by its index, with the power `log_power` of log x.
    """

    weight: Array
    mean: Array
    sd: Array
    node: NDArray[np.intp]
    log_power: Array

    def cdf(self, value: float) -> float:
        """Mass at or below `value`."""
        return float(self.weight @ ndtr((value - self.mean) / self.sd))

    def density(self, value: float) -> float:
        """The derivative of the distribution function."""
        z = (value - self.mean) / self.sd
        return float((self.weight / self.sd) @ np.exp(-z * z / 2) / np.sqrt(2 * np.pi))

    def quantile(self, level: float) -> float:
        """The value with mass `level` below, by Newton's method between bounds, else bisection."""
        ends = self.mean + self.sd * ndtri(level)
        low, high = float(ends.min()), float(ends.max())
        value = (low + high) / 2
        while low < value < high:
            excess = self.cdf(value) - level
            if abs(excess) < EXACT_MASS * level:
                break
            low, high = (value, high) if excess < 0 else (low, value)
            slope = self.density(value)
            step = value - excess / slope if slope > 0 else np.inf
            value = step if low < step < high else (low + high) / 2
        return value


@attrs.frozen(eq=False)
class ExponentEstimate:
    """The exponent as n grows: median and interval, under the declared family.

    `fit` is the p-value of the best node of the family against the data; `inflation` is the factor
    on the covariance that makes a poor fit a fair one.
    """

    estimate: float
    low: float
    high: float
    fit: float
    inflation: float
    law: Mixture

    @property
    def model_rejected(self) -> bool:
        """Whether no member of the family describes the data."""
        return self.fit < REJECTED_FAMILY


def exponent(points: Points, family: Family = GENERIC, level: float = LEVEL) -> ExponentEstimate:
    """Estimate p in y = a x^p (log x)^q f(x), with q and f in the family; an interval of `level`.

    Needs K >= FEWEST_POINTS distinct places; with fewer than FEWEST_REPLICATES replicates the
    variances are not known well enough, which is for the caller to judge.
    """
    nodes = dictionary(tuple(points.x.tolist()), family)
    freedom = len(points.x) - 3
    covariance = points.covariance
    law, best = _mixture(points, covariance, nodes)
    fit, inflation = float(chdtrc(freedom, best)), 1.0
    if best > chdtri(freedom, POOR_FIT):
        inflation = best / freedom
        law, _ = _mixture(points, inflation * covariance, nodes)
    law = attrs.evolve(law, sd=_t_to_normal(points.replicates, level) * law.sd)
    low, high = law.quantile((1 - level) / 2), law.quantile((1 + level) / 2)
    return ExponentEstimate(law.quantile(0.5), low, high, fit, inflation, law)


def _mixture(points: Points, covariance: Array, family: Dictionary) -> tuple[Mixture, float]:
    """The law of the exponent, and the smallest chi-square of a node."""
    nodes, q = family.nodes, family.log_power
    whiten, slope_row, rest = _frame(points, covariance)
    y = (points.log_value - nodes.offset) @ whiten
    log = np.log(np.log(points.x)) @ whiten if q[-1] > 0 else np.zeros(len(points.x))
    tangent = np.swapaxes(whiten.T @ nodes.tangent, 1, 2)  # (M, D, K)
    residual, bent, moved = y @ rest.T, log @ rest.T, tangent @ rest.T
    normal = np.eye(moved.shape[1]) + moved @ np.swapaxes(moved, 1, 2)
    # In each of the tangents: the residual, the logarithm, the functional that is the slope.
    sides = np.stack([np.einsum("mdk,mk->md", moved, residual), moved @ bent, tangent @ slope_row])
    solved = np.linalg.solve(normal, np.moveaxis(sides, 0, 2))
    gram = np.einsum("imd,mdj->ijm", sides, solved)[..., None]  # (3, 3, M, 1)
    chi = (residual**2).sum(axis=1)[:, None] - gram[0, 0]
    chi = (
        chi - 2 * q * ((residual @ bent)[:, None] - gram[0, 1]) + q**2 * (bent @ bent - gram[1, 1])
    )
    mean = (y @ slope_row)[:, None] - gram[0, 2] - q * (log @ slope_row - gram[1, 2])
    variance = np.broadcast_to(slope_row @ slope_row + gram[2, 2], mean.shape)
    prior = nodes.log_prior - np.linalg.slogdet(normal)[1] / 2
    log_weight = prior[:, None] + family.log_weight - chi / 2
    weight = np.exp(log_weight - log_weight.max())
    seen = weight > NEGLIGIBLE
    node, power = np.nonzero(seen)
    sd = np.sqrt(variance[seen])
    share = weight[seen] / weight[seen].sum()
    return Mixture(share, mean[seen], sd, node, q[power]), float(chi.min())


def _frame(points: Points, covariance: Array) -> tuple[Array, Array, Array]:
    """The matrix W that whitens a row by z W, the slope's functional, and the residual space.

    The last two are rows on whitened vectors: (K,), and (K - 2, K), orthonormal.
    """
    root = np.linalg.cholesky(covariance)
    log_x = np.log(points.x)
    design = np.stack([log_x - log_x[-1], np.ones_like(log_x)], axis=1)
    q, r = np.linalg.qr(np.linalg.solve(root, design), mode="complete")
    slope_row = np.linalg.solve(r[:2].T, [1.0, 0.0]) @ q[:, :2].T
    return np.linalg.inv(root).T, slope_row, q[:, 2:].T


def _t_to_normal(replicates: float, level: float) -> float:
    """How much wider a t quantile is than a normal one: the price of estimated variances."""
    if np.isinf(replicates):
        return 1.0
    tail = (1 + level) / 2
    return float(stdtrit(max(replicates - 1, 1), tail) / ndtri(tail))
