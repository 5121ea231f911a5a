"""The picture of a layer and its potential as eps -> 0."""

from typing import TYPE_CHECKING

import numpy as np

from theorems.hamilton_jacobi.layer import hopf_lax, layer, logits, potential, weights

if TYPE_CHECKING:  # matplotlib is slow to load
    from matplotlib.figure import Figure

PLACES = np.array([[-1.5], [-0.5], [0.5], [1.5]])
HEIGHTS = np.array([1.0, 0.3, 0.3, 1.0])
TIME = 1.0
TEMPERATURES = 1.0, 0.3, 0.1, 0.03


def tropical_limit() -> "Figure":
    """f and u of four atoms at t = 1 for eps from 1 to 0.03, and their limits in black."""
    from matplotlib import colormaps  # noqa: PLC0415 - slow to load
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load

    figure = Figure(figsize=(9, 3.4), layout="constrained")
    left, right = figure.subplots(1, 2)
    x = np.linspace(-2.5, 2.5, 501)[:, None]
    W, b = weights(PLACES, HEIGHTS, TIME)
    colours = colormaps["viridis"](np.linspace(0.85, 0.25, len(TEMPERATURES)))
    for eps, colour in zip(TEMPERATURES, colours, strict=True):
        left.plot(x, layer(x, W, b, eps), color=colour, label=f"eps = {eps:g}")
        right.plot(x, potential(x, TIME, PLACES, HEIGHTS, eps), color=colour)
    left.plot(x, logits(x, W, b).max(axis=-1), color="black", lw=1, label="maximum")
    right.plot(x, hopf_lax(x, TIME, PLACES, HEIGHTS), color="black", lw=1)
    left.set(xlabel="x", title="The layer f: a maximum of affine functions")
    right.set(xlabel="x", title="Its potential u: the formula of Hopf and Lax")
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside right center", frameon=False)
    return figure
