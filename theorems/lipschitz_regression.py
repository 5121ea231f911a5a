r"""Partitioning regression of a Lipschitz function has rate n^{-1/(d+2)}, and nothing does better.

Setting.  (X_i, Y_i), i <= n, i.i.d.; X uniform on [0,1]^d; Y = f(X) + xi with E[xi | X] = 0 and
Var[xi | X] = 1; |f(x) - f(x')| <= |x - x'|.  The estimate averages Y over each of m^d congruent
cubes, m = n^{1/(d+2)}, and is 0 on a cube without data.
Claim.  (E ||f_n - f||^2)^{1/2} is of order n^{-1/(d+2)} in L2([0,1]^d); on the class of Lipschitz
functions no estimator has a better rate.
"""

import math

import numpy as np
from hypothesis.strategies import integers, lists, tuples
from numpy.typing import NDArray

from theorems.simulators.bayes_risk import sign_risk, tent_energy
from theorems.simulators.partitioning import conditional_error, side
from verify import Assumption, Corollary, Design, Rate, Source, Theorem, but

Array = NDArray[np.float64]

STEEPEST, PIECES = 8, 4
SLOPES = lists(integers(-STEEPEST, STEEPEST), min_size=PIECES, max_size=PIECES)


def error(rng: np.random.Generator, size: int, n: int, d: int) -> Array:
    """Replicates of ||f_n - f|| for the plane f(x) = (x_1 + ... + x_d) / sqrt(d), shape (size,).

    In a cube of side 1/m the variance of f is 1/(12 m^2), whatever the dimension.
    """
    m = side(n, d)
    return conditional_error(rng, size, n, m**d, spread=1 / (12 * m**2), square=1 / 12 + d / 4)


def rough_error(rng: np.random.Generator, size: int, n: int, d: int) -> Array:
    """The same for Brownian motion f(x) = B(x_1), of Hoelder smoothness below 1/2, shape (size,).

    In a cube of side 1/m the variance of f is 1/(6 m) on average over B.
    """
    m = side(n, d)
    return conditional_error(rng, size, n, m**d, spread=1 / (6 * m), square=1 / 2)


def instance_error(
    rng: np.random.Generator, size: int, n: int, d: int, slopes: list[list[int]]
) -> Array:
    """The same for f(x) = (g_1(x_1) + ... + g_d(x_d)) / sqrt(d), shape (size,).

    g_i is 0 at 0 and has the `slopes[i]`, in units of 1/STEEPEST, on equal parts of [0,1]: by the
    inequality of Cauchy and Schwarz f is 1-Lipschitz.  Mean and variance of f in a cube are sums
    over its sides, for x is uniform there.
    """
    m = side(n, d)
    mean, spread = np.zeros((m,) * d), np.zeros((m,) * d)
    for axis, one in enumerate(slopes[:d]):
        shape = [m if axis == k else 1 for k in range(d)]
        centre, variance = piecewise_linear(one, m)
        mean, spread = mean + centre.reshape(shape), spread + variance.reshape(shape)
    mean, spread = mean.ravel() / math.sqrt(d), spread.ravel() / d
    return conditional_error(rng, size, n, m**d, spread, mean**2 + spread)


def piecewise_linear(slopes: list[int], m: int) -> tuple[Array, Array]:
    """Mean and variance in each of m equal parts of [0,1] of a function g, both of shape (m,).

    g is 0 at 0 and linear, with the `slopes` in units of 1/STEEPEST, on equal parts of its own.
    """
    knots = np.arange(len(slopes) + 1) / len(slopes)
    heights = np.cumsum([0, *slopes]) / (len(slopes) * STEEPEST)
    x = np.union1d(np.arange(m + 1) / m, knots)  # g is linear between neighbours
    g = np.interp(x, knots, heights)
    part = np.minimum((m * (x[1:] + x[:-1]) / 2).astype(int), m - 1)
    share, middle, rise = m * np.diff(x), (g[1:] + g[:-1]) / 2, np.diff(g)
    mean = np.bincount(part, share * middle, m).astype(float)
    variance = np.bincount(part, share * ((middle - mean[part]) ** 2 + rise**2 / 12), m)
    return mean, variance.astype(float)


def bayes_risk(n: int, d: int) -> float:
    """Root of the Bayes risk of random-sign tents, maximised over tilings: no estimator is better.

    Each of k^d cubes carries the tent (1/(2k) - |x - c|_inf)_+, all of them 1-Lipschitz together.
    """
    return sign_risk(n, d, tent_energy(d), smoothness=1, most=2 * side(n, d))


THEOREM = Theorem(
    id="lipschitz_regression",
    title="Regression of a Lipschitz function",
    source=Source("minoza2026", where="Section 8"),
    statement=r"\inf_{f_n} \sup_f (E \|f_n - f\|_{L^2}^2)^{1/2} = \Theta(n^{-1/(d+2)})",
    assumptions=(
        Assumption("iid", "the pairs (X_i, Y_i) are independent with one law, X uniform"),
        Assumption("lipschitz", "|f(x) - f(x')| <= |x - x'| on [0,1]^d"),
        Assumption("noise", "E[xi | X] = 0 and Var[xi | X] = 1"),
    ),
    claims=(
        Rate(
            "upper",
            measure=error,
            statistic="rms",
            bound="n**(-1/(d+2))",
            relation="Theta",
            margin=0.03,
            cost="n**(d/(d+2))",
            uses=("iid", "lipschitz", "noise"),
            scope="the partitioning estimate, on a plane: a function that attains its rate",
            designs=(
                Design(sweep={"n": [m**3 for m in (8, 12, 16, 24, 32, 48, 64, 96)]}, at={"d": 1}),
                Design(sweep={"n": [m**4 for m in (8, 12, 16, 24, 32, 48, 64)]}, at={"d": 2}),
            ),
            controls=(
                but(
                    "parametric",
                    "n^{-1/2} is out of reach without a parametric model",
                    bound="n**(-1/2)",
                ),
                but("squared", "the rate of the squared error", bound="n**(-2/(d+2))"),
                but(
                    "curvature",
                    "the rate for functions of bounded curvature, by an estimate fit for them",
                    bound="n**(-2/(d+4))",
                ),
                but(
                    "rough",
                    "the bias of a rough function is the root of a cube's side: n^{-1/(2(d+2))}",
                    measure=rough_error,
                    violates="lipschitz",
                ),
            ),
        ),
        Rate(
            "upper_everywhere",
            measure=instance_error,
            statistic="rms",
            bound="n**(-1/(d+2))",
            relation="O",
            margin=0.03,
            cost="n**(d/(d+2))",
            uses=("iid", "lipschitz", "noise"),
            scope="the partitioning estimate, on random sums of piecewise linear functions",
            given={"slopes": tuples(SLOPES, SLOPES)},
            designs=(
                # Sides in multiples of PIECES: the kinks lie between cubes, and nothing is rounded.
                Design(sweep={"n": [m**3 for m in (8, 12, 16, 24, 32, 48, 64)]}, at={"d": 1}),
                Design(sweep={"n": [m**4 for m in (8, 12, 16, 20, 24, 32, 40)]}, at={"d": 2}),
            ),
            controls=(
                but(
                    "tenth",
                    "the variance alone is of the claimed order: no function has a better rate",
                    bound="n**(-1/(d+2) - 1/10)",
                ),
                but("squared", "the rate of the squared error", bound="n**(-2/(d+2))"),
            ),
        ),
        Rate(
            "lower",
            measure=bayes_risk,
            bound="n**(-1/(d+2))",
            relation="Omega",
            uses=("iid", "lipschitz", "noise"),
            scope="every estimator: the exact Bayes risk of a prior on Lipschitz functions",
            designs=tuple(
                Design(
                    sweep={"n": [m ** (d + 2) for m in (64, 128, 256, 512, 1024, 2048, 4096)]},
                    at={"d": d},
                )
                for d in (1, 2)
            ),
            controls=(
                but(
                    "tenth",
                    "a lower bound larger by n^{1/10} contradicts the upper side",
                    bound="n**(-1/(d+2) + 1/10)",
                ),
            ),
        ),
        Corollary(
            "sample_size",
            scope="the rate itself, solved for n, in dimension 2",
            bound="n**(-1/(d+2))",
            substitute={"d": 2, "n": "eps**(-4)"},
            equal="eps",
        ),
        Corollary(
            "slower_than_parametric",
            scope="the rate itself, in dimension 1",
            bound="n**(-1/2)",
            by="n**(-1/(d+2))",
            substitute={"d": 1},
            cone=("1 <= n",),
        ),
    ),
)
