"""The fitted curve with its pointwise band: what the nuisance family makes of the points."""

import attrs
import numpy as np
from scipy.special import ndtri

from verify.inference.exponent import ExponentEstimate, regression
from verify.inference.family import Dictionary, Family, dictionary
from verify.inference.mixture import Mixture, Regression
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
    """Posterior mean and pointwise interval, of `level`, of the noise-free log values."""
    model = regression(points, found.inflation * points.covariance, family)
    mean, spread = signal(model, dictionary(tuple(points.x.tolist()), family), found.law)
    half = ndtri((1 + level) / 2) * spread
    return Curve(mean, mean - half, mean + half)


def signal(model: Regression, family: Dictionary, law: Mixture) -> tuple[Array, Array]:
    """Posterior mean and standard deviation of the noise-free values of a model, each (K,).

    Universal kriging at every component of the `law` that was found (a node's tangents are part of
    the covariance); their mixture is treated as normal.  Derived here.
    """
    weight, offset, tangent = _components(model, family, law)
    noise, design = model.covariance, model.columns
    precision = np.linalg.inv(noise + tangent @ np.swapaxes(tangent, 1, 2))
    weighted = precision @ design
    information = np.swapaxes(weighted, 1, 2) @ design
    above = model.value - offset
    beta = np.linalg.solve(information, np.einsum("mkp,mk->mp", weighted, above)[..., None])
    pulled = precision @ (above[..., None] - design @ beta)
    denoised = model.value - (noise @ pulled)[..., 0]
    reach = noise @ weighted
    kriged = np.linalg.solve(information, np.swapaxes(reach, 1, 2))
    covariance = noise - noise @ precision @ noise + reach @ kriged
    variance = np.einsum("mkk->mk", covariance)
    mean = weight @ denoised
    return mean, np.sqrt(weight @ (variance + (denoised - mean) ** 2))


def _components(model: Regression, family: Dictionary, law: Mixture) -> tuple[Array, Array, Array]:
    """Weights (M,), offsets (M, K) and tangents (M, K, D) of the heaviest components."""
    order = np.argsort(-law.weight)
    kept = order[: int(np.searchsorted(law.weight[order].cumsum(), KEPT)) + 1]
    power, node = law.log_power[kept], law.node[kept]
    offset = family.nodes.offset[node] + power[:, None] * model.bend
    return law.weight[kept] / law.weight[kept].sum(), offset, family.nodes.tangent[node]
