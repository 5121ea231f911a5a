"""Pictures of the regret of two arms that change places: its regimes, and policies side by side."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.environments import swap
from theorems.nonstationary_regret.simulators.glr_ucb import glr_ucb
from theorems.nonstationary_regret.simulators.index_policies import MOSS, restarted
from theorems.nonstationary_regret.simulators.sliding_window import sliding_window, window_of
from theorems.nonstationary_regret.simulators.two_arms import plays

if TYPE_CHECKING:  # matplotlib is slow to load
    from matplotlib.axes import Axes

Array = NDArray[np.float64]

SEED = 0
MOST = 64
"""Segments of the class whose regimes are drawn."""
ROUNDS, RUNS = 4096, 400
KAPPAS = np.geomspace(0.05, 25, 28)


@cache
def at_gaps() -> Array:
    """Regret of MOSS over B^{1/2} in a segment of B rounds at the gaps KAPPAS B^{-1/2}, (28,).

    At B = ROUNDS; it hardly depends on B.
    """
    rng = np.random.default_rng(SEED)
    found = []
    for kappa in KAPPAS:
        regret, controls = plays(rng, np.full(RUNS, ROUNDS), kappa / ROUNDS**0.5, MOSS)
        columns = np.column_stack([np.ones(RUNS), controls])
        found.append(np.linalg.lstsq(columns, regret, rcond=None)[0][0] / ROUNDS**0.5)
    return np.array(found)


def largest(T: Array, V: Array, most: int = MOST) -> tuple[Array, Array]:
    """The largest regret with at most `most` segments and a variation of V, and their number.

    Both have the shape of T and V broadcast.  L segments with the gap eps have (L T)^{1/2} times
    what one segment has at kappa = eps (T/L)^{1/2}; the variation of a stationary bandit is 0.
    """
    T, V = np.broadcast_arrays(T, V)
    best, at = np.zeros(T.shape), np.ones(T.shape)
    for L in range(1, most + 1):
        gap = np.ones(T.shape) if L == 1 else np.minimum(1, V / (L - 1))
        top = np.maximum.accumulate(at_gaps())
        found = np.sqrt(L * T) * np.interp(np.log(gap * np.sqrt(T / L)), np.log(KAPPAS), top)
        at, best = np.where(found > best, L, at), np.maximum(found, best)
    return best, at


def draw_regimes(axes: "Axes") -> None:
    """The largest regret over T and V, with the lines on which the bound changes its branch."""
    T, V = np.geomspace(2**10, 2**24, 57), np.geomspace(2**-9, 2**7, 65)
    best, _ = largest(T[None, :], V[:, None])
    levels = axes.contour(T, V, np.log10(best), levels=np.arange(1, 5.1, 0.5), colors="C7")
    axes.clabel(levels, fmt=lambda value: f"{10**value:,.0f}", fontsize=7)
    kappa = float(KAPPAS[np.argmax(at_gaps())])
    low, high = kappa * T**-0.5, kappa * MOST**1.5 * T**-0.5
    axes.fill_between(T, low, high, color="C1", alpha=0.08)
    axes.plot(T, low, color="C0", label="V = κ T^(-1/2)")
    axes.plot(T, high, color="C1", label="V = κ J^(3/2) T^(-1/2)")
    axes.set(xscale="log", yscale="log", xlabel="T", ylabel="V", ylim=(V[0], V[-1]))
    places = ((2**17, 2**-8.3, "T^(1/2)"), (2**17, 0.25, "V^(1/3) T^(2/3)"))
    for x, y, name in (*places, (2**21, 24, "(J T)^(1/2)")):
        axes.text(x, y, name, ha="center", fontsize=11)
    axes.legend(loc="lower left")


def draw_crossover(axes: "Axes") -> None:
    """The largest regret over V at T = 2^20, beside the three branches of the bound."""
    T, V = 2.0**20, np.geomspace(2**-13, 2**5, 120)
    best, _ = largest(np.array(T), V)
    kappa, top = float(KAPPAS[np.argmax(at_gaps())]), float(at_gaps().max())
    axes.plot(V, best, color="C0", label="largest regret, J = 64")
    low, high = kappa * T**-0.5, kappa * MOST**1.5 * T**-0.5
    axes.axhline(top * T**0.5, color="C7", ls=":")
    axes.axhline(top * (MOST * T) ** 0.5, color="C7", ls=":")
    middle = np.array([low / 2, high * 2])
    best_at = float(largest(np.array(T), np.array((low * high) ** 0.5))[0])
    line = best_at * (middle / (low * high) ** 0.5) ** (1 / 3)
    axes.plot(middle, line, color="C1", ls="--", label="V^(1/3) T^(2/3)")
    for place in (low, high):
        axes.axvline(place, color="C7", lw=0.8)
    axes.set(xscale="log", yscale="log", xlabel="V", ylabel="regret")
    axes.legend()


GAPS = (2.5, 5.0, 12.0, 30.0)
SEGMENTS = 10


def _policies(T: int) -> dict[str, Callable[..., float]]:
    """Policies that play one run of T rounds on given segments."""
    window, whole = window_of(T, SEGMENTS), np.array([T])
    return {
        "never restarted": lambda rng, e, m: restarted(rng, e, m, whole, MOSS, False),
        "sliding window": lambda rng, e, m: sliding_window(rng, e, m, window, 0.5, False),
        "GLR-UCB": lambda rng, e, m: glr_ucb(rng, e, m, 0.0, False)[0],
        "told of changes": lambda rng, e, m: restarted(rng, e, m, e, MOSS, False),
    }


def draw_policies(axes: "Axes") -> None:
    """Regret at the worst of some gaps over T, ten segments, and uniform play at the gap 1."""
    rng, horizons = np.random.default_rng(SEED), [1000 * 2**k for k in range(7)]
    axes.plot(horizons, np.array(horizons) / 2, color="C7", label="uniform play")
    for color, name in enumerate(_policies(1000)):
        found = []
        for T in horizons:
            play = _policies(T)[name]
            gaps = [min(0.9, k * (SEGMENTS / T) ** 0.5) for k in GAPS] + [0.9]
            means = [
                np.mean([play(rng, *swap(rng, T, SEGMENTS, gap)) for _ in range(16)])
                for gap in gaps
            ]
            found.append(max(means))
        axes.plot(horizons, found, color=f"C{color}", marker="o", label=name)
    axes.set(xscale="log", yscale="log", xlabel="T", ylabel="regret at the worst gap")
    axes.legend()
