"""Identities that are true, their mutated twins, and proofs of every fate."""

import math
from time import sleep
from typing import Any

import mpmath
import numpy as np
from hypothesis import strategies as st

from verify import Identity, but
from verify.claims import IdentityOutcome

REAL = st.floats(-8, 8, allow_nan=False)
POSITIVE = st.floats(0.125, 8)


def pythagoras(x: float) -> float:
    """sin^2 + cos^2 - 1, in doubles."""
    return math.sin(x) ** 2 + math.cos(x) ** 2 - 1


def minus(x: float) -> float:
    """The same with a wrong sign."""
    return math.sin(x) ** 2 - math.cos(x) ** 2 - 1


def square(x: Any, y: Any) -> Any:
    """(x + y)^2 less its expansion, and their size: of any arithmetic."""
    left = (x + y) ** 2
    return left - (x**2 + 2 * x * y + y**2), x**2 + y**2


def cut(x: Any, y: Any) -> Any:
    """The same without the mixed term."""
    return (x + y) ** 2 - (x**2 + y**2), 1 + x**2 + y**2


def root(x: Any) -> Any:
    """sqrt(x^2) - x, which is zero for x >= 0 alone."""
    return (x * x) ** 0.5 - x


def cancelled(x: Any) -> Any:
    """(1e8 + x) - 1e8 - x with its rounding of 1e-8, of a scale that says nothing of it."""
    return (x + 10**8) - 10**8 - x


def duplication(x: Any) -> Any:
    """gamma(x) gamma(x + 1/2) - 2^(1-2x) sqrt(pi) gamma(2x), and its size, in mpmath."""
    left = mpmath.gamma(x) * mpmath.gamma(x + mpmath.mpf(1) / 2)
    return left - 2 ** (1 - 2 * x) * mpmath.sqrt(mpmath.pi) * mpmath.gamma(2 * x), left


def duplicated(x: Any) -> Any:
    """The same with another power of 2: off by 1e-25 of its size."""
    value, left = duplication(x)
    return value + left * mpmath.mpf(10) ** -25, left


def doubled(x: Any) -> Any:
    """A true identity in which `math` has cut the digits."""
    return mpmath.sin(x) - math.sin(x)


def euler(x: Any) -> Any:
    """exp(x) exp(-x) - 1 as a ball."""
    return x.exp() * (-x).exp() - 1


def halved(x: Any) -> Any:
    """A true identity in balls, of which `math` has made doubles of what is computed."""
    return (x / 3).sin() - type(x)(math.sin(x / 3))


def turned(x: Any) -> Any:
    """A true identity of pairs, constants and complex balls, in which no double is made."""
    from flint import acb

    sine, cosine = x.sin_cos()
    return [sine**2 + cosine**2 - 1, acb(x, x).real - x, (type(x).pi() + x).sin() + sine]


def twisted(x: Any) -> Any:
    """The same with a wrong sign."""
    return [*turned(x), 2 * x.sin_cos()[1]]


def off(x: Any) -> Any:
    """The same, off by 1e-20: beyond doubles, within balls."""
    return euler(x) + type(x)(10) ** -20


def blurred(x: Any) -> Any:
    """A ball about 0 that no precision makes narrower than 2e-6."""
    return type(x)(0, 1e-6) * x.exp()


def machin() -> Any:
    """16 atan(1/5) - 4 atan(1/239) - pi, a constant."""
    from flint import arb

    return 16 * (arb(1) / 5).atan() - 4 * (arb(1) / 239).atan() - arb.pi()


def curve(slopes: list[float]) -> np.ndarray:
    """Telescoping sums over what is drawn: an array."""
    values = np.concatenate([[0.0], np.asarray(slopes)])
    return np.diff(np.cumsum(values)) - values[1:]


def skewed(slopes: list[float]) -> np.ndarray:
    """The same with the last term counted twice: false where it is not 0."""
    wrong = curve(slopes)
    wrong[-1:] += np.asarray(slopes[-1:])
    return wrong


def spending(slopes: list[int]) -> int:
    """The sum of the data, which it uses up: false where they are not all 0."""
    total = 0
    while slopes:
        total += slopes.pop()
    return total


def cube(n: int) -> Any:
    """The sum of the first n cubes less its closed form, in whole numbers of any size."""
    return [((10**9 * n) ** 3 - n**3 * 10**27), n * (n + 1) - (n * n + n)]


def fraction(n: Any) -> Any:
    """1/(n(n+1)) - 1/n + 1/(n+1), which a whole number would make a double."""
    return 1 / (n * (n + 1)) - 1 / n + 1 / (n + 1)


def matrix(x: Any) -> Any:
    """A rotation times its transpose, less the unit matrix."""
    turn = mpmath.matrix([[mpmath.cos(x), mpmath.sin(x)], [-mpmath.sin(x), mpmath.cos(x)]])
    return turn * turn.T - mpmath.eye(2)


def doubles(x: Any) -> Any:
    """A numpy number where one of mpmath is expected."""
    return np.float64(0)


def nothing(x: Any) -> Any:
    """No number at all."""


def empty(x: Any) -> Any:
    """An array without numbers, which would vanish whatever x is."""
    return []


def scaled(x: Any) -> Any:
    """A scale that is not positive."""
    return x, -1.0


def paired(x: Any) -> Any:
    """A ball with a scale, which balls do not have."""
    return euler(x), x.exp()


def raising(x: float) -> float:
    """A residual that cannot be computed."""
    raise ValueError("no value here\nand a long story")


def infinite(x: float) -> float:
    """A residual that is not finite."""
    return math.inf


def random(rng: np.random.Generator, x: float) -> float:
    """A residual that is drawn."""
    return rng.standard_normal() * x


def proof() -> Any:
    """sin^2 + cos^2 = 1 and a binomial formula."""
    from sympy import cos, sin, symbols

    x, y = symbols("x y", real=True)
    return [sin(x) ** 2 + cos(x) ** 2 - 1, (x + y) ** 2 - x**2 - 2 * x * y - y**2]


def positive_root() -> Any:
    """sqrt(x^2) = x for positive x."""
    from sympy import Symbol, sqrt

    x = Symbol("x", positive=True)
    return sqrt(x**2) - x


def any_root() -> Any:
    """The same for real x, which is false."""
    from sympy import Symbol, sqrt

    x = Symbol("x", real=True)
    return sqrt(x**2) - x


def hanging() -> Any:
    """A proof that does not end."""
    sleep(60)


def broken() -> Any:
    """A proof that raises."""
    raise ZeroDivisionError("by nothing")


def text() -> Any:
    """A proof that returns text."""
    return "0"


def ended() -> Any:
    """A proof that ends its process."""
    import os

    os._exit(3)


def slipping() -> Any:
    """A wrong identity, beside simplifiers that take everything for 0."""
    import sympy

    sympy.expand = sympy.factor = sympy.simplify = lambda one: sympy.S.Zero
    return sympy.sin(sympy.Symbol("x")) - sympy.Symbol("x")


def needing(x: Any) -> Any:
    """A proof with an argument."""
    return x - x


BUT = but("minus", "a wrong sign", residual=minus)


def identity(**changes: Any) -> Identity:
    """A true one in doubles, with changes."""
    known = {
        "residual": pythagoras,
        "given": {"x": REAL},
        "scope": "the functions themselves",
        "controls": (BUT,),
    }
    return Identity("one", **{**known, **changes})


def judged(claim: Identity, seed: int = 0) -> IdentityOutcome:
    """Its outcome with the instances of a seed."""
    return claim.drawn(seed).judge({})
