"""A functional of a linear model, as a mixture over the nuisance family, in closed form.

Given a node of the family the values are linear in the model's columns and the node's tangents, so
generalised least squares gives the estimate of the functional and its variance, and the likelihood
gives the node's weight.  The functional's law is the mixture.  A power q of one more known column
is a node as well, in which everything is quadratic.  Derived here.
"""

import attrs
import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, chdtri, ndtr, ndtri, stdtrit

from verify.inference.family import Dictionary
from verify.inference.points import Array

REJECTED_FAMILY = 1e-3
POOR_FIT = 0.05
NEGLIGIBLE, EXACT_MASS = 1e-12, 1e-12


@attrs.frozen(eq=False)
class Regression:
    """K values that are linear, given a node: in `columns` (K, P), the first of which is sought.

    `covariance` (K, K) is that of their errors; `bend` (K,) is what a power of the family
    multiplies.
    """

    value: Array
    covariance: Array
    columns: Array
    bend: Array


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
class Fit:
    """The law of the functional, with the p-value of the best node of the family against the data.

    `inflation` is the factor on the covariance that makes a poor fit a fair one.
    """

    law: Mixture
    p_value: float
    inflation: float


def fit(model: Regression, family: Dictionary) -> Fit:
    """The law of the first column's coefficient; a poor fit has its covariance inflated."""
    freedom = model.columns.shape[0] - model.columns.shape[1] - 1
    law, best = mixture(model, family)
    inflation = 1.0
    if best > chdtri(freedom, POOR_FIT):
        inflation = best / freedom
        law, _ = mixture(attrs.evolve(model, covariance=inflation * model.covariance), family)
    return Fit(law, float(chdtrc(freedom, best)), inflation)


def mixture(model: Regression, family: Dictionary) -> tuple[Mixture, float]:
    """The law of the first column's coefficient, and the smallest chi-square of a node."""
    nodes, q = family.nodes, family.log_power
    whiten, sought, rest = _frame(model)
    y = (model.value - nodes.offset) @ whiten
    bend = model.bend @ whiten
    tangent = np.swapaxes(whiten.T @ nodes.tangent, 1, 2)  # (M, D, K)
    residual, bent, moved = y @ rest.T, bend @ rest.T, tangent @ rest.T
    normal = np.eye(moved.shape[1]) + moved @ np.swapaxes(moved, 1, 2)
    # In each of the tangents: the residual, the bend, the functional that is sought.
    sides = np.stack([np.einsum("mdk,mk->md", moved, residual), moved @ bent, tangent @ sought])
    solved = np.linalg.solve(normal, np.moveaxis(sides, 0, 2))
    gram = np.einsum("imd,mdj->ijm", sides, solved)[..., None]  # (3, 3, M, 1)
    chi = (residual**2).sum(axis=1)[:, None] - gram[0, 0]
    chi = (
        chi - 2 * q * ((residual @ bent)[:, None] - gram[0, 1]) + q**2 * (bent @ bent - gram[1, 1])
    )
    mean = (y @ sought)[:, None] - gram[0, 2] - q * (bend @ sought - gram[1, 2])
    variance = np.broadcast_to(sought @ sought + gram[2, 2], mean.shape)
    prior = nodes.log_prior - np.linalg.slogdet(normal)[1] / 2
    log_weight = prior[:, None] + family.log_weight - chi / 2
    weight = np.exp(log_weight - log_weight.max())
    seen = weight > NEGLIGIBLE
    node, power = np.nonzero(seen)
    share = weight[seen] / weight[seen].sum()
    law = Mixture(share, mean[seen], np.sqrt(variance[seen]), node, q[power])
    return law, float(chi.min())


def _frame(model: Regression) -> tuple[Array, Array, Array]:
    """The matrix W that whitens a row by z W, the sought functional, and the residual space.

    The last two are rows on whitened vectors: (K,), and (K - P, K), orthonormal.
    """
    root, count = np.linalg.cholesky(model.covariance), model.columns.shape[1]
    q, r = np.linalg.qr(np.linalg.solve(root, model.columns), mode="complete")
    sought = np.linalg.solve(r[:count].T, np.eye(count)[0]) @ q[:, :count].T
    return np.linalg.inv(root).T, sought, q[:, count:].T


def t_to_normal(replicates: float, tail: float) -> float:
    """How much wider a t quantile is than a normal one, with the mass `tail` below it.

    The price of estimated variances.
    """
    if np.isinf(replicates):
        return 1.0
    return float(stdtrit(max(replicates - 1, 1), tail) / ndtri(tail))
