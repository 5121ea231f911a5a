"""The Bayes risk of bumps with random signs (Assouad's prior): no estimator does better.

n pairs (X_i, Y_i), X in [0,1]^d and Y = f(X) + standard normal noise.  Each of k^d cubes carries a
bump with a random sign; with n points its sign has mean-square error E[1 - tanh(s + sqrt(s) Z)], Z
standard normal, at the signal-to-noise ratio s = n |bump|^2.  That is convex in s, so a random
design does no better than its average.
"""

import math

import numpy as np


def sign_risk(n: int, d: int, energy: float, smoothness: int, most: int) -> float:
    """Root of the Bayes risk in L2([0,1]^d), the largest over tilings with k = 1, .., `most`.

    A bump of a tiling has |bump|^2 = energy / k^(d + 2 smoothness) in L2.
    """
    tiles = np.arange(1, most + 1)
    s = (n * energy) / tiles ** float(d + 2 * smoothness)
    nodes, weights = np.polynomial.hermite_e.hermegauss(64)
    uncertainty = 1 - np.tanh(s[:, None] + np.sqrt(s)[:, None] * nodes)
    risk = energy / tiles ** float(2 * smoothness) * (uncertainty @ weights) / np.sqrt(2 * np.pi)
    return float(np.sqrt(risk.max()))


def tent_energy(d: int) -> float:
    """Integral of the square of (1/2 - |x|_inf)_+, which is 1-Lipschitz."""
    return 1 / (2 * (d + 1) * (d + 2))


def cap_energy(d: int) -> float:
    """Integral of the square of the radial bump on |x| <= 1/2 whose curvatures lie in [-1, 1].

    At |x| = r / 2 it is (1/4 - r^2/2) / 4 up to r = 1/2 and ((1 - r)^2 / 2) / 4 from there.
    """
    nodes, weights = np.polynomial.legendre.leggauss(d + 4)
    r = (nodes + 1) / 4
    inner = (1 / 4 - r**2 / 2) ** 2 * r ** (d - 1)
    outer = (r**2 / 2) ** 2 * (1 - r) ** (d - 1)  # r counted from the rim
    sphere = 2 * math.pi ** (d / 2) / math.gamma(d / 2)
    return float(sphere * (inner + outer) @ weights / 4 / 2 ** (d + 4))
