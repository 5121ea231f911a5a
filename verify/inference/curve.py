"""The fitted curve with its pointwise band: what the nuisance family makes of the points."""

import attrs
import numpy as np
from scipy.special import ndtri

from verify.inference.family import Dictionary
from verify.inference.points import Array, Points
from verify.inference.range_slope import LEVEL


@attrs.frozen(eq=False)
class Curve:
    """The log of the fitted quantity at the places of the points, each array of shape (K,)."""

    log_value: Array
    log_low: Array
    log_high: Array


def fitted(points: Points, nodes: Dictionary) -> Curve:
    """Posterior mean and pointwise interval, of level LEVEL, of the noise-free log values.

    Universal kriging at every node (its tangents are part of the covariance), mixed by likelihood
    and prior; the band treats the mixture as normal.  Derived here.
    """
    noise = points.covariance
    total = noise + nodes.tangent @ np.swapaxes(nodes.tangent, 1, 2)
    precision = np.linalg.inv(total)
    log_x = np.log(points.x)
    design = np.stack([log_x - log_x[-1], np.ones_like(log_x)], axis=1)
    weighted = precision @ design
    information = np.swapaxes(weighted, 1, 2) @ design
    offset = points.log_value - nodes.offset
    beta = np.linalg.solve(information, np.einsum("mkp,mk->mp", weighted, offset)[..., None])
    residual = offset[..., None] - design @ beta
    pulled = precision @ residual
    chi = (residual * pulled).sum(axis=(1, 2))
    determinants = np.linalg.slogdet(total)[1] + np.linalg.slogdet(information)[1]
    log_weight = nodes.log_prior - (chi + determinants) / 2
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    signal = points.log_value - (noise @ pulled)[..., 0]
    reach = noise @ weighted
    covariance = (
        noise
        - noise @ precision @ noise
        + reach @ np.linalg.solve(information, np.swapaxes(reach, 1, 2))
    )
    variance = np.einsum("mkk->mk", covariance)
    mean = weight @ signal
    spread = np.sqrt(weight @ (variance + (signal - mean) ** 2))
    half = ndtri((1 + LEVEL) / 2) * spread
    return Curve(mean, mean - half, mean + half)
