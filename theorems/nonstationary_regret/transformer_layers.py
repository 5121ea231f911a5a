r"""What heads count and average in the context of a bandit, and how exactly.

Setting.  Masked ReLU attention divides by the position i of the token; the weights are set by hand.
A context has a token for each round, with the arm and its reward, and one for each restart.
Claims.  Two ReLU heads count the last W tokens without any error, and one counts an epoch once its
number is known.  A softmax head of sharpness B returns the mean reward of an arm up to exactly
n' e^{-B} (r' - r) / (n + n' e^{-B}), with n tokens of that arm of mean r and n' others of mean r'.
"""

import math

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from theorems.nonstationary_regret.attention import contexts
from verify import Assumption, Design, Identity, Rate, Source, Theorem, but

Array = NDArray[np.float64]

LARGEST = 2000
SEED = st.integers(0, 2**32 - 1)


def counts(n: int, length: int, seed: int) -> Array:
    """Errors of counts and sums of the last `length` tokens, at every token."""
    return contexts.window_heads(n, length, seed) - contexts.window_counts(n, length, seed)


def reciprocal(n: int, length: int, seed: int) -> Array:
    """The same where the sum over tokens is multiplied by a rounded 1/i."""
    expected = contexts.window_counts(n, length, seed)
    place = np.arange(1.0, n + 1)[:, None]
    return (expected * place) * (1 / place) - expected


def longer(n: int, length: int, seed: int) -> Array:
    """The same against a window of one token more."""
    return contexts.window_heads(n, length, seed) - contexts.window_counts(n, length + 1, seed)


def epochs(n: int, seed: int) -> Array:
    """Errors of counts and sums of the running epoch, at every token."""
    return contexts.epoch_heads(n, seed) - contexts.epoch_counts(n, seed)


def endless(n: int, seed: int) -> Array:
    """The same for sums that go back to the first token."""
    context = contexts.random_context(n, 3, contexts.RESTARTS, seed)
    return contexts.epoch_heads(n, seed) - np.cumsum(contexts.one_hot(*context, 3), axis=0)


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


THEOREM = Theorem(
    id="transformer_layers",
    title="Heads that count and average in context",
    source=Source("chen2025", where="the construction of the transformer"),
    statement=r"\hat N_k(W) = N_k(W),\quad "
    r"\hat r_k - r_k = \frac{n' e^{-B} (r' - r)}{n + n' e^{-B}}",
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
    ),
)
