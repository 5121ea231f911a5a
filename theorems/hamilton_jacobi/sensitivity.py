"""How sensitive a layer is to its input: its Hessian, its gradient, and what bounds them.

Atoms are rows (W_1, ..., W_d, b), on a line W and b of shape (N,).
"""

from typing import Any

import numpy as np

from theorems.hamilton_jacobi.layer import Array, exp, gradient, hessian

FAR = 1e9
"""Distance at which the gradient of f is that of its steepest piece."""


def spectral(x: Any, atoms: Any, eps: float) -> float:
    """The spectral norm of the Hessian at x (d,), for rows (W_1, ..., W_d, b) of atoms."""
    W, b = split(atoms)
    return float(np.linalg.eigvalsh(hessian(np.asarray(x), W, b, eps))[-1])


def widest(atoms: Any, eps: float) -> float:
    """max |W_j|^2 / eps."""
    W, _ = split(atoms)
    return float((W**2).sum(axis=1).max() / eps)


def half_widest(atoms: Any, eps: float) -> float:
    """Half of it."""
    return widest(atoms, eps) / 2


def moving(atoms: Any) -> bool:
    """Whether one of the W_j is not 0; f is constant in x otherwise."""
    return any(any(row[:-1]) for row in atoms)


def split(atoms: Any) -> tuple[Array, Array]:
    """W (N, d) and b (N,) of rows."""
    table = np.asarray(atoms)
    return table[:, :-1], table[:, -1]


def widest_proof() -> Any:
    """M - Var_pi V for V_j = W_j . v, v a unit vector, M = max |W_j|^2, and as E[a] + (E V)^2.

    Here a_j = M - V_j^2 >= 0, and means are over the weights of any number of atoms.
    """
    import sympy as sp  # noqa: PLC0415 - slow to load

    room = sp.Symbol("a", nonnegative=True)  # E[a]
    mean, M = sp.Symbol("m", real=True), sp.Symbol("M", nonnegative=True)
    return [(M - ((M - room) - mean**2), room + mean**2)]


def spread_proof() -> Any:
    """D^2 / 4 - Var_pi V for V_j in [-D / 2, D / 2], and as E[h l] + (E V)^2.

    Here h_j = D / 2 - V_j >= 0 and l_j = D / 2 + V_j >= 0, so that V_j^2 = D^2 / 4 - h_j l_j; means
    are over the weights of any number of atoms.
    """
    import sympy as sp  # noqa: PLC0415 - slow to load

    product = sp.Symbol("p", nonnegative=True)  # E[h l]
    mean, D = sp.Symbol("m", real=True), sp.Symbol("D", nonnegative=True)
    return [(D**2 / 4 - ((D**2 / 4 - product) - mean**2), product + mean**2)]


# On a line


def bend(x: Any, W: Any, b: Any, eps: Any) -> Any:
    """f'' at x, for W and b of shape (N,)."""
    return hessian(np.asarray([x]), np.asarray(W)[:, None], np.asarray(b), eps)[0, 0]


def three_bend(x: Any, half: Any, share: Any, b: Any, eps: Any) -> Any:
    """f'' at x for W = -half, share * half, half: any three W_j, shifted."""
    return bend(x, [-half, share * half, half], b, eps)


def three_spread(half: Any, eps: Any) -> Any:
    """diam(W)^2 / (4 eps) of them."""
    return half * half / eps


def half_three_spread(half: Any, eps: Any) -> Any:
    """diam(W)^2 / (8 eps) of them."""
    return three_spread(half, eps) / 2


def pair_bend(x: Any, eps: Any) -> Any:
    """f'' at x of the pair W = -1, 1 with b = 0, which is 1 / (eps cosh^2(x / eps))."""
    one = eps / eps
    return bend(x, [-one, one], [0 * one, 0 * one], eps)


def later_pair_bend(x: Any, eps: Any, rise: Any) -> Any:
    """The same at eps + rise."""
    return pair_bend(x, eps + rise)


def largest_bend(m: Any, eps: Any) -> Any:
    """sup over x of f'' for W = -1, 0, 1 and b = -1, 0, -1, the outer atoms m times each.

    With A = 2 m e^{-1/eps} and z = A cosh(x / eps) >= A it is (z + A^2) / (eps (1 + z)^2), which is
    largest at z = 1 - 2 A^2, or at x = 0 where A > 1/2.  Derived here.
    """
    A = 2 * m * exp(-1 / eps)
    return (1 / (4 * (1 - A * A)) if 2 * A <= 1 else A / (1 + A)) / eps


def later_largest_bend(m: Any, eps: Any, rise: Any) -> Any:
    """The same at eps + rise."""
    return largest_bend(m, eps + rise)


def line_bound(W: Any, eps: Any) -> Any:
    """max W^2 / eps."""
    return max(w * w for w in W) / eps


def later_line_bound(W: Any, eps: Any, rise: Any) -> Any:
    """The same at eps + rise."""
    return line_bound(W, eps + rise)


def falling_proof() -> Any:
    """M / eps - M / (eps + rise) for M = max W^2."""
    import sympy as sp  # noqa: PLC0415 - slow to load

    M, rise = sp.symbols("M rise", nonnegative=True)
    eps = sp.symbols("eps", positive=True)
    return [(M / eps - M / (eps + rise), M * rise / (eps * (eps + rise)))]


# Ties, slopes, shifts


def tied_hessian(eps: float, others: list[list[float]]) -> float:
    """The norm of the Hessian at x = 0, where W = (1, 0) and (-1, 1/2) tie.

    The others are rows (W_1, W_2, gap), lower there by the gap.
    """
    rest = np.array(others)
    W = np.vstack([[1, 0], [-1, 0.5], rest[:, :2]])
    return spectral(np.zeros(2), np.column_stack([W, np.r_[0, 0, -rest[:, 2]]]), eps)


def steepest(eps: float, atoms: list[list[float]]) -> float:
    """|grad f| far out in the direction of the longest W_j: the Lipschitz constant of f."""
    W, b = split(atoms)
    longest = W[int((W**2).sum(axis=1).argmax())]
    return float(np.linalg.norm(gradient(FAR * longest / np.linalg.norm(longest), W, b, eps)))


def beyond_lipschitz(x: Any, atoms: Any, eps: float) -> float:
    """|grad f| at x."""
    W, b = split(atoms)
    return float(np.linalg.norm(gradient(np.asarray(x), W, b, eps)))


def longest(atoms: Any) -> float:
    """max |W_j|."""
    return float(np.linalg.norm(split(atoms)[0], axis=1).max())


def slope_proof() -> Any:
    """L - E V for V_j = W_j . v = L - a_j, v a unit vector and L = max |W_j|, and as E[a] >= 0."""
    import sympy as sp  # noqa: PLC0415 - slow to load

    room, L = sp.symbols("a L", nonnegative=True)
    return [(L - (L - room), room)]


def mean_slope(atoms: Any) -> float:
    """The mean of |W_j|."""
    return float(np.linalg.norm(split(atoms)[0], axis=1).mean())


def shifted(x: Any, atoms: Any, eps: Any, shift: Any) -> Array:
    """The Hessian with every W_j shifted by `shift`, less that without, at x in the plane."""
    W, b = split(np.array(atoms))
    return np.asarray(
        hessian(np.array(x), W + np.array(shift), b, eps) - hessian(np.array(x), W, b, eps)
    )


def shifted_once(x: Any, atoms: Any, eps: Any, shift: Any) -> Array:
    """The same where only the first W_j is shifted."""
    W, b = split(np.array(atoms))
    moved = np.array(W)
    moved[0] = moved[0] + np.array(shift)
    return np.asarray(hessian(np.array(x), moved, b, eps) - hessian(np.array(x), W, b, eps))


def shift_proof() -> Any:
    """f'' of three atoms on a line with all W_j shifted, less that without."""
    import sympy as sp  # noqa: PLC0415 - slow to load

    x, shift, b1, b2, b3, w1, w2, w3 = sp.symbols("x shift b1:4 w1:4", real=True)
    eps = sp.symbols("eps", positive=True)

    def f(off: Any) -> Any:
        pairs = ((w1, b1), (w2, b2), (w3, b3))
        return eps * sp.log(sum(sp.exp(((w + off) * x + b) / eps) for w, b in pairs))

    return sp.diff(f(shift), x, 2) - sp.diff(f(0), x, 2)


def looseness(c: float) -> float:
    """max |W_j + c|^2 / eps over the largest f'', for W = -1, 1 and eps = 1."""
    return (1 + c) ** 2 / float(bend(0.0, [c - 1, c + 1], [0.0, 0.0], 1.0))
