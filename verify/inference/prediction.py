"""The noise-free curves that a few points leave possible, if the exponent is a given one.

With the exponent known a node of the nuisance family is linear in the constant and in its
tangents, so its weight and the law of its tangents have closed forms; the family may be laid out on
a grid that goes beyond the points.  Derived here.
"""

import attrs
import numpy as np

from verify.inference.family import Family, dictionary
from verify.inference.points import Array, Points


@attrs.frozen(eq=False)
class Curves:
    """The posterior of the log of the noise-free quantity at P places, up to its constant.

    Components of `weight` (M,) with `centre` (M, P); their tangents `tangent` (M, P, D) have normal
    factors of mean `mean` (M, D) and of covariance `root` `root`' (M, D, D).
    """

    weight: Array
    centre: Array
    tangent: Array
    mean: Array
    root: Array

    def drawn(self, uniform: Array, normal: Array) -> Array:
        """Draws of the curve, shape (B, P), from uniforms (B,) and standard normals (B, D)."""
        chosen = np.searchsorted(self.weight.cumsum(), uniform * self.weight.sum())
        chosen = np.minimum(chosen, len(self.weight) - 1)
        shift = np.einsum("bde,be->bd", self.root[chosen], normal[:, : self.root.shape[-1]])
        factor = self.mean[chosen] + shift
        return np.asarray(
            self.centre[chosen] + np.einsum("bpd,bd->bp", self.tangent[chosen], factor)
        )

    @property
    def average(self) -> Array:
        """The posterior mean, shape (P,)."""
        return np.asarray(
            self.weight @ (self.centre + np.einsum("mpd,md->mp", self.tangent, self.mean))
        )


def curves(points: Points, family: Family, x: Array, power: float) -> Curves:
    """The curves on the ascending grid `x` (P,) that `points` allow if the exponent is `power`.

    The places of the points are among `x`; the prior of the family is that of the whole grid.
    """
    known = dictionary(tuple(x.tolist()), family)
    nodes, seen = known.nodes, np.searchsorted(x, points.x)
    log_log = np.log(np.log(x)) if known.log_power[-1] > 0 else np.zeros(len(x))
    offset = nodes.offset[:, None, :] + known.log_power[:, None] * log_log  # (M, J, P)
    tangent = nodes.tangent[:, seen]
    precision = _without_level(points.covariance)
    pulled = np.swapaxes(tangent, 1, 2) @ precision  # (M, D, K)
    normal = np.eye(tangent.shape[2]) + pulled @ tangent
    residual = points.log_value - power * np.log(points.x) - offset[..., seen]  # (M, J, K)
    side = np.einsum("mdk,mjk->mdj", pulled, residual)
    mean = np.linalg.solve(normal, side)  # (M, D, J)
    chi = np.einsum("mjk,kl,mjl->mj", residual, precision, residual, optimize=True)
    chi -= np.einsum("mdj,mdj->mj", side, mean)
    log_weight = nodes.log_prior - np.linalg.slogdet(normal)[1] / 2
    log_weight = log_weight[:, None] + known.log_weight - chi / 2
    weight = np.exp(log_weight - log_weight.max()).ravel()
    powers = len(known.log_power)
    root = np.swapaxes(np.linalg.inv(np.linalg.cholesky(normal)), 1, 2)
    return Curves(
        weight / weight.sum(),
        (power * np.log(x) + offset).reshape(-1, len(x)),
        np.repeat(nodes.tangent, powers, axis=0),
        np.swapaxes(mean, 1, 2).reshape(len(weight), -1),
        np.repeat(root, powers, axis=0),
    )


def _without_level(covariance: Array) -> Array:
    """The inverse of a covariance (K, K) in what is left of K numbers whose level is unknown."""
    inverse = np.linalg.inv(covariance)
    row = inverse.sum(axis=1)
    return np.asarray(inverse - np.outer(row, row) / row.sum())
