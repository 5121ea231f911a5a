"""The pictures of a layer and its potential as eps -> 0."""

from typing import TYPE_CHECKING, Any

import numpy as np

from theorems.hamilton_jacobi.layer import hopf_lax, layer, logits, potential, weights

if TYPE_CHECKING:  # matplotlib is slow to load
    from matplotlib.figure import Figure

PLACES = np.array([[-1.5], [-0.5], [0.5], [1.5]])
HEIGHTS = np.array([1.0, 0.3, 0.3, 1.0])
TIME = 1.0
TEMPERATURES = 1.0, 0.3, 0.1, 0.03
X = np.linspace(-2.5, 2.5, 501)[:, None]


def draw_layer(axes: Any) -> None:
    """f of four atoms for eps from 1 to 0.03, and the maximum of its affine functions."""
    W, b = weights(PLACES, HEIGHTS, TIME)
    for k, eps in enumerate(TEMPERATURES):
        axes.plot(X, layer(X, W, b, eps), color=f"C{k}", label=f"eps = {eps:g}")
    axes.plot(X, logits(X, W, b).max(axis=-1), color="C6", ls="--", label="maximum")
    axes.set(xlabel="x", ylabel="f", ylim=(-0.7, 1.9))
    axes.legend(frameon=False, loc="upper center", ncols=3)


def draw_potential(axes: Any) -> None:
    """u of the same atoms at t = 1, and the minimum of Hopf and Lax."""
    for k, eps in enumerate(TEMPERATURES):
        curve = potential(X, TIME, PLACES, HEIGHTS, eps)
        axes.plot(X, curve, color=f"C{k}", label=f"eps = {eps:g}")
    limit = hopf_lax(X, TIME, PLACES, HEIGHTS)
    axes.plot(X, limit, color="C6", ls="--", label="minimum")
    axes.set(xlabel="x", ylabel="u", ylim=(-0.7, 1.9))
    axes.legend(frameon=False, loc="upper center", ncols=3)


def tropical_limit() -> "Figure":
    """Both side by side."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load

    figure = Figure(figsize=(10, 3.6), layout="constrained")
    for axes, draw in zip(figure.subplots(1, 2), (draw_layer, draw_potential), strict=True):
        draw(axes)
    return figure
