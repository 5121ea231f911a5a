"""Explore-then-commit on two Gaussian arms: a theorem whose measure has control variates.

The arms have unit variance and the gap D = m**(-1/2); each is pulled m = T**(2/3) times, and then
the better one of the two means up to time T.  The realised regret is the pseudo-regret m D + (T -
2m) D 1{wrong arm} less the sum of the T noises, which is the control: its mean is 0.  What decides
the arm is the difference of the two sums of the exploration; their total is independent of it, as
are the later noises.  So control and pseudo-regret are uncorrelated, the coefficient is -1, and the
variance without the control over that with it is (Var(pseudo-regret) + T) / Var(pseudo-regret).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from verify import (
    Assumption,
    Design,
    Rate,
    Source,
    Theorem,
    but,
    common_random_numbers,
    control_variates,
)
from verify.inference.range_slope import projection

Array = NDArray[np.float64]


def pulls(T: int) -> tuple[int, float]:
    """Pulls of each arm, and the gap."""
    m = round(T ** (2 / 3))
    return m, m**-0.5


def mean_regret(T: int) -> float:
    """In closed form: the wrong arm has the probability Phi(-D sqrt(m/2))."""
    m, gap = pulls(T)
    return m * gap + (T - 2 * m) * gap * float(ndtr(-gap * np.sqrt(m / 2)))


def ratio(T: int) -> float:
    """Of the variances of the realised and of the pseudo-regret."""
    m, gap = pulls(T)
    wrong = float(ndtr(-gap * np.sqrt(m / 2)))
    pseudo = ((T - 2 * m) * gap) ** 2 * wrong * (1 - wrong)
    return (pseudo + T) / pseudo


def correlation_gain(grid: list[int]) -> float:
    """By how much the same luck at every horizon divides the variance of the slope, to first order.

    The pseudo-regret is a + b 1{wrong arm}, with one indicator for all horizons: a place moves with
    b / mean, and all move together.
    """
    moved = np.array([(T - 2 * pulls(T)[0]) * pulls(T)[1] / mean_regret(T) for T in grid])
    weights = projection(np.log(grid))
    return float(np.sum((weights * moved) ** 2) / (weights @ moved) ** 2)


def played(rng: np.random.Generator, size: int, T: int, parts: int = 1) -> Array:
    """Realised regret, then the sums of the noises of `parts` parts of the horizon.

    The first is the exploration, if there are several; shape (size, 1 + parts).
    """
    m, gap = pulls(T)
    first, second = np.sqrt(m) * rng.normal(size=(2, size))
    rest = max(parts - 1, 1)
    later = np.sqrt((T - 2 * m) / rest) * rng.normal(size=(size, rest))
    pseudo = m * gap + (T - 2 * m) * gap * (second - first > m * gap)
    noises = np.column_stack([first + second, later])
    columns = noises if parts > 1 else noises.sum(axis=1, keepdims=True)
    return np.column_stack([pseudo - noises.sum(axis=1), columns])


@control_variates(1)
def regret(rng: np.random.Generator, size: int, T: int) -> Array:
    """Realised regret and the sum of all noises, shape (size, 2)."""
    return played(rng, size, T)


@control_variates(1)
def off_centre(rng: np.random.Generator, size: int, T: int) -> Array:
    """The same with a control whose mean is a fifth of its standard deviation."""
    return played(rng, size, T) + np.array([0.0, np.sqrt(T) / 5])


@common_random_numbers
@control_variates(1)
def matched(rng: np.random.Generator, T: int) -> Array:
    """One replicate, with the same luck at every horizon, shape (2,)."""
    return np.asarray(played(rng, 1, T)[0])


@control_variates(1)
def read_on(rng: np.random.Generator, size: int, T: Array) -> Array:
    """Games at each horizon T (K,) with the same explorers' luck, shape (size, K, 2)."""
    luck = rng.normal(size=(4, size))
    found = np.empty((size, T.size, 2))
    for k, horizon in enumerate(T.tolist()):
        m, gap = pulls(horizon)
        own = rng.normal(size=size)
        first, second = np.sqrt(m) * luck[:2]
        later = np.sqrt((horizon - 2 * m) / 2) * (luck[2] + own)
        pseudo = m * gap + (horizon - 2 * m) * gap * (second - first > m * gap)
        noise = first + second + later
        found[:, k] = np.column_stack([pseudo - noise, noise])
    return found


def plain(rng: np.random.Generator, size: int, T: int) -> Array:
    """Realised regret without its control, shape (size,)."""
    return np.asarray(played(rng, size, T)[:, 0])


GRID = Design(sweep={"T": [k**3 for k in (4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192)]})
TENTH = but("tenth", "an exponent off by a tenth", bound="T**(17/30)")


def claim(measure: Callable[..., Any] = regret, **changes: Any) -> Rate:
    """The claim that the regret at the worst gap is of the order of T**(2/3), with changes."""
    fields: dict[str, Any] = {
        "id": "worst_gap",
        "measure": measure,
        "bound": "T**(2/3)",
        "relation": "Theta",
        "uses": ("gaussian",),
        "scope": "the gap m**(-1/2), with m = T**(2/3) pulls of each arm",
        "designs": (GRID,),
        "controls": (TENTH,),
    }
    return Rate(**(fields | changes))


def theorem(*claims: Rate) -> Theorem:
    """The theorem with other claims."""
    return THEOREM.replaced({"claims": claims}, THEOREM.place)


THEOREM = Theorem(
    id="commit",
    title="Explore-then-commit at its worst gap",
    source=Source("lattimore2020", where="Chapter 6"),
    statement=r"\mathbb{E} R_T = \Theta(T^{2/3})",
    assumptions=(Assumption("gaussian", "the rewards are independent with unit variance"),),
    claims=(claim(),),
)
