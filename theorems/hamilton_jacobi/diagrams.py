"""Pictures of the attribution's bifurcations, of its basins, and of the Hessian's temperature."""

from typing import TYPE_CHECKING

import numpy as np

from theorems.hamilton_jacobi.continuation import branches, folds
from theorems.hamilton_jacobi.critical_points import on_line, pair_sum
from theorems.hamilton_jacobi.layer import Array, entropy, logits, weights
from theorems.hamilton_jacobi.sensitivity import largest_bend, pair_bend

if TYPE_CHECKING:  # matplotlib is slow to load
    from matplotlib.axes import Axes

FOUR = (0.0, 2.0, 3.0, 4.0)
PIXELS = 160

PEAK = 0.647918
"""Where f'' at x = 1/2 of the pair W = -1, 1 is largest, to six digits."""


def bifurcation_diagram(axes: "Axes") -> None:
    """Critical points of H for the atoms 0, 2, 3, 4 against eps: two folds merge, one creates.

    Maxima are drawn solid, minima dashed; the third merging is that of the pair that was created.
    """
    W, b = on_line(FOUR, np.zeros(4), 1.0)
    for curve in branches(W, b, 0.1, 1.2):
        _draw_branch(axes, curve, W, b)
        for one in folds(curve, W, b):
            born = one.ratio < 0
            axes.plot(one.eps, one.x, "^" if born else "o", color="C3" if born else "C7", ms=8)
            axes.annotate(
                f"{'birth' if born else 'merger'}, {one.eps:.4f}", (one.eps, one.x),
                xytext=(8, -3) if born else (-8, 8), ha="left" if born else "right",
                textcoords="offset points", fontsize=10,
            )  # fmt: skip
    axes.plot([], [], color="C1", label="maximum of H")
    axes.plot([], [], color="C0", ls="--", label="minimum of H: a basin")
    axes.set(xscale="log", xlabel="eps", ylabel="x")
    axes.legend()


def _draw_branch(axes: "Axes", curve: Array, W: Array, b: Array) -> None:
    """A curve of critical points, its maxima and its minima in their colours."""
    top = np.array([pair_sum(float(x), float(eps), W, b).x > 0 for x, eps in curve])
    for kind, colour, style in ((top, "C1", "-"), (~top, "C0", "--")):
        axes.plot(np.where(kind, curve[:, 1], np.nan), curve[:, 0], color=colour, ls=style)


def basins(axes: "Axes") -> None:
    """Basins of H in the plane for sixteen jittered atoms, at three temperatures side by side.

    Each place has the colour of the minimum to which the steepest way down leads; that of an outer
    atom is beyond the edge, and the place where it is left counts.
    """
    side, half = 4, 0.5
    atoms = np.stack(np.meshgrid(*[np.arange(side)] * 2), axis=-1).reshape(-1, 2)
    y = atoms + np.random.default_rng(42).uniform(-0.3, 0.3, atoms.shape)
    W, b = weights(y, np.zeros(len(y)), 1.0)
    ticks = np.linspace(-half, side - half, PIXELS)
    grid = np.stack(np.meshgrid(ticks, ticks), axis=-1)
    for place, eps in enumerate((0.05, 0.2, 0.3)):
        shift = place * (side + half)
        minimum = downhill(entropy(logits(grid, W, b), eps))
        names, colours = np.unique(minimum, return_inverse=True)
        shuffled = np.random.default_rng(1).permutation(len(names))[colours]
        axes.pcolormesh(
            ticks + shift, ticks, shuffled.reshape(PIXELS, PIXELS), cmap="Pastel1",
            shading="nearest", rasterized=True,
        )  # fmt: skip
        axes.plot(y[:, 0] + shift, y[:, 1], "C6.", ms=4)
        title = f"eps = {eps}: {len(names)} basins"
        axes.text(shift + (side - 1) / 2, side - 0.4, title, ha="center", va="bottom", fontsize=10)
    axes.set(aspect="equal", ylim=(-half, side), xticks=[], yticks=[])
    axes.grid(visible=False)


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


def bend_at_a_point(axes: "Axes") -> None:
    """f'' at x = 0.5 for W = -1, 1 against eps: it grows and falls under its bound."""
    eps = np.geomspace(0.05, 5, 400)
    axes.plot(eps, [pair_bend(0.5, one) for one in eps], label="f'' at x = 0.5")
    axes.axvline(PEAK, color="C7", lw=0.8, label=f"its peak, eps = {PEAK:.4f}")
    _close(axes, eps)


def largest_bends(axes: "Axes") -> None:
    """The largest f'' over all x for W = -1, 0, 1 with its ends repeated, against eps."""
    eps = np.geomspace(0.05, 5, 400)
    for m in (1, 2, 5, 20):
        axes.plot(eps, [largest_bend(m, one) for one in eps], label=f"ends {m} times")
    _close(axes, eps)


def _close(axes: "Axes", eps: Array) -> None:
    """The bound of the paper, the scales, and the key."""
    axes.plot(eps, 1 / eps, "C6:", label="max |W|² / eps")
    axes.set(xscale="log", yscale="log", xlabel="eps", ylabel="f''", ylim=(0.05, 30))
    axes.legend()
