"""Twelve inequalities, most of them attained, each with a twin whose constant is too small."""

from collections.abc import Sequence
from typing import Any

from verify import Inequality, but

from .functions import atan, dot, erfc, exp, gamma, gibbs, log, rest, sqrt

EPS = (0.25, 4)
FOUR = (-2, 2, 4)


def above(z: Sequence[Any], eps: Any) -> Any:
    """LSE - max."""
    return rest(z, eps)


def ties(z: Sequence[Any], eps: Any) -> Any:
    """eps log N."""
    return eps * log(eps / eps * len(z))


def fewer_ties(z: Sequence[Any], eps: Any) -> Any:
    return ties(z, eps) * 9 / 10


def _gap(z: Sequence[Any]) -> Any:
    first, second = sorted(z)[:-3:-1]
    return first - second


def one_rival(z: Sequence[Any], eps: Any) -> Any:
    """eps log(1 + exp(-gap / eps))."""
    return eps * log(1 + exp(-_gap(z) / eps))


def all_rivals(z: Sequence[Any], eps: Any) -> Any:
    """eps log(1 + (N - 1) exp(-gap / eps))."""
    return eps * log(1 + (len(z) - 1) * exp(-_gap(z) / eps))


def fewer_rivals(z: Sequence[Any], eps: Any) -> Any:
    return eps * log(1 + (len(z) - 1) * exp(-_gap(z) / eps) * 9 / 10)


def curvature(w: Sequence[Any], b: Sequence[Any], eps: Any) -> Any:
    """The second derivative at 0 of eps log sum exp((w x + b) / eps): Var_pi(w) / eps."""
    p = gibbs(b, eps)
    mean = dot(p, w)
    return dot(p, [(one - mean) ** 2 for one in w]) / eps


def steepest(w: Sequence[Any], eps: Any) -> Any:
    """max w^2 / eps."""
    return max(one**2 for one in w) / eps


def less_steep(w: Sequence[Any], eps: Any) -> Any:
    return steepest(w, eps) * 9 / 10


def diameter(w: Sequence[Any], eps: Any) -> Any:
    """diam(w)^2 / (4 eps)."""
    return (max(w) - min(w)) ** 2 / (4 * eps)


def less_wide(w: Sequence[Any], eps: Any) -> Any:
    """With 8 instead of 4."""
    return diameter(w, eps) / 2


def variation(d: Any) -> Any:
    """2 TV^2 of two coins that differ by d."""
    return 2 * d**2


def coins(p: Any, d: Any) -> Any:
    """KL of coins of probability p and p - d."""
    q = p - d
    return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))


def less_of_coins(p: Any, d: Any) -> Any:
    return coins(p, d) * 9 / 10


def pairing(x: Sequence[Any], y: Sequence[Any]) -> Any:
    return dot(x, y)


def norms(x: Sequence[Any], y: Sequence[Any], p: Any) -> Any:
    """|x|_p |y|_q for 1/p + 1/q = 1."""
    q = p / (p - 1)
    return sum(a**p for a in x) ** (1 / p) * sum(b**q for b in y) ** (1 / q)


def smaller_norms(x: Sequence[Any], y: Sequence[Any], p: Any) -> Any:
    return norms(x, y, p) * 9 / 10


def geometric(x: Sequence[Any]) -> Any:
    """The geometric mean, as the root of the root of the product of four."""
    a, b, c, d = x
    return sqrt(sqrt(a * b) * sqrt(c * d))


def arithmetic(x: Sequence[Any]) -> Any:
    return sum(x) / len(x)


def smaller_mean(x: Sequence[Any]) -> Any:
    return arithmetic(x) * 9 / 10


def ratio(x: Any, s: Any) -> Any:
    """Gamma(x + 1) / Gamma(x + s)."""
    return gamma(x + 1) / gamma(x + s)


def gautschi_low(x: Any, s: Any) -> Any:
    return x ** (1 - s)


def gautschi_high(x: Any, s: Any) -> Any:
    return (x + 1) ** (1 - s)


def kershaw(x: Any, s: Any) -> Any:
    """A lower bound taken for an upper one."""
    return (x + s / 2) ** (1 - s)


def mills(x: Any) -> Any:
    """(1 - Phi) / phi."""
    one = x / x
    return erfc(x / sqrt(2 * one)) * exp(x**2 / 2) * sqrt(2 * atan(one))


def mills_low(x: Any) -> Any:
    return x / (1 + x**2)


def mills_high(x: Any) -> Any:
    return 1 / x


def less_mills(x: Any) -> Any:
    return 9 / (10 * x)


def generated(p: Any, t: Any) -> Any:
    """log E exp(t X) of X = 1 - p with probability p, else -p."""
    return log(p * exp(t * (1 - p)) + (1 - p) * exp(-t * p))


def hoeffding(t: Any) -> Any:
    return t**2 / 8


def less_hoeffding(t: Any) -> Any:
    return hoeffding(t) * 9 / 10


def square(x: Sequence[Any], y: Sequence[Any]) -> Any:
    return dot(x, y) ** 2


def squares(x: Sequence[Any], y: Sequence[Any]) -> Any:
    return dot(x, x) * dot(y, y)


def fewer_squares(x: Sequence[Any], y: Sequence[Any]) -> Any:
    return squares(x, y) * 9 / 10


def of_mean(x: Sequence[Any]) -> Any:
    return exp(sum(x) / len(x))


def mean_of(x: Sequence[Any]) -> Any:
    return sum(map(exp, x)) / len(x)


def less_mean_of(x: Sequence[Any]) -> Any:
    return mean_of(x) * 9 / 10


def square_proof() -> Any:
    """Lagrange's identity for three of each: the difference is a sum of squares."""
    from itertools import combinations

    from sympy import symbols

    x, y = symbols("x:3", real=True), symbols("y:3", real=True)
    minors = [x[i] * y[j] - x[j] * y[i] for i, j in combinations(range(3), 2)]
    return squares(x, y) - square(x, y), sum(one**2 for one in minors)


def _known(name: str, value: Any, low: Any, high: Any, twin: Any, **changes: Any) -> Inequality:
    wrong = but("twin", twin.__doc__ or "a constant that is too small", high=twin)
    return Inequality(
        name,
        value=value,
        low=low,
        high=high,
        scope="the formula",
        evaluations=6000,
        controls=(wrong,),
        **changes,
    )


INEQUALITIES = (
    _known("lse_and_max", above, 0, ties, fewer_ties, box={"z": FOUR, "eps": EPS}),
    _known("top_gap", above, one_rival, all_rivals, fewer_rivals, box={"z": FOUR, "eps": EPS}),
    _known(
        "hessian_by_norm",
        curvature,
        0,
        steepest,
        less_steep,
        box={"w": FOUR, "b": FOUR, "eps": EPS},
    ),
    _known(
        "hessian_by_diameter",
        curvature,
        0,
        diameter,
        less_wide,
        box={"w": FOUR, "b": FOUR, "eps": EPS},
    ),
    _known(
        "pinsker",
        variation,
        None,
        coins,
        less_of_coins,
        box={"p": (0.5, 0.875), "d": (0.0625, 0.375)},
    ),
    _known(
        "hoelder",
        pairing,
        None,
        norms,
        smaller_norms,
        box={"x": (0, 2, 3), "y": (0, 2, 3), "p": (1.25, 5)},
    ),
    _known("means", geometric, 0, arithmetic, smaller_mean, box={"x": (0, 4, 4)}),
    _known(
        "gautschi",
        ratio,
        gautschi_low,
        gautschi_high,
        kershaw,
        box={"x": (0.125, 8), "s": (0.0625, 0.9375)},
    ),
    _known(
        "mills", mills, mills_low, mills_high, less_mills, arithmetic="ball", box={"x": (0.125, 6)}
    ),
    _known(
        "hoeffding",
        generated,
        0,
        hoeffding,
        less_hoeffding,
        box={"p": (0.0625, 0.9375), "t": (0.25, 4)},
    ),
    _known(
        "cauchy_schwarz",
        square,
        0,
        squares,
        fewer_squares,
        box={"x": (-2, 2, 3), "y": (-2, 2, 3)},
        proof=square_proof,
    ),
    _known("jensen", of_mean, None, mean_of, less_mean_of, box={"x": FOUR}),
)
