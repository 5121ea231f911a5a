"""What N atoms at midpoints lack of Lipschitz data on [0, 1], in closed form.

The phase h(y) = g(y) + |x - y|^2 / 4t at a fixed x is 0 at 0 and linear on 2N equal parts, with
given slopes of at most 1; the atoms lie where parts 1 and 2, 3 and 4, .. meet.  Numbers of Python
or of mpmath.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import expm1 as double_expm1
from typing import Any

from theorems.hamilton_jacobi.layer import exp, log, log_sum_exp


def width_gap(slopes: Sequence[Any], eps: Any) -> Any:
    """|u_N - u|: the mean over the atoms against that over [0, 1], both as -eps log."""
    rises = [one / len(slopes) for one in slopes]
    heights = [0 * eps, *accumulate(rises)]
    atoms = heights[1::2]
    found = eps * log(len(atoms) + 0 * eps) - log_sum_exp([-one for one in atoms], eps)
    parts = [
        eps * log(mean_decay(rise / eps)) - start
        for rise, (start, _) in zip(rises, pairwise(heights), strict=True)
    ]
    return abs(found - eps * log(len(parts) + 0 * eps) + log_sum_exp(parts, eps))


def gap_bound(slopes: Sequence[Any], eps: Any) -> Any:
    """eps log((e^a - 1) / a), a = 1 / (2 N eps): the largest, of data that fall off the atoms."""
    a = 1 / (len(slopes) * eps)
    return eps * log(exp(a) * mean_decay(a))


def small_bound(slopes: Sequence[Any], eps: Any) -> Any:
    """1 / (4N), the Wasserstein-1 distance of the atoms: the bound for a linear integral."""
    return 1 / (2 * len(slopes)) + 0 * eps


def mean_decay(z: Any) -> Any:
    """(1 - e^{-z}) / z, the mean of e^{-zv} over v in [0, 1]; 1 at 0."""
    return -_expm1(-z) / z if z != 0 else 1 + z


def _expm1(z: Any) -> Any:
    """e^z - 1, of a double or a number of mpmath."""
    if isinstance(z, float | int):
        return double_expm1(z)
    from mpmath import expm1  # noqa: PLC0415 - slow to load

    return expm1(z)
