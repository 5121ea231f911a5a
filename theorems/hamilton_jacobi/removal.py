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
    """The same in symbols, for any number of atoms: R is the sum over the others."""
    import sympy as sp  # noqa: PLC0415 - slow to load

    b, affine = sp.symbols("b a", real=True)  # a is W . x of the atom
    eps, R = sp.symbols("eps R", positive=True)
    term = sp.exp((affine + b) / eps)
    return sp.diff(eps * sp.log(R + term), b) - term / (R + term)


def removal_proof() -> Any:
    """The same in symbols: e is the exponential of the atom, R the sum over the others."""
    import sympy as sp  # noqa: PLC0415 - slow to load

    eps, e, R = sp.symbols("eps e R", positive=True)
    return eps * (sp.log(e + R) - sp.log(R) + sp.log(1 - e / (e + R)))


def mean_removal_proof() -> Any:
    """The same in symbols: e and g are the atom's, R and G sum e_i and e_i g_i over the others."""
    import sympy as sp  # noqa: PLC0415 - slow to load

    e, R = sp.symbols("e R", positive=True)
    g, G = sp.symbols("g G", real=True)
    mean, pi = (e * g + G) / (e + R), e / (e + R)
    return mean - G / R - pi * (g - mean) / (1 - pi)
