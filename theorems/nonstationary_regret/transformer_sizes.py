r"""How large a transformer that plays bandits in context has to be.

Setting.  The bonus N^{-1/2} of UCB is interpolated on M pieces between 1 and the horizon T, their
ends in geometric progression.
Claims.  Its relative error is Theta(M^{-2}), so that an error of eps takes Theta(eps^{-1/2}) hidden
units, fewer than the T log(T) / eps that suffice; the scheduler of MASTER takes 4 T more.  Widths,
layers, heads and hidden units are what formulas say.
"""

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from theorems.nonstationary_regret.attention import perceptrons, policies
from theorems.nonstationary_regret.attention.contexts import master_model
from theorems.nonstationary_regret.attention.transformer import (
    ONE,
    POSITION,
    SQUARE,
    Transformer,
    after,
    sizes,
)
from theorems.nonstationary_regret.simulators.master import rescaled
from verify import Assumption, Corollary, Design, Identity, Rate, Source, Theorem, but

Array = NDArray[np.float64]

LARGEST = 2000


def bonus_error(M: int) -> float:
    """Largest relative error of N^{-1/2} on M pieces, 1 <= N <= LARGEST, by the layer itself.

    At 65 places of the first, the middle and the last piece, on each of which it is the same.
    """
    names = (ONE, POSITION, SQUARE, "count0", "bonus0")
    units = perceptrons.power_law("count0", "bonus0", M, LARGEST, -0.5, 1.0, 1.0)
    ends = perceptrons.knots(M, LARGEST)
    first = np.array([0, M // 2, M - 1])
    part = np.linspace(0, 1, 65)[:, None]
    place = ((1 - part) * ends[first] + part * ends[first + 1]).ravel()
    stream = np.zeros((place.size, len(names)))
    stream[:, 0], stream[:, 3] = 1, place
    found = after(perceptrons.layer(names, [], units), stream)[:, 4]
    return float(np.abs(found * np.sqrt(place) - 1).max())


def units(eps: float) -> int:
    """Pieces that N^{-1/2} takes, 1 <= N <= LARGEST, for an error of eps relative to 1."""
    low, high = 1, 2
    while perceptrons.chord_error(high, LARGEST, -0.5) > eps * (1 + 1e-6):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        enough = perceptrons.chord_error(middle, LARGEST, -0.5) <= eps * (1 + 1e-6)
        low, high = (low, middle) if enough else (middle, high)
    return high


def ucb(arms: int, width: int) -> Array:
    """Stream, layers, heads and hidden units of UCB, less the formulas for them."""
    formulas = 5 * arms + 5, 1, arms + 1, arms * (width + 3)
    return _less(policies.ucb(arms, 1.0, LARGEST, 8.0, width), formulas)


def few_heads(arms: int, width: int) -> Array:
    """The same with two heads for any number of arms."""
    return np.add(ucb(arms, width), [0.0, 0.0, arms - 1.0, 0.0])


def sliding_window(arms: int, width: int) -> Array:
    """The same for UCB on a sliding window."""
    formulas = 7 * arms + 5, 2, max(2, arms), arms * (2 * width + 5)
    return _less(policies.sliding_window(arms, 1.0, LARGEST, width), formulas)


def one_layer(arms: int, width: int) -> Array:
    """The same without the layer of products."""
    return np.add(sliding_window(arms, width), [0.0, 1.0, 0.0, 0.0])


def master(orders: int) -> Array:
    """The same for scheduler and tests of MASTER with so many orders, and T = 2^orders - 1."""
    T = 2**orders - 1
    return _less(master_model(orders, rescaled(T, 2)), (13 * orders + 18, 10, 4 * orders, 4 * T))


def two_heads(orders: int) -> Array:
    """The same with two heads for each order."""
    return np.add(master(orders), [0.0, 0.0, 2.0 * orders, 0.0])


def _less(model: Transformer, formulas: tuple[int, int, int, int]) -> Array:
    found = sizes(model)
    own = found.width, found.layers, found.heads, found.hidden
    return np.subtract(own, formulas).astype(float)


WIDTHS = [2**k for k in range(4, 13)]
PIECES = {"arms": st.integers(2, 12), "width": st.integers(1, 300)}

THEOREM = Theorem(
    id="transformer_sizes",
    title="The size of a transformer that plays bandits in context",
    source=Source("chen2025", where="the sizes in the theorem on approximation"),
    statement=r"\sup_N |\hat b(N) / b(N) - 1| = \Theta(M^{-2}),\quad M_\varepsilon = "
    r"\Theta(\varepsilon^{-1/2})",
    assumptions=(Assumption("pulls", "an arm has been pulled at least once and at most T times"),),
    claims=(
        Rate(
            "bonus",
            measure=bonus_error,
            bound="M**(-2)",
            relation="Theta",
            uses=("pulls",),
            scope="the perceptron itself, for the bonus N^{-1/2}, N up to 2,000",
            designs=(Design(sweep={"M": WIDTHS}),),
            controls=(
                but("tenth", "off by a tenth", bound="M**(-19/10)"),
                but("crude", "a unit for each step of size eps gives M^{-1}", bound="1/M"),
            ),
        ),
        Rate(
            "hidden_units",
            measure=units,
            bound="eps**(-1/2)",
            relation="Theta",
            to_zero=("eps",),
            scope="the smallest perceptron for the bonus whose error is eps, N up to 2,000",
            designs=(
                Design(
                    sweep={
                        "eps": [perceptrons.chord_error(width, LARGEST, -0.5) for width in WIDTHS]
                    }
                ),
            ),
            controls=(
                but("tenth", "off by a tenth", bound="eps**(-3/5)"),
                but("stated", "1/eps units suffice and are not needed", bound="1/eps"),
            ),
        ),
        Corollary(
            "hidden_units_suffice",
            scope="log(T) eps^{-1/2} units for the bonus and 4 T for the scheduler, against the "
            "size of the theorem",
            bound="T + log(T)*eps**(-1/2)",
            by="T*log(T)/eps",
            cone=("3 <= T", "eps <= 1"),
        ),
        Identity(
            "ucb",
            residual=ucb,
            given=PIECES,
            instances=16,
            scope="the arrays of UCB in context: T enters by the pieces of the bonus alone",
            controls=(but("two_heads", "each arm has a softmax head", residual=few_heads),),
        ),
        Identity(
            "sliding_window",
            residual=sliding_window,
            given=PIECES,
            instances=16,
            scope="the arrays of UCB on a window in context",
            controls=(but("one_layer", "a product takes a layer", residual=one_layer),),
        ),
        Identity(
            "master",
            residual=master,
            given={"orders": st.integers(3, 9)},
            instances=7,
            scope="the arrays of scheduler and tests of MASTER, without a base algorithm",
            controls=(but("two_heads", "starts and ends are read as well", residual=two_heads),),
        ),
    ),
)
