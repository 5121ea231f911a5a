"""Inequalities that are true, their mutated twins, noisy ones, and proofs of every fate."""

import math
from typing import Any

import mpmath
import numpy as np
from hypothesis import strategies as st

from verify import Inequality, but
from verify.claims import InequalityOutcome

PAIR = {"a": (0.5, 4), "b": (0.5, 4)}
CURVE = dict.fromkeys("abcde", (-2, 2))


def arithmetic_mean(a: Any, b: Any) -> Any:
    """Of two numbers, in any arithmetic."""
    return (a + b) / 2


def geometric_mean(a: Any, b: Any) -> Any:
    """Of two positive numbers, in any arithmetic."""
    return (a * b) ** 0.5


def shrunk_mean(a: Any, b: Any) -> Any:
    """Nine tenths of the arithmetic mean: below the geometric one where a = b."""
    return 9 * (a + b) / 20


def raised_mean(a: Any, b: Any) -> Any:
    """The geometric mean, raised by 1e-9 of itself: above the arithmetic one near a = b alone."""
    return (a * b) ** 0.5 * (1 + 10**-9 * (a / a))


def gap(z: list[Any], eps: Any) -> Any:
    """eps log sum exp(z/eps) less max z, in doubles and in mpmath."""
    top, exp, log = max(z), mpmath.exp, mpmath.log
    if not isinstance(eps, mpmath.mpf):
        exp, log = math.exp, math.log
    return eps * log(sum(exp((x - top) / eps) for x in z))


def entropy(z: list[Any], eps: Any) -> Any:
    """eps log n, which bounds the gap."""
    return eps * (mpmath.log(len(z)) if isinstance(eps, mpmath.mpf) else math.log(len(z)))


def less_entropy(z: list[Any], eps: Any) -> Any:
    """Nine tenths of it, which does not."""
    return 9 * entropy(z, eps) / 10


SOFT = {"z": (-5, 5, 4), "eps": (0.01, 2)}


def ridge(a: float, b: float, c: float, d: float, e: float) -> float:
    """Above 1 on 1.35e-5 of the cube [-2, 2]^5: along a part of a curve, to which it rises."""
    off = (b - np.sin(2 * a)) ** 2 + (c - a * a) ** 2
    off = off + (d - np.cos(3 * a) / 2) ** 2 + (e + a / 2) ** 2
    return 1.05 / (1 + off) - 0.05 * (a - 0.62) ** 2


def reciprocal(x: Any) -> Any:
    """x + 1/x, at least 2 for positive x alone."""
    return x + 1 / x


def powers(x: list[Any]) -> list[Any]:
    """The squares of a list."""
    return [one * one for one in x]


def largest(x: list[Any]) -> Any:
    """The largest of the absolute values, times the largest."""
    return max(abs(one) for one in x) ** 2


def norm(x: list[float]) -> float:
    """The Euclidean norm, by numpy alone."""
    return float(np.sqrt(np.sum(np.square(np.asarray(x, dtype=float)))))


def total(x: list[float]) -> float:
    """The sum of the absolute values, by numpy alone."""
    return float(np.sum(np.abs(np.asarray(x, dtype=float))))


def versine(x: float) -> float:
    """(1 - cos x) / x^2, which is at most 1/2, and in doubles is anything near 0."""
    return (1 - math.cos(x)) / (x * x)


def versine_anyhow(x: Any) -> Any:
    """The same, for mpmath too."""
    cos = mpmath.cos if isinstance(x, mpmath.mpf) else math.cos
    return (1 - cos(x)) / (x * x)


def weighed(x: Any, weight: Any) -> Any:
    """x^weight, at most 1 on the unit interval."""
    return x**weight


def three_tenths(x: Any) -> Any:
    """3x/10, in any arithmetic."""
    return 3 * x / 10


def rounded_tenths(x: Any) -> Any:
    """The same by a double, which is less."""
    return 0.3 * x


def third(x: Any) -> Any:
    """The square of the distance from 1/3."""
    return (3 * x - 1) ** 2 / 9


def shallow(x: Any) -> Any:
    """The same less 1e-12: negative on an interval of length 2e-6."""
    return third(x) - 1e-12


def flat(x: Any) -> Any:
    """A plateau at 1/2."""
    return x / x / 2


def undefined(x: float) -> float:
    """Not a number for x > 9/10."""
    return math.nan if x > 0.9 else x / 2


def raising(x: float) -> float:
    """A value that cannot be computed for x > 9/10."""
    if x > 0.9:
        raise ValueError("no value here")
    return x / 2


def nothing(x: float) -> None:
    """No number at all."""


def imaginary(x: float) -> complex:
    """No real number."""
    return 1j * x


def two(x: float) -> list[float]:
    """Two values."""
    return [x, x]


def three(x: float) -> list[float]:
    """Three bounds."""
    return [1.0, 2.0, 3.0]


def sine(x: Any) -> Any:
    """sin x as a ball or a series of them."""
    return x.sin()


def line(x: Any) -> Any:
    """x."""
    return x


def logarithm(x: Any) -> Any:
    """log x as a ball."""
    return x.log()


def less_one(x: Any) -> Any:
    """x - 1."""
    return x - 1


def form(x: Any, y: Any) -> Any:
    """A positive form, at least 1/10."""
    return x * x - x * y + y * y + x / 10 - x / 10 + type(x)(1) / 10


def square(x: Any, y: Any) -> Any:
    """(x - y)^2, whose minimum lies on the diagonal."""
    return x * x - 2 * x * y + y * y


def doubled(x: Any) -> Any:
    """A ball with a double inside."""
    return x - x / x * math.sin(float(x))


def parabola(rng: np.random.Generator, size: int, x: float) -> Any:
    """x (1 - x) and noise: at most 1/4 in the mean."""
    return x * (1 - x) + 0.1 * rng.standard_normal(size)


def single(rng: np.random.Generator, x: float) -> float:
    """The same, a replicate a call."""
    return x * (1 - x) + 0.1 * float(rng.standard_normal())


def both(rng: np.random.Generator, size: int, x: float) -> Any:
    """x and 1 - x with noise, shape (size, 2)."""
    noise = 0.1 * rng.standard_normal((size, 2))
    return noise + np.array([x, 1 - x])


def short(rng: np.random.Generator, size: int, x: float) -> Any:
    """A replicate too few."""
    return rng.standard_normal(size - 1)


def noisy_bound(rng: np.random.Generator, x: float) -> float:
    """A bound that is drawn."""
    return float(rng.standard_normal())


def means() -> Any:
    """The arithmetic mean is at least the geometric one, by a square; and two forms."""
    from sympy import Ge, sqrt, symbols

    a, b = symbols("a b", positive=True)
    certificate = (a + b) / 2 - sqrt(a * b), (sqrt(a) - sqrt(b)) ** 2 / 2
    return [certificate, a**2 - 2 * a * b + b**2, Ge(a / b + b / a, 0, evaluate=False)]


def cubic() -> Any:
    """x^3 - 3x + 2 >= 0 for x > 0, with a double root at 1."""
    from sympy import Symbol

    x = Symbol("x", positive=True)
    return x**3 - 3 * x + 2


def any_cubic() -> Any:
    """The same for real x, which is false; and before it one that is true."""
    from sympy import Symbol

    x = Symbol("x", real=True)
    return [(x**2 + 1, x**2 + 1), x**3 - 3 * x + 2]


def exponential() -> Any:
    """exp(x) >= 1 + x: true, and no form shows it."""
    from sympy import Symbol, exp

    x = Symbol("x", real=True)
    return exp(x) - 1 - x


def needing(x: Any) -> Any:
    """A proof with an argument."""
    return x


BUT = but("shrunk", "nine tenths of the bound", high=shrunk_mean)


def inequality(**changes: Any) -> Inequality:
    """The inequality of the two means in doubles over a box, with a small search, changed."""
    known = {
        "value": geometric_mean,
        "high": arithmetic_mean,
        "box": PAIR,
        "evaluations": 1000,
        "scope": "the functions themselves",
        "controls": (BUT,),
    }
    return Inequality("one", **{**known, **changes})


def drawn(**changes: Any) -> Inequality:
    """A claim on one number that is drawn, without a box."""
    known = {
        "given": {"x": st.floats(0.125, 8)},
        "scope": "the functions themselves",
        "controls": (but("tight", "tighter", low=2.5),),
    }
    return Inequality("one", **{**known, **changes})


def judged(claim: Inequality, seed: int = 0) -> InequalityOutcome:
    """Its outcome with the instances of a seed."""
    return claim.drawn(seed).judge({})
