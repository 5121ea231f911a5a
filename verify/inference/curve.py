"""The fitted curve with its pointwise band: what the nuisance family makes of the points."""

import attrs
import numpy as np
from scipy.special import ndtri

from verify.inference.exponent import ExponentEstimate
from verify.inference.family import Family, dictionary
from verify.inference.points import Array, Points
from verify.inference.range_slope import LEVEL

KEPT = 0.99
"""The mass of the heaviest components of the law, which alone are drawn."""


@attrs.frozen(eq=False)
class Curve:
    """The log of the fitted quantity at the places of the points, each array of shape (K,)."""

    log_value: Array
    log_low: Array
    log_high: Array


def fitted(points: Points, family: Family, found: ExponentEstimate, level: float = LEVEL) -> Curve:
    """Posterior mean and pointwise interval, of `level`, of the noise-free log values.

    Universal kriging at every component of the law that was `found` (a node's tangents are part
    of the covariance); the band treats their mixture as normal.  Derived here.
    """
    weight, offset, tangent = _components(points, family, found)
    noise = found.inflation * points.covariance
    precision = np.linalg.inv(noise + tangent @ np.swapaxes(tangent, 1, 2))
    log_x = np.log(points.x)
    design = np.stack([log_x - log_x[-1], np.ones_like(log_x)], axis=1)
    weighted = precision @ design
    information = np.swapaxes(weighted, 1, 2) @ design
    above = points.log_value - offset
    beta = np.linalg.solve(information, np.einsum("mkp,mk->mp", weighted, above)[..., None])
    pulled = precision @ (above[..., None] - design @ beta)
    signal = points.log_value - (noise @ pulled)[..., 0]
    reach = noise @ weighted
    kriged = np.linalg.solve(information, np.swapaxes(reach, 1, 2))
    covariance = noise - noise @ precision @ noise + reach @ kriged
    variance = np.einsum("mkk->mk", covariance)
    mean = weight @ signal
    spread = np.sqrt(weight @ (variance + (signal - mean) ** 2))
    half = ndtri((1 + level) / 2) * spread
    return Curve(mean, mean - half, mean + half)


def _components(
    points: Points, family: Family, found: ExponentEstimate
) -> tuple[Array, Array, Array]:
    """Weights (M,), offsets (M, K) and tangents (M, K, D) of the heaviest components."""
    law, nodes = found.law, dictionary(tuple(points.x.tolist()), family).nodes
    order = np.argsort(-law.weight)
    kept = order[: int(np.searchsorted(law.weight[order].cumsum(), KEPT)) + 1]
    power, node = law.log_power[kept], law.node[kept]
    log = np.log(np.log(points.x)) if power.any() else np.zeros(len(points.x))
    offset = nodes.offset[node] + power[:, None] * log
    return law.weight[kept] / law.weight[kept].sum(), offset, nodes.tangent[node]
