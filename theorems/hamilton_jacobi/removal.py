"""What an atom of a layer does: its influence, and the layer without it summed again.

x is in the plane and atoms are rows (W_1, W_2, b); it is the first atom whose influence is asked.
"""

from typing import Any

import numpy as np

from theorems.hamilton_jacobi.layer import Array, gibbs, initial_data, layer, log, logits


def influence(x: Any, atoms: Any, eps: Any) -> Any:
    """df/db_0 - pi_0, the derivative by numbers in mpmath's digits."""
    return influenced(x, atoms, eps, 0)


def influence_of_next(x: Any, atoms: Any, eps: Any) -> Any:
    """The same with the weight of another atom."""
    return influenced(x, atoms, eps, 1)


def influenced(x: Any, atoms: Any, eps: Any, which: int) -> Any:
    """df/db_0 - pi_j for j = `which`; atoms are rows (W_1, W_2, b)."""
    from mpmath import diff, mp  # noqa: PLC0415 - slow to load

    W, b, z = read(x, atoms)

    def bent(height: Any) -> Any:
        return layer(x, W, np.concatenate([[height], b[1:]]), eps)

    with mp.workdps(2 * mp.dps):
        return diff(bent, b[0]) - gibbs(z, eps)[which]


def removal(x: Any, atoms: Any, eps: Any) -> Any:
    """f - f_{-0} + eps log(1 - pi_0), f_{-0} summed again, and the size of its terms."""
    W, b, z = read(x, atoms)
    full, without = layer(x, W, b, eps), layer(x, W[1:], b[1:], eps)
    return full - without + eps * log(1 - gibbs(z, eps)[0]), 1 + abs(full) + abs(without)


def first_order_removal(x: Any, atoms: Any, eps: Any) -> Any:
    """f - f_{-0} - eps pi_0: the influence in place of the removal."""
    W, b, z = read(x, atoms)
    return layer(x, W, b, eps) - layer(x, W[1:], b[1:], eps) - eps * gibbs(z, eps)[0]


def mean_removal(x: Any, atoms: Any, eps: Any) -> Any:
    """m - m_{-0} - pi_0 (g_0 - m) / (1 - pi_0), m_{-0} summed again."""
    change, predicted, weight = mean_change(x, atoms, eps)
    return change - predicted / (1 - weight)


def first_order_mean_removal(x: Any, atoms: Any, eps: Any) -> Any:
    """The same without the denominator."""
    change, predicted, _ = mean_change(x, atoms, eps)
    return change - predicted


def mean_change(x: Any, atoms: Any, eps: Any) -> tuple[Any, Any, Any]:
    """m - m_{-0}, pi_0 (g_0 - m) and pi_0, at t = 1."""
    W, b, z = read(x, atoms)
    g = initial_data(W, b, eps / eps)[1]
    weight = gibbs(z, eps)
    mean = (weight * g).sum()
    return mean - (gibbs(z[1:], eps) * g[1:]).sum(), weight[0] * (g[0] - mean), weight[0]


def read(x: Any, atoms: Any) -> tuple[Array, Array, Array]:
    """W, b and the logits at x of rows (W_1, W_2, b)."""
    table = np.array(atoms)
    return table[:, :2], table[:, 2], logits(x, table[:, :2], table[:, 2])


def remainder(N: int) -> float:
    """|f - f_{-j} - eps pi_j| for the middle one of N + 1 atoms on a grid of [0, 1], x = 0.3.

    By the formula for the removal, which is exact, without the cancellation.
    """
    W = np.arange(N + 1) / N
    pi = gibbs(0.3 * W - W**2, 1.0)[N // 2]
    return float(-np.log1p(-pi) - pi)


def influence_proof() -> Any:
    """The same for three atoms on a line, in symbols."""
    import sympy as sp  # noqa: PLC0415 - slow to load

    x, b1, b2, b3, w1, w2, w3 = sp.symbols("x b1:4 w1:4", real=True)
    eps = sp.symbols("eps", positive=True)
    terms = [sp.exp((w * x + b) / eps) for w, b in ((w1, b1), (w2, b2), (w3, b3))]
    return sp.diff(eps * sp.log(sum(terms)), b1) - terms[0] / sum(terms)


def removal_proof() -> Any:
    """The same for four atoms, in symbols for their exponentials."""
    import sympy as sp  # noqa: PLC0415 - slow to load

    eps, first, *others = sp.symbols("eps e1:5", positive=True)
    total = first + sum(others)
    return eps * (sp.log(total) - sp.log(sum(others)) + sp.log(1 - first / total))


def mean_removal_proof() -> Any:
    """The same for four atoms, in symbols for their exponentials and for g."""
    import sympy as sp  # noqa: PLC0415 - slow to load

    e, g = sp.symbols("e1:5", positive=True), sp.symbols("g1:5", real=True)
    total, rest = sum(e), sum(e[1:])
    mean = sum(a * b for a, b in zip(e, g, strict=True)) / total
    without = sum(a * b for a, b in zip(e[1:], g[1:], strict=True)) / rest
    pi = e[0] / total
    return mean - without - pi * (g[0] - mean) / (1 - pi)
