"""The interval for an asymptotic exponent: a mixture over the nuisance family, in closed form.

Given a node of the family the log-log points are linear in the exponent, the constant and the
node's tangents, so generalised least squares gives the exponent's estimate and variance, and the
likelihood gives the node's weight.  The exponent's law is the mixture.  Derived here.
"""

import attrs
import numpy as np
from scipy.special import chdtrc, chdtri, ndtr, ndtri, stdtrit

from verify.inference.family import Dictionary, dictionary
from verify.inference.points import Array, Points
from verify.inference.range_slope import LEVEL
from verify.inference.structure import Term

FEWEST_POINTS = 5
FEWEST_REPLICATES = 8
REJECTED_FAMILY = 1e-3
POOR_FIT = 0.05
NOISY = 0.03


@attrs.frozen(eq=False)
class Mixture:
    """A mixture of normal laws: components of `weight`, `mean` and `sd`, each of shape (M,)."""

    weight: Array
    mean: Array
    sd: Array

    def cdf(self, value: float) -> float:
        """Mass at or below `value`."""
        return float(self.weight @ ndtr((value - self.mean) / self.sd))

    def quantile(self, level: float) -> float:
        """The value with mass `level` below, by bisection to the last bit."""
        shift = self.sd * ndtri(level)
        low, high = float((self.mean + shift).min()), float((self.mean + shift).max())
        while low < (middle := (low + high) / 2) < high:
            low, high = (middle, high) if self.cdf(middle) < level else (low, middle)
        return low


@attrs.frozen(eq=False)
class ExponentEstimate:
    """The exponent as n grows: median and interval of level LEVEL, under the declared family.

    `fit` is the p-value of the best node of the family against the data.
    """

    estimate: float
    low: float
    high: float
    fit: float
    law: Mixture

    @property
    def model_rejected(self) -> bool:
        """Whether no member of the family describes the data."""
        return self.fit < REJECTED_FAMILY


def exponent(
    points: Points, max_log: float = 0.0, terms: tuple[Term, ...] = ()
) -> ExponentEstimate:
    """Estimate p in y = a x^p (log x)^q f(x), with q up to `max_log` and f in the family.

    `terms` are those that the bound has beside its leading one.

    Needs K >= FEWEST_POINTS distinct places; with fewer than FEWEST_REPLICATES replicates the
    variances are not known well enough, which is for the caller to judge.
    """
    nodes = family(points, max_log, terms)
    freedom = len(points.x) - 3
    covariance = points.covariance
    law, best = _mixture(points, covariance, nodes)
    fit = float(chdtrc(freedom, best))
    if best > chdtri(freedom, POOR_FIT):
        law, _ = _mixture(points, covariance * best / freedom, nodes)
    tail = (1 - LEVEL) / 2
    return ExponentEstimate(law.quantile(0.5), law.quantile(tail), law.quantile(1 - tail), fit, law)


def family(points: Points, max_log: float, terms: tuple[Term, ...]) -> Dictionary:
    """The dictionary that the bound and the noise of the points call for; never their shape."""
    coarse = points.noise >= NOISY
    return dictionary(tuple(points.x.tolist()), max_log, coarse=coarse, terms=terms)


def _mixture(points: Points, covariance: Array, nodes: Dictionary) -> tuple[Mixture, float]:
    """The law of the exponent, and the smallest chi-square of a node."""
    root = np.linalg.cholesky(covariance)
    log_x = np.log(points.x)
    design = np.stack([log_x - log_x[-1], np.ones_like(log_x)], axis=1)
    q, r = np.linalg.qr(np.linalg.solve(root, design), mode="complete")
    slope_row = np.linalg.solve(r[:2].T, [1.0, 0.0]) @ q[:, :2].T
    rest = q[:, 2:].T
    whiten = np.linalg.inv(root).T
    y = (points.log_value - nodes.offset) @ whiten
    g = np.swapaxes(np.swapaxes(nodes.tangent, 1, 2) @ whiten, 1, 2)
    residual, moved = y @ rest.T, rest @ g
    normal = np.eye(g.shape[-1]) + np.swapaxes(moved, 1, 2) @ moved
    score = np.einsum("mkd,mk->md", moved, residual)
    reach = slope_row @ g
    solved = np.linalg.solve(normal, np.stack([score, reach], axis=-1))
    chi = (residual**2).sum(axis=1) - np.einsum("md,md->m", score, solved[..., 0])
    mean = y @ slope_row - np.einsum("md,md->m", reach, solved[..., 0])
    variance = slope_row @ slope_row + np.einsum("md,md->m", reach, solved[..., 1])
    log_weight = nodes.log_prior - chi / 2 - np.linalg.slogdet(normal)[1] / 2
    weight = np.exp(log_weight - log_weight.max())
    seen = weight > 1e-12
    widening = _t_to_normal(points.replicates)
    law = Mixture(weight[seen] / weight[seen].sum(), mean[seen], widening * np.sqrt(variance[seen]))
    return law, float(chi.min())


def _t_to_normal(replicates: float) -> float:
    """How much wider a t quantile is than a normal one: the price of estimated variances."""
    if np.isinf(replicates):
        return 1.0
    level = (1 + LEVEL) / 2
    return float(stdtrit(max(replicates - 1, 1), level) / ndtri(level))
