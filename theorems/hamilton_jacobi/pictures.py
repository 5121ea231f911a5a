"""Pictures of a layer and of its potential as eps -> 0."""

from typing import TYPE_CHECKING

import numpy as np

from theorems.hamilton_jacobi.layer import hopf_lax, layer, logits, potential, weights

if TYPE_CHECKING:  # matplotlib is slow to load
    from matplotlib.axes import Axes

PLACES = np.array([[-1.5], [-0.5], [0.5], [1.5]])
HEIGHTS = np.array([1.0, 0.3, 0.3, 1.0])
TIME = 1.0
TEMPERATURES = 1.0, 0.3, 0.1, 0.03


def tropical_layer(axes: "Axes") -> None:
    """f of four atoms at t = 1 for eps from 1 to 0.03, and the maximum of their functions."""
    x = np.linspace(-2.5, 2.5, 501)[:, None]
    W, b = weights(PLACES, HEIGHTS, TIME)
    for eps in TEMPERATURES:
        axes.plot(x, layer(x, W, b, eps), label=f"eps = {eps:g}")
    axes.plot(x, logits(x, W, b).max(axis=-1), "C6:", label="maximum")
    axes.set(xlabel="x", ylabel="f")
    axes.legend()


def tropical_potential(axes: "Axes") -> None:
    """u of the same atoms, and the formula of Hopf and Lax."""
    x = np.linspace(-2.5, 2.5, 501)[:, None]
    for eps in TEMPERATURES:
        axes.plot(x, potential(x, TIME, PLACES, HEIGHTS, eps), label=f"eps = {eps:g}")
    axes.plot(x, hopf_lax(x, TIME, PLACES, HEIGHTS), "C6:", label="Hopf and Lax")
    axes.set(xlabel="x", ylabel="u")
    axes.legend()
