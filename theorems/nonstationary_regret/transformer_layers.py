r"""What the layers of a transformer that plays bandits in context compute, and how exactly.

Setting.  Masked ReLU attention divides by the position i of the token; the weights are set by hand.
A context has a token for each round, with the arm and its reward, and one for each restart.
Claims.  Two ReLU heads count the last W tokens without any error, one counts an epoch once its
number is known; layers of 2 (n + 1) heads run the scheduler of MASTER, and ReLU layers its two
tests, step by step as the algorithm does.  A softmax head of sharpness B returns the mean reward of
an arm up to exactly n' e^{-B} (r' - r) / (n + n' e^{-B}), with n tokens of that arm of mean r and
n' others of mean r'.  A bonus N^{-1/2} on M pieces is off by M^{-2}: an error of eps takes
eps^{-1/2} hidden units, fewer than the T log(T) / eps that suffice.
"""

import math

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from theorems.nonstationary_regret.attention import contexts, perceptrons, policies
from theorems.nonstationary_regret.attention.transformer import ONE, POSITION, SQUARE, after, sizes
from verify import Assumption, Corollary, Design, Identity, Rate, Source, Theorem, but

Array = NDArray[np.float64]

LARGEST = 2000
SEED = st.integers(0, 2**32 - 1)


def counts(n: int, length: int, seed: int) -> Array:
    """Errors of counts and sums of the last `length` tokens, at every token."""
    found, expected = contexts.window_counts(n, length, seed)
    return found - expected


def reciprocal(n: int, length: int, seed: int) -> Array:
    """The same where the sum over tokens is multiplied by a rounded 1/i."""
    _, expected = contexts.window_counts(n, length, seed)
    place = np.arange(1.0, n + 1)[:, None]
    return (expected * place) * (1 / place) - expected


def longer(n: int, length: int, seed: int) -> Array:
    """The same against a window of one token more."""
    found, _ = contexts.window_counts(n, length, seed)
    _, expected = contexts.window_counts(n, length + 1, seed)
    return found - expected


def epochs(n: int, seed: int) -> Array:
    """Errors of counts and sums of the running epoch, at every token."""
    found, expected = contexts.epoch_counts(n, seed)
    return found - expected


def endless(n: int, seed: int) -> Array:
    """The same for sums that go back to the first token."""
    found, _ = contexts.epoch_counts(n, seed)
    words, rewards = contexts.random_context(n, 3, 0.02, seed)
    return found - np.cumsum(contexts.one_hot(words, rewards, 3), axis=0)


def schedule(n: int, seed: int) -> Array:
    """Errors of the order that plays the next round, as a unit vector, at every token."""
    found, expected = contexts.schedules(n, seed)
    return found - expected


def highest(n: int, seed: int) -> Array:
    """The same against the order that comes next above the one that plays."""
    found, expected = contexts.schedules(n, seed)
    return found - np.roll(expected, 1, axis=1)


def tests(n: int, seed: int, scale: float) -> Array:
    """Errors of whether a test fails, at every token, with 9 rho and 3 rho scaled."""
    found, expected = contexts.tests_failed(n, seed, 0.4 * scale, scale)
    return found - expected


def one_test(n: int, seed: int, scale: float) -> Array:
    """The same against the second test alone."""
    found, _ = contexts.tests_failed(n, seed, 0.4 * scale, scale)
    _, expected = contexts.tests_failed(n, seed, math.inf, scale)
    return found - expected


def softmax(pulls: list[int], share: list[float], sharpness: float) -> float:
    """The error of a softmax mean, less what is stated; the first token counts as another."""
    return _off(pulls, share, sharpness)[0] - _stated(pulls, share, sharpness, math.exp(-sharpness))


def first_order(pulls: list[int], share: list[float], sharpness: float) -> float:
    """The same with n in the place of n + n' e^{-B}."""
    return _off(pulls, share, sharpness)[0] - _stated(pulls, share, sharpness, 0)


def _off(pulls: list[int], share: list[float], sharpness: float) -> tuple[float, list[int]]:
    gains = [int(part * n) for n, part in zip(pulls, share, strict=True)]
    found = contexts.softmax_mean(pulls, gains, sharpness)
    return found - gains[0] / pulls[0], gains


def _stated(pulls: list[int], share: list[float], sharpness: float, shrink: float) -> float:
    _, gains = _off(pulls, share, sharpness)
    others, leak = 1 + sum(pulls[1:]), math.exp(-sharpness)
    gap = sum(gains[1:]) / others - gains[0] / pulls[0]
    return others * leak * gap / (pulls[0] + others * shrink)


def softmax_error(S: float) -> float:
    """|error| of the mean of 30 pulls, 20 of which won, beside 70, 20 of which won, at e^B = S."""
    return abs(contexts.softmax_mean([30, 70], [20, 20], math.log(S)) - 2 / 3)


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


def counted(arms: int, width: int) -> Array:
    """Stream, layers, heads and hidden units of UCB, less the formulas for them."""
    found = sizes(policies.ucb(arms, 1.0, LARGEST, 8.0, width))
    own = found.width, found.layers, found.heads, found.hidden
    formulas = 5 * arms + 5, 1, arms + 1, arms * (width + 3)
    return np.subtract(own, formulas).astype(float)


def few_heads(arms: int, width: int) -> Array:
    """The same with two heads for any number of arms."""
    return np.add(counted(arms, width), [0.0, 0.0, arms - 1.0, 0.0])


WIDTHS = [2**k for k in range(4, 13)]

THEOREM = Theorem(
    id="transformer_layers",
    title="Layers that count, average, schedule and test in context",
    source=Source("chen2025", where="the construction of the transformer"),
    statement=r"\hat N_k(W) = N_k(W),\quad \hat r_k - r_k = "
    r"\frac{n' e^{-B} (r' - r)}{n + n' e^{-B}},\quad "
    r"\sup_N |\hat b(N) / b(N) - 1| = \Theta(M^{-2})",
    assumptions=(
        Assumption("whole", "rewards are 0 or 1, and at most some 1e5 tokens are in context"),
    ),
    claims=(
        Identity(
            "window_counts",
            residual=counts,
            given={"n": st.integers(1, LARGEST), "length": st.integers(1, LARGEST), "seed": SEED},
            instances=16,
            digits=15,
            uses=("whole",),
            scope="two heads themselves in double precision: no error at all is allowed",
            controls=(
                but("reciprocal", "1/i is rounded, and a division is not", residual=reciprocal),
                but("longer", "another window has other counts", residual=longer),
            ),
        ),
        Identity(
            "epoch_counts",
            residual=epochs,
            given={"n": st.integers(1, LARGEST), "seed": SEED},
            instances=16,
            digits=15,
            uses=("whole",),
            scope="two layers themselves, on contexts with restarts: no error at all is allowed",
            controls=(
                but("endless", "what was before a restart counts no more", residual=endless),
            ),
        ),
        Identity(
            "scheduler",
            residual=schedule,
            given={"n": st.integers(1, 512), "seed": SEED},
            instances=16,
            digits=15,
            scope="five layers against the procedure step by step; the uniform draws that it takes "
            "are given as coordinates of the tokens",
            controls=(but("highest", "the lowest order plays", residual=highest),),
        ),
        Identity(
            "restart_tests",
            residual=tests,
            given={"n": st.integers(1, 512), "seed": SEED, "scale": st.floats(1.5, 3)},
            instances=16,
            uses=("whole",),
            scope="five layers against both tests step by step; the optimistic values of the base "
            "algorithm are given as coordinates of the tokens",
            controls=(but("one_test", "either test restarts", residual=one_test),),
        ),
        Identity(
            "softmax_error",
            residual=softmax,
            given={
                "pulls": st.lists(st.integers(1, 200), min_size=3, max_size=3),
                "share": st.lists(st.floats(0, 1), min_size=3, max_size=3),
                "sharpness": st.floats(0, 16),
            },
            digits=14,
            uses=("whole",),
            scope="the head itself in double precision, three arms and the token that begins",
            controls=(
                but("first_order", "the other tokens are normalised as well", residual=first_order),
            ),
        ),
        Rate(
            "leak",
            measure=softmax_error,
            bound="1/S",
            relation="Theta",
            uses=("whole",),
            scope="the head itself, at S = e^B, for one context",
            designs=(Design(sweep={"S": [4.0**k for k in range(2, 12)]}),),
            controls=(
                but("tenth", "the exponent is 1", bound="S**(-9/10)"),
                but("half", "as with half the sharpness", bound="S**(-1/2)"),
            ),
        ),
        Rate(
            "bonus",
            measure=bonus_error,
            bound="M**(-2)",
            relation="Theta",
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
            scope="geometric knots, log(T) of them for a factor, against the size of the theorem",
            bound="log(T)*eps**(-1/2)",
            by="T*log(T)/eps",
            cone=("3 <= T", "eps <= 1"),
        ),
        Identity(
            "sizes",
            residual=counted,
            given={"arms": st.integers(2, 12), "width": st.integers(1, 300)},
            instances=16,
            scope="the arrays of UCB in context: T enters by the pieces of the bonus alone",
            controls=(but("two_heads", "each arm has a softmax head", residual=few_heads),),
        ),
    ),
)
