"""The laws by which critical points of the entropy meet, at folds and at a pitchfork.

All at t = 1 and in DIGITS digits, unless they are asked for other numbers.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from theorems.hamilton_jacobi.critical_points import on_line
from theorems.hamilton_jacobi.folds import (
    Fold,
    critical_near,
    curvature,
    fold_near,
    partners,
    slope,
    value,
)
from theorems.hamilton_jacobi.layer import Array

DIGITS = 50

FOLDS: tuple[tuple[tuple[str, ...], str, str, str], ...] = (
    (("-1", "0.1", "1"), "0.03", "0.2203", "0.13359"),
    (("0", "2", "3", "4"), "0", "1.9474", "0.55637"),
    (("-0.59102061", "0.72134311", "1.01593529", "1.41450792", "1.83374733"),
     "0", "0.56571", "0.206789"),
    (("-0.59102061", "0.72134311", "1.01593529", "1.41450792", "1.83374733"),
     "0", "0.86872", "0.222128"),
)  # fmt: skip
"""Atoms y, the height g of the second one (0 of all others), and x and eps close to a fold, t = 1.

A merger, two births, and the merger in which the second birth ends.
"""


@lru_cache
def known_fold(fold: int) -> tuple[Fold, Array, Array]:
    """One of FOLDS in DIGITS digits, with its W and b."""
    from mpmath import mp, mpf  # noqa: PLC0415 - slow to load

    y, height, x, eps = FOLDS[fold]
    with mp.workdps(DIGITS):
        g = [mpf(0), mpf(height)] + [mpf(0)] * (len(y) - 2)
        W, b = on_line([mpf(one) for one in y], g, mpf(1))
        return fold_near(mpf(x), mpf(eps), W, b), W, b


def fold_distance(delta: float, fold: int) -> float:
    """Distance of the two critical points at eps_c (1 -+ delta)."""
    return _at_pair(delta, fold, lambda left, right, *_: right - left)


def fold_gap(delta: float, fold: int) -> float:
    """Difference of H between them."""
    return _at_pair(delta, fold, lambda left, right, *at: value(left, *at) - value(right, *at))


def fold_curvature(delta: float, fold: int) -> float:
    """|H_xx| on average over both: what has odd powers of delta^{1/2} cancels."""
    return _at_pair(
        delta, fold, lambda left, right, *at: (curvature(left, *at) - curvature(right, *at)) / 2
    )


def fold_prefactor(delta: float, fold: int) -> float:
    """Their distance over (8 |H_x,eps / H_xxx| |eps - eps_c|)^{1/2}."""
    from mpmath import mp, sqrt  # noqa: PLC0415 - slow to load

    with mp.workdps(DIGITS):
        found = known_fold(fold)[0]
        expected = sqrt(8 * abs(found.ratio) * delta * found.eps)
    return fold_distance(delta, fold) / float(expected)


def _at_pair(delta: float, fold: int, quantity: Callable[..., Any]) -> float:
    """The absolute value of a quantity of the pair at eps_c (1 -+ delta)."""
    from mpmath import mp, mpf  # noqa: PLC0415 - slow to load

    with mp.workdps(DIGITS):
        found, W, b = known_fold(fold)
        eps, left, right = partners(found, mpf(delta), W, b)
        return abs(float(quantity(left, right, eps, W, b)))


def pitchfork_eps(a: Any, t: Any) -> Any:
    """a^2 / (4 t (1 + w)) with w e^w = 2 / e, in balls or in mpmath."""
    one = a / a
    if hasattr(one, "lambertw"):
        return a**2 / (4 * t * (1 + (2 * (-one).exp()).lambertw()))
    from mpmath import e, lambertw  # noqa: PLC0415 - slow to load

    return a**2 / (4 * t * (1 + lambertw(2 / +e).real))


def pitchfork_bend(a: Any, t: Any) -> Any:
    """a^2 H_xx at x = 0 and the eps of the pitchfork, for the atoms -a, 0, a with g = 0."""
    return triple_bend(a, t, pitchfork_eps(a, t))


def quarter_bend(a: Any, t: Any) -> Any:
    """The same at eps = a^2 / 4t."""
    return triple_bend(a, t, a**2 / (4 * t))


def triple_bend(a: Any, t: Any, eps: Any) -> Any:
    """a^2 H_xx at x = 0."""
    W, b = on_line([-a, 0 * a, a], [0 * a] * 3, t)
    return a**2 * curvature(0 * a, eps, W, b)


def pitchfork_proof() -> Any:
    """H_xx at 0 with q = a^2 / (4 t eps) = 1 + w and e^{-q} = w / 2, which is w e^w = 2 / e."""
    import sympy as sp  # noqa: PLC0415 - slow to load

    x = sp.Symbol("x", real=True)
    a, q, w = sp.symbols("a q w", positive=True)
    heights = [-q * (x / a - k) ** 2 for k in (-1, 0, 1)]  # -|x - k a|^2 / (4 t eps)
    terms = [sp.exp(one) for one in heights]
    total = sum(terms)
    H = sp.log(total) - sum(p * r for p, r in zip(heights, terms, strict=True)) / total
    bend = sp.factor(sp.diff(H, x, 2).subs(x, 0))
    powers = bend.replace(lambda one: one.func is sp.exp, lambda one: (2 / w) ** (one.args[0] / q))
    return powers.subs(q, 1 + w)


def pitchfork_gap(delta: float) -> float:
    """Difference of H between an outer critical point and the middle one, at eps_c (1 - delta)."""
    return _below_pitchfork(delta, lambda x, *at: value(x, *at) - value(0 * x, *at))


def pitchfork_distance(delta: float) -> float:
    """Distance of the outer critical points from the middle one."""
    return _below_pitchfork(delta, lambda x, *_: x)


def pitchfork_curvature(delta: float) -> float:
    """|H_xx| at the outer critical points."""
    return _below_pitchfork(delta, curvature)


def _below_pitchfork(delta: float, quantity: Callable[..., Any]) -> float:
    """The absolute value of a quantity of the critical point on the right, for a = t = 1.

    H_x = H_xxx x^3 / 6 + H_xx x to leading order, both by differences, gives where Newton starts.
    """
    from mpmath import diff, mp, mpf, sqrt  # noqa: PLC0415 - slow to load

    with mp.workdps(DIGITS):
        one = mpf(1)
        W, b = on_line([-one, 0 * one, one], [0 * one] * 3, one)
        eps = pitchfork_eps(one, one) * (1 - mpf(delta))
        bend = curvature(0 * one, eps, W, b)
        quartic = diff(lambda x: slope(x, eps, W, b), 0 * one, 3)
        x = critical_near(sqrt(-6 * bend / quartic), eps, W, b)
        return abs(float(quantity(x, eps, W, b)))
