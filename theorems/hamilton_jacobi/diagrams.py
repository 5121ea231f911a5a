"""Pictures of the attribution's bifurcations, of its basins, and of the Hessian's temperature."""

from typing import TYPE_CHECKING, Any

import numpy as np

from theorems.hamilton_jacobi.continuation import branches, folds
from theorems.hamilton_jacobi.critical_points import on_line, pair_sum
from theorems.hamilton_jacobi.layer import Array, entropy, logits, weights
from theorems.hamilton_jacobi.sensitivity import largest_bend, pair_bend

if TYPE_CHECKING:  # matplotlib is slow to load
    from matplotlib.figure import Figure

FOUR = (0.0, 2.0, 3.0, 4.0)
BLUE, ORANGE, GREY, GREEN = "#0072b2", "#d55e00", "#777777", "#009e73"
PIXELS = 160


def bifurcation_diagram() -> "Figure":
    """Critical points of H for the atoms 0, 2, 3, 4 against eps: two folds merge, one creates.

    Maxima are drawn solid, minima dashed; the third merging is that of the pair that was created.
    """
    figure, axes = _figure(1)
    (axis,) = axes
    W, b = on_line(FOUR, np.zeros(4), 1.0)
    for curve in branches(W, b, 0.1, 1.2):
        _draw_branch(axis, curve, W, b)
        for one in folds(curve, W, b):
            born = one.ratio < 0
            axis.plot(one.eps, one.x, "^" if born else "o", color=GREEN if born else GREY, ms=8)
            axis.annotate(
                f"{'birth' if born else 'merger'}, {one.eps:.4f}", (one.eps, one.x),
                xytext=(8, -3) if born else (-8, 8), ha="left" if born else "right",
                textcoords="offset points", fontsize=8,
            )  # fmt: skip
    axis.plot([], [], color=ORANGE, label="maximum of H")
    axis.plot([], [], color=BLUE, ls="--", label="minimum of H: a basin")
    axis.set(xscale="log", xlabel="eps", ylabel="x", title="Atoms at 0, 2, 3 and 4")
    axis.legend(frameon=False)
    return figure


def _draw_branch(axis: Any, curve: Array, W: Array, b: Array) -> None:
    """A curve of critical points, its maxima and its minima in their colours."""
    top = np.array([pair_sum(float(x), float(eps), W, b).x > 0 for x, eps in curve])
    for kind, colour, style in ((top, ORANGE, "-"), (~top, BLUE, "--")):
        axis.plot(np.where(kind, curve[:, 1], np.nan), curve[:, 0], color=colour, ls=style)


def basins() -> "Figure":
    """Basins of H in the plane for sixteen jittered atoms, at three temperatures.

    Each place has the colour of the minimum to which the steepest way down leads; that of an outer
    atom is beyond the edge, and the place where it is left counts.
    """
    side, half = 4, 0.5
    atoms = np.stack(np.meshgrid(*[np.arange(side)] * 2), axis=-1).reshape(-1, 2)
    y = atoms + np.random.default_rng(42).uniform(-0.3, 0.3, atoms.shape)
    W, b = weights(y, np.zeros(len(y)), 1.0)
    ticks = np.linspace(-half, side - half, PIXELS)
    grid = np.stack(np.meshgrid(ticks, ticks), axis=-1)
    figure, axes = _figure(3, height=3.6)
    for axis, eps in zip(axes, (0.05, 0.2, 0.3), strict=True):
        minimum = downhill(entropy(logits(grid, W, b), eps))
        names, colours = np.unique(minimum, return_inverse=True)
        shuffled = np.random.default_rng(1).permutation(len(names))[colours]
        axis.pcolormesh(ticks, ticks, shuffled.reshape(PIXELS, PIXELS), cmap="Pastel1",
                        shading="nearest", rasterized=True)  # fmt: skip
        axis.plot(*y.T, ".", color="black", ms=4)
        axis.set(title=f"eps = {eps}: {len(names)} basins", aspect="equal")
    return figure


def downhill(height: Array) -> Array:
    """Where steps to the lowest of nine neighbours end, from each place of a grid: flat indices."""
    rows, columns = height.shape
    index = np.arange(height.size).reshape(height.shape)
    around = [
        (np.clip(np.arange(rows) + i, 0, rows - 1)[:, None],
         np.clip(np.arange(columns) + j, 0, columns - 1))
        for i in (-1, 0, 1) for j in (-1, 0, 1)
    ]  # fmt: skip
    lowest = np.argmin([height[one] for one in around], axis=0)
    target: Array = np.choose(lowest, [index[one] for one in around]).ravel()
    while not np.array_equal(target, further := target[target]):
        target = further
    return target


def hessian_profile() -> "Figure":
    """f'' at a point, and its largest value over all points, against eps: both can grow."""
    figure, (left, right) = _figure(2)
    eps = np.geomspace(0.05, 5, 400)
    left.plot(eps, [pair_bend(0.5, one) for one in eps], color=BLUE, label="f'' at x = 0.5")
    left.axvline(0.647918, color=GREY, lw=0.8)
    left.set(title="W = -1, 1", ylabel="f''", ylim=(0.05, 30))
    for m, colour in ((1, GREY), (2, GREEN), (5, ORANGE), (20, BLUE)):
        largest = [largest_bend(m, one) for one in eps]
        right.plot(eps, largest, color=colour, label=f"ends {m} times")
    right.set(title="W = -1, 0, 1: the largest f''", ylim=(0.05, 30))
    for axis in (left, right):
        axis.plot(eps, 1 / eps, color="black", ls=":", label="max |W|² / eps")
        axis.set(xscale="log", yscale="log", xlabel="eps")
        axis.legend(frameon=False, fontsize=8)
    return figure


def _figure(panels: int, height: float = 4.0) -> tuple["Figure", Any]:
    """A figure of panels side by side, and the axes."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load

    figure = Figure(figsize=(max(6.4, 3.6 * panels), height), layout="constrained")
    return figure, np.atleast_1d(figure.subplots(1, panels))
