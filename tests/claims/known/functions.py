"""Functions of a number, in doubles, mpmath or balls, and what several claims are made of."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import mpmath


def _generic(name: str) -> Callable[[Any], Any]:
    def function(x: Any) -> Any:
        if isinstance(x, int | float):
            return getattr(math, name)(x)
        return getattr(mpmath, name)(x) if isinstance(x, mpmath.mpf) else getattr(x, name)()

    return function


exp, log, sqrt, gamma, erfc = map(_generic, ("exp", "log", "sqrt", "gamma", "erfc"))
sinh, cosh, atan = map(_generic, ("sinh", "cosh", "atan"))


def rest(z: Sequence[Any], eps: Any) -> Any:
    """eps log of the sum of exp((z - max z) / eps)."""
    return eps * log(sum(exp((x - max(z)) / eps) for x in z))


def lse(z: Sequence[Any], eps: Any) -> Any:
    """eps log of the sum of exp(z / eps)."""
    return max(z) + rest(z, eps)


def gibbs(z: Sequence[Any], eps: Any) -> list[Any]:
    """Weights in proportion to exp(z / eps)."""
    weights = [exp((x - max(z)) / eps) for x in z]
    return [one / sum(weights) for one in weights]


def dot(x: Sequence[Any], y: Sequence[Any]) -> Any:
    return sum(a * b for a, b in zip(x, y, strict=True))


def entropy(p: Sequence[Any]) -> Any:
    return -dot(p, [log(one) for one in p])


def divergence(p: Sequence[Any], q: Sequence[Any]) -> Any:
    """KL(p || q)."""
    return dot(p, [log(a / b) for a, b in zip(p, q, strict=True)])
