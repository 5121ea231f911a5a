r"""What the temperature of a log-sum-exp layer does to its Hessian, and what it does not do.

Setting.  f(x) = eps log sum_j exp((W_j . x + b_j) / eps); its Hessian is the covariance of the W_j
under the weights pi_j, over eps.
Claims.  The Hessian has norm at most max |W_j|^2 / eps, and at most diam(W)^2 / (4 eps), which
does not change when all W_j are shifted; a pair that ties attains the second, and with W = -1, 1
both.  At a tie it is of order 1/eps.  The Lipschitz constant of f is max |W_j| at every eps, so
that eps bounds the second order and not the first.  The bounds fall as eps grows.  The Hessian
itself need not: neither at a point, nor its largest value over all x.
"""

from typing import Any

import numpy as np
from hypothesis.strategies import floats, integers, lists, tuples

from theorems.hamilton_jacobi.layer import Array, exp, gradient, hessian
from verify import Assumption, Design, Identity, Inequality, Rate, Source, Theorem, Verdict, but

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
    """max W^2 - Var_pi W for three atoms along a direction, as a sum of nonnegative terms.

    p are the weights up to a factor, and W_j^2 = M - a_j with a_j >= 0.
    """
    import sympy as sp  # noqa: PLC0415 - slow to load

    p, W = sp.symbols("p1:4", positive=True), sp.symbols("W1:4", real=True)
    room = sp.symbols("a1:4", nonnegative=True)
    total = sum(p)
    mean = sum(q * w for q, w in zip(p, W, strict=True)) / total
    square = sum(q * w**2 for q, w in zip(p, W, strict=True)) / total
    largest = [w**2 + a for w, a in zip(W, room, strict=True)]  # all the same number
    bound = sum(q * one for q, one in zip(p, largest, strict=True)) / total
    slack = sum(q * a for q, a in zip(p, room, strict=True)) / total
    return [(bound - (square - mean**2), slack + mean**2)]


def spread_proof() -> Any:
    """(D / 2)^2 - Var_pi W for W_j in [c - D / 2, c + D / 2], as a sum of nonnegative terms.

    W_j = c + D / 2 - h_j = c - D / 2 + l_j with h_j, l_j >= 0 and h_j + l_j = D: it is
    E[h l] + (E[W] - c)^2.
    """
    import sympy as sp  # noqa: PLC0415 - slow to load

    p, h = sp.symbols("p1:4", positive=True), sp.symbols("h1:4", nonnegative=True)
    low = sp.symbols("l1:4", nonnegative=True)
    total = sum(p)
    off = [(a - c) / 2 for a, c in zip(low, h, strict=True)]  # W_j - c
    mean = sum(q * w for q, w in zip(p, off, strict=True)) / total
    square = sum(q * w**2 for q, w in zip(p, off, strict=True)) / total
    widths = [(a + c) / 2 for a, c in zip(low, h, strict=True)]  # all the same number, D / 2
    bound = sum(q * w**2 for q, w in zip(p, widths, strict=True)) / total
    inside = sum(q * a * c for q, a, c in zip(p, low, h, strict=True)) / total
    return [(bound - (square - mean**2), inside + mean**2)]


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
    """max |W_j| less the mean of W_j . v for a unit vector v, where W_j . v = max |W_j| - a_j."""
    import sympy as sp  # noqa: PLC0415 - slow to load

    p, room = sp.symbols("p1:4", positive=True), sp.symbols("a1:4", nonnegative=True)
    largest = sp.Symbol("L", nonnegative=True)
    mean = sum(q * (largest - a) for q, a in zip(p, room, strict=True)) / sum(p)
    return [(largest - mean, sum(q * a for q, a in zip(p, room, strict=True)) / sum(p))]


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


UNIT = integers(-8, 8).map(lambda eighths: eighths / 8)
TEMPERATURES = floats(0.05, 2)
FIVE_DIMENSIONAL = {
    "x": tuples(*[UNIT] * 5),
    "atoms": lists(tuples(*[UNIT] * 6), min_size=2, max_size=12).filter(moving),
    "eps": TEMPERATURES,
}
THREE: dict[str, tuple[float, float] | tuple[float, float, int]] = {
    "x": (-1, 1),
    "half": (0.5, 2),
    "share": (-1, 1),
    "b": (-1, 1, 3),
    "eps": (0.1, 2),
}
TENTH = "an exponent off by a tenth"

THEOREM = Theorem(
    id="robustness",
    title="What the temperature of a layer does to its sensitivity",
    source=Source("minoza2026", where="Corollary 8.2"),
    statement=r"\|\nabla^2 f\| \le \max_j |W_j|^2 / \varepsilon,"
    r" \quad \|\nabla^2 f\| \le \mathrm{diam}(W)^2 / (4 \varepsilon)",
    assumptions=(
        Assumption("fixed", "W and b stay the same as eps changes: nothing is trained again"),
        Assumption("tie", "at x two of the affine functions agree and are the largest"),
    ),
    claims=(
        Inequality(
            "hessian",
            value=spectral,
            high=widest,
            given=FIVE_DIMENSIONAL,
            proof=widest_proof,
            uses=("fixed",),
            scope="the Hessian of the layer, two to twelve atoms in five dimensions",
            controls=(
                but(
                    "half",
                    "the pair -1, 1 attains the bound",
                    high=half_widest,
                    proof=None,
                    given={
                        **FIVE_DIMENSIONAL,
                        "atoms": lists(
                            tuples(*[integers(-1, 1)] * 6), min_size=2, max_size=3
                        ).filter(moving),
                    },
                ),
            ),
        ),
        Inequality(
            "diameter",
            value=three_bend,
            high=three_spread,
            box=THREE,
            evaluations=4000,
            proof=spread_proof,
            uses=("fixed",),
            scope="f'' of three atoms on a line, to which any direction in space reduces; the"
            " paper has the first bound alone",
            controls=(
                but(
                    "eighth",
                    "a pair that ties has twice as much",
                    high=half_three_spread,
                    proof=None,
                ),
            ),
        ),
        Identity(
            "shift",
            residual=shifted,
            given={
                "x": tuples(UNIT, UNIT),
                "atoms": lists(tuples(UNIT, UNIT, UNIT), min_size=2, max_size=6),
                "eps": floats(0.5, 2),
                "shift": tuples(floats(-8, 8), floats(-8, 8)),
            },
            arithmetic="mpmath",
            digits=25,
            proof=shift_proof,
            uses=("fixed",),
            scope="the Hessian of the layer in the plane, all W_j shifted alike",
            controls=(but("one", "one W_j alone is shifted", residual=shifted_once, proof=None),),
        ),
        Rate(
            "looseness",
            measure=looseness,
            bound="c**2",
            relation="Theta",
            uses=("fixed",),
            corrections=("1/c",),
            because="it is (1 + c)^2",
            scope="max |W_j + c|^2 / eps over the largest Hessian, for a pair that is shifted by c",
            designs=(Design(sweep={"c": [2.0**k for k in range(3, 14)]}),),
            controls=(
                but("tenth", TENTH, bound="c**(19/10)"),
                but("invariant", "the bound would not see the shift", bound="c/c"),
            ),
        ),
        Rate(
            "tied",
            measure=tied_hessian,
            bound="1/eps",
            relation="Theta",
            to_zero=("eps",),
            uses=("fixed", "tie"),
            scope="the Hessian in the plane where two atoms tie, the others lower by 0.2 or more",
            given={"others": lists(tuples(UNIT, UNIT, floats(0.2, 2)), min_size=1, max_size=6)},
            designs=(Design(sweep={"eps": [2.0**-k for k in range(5, 16)]}),),
            controls=(but("tenth", TENTH, bound="eps**(-11/10)"),),
        ),
        Inequality(
            "slope",
            value=beyond_lipschitz,
            high=longest,
            given=FIVE_DIMENSIONAL,
            proof=slope_proof,
            uses=("fixed",),
            scope="the gradient of the layer, two to twelve atoms in five dimensions",
            controls=(but("mean", "it is not the mean of the |W_j|", high=mean_slope, proof=None),),
        ),
        Rate(
            "lipschitz",
            measure=steepest,
            bound="eps/eps",
            relation="Theta",
            uses=("fixed",),
            scope="the Lipschitz constant of the layer, which is max |W_j|, as eps grows",
            given={"atoms": lists(tuples(*[floats(0.25, 1)] * 4), min_size=2, max_size=8)},
            designs=(Design(sweep={"eps": [2.0**k for k in range(-4, 9)]}),),
            controls=(
                but("tenth", TENTH, bound="eps**(-1/10)"),
                but("inverse", "the order of the Hessian", bound="1/eps"),
            ),
        ),
        Inequality(
            "monotone_at_a_point",
            value=later_pair_bend,
            high=pair_bend,
            box={"x": (0, 1), "eps": (0.1, 2), "rise": (0, 1)},
            uses=("fixed",),
            scope="a greater eps makes f'' smaller at every point, for the pair -1, 1",
            expect=Verdict.REFUTED,
            corrected="monotone_bound",
        ),
        Inequality(
            "monotone_over_all_points",
            value=later_largest_bend,
            high=largest_bend,
            given={"m": integers(1, 20)},
            box={"eps": (0.1, 2), "rise": (0, 1)},
            uses=("fixed",),
            scope="a greater eps makes the largest f'' smaller, for -1, 0, 1 with repeated ends",
            expect=Verdict.REFUTED,
            corrected="monotone_bound",
        ),
        Inequality(
            "monotone_bound",
            value=later_line_bound,
            high=line_bound,
            box={"W": (0.5, 2, 3), "eps": (0.1, 2), "rise": (0, 1)},
            evaluations=1000,
            proof=falling_proof,
            uses=("fixed",),
            scope="the bound max |W_j|^2 / eps, and not the Hessian, falls as eps grows",
            controls=(
                but(
                    "rising",
                    "it does not grow",
                    value=line_bound,
                    high=later_line_bound,
                    proof=None,
                ),
            ),
        ),
    ),
)
