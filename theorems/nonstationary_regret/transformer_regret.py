r"""Transformers set by hand have the regret of the algorithms that they run in context.

Setting.  Two Bernoulli arms.  One network runs UCB with the bonus (log(T) / 2N)^{1/2}, another one
UCB on a sliding window, a third one UCB that starts anew when it has been too optimistic (the
second test of MASTER, with rescaled constants).  Softmax heads have sharpness B, the perceptron of
the bonus M pieces.  Transformer and algorithm get the same reward for the n-th pull of an arm.
Claims.  As B and M grow the difference of their regrets tends to 0; at B = 2 T^{1/4} and
M = 4 T^{1/2} it does even with T, and less than T^{1/2} remains of it, so that both have the same
exponent in T.  For short horizons the expectation is a finite sum over pulls and rewards; the
network chooses as UCB does in every state where the indices of the arms differ by more than its own
are off.  A policy whose choice is turned with probability e pays at most e A T more, A the number
of arms, and in proportion to e as e tends to 0.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from theorems.nonstationary_regret.attention import expectation, pairs
from theorems.nonstationary_regret.attention.expectation import Table, expected_regret
from theorems.nonstationary_regret.attention.pairs import difference, half_log
from theorems.nonstationary_regret.attention.perceptrons import chord_error
from theorems.nonstationary_regret.attention.policies import TIE
from verify import Assumption, Design, Identity, Illustration, Limit, Rate, Source, Theorem, but

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


@lru_cache(maxsize=64)
def choices(T: int, M: int, B: float) -> Table:
    """The arm that the transformer of UCB plays after all pulls and rewards of T rounds."""
    return expectation.transformer_table(pairs.ucb(T, B, M), T)


@lru_cache(maxsize=64)
def ucb_choices(T: int) -> Table:
    """The arm that UCB plays there."""
    return expectation.ucb_table(half_log(T), T)


def expected(T: int, M: int, B: float) -> float:
    """Expected regret of the transformer less that of UCB, exactly, at means .4 and .6."""
    tables = choices(T, M, B), ucb_choices(T)
    own, exact = (expected_regret(table, 0.4, 0.6, 0.0) for table in tables)
    return own - exact


def expected_blunt(T: int, M: int, B: float) -> float:
    """The same with sharpness 2."""
    del B
    return expected(T, M, 2.0)


def unexplained(T: int, M: int, B: float) -> float:
    """States in which it chooses otherwise, though its error does not explain it."""
    return float(np.count_nonzero(_otherwise(T, M, B) & (_distance(T) > _allowed(T, M, B))))


def unexplained_by_pieces(T: int, M: int, B: float) -> float:
    """The same without what leaks from the other arm."""
    return float(np.count_nonzero(_otherwise(T, M, B) & (_distance(T) > _allowed(T, M, np.inf))))


def _otherwise(T: int, M: int, B: float) -> NDArray[np.bool_]:
    return np.asarray(choices(T, M, B) != ucb_choices(T))


def _distance(T: int) -> Array:
    """How far the indices of UCB are apart, where both arms have been pulled."""
    n0, s0, n1, s1 = np.ogrid[:T, :T, :T, :T]
    first, second = np.maximum(n0, 1), np.maximum(n1, 1)
    bonus = np.sqrt(half_log(T) / first) - np.sqrt(half_log(T) / second)
    return np.asarray(np.abs(s0 / first - s1 / second + bonus))


def _allowed(T: int, M: int, B: float) -> Array:
    """By how much the transformer's indices may differ otherwise: two bonuses, and two means."""
    n0, _, n1, _ = np.ogrid[:T, :T, :T, :T]
    bonus = 2 * np.sqrt(half_log(T)) * chord_error(M, T, -0.5)
    leak = np.exp(-B) * ((n1 + 1) / np.maximum(n0, 1) + (n0 + 1) / np.maximum(n1, 1))
    return np.asarray(TIE + bonus + leak)


def price(e: float, T: int, first: float = 0.4, second: float = 0.6) -> float:
    """What the transformer of UCB pays, in expectation, if its choices are turned with chance e."""
    table = choices(T, 256, 16.0)
    turned, kept = (expected_regret(table, first, second, slip) for slip in (e, 0.0))
    return turned - kept


def excess(e: float, T: int, first: float, second: float) -> float:
    """By how much |price| exceeds e A T, A = 2."""
    return max(abs(price(e, T, first, second)) - 2 * e * T, 0.0)


def excess_tight(e: float, T: int, first: float, second: float) -> float:
    """By how much it exceeds e, as if a turned choice cost at most once."""
    return max(abs(price(e, T, first, second)) - e, 0.0)


def agreement(axes: "Axes") -> None:
    """The share of states in which the transformer chooses otherwise, by sharpness and pieces."""
    T, pieces = 24, [2**k for k in range(2, 10)]
    pulls = np.arange(T)
    states = sum((n + 1) * (m + 1) for n in pulls for m in pulls if n + m < T)
    for colour, B in enumerate((2.0, 4.0, 8.0, 16.0)):
        counts = [np.count_nonzero(choices(T, M, B) != ucb_choices(T)) for M in pieces]
        share = np.array([count / states if count else np.nan for count in counts])
        axes.loglog(pieces, share, "o-", color=f"C{colour}", label=f"B = {B:g}")
    axes.set_xlabel("pieces M of the bonus")
    axes.set_ylabel("states with another choice than UCB")
    axes.legend()


ROOTS = (8, 10, 12, 14, 16)
SHARPER = {"M": [root**2 for root in ROOTS], "B": list(ROOTS)}
"""B = M^{1/2}, up to (B, M) = (16, 256)."""
FASTER = "upper confidence bounds are off by M^{-2} and e^{-B}, which M^{1/2} makes less than 1/M"
EXACT = (3, 4, 6, 8, 12, 16)
LONGER = [16, 24, 36, 48, 63]

THEOREM = Theorem(
    id="transformer_regret",
    title="Bandits played by transformers set by hand",
    source=Source("chen2025", where="the approximation of the algorithm by a transformer"),
    statement=r"\mathrm{Reg}(\mathrm{TF}_{B, M}) - \mathrm{Reg}(\mathrm{alg}) \to 0",
    illustrations=(
        Illustration(
            "agreement",
            "Where the transformer chooses otherwise",
            "The share of all pulls and rewards of 24 rounds after which the transformer plays "
            "another arm than UCB does, against the pieces of its bonus; it falls with the pieces "
            "until the sharpness of the means holds it up, and a line ends where none is left.",
            agreement,
        ),
    ),
    assumptions=(
        Assumption("bernoulli", "two arms with rewards 0 or 1, independent given the arm"),
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
            along={"M": [16, 32, 64, 128, 256]},
            at={"T": 400, "W": 100},
            unit=10,
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
            at={"T": 800},
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
        Limit(
            "expected",
            measure=expected,
            target=0,
            along={"M": [root**2 for root in EXACT], "B": list(EXACT)},
            at={"T": 32},
            unit=1,
            margin=0.02,
            slowest_correction=1,
            because=FASTER,
            uses=("bernoulli",),
            scope="the exact expectation at 32 rounds, over all pulls and rewards",
            controls=(
                but("blunt", "a mean that leaks costs regret", measure=expected_blunt),
                but("twentieth", "it vanishes and is not 1/20", target=0.05),
            ),
        ),
        Identity(
            "same_choices",
            residual=unexplained,
            given={
                "T": st.sampled_from([8, 12, 16]),
                "M": st.integers(4, 64),
                "B": st.floats(2, 16),
            },
            instances=16,
            digits=15,
            uses=("bernoulli",),
            scope="all states of up to 16 rounds: no other choice where the indices of UCB are "
            "farther apart than the errors of bonuses and means allow",
            controls=(but("pieces", "means leak as well", residual=unexplained_by_pieces),),
        ),
        Rate(
            "imitation",
            measure=price,
            bound="e",
            relation="Theta",
            to_zero=("e",),
            slowest_correction=1,
            because="the expected regret is a polynomial in e",
            uses=("bernoulli",),
            scope="the transformer itself, its choices turned with chance e; exact at 32 rounds",
            designs=(Design(sweep={"e": [2.0**-k for k in range(3, 13)]}, at={"T": 32}),),
            controls=(
                but("tenth", "off by a tenth", bound="e**(9/10)"),
                but("square", "a turned choice is not made good", bound="e**2"),
            ),
        ),
        Identity(
            "imitation_bound",
            residual=excess,
            given={
                "e": st.floats(0, 1),
                "T": st.integers(2, 24),
                "first": st.floats(0, 1),
                "second": st.floats(0, 1),
            },
            instances=24,
            uses=("bernoulli",),
            scope="what |price| has beyond e A T, exactly, on instances of means and chances",
            controls=(but("once", "a turned choice costs more than once", residual=excess_tight),),
        ),
    ),
)
