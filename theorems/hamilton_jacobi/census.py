"""All critical points of the entropy on a line, and all folds of atoms at whole places.

Atoms are at y, with heights g, at t = 1, unless they are rows (W, b).
"""

from functools import lru_cache
from itertools import combinations
from typing import Any

import numpy as np

from theorems.hamilton_jacobi.continuation import branches, folds
from theorems.hamilton_jacobi.critical_points import critical_points, on_line, sign
from theorems.hamilton_jacobi.folds import enclosed_fold, value
from theorems.hamilton_jacobi.layer import exp

NEAR = 1e-4
"""How far from a fold, relative to its eps, critical points are counted."""


def pair_form(x: Any, atoms: Any, eps: Any) -> Any:
    """H_x (eps Z)^2 + sum_{i<j} (W_i - W_j) (s_i - s_j) exp((s_i + s_j) / eps), and its scale.

    H_x by numbers in mpmath's digits, from the entropy itself; atoms are rows (W, b).
    """
    return pair_formed(x, atoms, eps, 2)


def pair_form_of_first_power(x: Any, atoms: Any, eps: Any) -> Any:
    """The same with Z for Z^2."""
    return pair_formed(x, atoms, eps, 1)


def pair_formed(x: Any, atoms: Any, eps: Any, power: int) -> Any:
    """H_x eps^2 Z^power plus the sum over pairs, and the size of its terms."""
    from mpmath import diff, mp  # noqa: PLC0415 - slow to load

    W, b = np.array(atoms).T
    s = W * x + b
    e = exp(s / eps)
    terms = [(W[i] - W[j]) * (s[i] - s[j]) * e[i] * e[j] for i, j in combinations(range(len(W)), 2)]
    with mp.workdps(2 * mp.dps):
        rise = diff(lambda place: value(place, eps, W, b), x)
    return rise * eps**2 * e.sum() ** power + sum(terms), 1 + sum(map(abs, terms))


def pair_form_proof() -> Any:
    """The same for three atoms, in symbols."""
    import sympy as sp  # noqa: PLC0415 - slow to load

    x, b1, b2, b3, w1, w2, w3 = sp.symbols("x b1:4 w1:4", real=True)
    eps = sp.symbols("eps", positive=True)
    W, s = (w1, w2, w3), (w1 * x + b1, w2 * x + b2, w3 * x + b3)
    terms = [sp.exp(one / eps) for one in s]
    total = sum(terms)
    H = sp.log(total) - sum(a * b for a, b in zip(s, terms, strict=True)) / (eps * total)
    pairs = sum(
        (W[i] - W[j]) * (s[i] - s[j]) * terms[i] * terms[j] for i, j in combinations(range(3), 2)
    )
    return sp.diff(H, x) * (eps * total) ** 2 + pairs


def excess_of_maxima(y: Any, g: Any, eps: Any) -> Any:
    """Maxima less minima less 1 of H on the line, counted in balls, for y and g at t = 1."""
    return eps * 0 + sum(kind for _, kind in of_atoms(y, g, eps)) - 1


def balance(y: Any, g: Any, eps: Any) -> Any:
    """Maxima less minima."""
    return excess_of_maxima(y, g, eps) + 1


def other_than_one(y: Any, g: Any, eps: Any) -> Any:
    """The number of critical points less 1."""
    return eps * 0 + len(of_atoms(y, g, eps)) - 1


def of_atoms(y: Any, g: Any, eps: Any) -> list[tuple[Any, int]]:
    """The critical points for atoms at distinct y_j with heights g_j, t = 1."""
    count = min(len(y), len(g))
    return critical_points(eps, *on_line(y[:count], g[:count], eps / eps))


def not_merging(y: Any) -> Any:
    """Sum of |change in the number of critical points + 2| over the folds of whole y, g = 0."""
    return y[0] * 0 + sum(abs(change + 2) for change, _ in changes_at_folds(y))


def against_sign(y: Any) -> Any:
    """Sum of |change + 2 sign(H_x,eps / H_xxx)| over the folds."""
    return y[0] * 0 + sum(abs(change + 2 * kind) for change, kind in changes_at_folds(y))


def against_opposite_sign(y: Any) -> Any:
    """The same with the other sign."""
    return y[0] * 0 + sum(abs(change - 2 * kind) for change, kind in changes_at_folds(y))


def changes_at_folds(y: Any) -> tuple[tuple[int, int], ...]:
    """At each fold the change in the number of critical points, and the sign of H_x,eps / H_xxx."""
    from flint import ctx  # noqa: PLC0415 - slow to load

    return fold_changes(tuple(int(one.unique_fmpz()) for one in y), ctx.prec)


@lru_cache
def fold_changes(y: tuple[int, ...], bits: int) -> tuple[tuple[int, int], ...]:
    """The same in balls of so many bits.

    The folds are found by continuation, and then enclosed; critical points are counted with
    certainty on either side of them.
    """
    from flint import arb, ctx  # noqa: PLC0415 - slow to load

    found = []
    with ctx.workprec(bits):
        W, b = on_line([arb(one) for one in y], [arb(0)] * len(y), arb(1))
        for x, eps in places_of_folds(y):
            fold = enclosed_fold(arb(x), arb(eps), W, b)
            before, after = (
                len(critical_points(arb(eps * side), W, b)) for side in (1 - NEAR, 1 + NEAR)
            )
            found.append((after - before, sign(fold.ratio)))
    return tuple(found)


@lru_cache
def places_of_folds(y: tuple[int, ...]) -> tuple[tuple[float, float], ...]:
    """x and eps of the folds of atoms at y, g = 0, t = 1, whose curves begin at small eps."""
    W, b = on_line([float(one) for one in y], [0.0] * len(y), 1.0)
    nearest, span = float(np.diff(y).min()), float(np.ptp(y))
    found = [
        (float(one.x), float(one.eps))
        for curve in branches(W, b, nearest**2 / 40, span**2 / 2)
        for one in folds(curve, W, b)
    ]
    return tuple(sorted(found, key=lambda one: one[1]))
