r"""Transformers set by hand have the regret of the algorithms that they run in context.

Setting.  Two Bernoulli arms.  One network runs UCB with the bonus (log(T) / 2N)^{1/2}, another one
UCB on a sliding window, a third one UCB that starts anew when it has been too optimistic (like the
second test of MASTER, over an epoch in place of a block, with smaller constants).  Softmax heads
have sharpness B, the perceptron of the bonus M pieces.  Transformer and algorithm get the same
reward for the n-th pull of an arm.
Claims.  As B and M grow the difference of their regrets tends to 0; at B = 2 T^{1/4} and
M = 4 T^{1/2} it does even with T, and less than T^{1/2} remains of it, so that both have the same
exponent in T.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.attention import pairs
from theorems.nonstationary_regret.attention.pairs import difference, half_log
from verify import Assumption, Illustration, Limit, Source, Theorem, but

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]

FLAT, STEP = 0.1, 0.8
"""Gaps: of a bandit whose means stay, and of one whose means swap."""


def ucb(rng: np.random.Generator, size: int, T: int, M: int, B: float) -> Array:
    """Regret of the transformer less that of UCB, at a gap of FLAT, shape (size,)."""
    means = pairs.swaps(T, 1, FLAT)
    return difference(pairs.ucb(T, B, M), rng, size, means, half_log(T))


def blunt(rng: np.random.Generator, size: int, T: int, M: int, B: float) -> Array:
    """The same with sharpness 2 whatever B is."""
    del B
    return ucb(rng, size, T, M, 2.0)


def coarse(rng: np.random.Generator, size: int, T: int, M: int, B: float) -> Array:
    """The same with a bonus of four pieces whatever M is."""
    del M
    return ucb(rng, size, T, 4, B)


def window(rng: np.random.Generator, size: int, T: int, W: int, M: int) -> Array:
    """The same for UCB on the last W tokens; means that are STEP / 2 apart swap three times."""
    net, means = pairs.sliding_window(T, W, M), pairs.swaps(T, 4, STEP / 2)
    return difference(net, rng, size, means, half_log(W), length=W)


def remembering(rng: np.random.Generator, size: int, T: int, W: int, M: int) -> Array:
    """The same at the gap STEP, where the transformer has a window of 4 W."""
    net, means = pairs.sliding_window(T, 4 * W, M), pairs.swaps(T, 4, STEP)
    return difference(net, rng, size, means, half_log(W), length=W)


def restarts(rng: np.random.Generator, size: int, T: int, M: int, B: float) -> Array:
    """The same for UCB with a restart test; means that are STEP apart swap once."""
    net, means = pairs.restarting(T, B, M), pairs.swaps(T, 2, STEP)
    return difference(net, rng, size, means, half_log(T), test=pairs.threshold(T))


def restarts_blunt(rng: np.random.Generator, size: int, T: int, M: int, B: float) -> Array:
    """The same with sharpness 2 whatever B is."""
    del B
    return restarts(rng, size, T, M, 2.0)


def relative(rng: np.random.Generator, size: int, T: int, M: int, B: float) -> Array:
    """The same for UCB, over T^{1/2}, at the gap 4 T^{-1/2}."""
    means = pairs.swaps(T, 1, 4 / T**0.5)
    found = difference(pairs.ucb(T, B, M), rng, size, means, half_log(T))
    return np.asarray(found / T**0.5)


def relative_blunt(rng: np.random.Generator, size: int, T: int, M: int, B: float) -> Array:
    """The same with sharpness 2 and four pieces at every T."""
    del M, B
    return relative(rng, size, T, 4, 2.0)


def drawn(axes: "Axes") -> None:
    """Differences of regrets at 400 rounds, by sharpness and pieces, on the same rewards."""
    pieces, runs = [4, 8, 16, 32, 64, 256], 64
    for colour, B in enumerate((1.0, 2.0, 4.0, 8.0, 16.0)):
        found = np.array([ucb(np.random.default_rng(0), runs, 400, M, B) for M in pieces])
        error = 2 * found.std(axis=1) / runs**0.5
        axes.errorbar(pieces, found.mean(axis=1), error, fmt=f"oC{colour}-", label=f"B = {B:g}")
    axes.axhline(0, color="C7", linewidth=0.8)
    axes.set_xscale("log")
    axes.set_xlabel("pieces M of the bonus")
    axes.set_ylabel("regret less that of UCB")
    axes.set_ylim(top=9)
    axes.legend(ncols=3, loc="upper right")


ROOTS = range(9, 17)
SHARPER = {"M": [root**2 for root in ROOTS], "B": list(ROOTS)}
"""B = M^{1/2}, up to (B, M) = (16, 256)."""
FASTER = "upper confidence bounds are off by M^{-2} and e^{-B}, which M^{1/2} makes less than 1/M"
LONGER = [16, 24, 36, 48, 63]

THEOREM = Theorem(
    id="transformer_regret",
    title="Bandits played by transformers set by hand",
    source=Source("chen2025", where="the approximation of the algorithm by a transformer"),
    statement=r"\mathrm{Reg}(\mathrm{TF}_{B, M}) - \mathrm{Reg}(\mathrm{alg}) \to 0",
    assumptions=(
        Assumption("bernoulli", "two arms with rewards 0 or 1, independent given the arm"),
    ),
    illustrations=(
        Illustration(
            "difference",
            "What a small network costs",
            "The regret of the transformer less that of UCB over 400 rounds at a gap of 0.1, the "
            "mean of 64 pairs with two standard errors, against the pieces of the bonus.  It falls "
            "above all as the means get sharper, and with sharp ones as the bonus gets finer; at "
            "(16, 256) nothing is left.",
            drawn,
        ),
    ),
    claims=(
        Limit(
            "ucb",
            measure=ucb,
            target=0,
            along=SHARPER,
            at={"T": 2000},
            unit=10,
            slowest_correction=1,
            because=FASTER,
            margin=0.2,
            uses=("bernoulli",),
            scope="the transformer itself, token by token, paired with UCB; gap 0.1",
            controls=(
                but(
                    "blunt",
                    "a mean that leaks from the other arm costs regret",
                    measure=blunt,
                    at={"T": 400},
                ),
                but(
                    "coarse",
                    "a bonus of four pieces costs regret",
                    measure=coarse,
                    at={"T": 400},
                ),
                but("half", "the difference vanishes and is not 1/2", target=0.5),
            ),
        ),
        Limit(
            "sliding_window",
            measure=window,
            target=0,
            along={"M": [48, 64, 96, 128, 192, 256]},
            at={"T": 400, "W": 100},
            unit=10,
            slowest_correction=1,
            because="upper confidence bounds are off by M^{-2}, which is less than 1/M",
            margin=0.2,
            uses=("bernoulli",),
            scope="the transformer itself, token by token, paired with UCB on a window; 3 swaps",
            controls=(
                but(
                    "remembering",
                    "a window four times as long is another policy",
                    measure=remembering,
                ),
                but("half", "the difference vanishes and is not 1/2", target=0.5),
            ),
        ),
        Limit(
            "restarts",
            measure=restarts,
            target=0,
            along=SHARPER,
            at={"T": 600},
            unit=10,
            slowest_correction=1,
            because=FASTER,
            margin=0.2,
            uses=("bernoulli",),
            scope="the transformer itself, token by token, paired with the algorithm; one swap",
            controls=(
                but(
                    "blunt",
                    "a mean that leaks costs regret",
                    measure=restarts_blunt,
                    at={"T": 400},
                ),
                but("half", "the difference vanishes and is not 1/2", target=0.5),
            ),
        ),
        Limit(
            "horizon",
            measure=relative,
            target=0,
            along={
                "T": [root**2 for root in LONGER],
                "M": [4 * root for root in LONGER],
                "B": [2 * root**0.5 for root in LONGER],
            },
            cost="T",
            unit=1,
            margin=0.02,
            uses=("bernoulli",),
            scope="the transformer itself, T up to 3,969, at a gap where UCB pays of order T^{1/2}",
            controls=(
                but("fixed", "a network of one size falls behind", measure=relative_blunt),
                but("tenth", "the ratio vanishes and is not 1/10", target=0.1),
            ),
        ),
    ),
)
