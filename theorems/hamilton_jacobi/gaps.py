"""How far a log-sum-exp is above the maximum of its logits, and what that adds up to with depth.

In doubles, in mpmath and in balls alike.
"""

from collections.abc import Sequence
from typing import Any

from theorems.hamilton_jacobi import layer

Numbers = Sequence[Any]


def gap(z: Numbers, eps: Any) -> Any:
    """eps log sum_j exp(z_j / eps) - max z, from the logits below the largest one."""
    top, *others = sorted(z, reverse=True)
    return eps * layer.log(1 + sum(layer.exp((one - top) / eps) for one in others))


def entropy_bound(z: Numbers, eps: Any) -> Any:
    """eps log N, which a tie of all attains."""
    return eps * layer.log(0 * eps + len(z))


def one_less(z: Numbers, eps: Any) -> Any:
    """eps log(N - 1)."""
    return eps * layer.log(0 * eps + len(z) - 1)


def pair_bound(z: Numbers, eps: Any) -> Any:
    """eps log(1 + exp(-Delta / eps)), Delta the distance to the second: as if it were alone."""
    return eps * layer.log(1 + _second(z, eps))


def top_bound(z: Numbers, eps: Any) -> Any:
    """eps log(1 + (N - 1) exp(-Delta / eps)): as if all others were as large as the second."""
    return eps * layer.log(1 + (len(z) - 1) * _second(z, eps))


def _second(z: Numbers, eps: Any) -> Any:
    top, second, *_ = sorted(z, reverse=True)
    return layer.exp((second - top) / eps)


def gap_proof() -> list[Any]:
    """An exponential over the largest one is 1 / (1 + s), s >= 0: not negative, and not above 1.

    So N of them, of which the largest is 1, add up to between 1 and N.
    """
    from sympy import symbols  # noqa: PLC0415 - slow to load

    s = symbols("s", nonnegative=True)
    return [1 / (1 + s), 1 - 1 / (1 + s)]


def top_gap_proof() -> list[Any]:
    """The same over the second largest, e: N - 1 of them add up to between e and (N - 1) e."""
    from sympy import symbols  # noqa: PLC0415 - slow to load

    s, e = symbols("s", nonnegative=True), symbols("e", positive=True)
    return [e / (1 + s), e - e / (1 + s)]


WIDTH, PIECES = 2, 3
"""Neurons of a hidden layer, and affine functions of each neuron, in a network of two layers."""

HIDDEN = WIDTH * PIECES * WIDTH
"""Weights of the hidden layer; the last one has PIECES * WIDTH."""


def deep_error(W: Numbers, b: Numbers, x: Numbers, eps: Any) -> Any:
    """|F_eps(x) - F_0(x)| of two layers, with log-sum-exp and with the maximum in each neuron."""
    soft = _network(W, b, x, lambda z: max(z) + gap(z, eps))
    return abs(soft - _network(W, b, x, max))


def _network(W: Numbers, b: Numbers, x: Numbers, join: Any) -> Any:
    hidden = [join(_affine(W[k * PIECES * WIDTH :], b[k * PIECES :], x)) for k in range(WIDTH)]
    return join(_affine(W[HIDDEN:], b[WIDTH * PIECES :], hidden))


def _affine(W: Numbers, b: Numbers, x: Numbers) -> list[Any]:
    """The first PIECES affine functions."""
    return [b[j] + sum(W[j * WIDTH + i] * x[i] for i in range(WIDTH)) for j in range(PIECES)]


def depth_bound(W: Numbers, eps: Any) -> Any:
    """sum_l (prod_{m > l} Lip_m) eps log N_l, Lip_m the largest row sum of |W| in layer m."""
    rows = [W[HIDDEN + j * WIDTH : HIDDEN + (j + 1) * WIDTH] for j in range(PIECES)]
    lipschitz = max(sum(abs(one) for one in row) for row in rows)
    return eps * layer.log(0 * eps + PIECES) * (1 + lipschitz)


def depth_without_slope(eps: Any) -> Any:
    """The same without the Lipschitz constants."""
    return 2 * eps * layer.log(0 * eps + PIECES)
