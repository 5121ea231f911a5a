r"""The expected regret of a transformer that runs UCB, exactly, and what imitation costs.

Setting.  Two Bernoulli arms, and UCB with the bonus (log(T) / 2N)^{1/2} as one layer, with softmax
heads of sharpness B and a bonus of M pieces.  It knows of the past only pulls and rewards of the
arms, so that its expected regret is a finite sum over them.
Claims.  The expected regret less that of UCB tends to 0 as B and M grow.  The network chooses as
UCB does in every state where the indices of the arms differ by more than its own are off.  If its
choice is turned with probability e it pays at most e A T more, A the number of arms, and in
proportion to e as e tends to 0.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from theorems.nonstationary_regret.attention import expectation, pairs
from theorems.nonstationary_regret.attention.expectation import Table, expected_regret
from theorems.nonstationary_regret.attention.pairs import half_log
from theorems.nonstationary_regret.attention.perceptrons import chord_error
from theorems.nonstationary_regret.attention.policies import TIE
from verify import (
    Assumption,
    Design,
    Identity,
    Illustration,
    Inequality,
    Limit,
    Rate,
    Source,
    Theorem,
    but,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]

SHORT = 16
"""Rounds over which a worst case is looked for."""


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


def cost(e: float, first: float, second: float) -> float:
    """|price| at SHORT rounds and any two means."""
    return abs(price(e, SHORT, first, second))


def stated(e: float) -> float:
    """e A T, for A = 2 arms and SHORT rounds."""
    return 2 * e * SHORT


def once(e: float) -> float:
    """e, as if a turned choice cost no more than itself."""
    return e


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


EXACT = (3, 4, 6, 8, 12, 16)
FASTER = "upper confidence bounds are off by M^{-2} and e^{-B}, which M^{1/2} makes less than 1/M"

THEOREM = Theorem(
    id="transformer_imitation",
    title="A transformer that runs UCB, in expectation, and imitated with errors",
    source=Source("chen2025", where="Appendix D.5, the bound e A T"),
    statement=r"|\mathbb{E}\,\mathrm{Reg}(e) - \mathbb{E}\,\mathrm{Reg}(0)| \le e A T",
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
        Inequality(
            "imitation_bound",
            value=cost,
            high=stated,
            box={"e": (1 / 64, 1), "first": (0, 1), "second": (0, 1)},
            evaluations=3000,
            uses=("bernoulli",),
            scope="the exact expectation at 16 rounds, for all means and chances from 1/64",
            controls=(but("once", "many choices are turned", high=once),),
        ),
    ),
)
