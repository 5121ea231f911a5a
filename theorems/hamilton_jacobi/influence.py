r"""Influence of the atoms of a log-sum-exp layer, and the bifurcations of its attribution.

Setting.  f(x) = eps log sum_j exp((W_j . x + b_j) / eps), with weights pi_j proportional to the
exponentials.  The atoms y_j = 2 t W_j have the heights g_j = -b_j - |y_j|^2 / 4t, and m is the mean
of g under pi.  H(x; eps) is the entropy of pi; its minima on a line are the basins of attribution.
An atom is removed by leaving its term out of the sum: nothing is trained again, and no claim here
is about the data from which W and b were learnt.
Claims.  df/db_j = pi_j; without atom j, f falls by -eps log(1 - pi_j) and m by
pi_j (g_j - m) / (1 - pi_j).  On a line H has one maximum more than minima; with two atoms it has one
critical point at every eps.  Critical points meet in folds: at a distance |eps - eps_c|^{1/2}, with
a difference of order 3/2 between their entropies and a curvature of order 1/2.  A fold merges a
basin as eps grows where H_x,eps and H_xxx have one sign, and creates one where they do not: both
occur.  Atoms with a symmetry meet in a pitchfork, with a difference of order 2 and a curvature of
order 1.  Basins of N atoms in [0, 1]^d merge at an eps of order N^{-2/d}.
"""

from functools import lru_cache
from itertools import combinations
from typing import Any

import numpy as np
from hypothesis.strategies import floats, integers, lists, sampled_from, tuples

from theorems.hamilton_jacobi.continuation import branches, folds
from theorems.hamilton_jacobi.critical_points import Array, critical_points, middle, sign
from theorems.hamilton_jacobi.folds import (
    Fold,
    critical_near,
    curvature,
    enclosed_fold,
    fold_near,
    partners,
    slope,
    value,
)
from theorems.hamilton_jacobi.layer import exp, gibbs, initial_data, layer, log, logits, weights
from theorems.hamilton_jacobi.merging import half_merging, pair_merging
from verify import Assumption, Design, Identity, Limit, Rate, Source, Theorem, but

DIGITS = 50
"""Decimal digits in which folds are followed."""

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

PLACES = 6
CONFIGURATIONS = [
    list(one)
    for count in (3, 4, 5)
    for one in combinations(range(PLACES), count)
    if one[0] == 0 and one < tuple(one[-1] - place for place in reversed(one))
]
"""Every set of three to five of the places 0, ..., 5 without a symmetry, up to shifts and mirrors."""

NEAR = 1e-4
"""How far from a fold, relative to its eps, critical points are counted."""


# Removal of an atom


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
    from sympy import diff, exp as e, log as ln, symbols  # noqa: PLC0415 - slow to load

    x, b1, b2, b3, w1, w2, w3 = symbols("x b1:4 w1:4", real=True)
    eps = symbols("eps", positive=True)
    terms = [e((w * x + b) / eps) for w, b in ((w1, b1), (w2, b2), (w3, b3))]
    return diff(eps * ln(sum(terms)), b1) - terms[0] / sum(terms)


def removal_proof() -> Any:
    """The same for four atoms, in symbols for their exponentials."""
    from sympy import log as ln, symbols  # noqa: PLC0415 - slow to load

    eps, first, *others = symbols("eps e1:5", positive=True)
    total = first + sum(others)
    return eps * (ln(total) - ln(sum(others)) + ln(1 - first / total))


def mean_removal_proof() -> Any:
    """The same for four atoms, in symbols for their exponentials and for g."""
    from sympy import symbols  # noqa: PLC0415 - slow to load

    e, g = symbols("e1:5", positive=True), symbols("g1:5", real=True)
    total, rest = sum(e), sum(e[1:])
    mean = sum(a * b for a, b in zip(e, g, strict=True)) / total
    without = sum(a * b for a, b in zip(e[1:], g[1:], strict=True)) / rest
    pi = e[0] / total
    return mean - without - pi * (g[0] - mean) / (1 - pi)


# Critical points on a line


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
    terms = [
        (W[i] - W[j]) * (s[i] - s[j]) * e[i] * e[j] for i, j in combinations(range(len(W)), 2)
    ]
    with mp.workdps(2 * mp.dps):
        rise = diff(lambda place: value(place, eps, W, b), x)
    return rise * eps**2 * e.sum() ** power + sum(terms), 1 + sum(map(abs, terms))


def pair_form_proof() -> Any:
    """The same for three atoms, in symbols."""
    from sympy import diff, exp as e, log as ln, symbols  # noqa: PLC0415 - slow to load

    x, b1, b2, b3, w1, w2, w3 = symbols("x b1:4 w1:4", real=True)
    eps = symbols("eps", positive=True)
    W, s = (w1, w2, w3), (w1 * x + b1, w2 * x + b2, w3 * x + b3)
    terms = [e(one / eps) for one in s]
    total = sum(terms)
    H = ln(total) - sum(a * b for a, b in zip(s, terms, strict=True)) / (eps * total)
    pairs = sum(
        (W[i] - W[j]) * (s[i] - s[j]) * terms[i] * terms[j] for i, j in combinations(range(3), 2)
    )
    return diff(H, x) * (eps * total) ** 2 + pairs


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


def on_line(y: Any, g: Any, t: Any) -> tuple[Array, Array]:
    """W and b, of shape (N,), of atoms on a line."""
    W, b = weights(np.asarray(y)[:, None], np.asarray(g), t)
    return W[:, 0], b


# Folds


def not_merging(y: Any) -> Any:
    """Sum of |change in the number of critical points + 2| over the folds of atoms at y, g = 0."""
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

    return fold_changes(tuple(middle(np.asarray(y))), ctx.prec)


@lru_cache
def fold_changes(y: tuple[float, ...], bits: int) -> tuple[tuple[int, int], ...]:
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
def places_of_folds(y: tuple[float, ...]) -> tuple[tuple[float, float], ...]:
    """x and eps of the folds of atoms at y, g = 0, t = 1, whose curves begin at small eps."""
    W, b = on_line(y, [0.0] * len(y), 1.0)
    nearest, span = float(np.diff(y).min()), float(np.ptp(y))
    found = [
        (float(one.x), float(one.eps))
        for curve in branches(W, b, nearest**2 / 40, span**2 / 2)
        for one in folds(curve, W, b)
    ]
    return tuple(sorted(found, key=lambda one: one[1]))


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
    return _at_pair(delta, fold, lambda eps, left, right, W, b: right - left)


def fold_gap(delta: float, fold: int) -> float:
    """Difference of H between them."""
    return _at_pair(
        delta, fold, lambda eps, left, right, W, b: value(left, eps, W, b) - value(right, eps, W, b)
    )


def fold_curvature(delta: float, fold: int) -> float:
    """|H_xx| at one of them."""
    return _at_pair(delta, fold, lambda eps, left, right, W, b: curvature(left, eps, W, b))


def fold_prefactor(delta: float, fold: int) -> float:
    """Their distance over (8 |H_x,eps / H_xxx| |eps - eps_c|)^{1/2}."""
    from mpmath import mp, sqrt  # noqa: PLC0415 - slow to load

    with mp.workdps(DIGITS):
        found = known_fold(fold)[0]
        expected = sqrt(8 * abs(found.ratio) * delta * found.eps)
    return fold_distance(delta, fold) / float(expected)


def _at_pair(delta: float, fold: int, quantity: Any) -> float:
    """The absolute value of a quantity of the pair at eps_c (1 -+ delta)."""
    from mpmath import mp, mpf  # noqa: PLC0415 - slow to load

    with mp.workdps(DIGITS):
        found, W, b = known_fold(fold)
        return abs(float(quantity(*partners(found, mpf(delta), W, b), W, b)))


# The pitchfork of the atoms -a, 0, a


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
    from sympy import Symbol, diff, exp as e, factor, log as ln, symbols  # noqa: PLC0415 - slow

    x = Symbol("x", real=True)
    a, t, q, w = symbols("a t q w", positive=True)
    heights = [-q * (x / a - k) ** 2 for k in (-1, 0, 1)]  # -|x - k a|^2 / (4 t eps)
    terms = [e(one) for one in heights]
    total = sum(terms)
    H = ln(total) - sum(p * r for p, r in zip(heights, terms, strict=True)) / total
    bend = factor(diff(H, x, 2).subs(x, 0))
    powers = bend.replace(lambda one: one.func is e, lambda one: (2 / w) ** (one.args[0] / q))
    return powers.subs(q, 1 + w)


def pitchfork_gap(delta: float) -> float:
    """Difference of H between the outer critical points and the middle one, at eps_c (1 - delta)."""
    return _below_pitchfork(
        delta, lambda x, eps, W, b: value(x, eps, W, b) - value(0 * x, eps, W, b)
    )


def pitchfork_distance(delta: float) -> float:
    """Distance of the outer critical points from the middle one."""
    return _below_pitchfork(delta, lambda x, eps, W, b: x)


def pitchfork_curvature(delta: float) -> float:
    """|H_xx| at the outer critical points."""
    return _below_pitchfork(delta, curvature)


def _below_pitchfork(delta: float, quantity: Any) -> float:
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


def varied(jitter: list[float]) -> bool:
    """Whether the displacements of a cell are all different: equal ones are a regular ring."""
    return len(set(jitter)) == len(jitter)


UNIT = floats(-1, 1)
TEMPERATURES = floats(0.5, 2)
IN_THE_PLANE = {
    "x": tuples(UNIT, UNIT),
    "atoms": lists(tuples(UNIT, UNIT, UNIT), min_size=2, max_size=6),
    "eps": TEMPERATURES,
}
ON_THE_LINE = {
    "x": UNIT,
    "atoms": lists(tuples(UNIT, UNIT), min_size=2, max_size=5),
    "eps": TEMPERATURES,
}
ATOMS = {
    "y": lists(integers(-20, 20), min_size=3, max_size=6, unique=True),
    "g": lists(integers(-20, 20), min_size=6, max_size=6),
    "eps": floats(0.1, 20),
}
TWO = {**ATOMS, "y": lists(integers(-20, 20), min_size=2, max_size=2, unique=True)}
DELTAS = [2.0**-k for k in range(6, 24, 2)]
KNOWN_FOLDS = tuple(Design(sweep={"delta": DELTAS}, at={"fold": k}) for k in range(len(FOLDS)))
SYMMETRIC = (Design(sweep={"delta": DELTAS}),)
CHAINS = tuple(
    Design(sweep={"N": [n**d for n in (4, 8, 16, 32, 64, 128, 256)]}, at={"d": d})
    for d in (1, 2, 3)
)
TENTH = "an exponent off by a tenth"

THEOREM = Theorem(
    id="influence",
    title="Influence of the atoms of a layer, and bifurcations of its attribution",
    source=Source("minoza2026", where="Appendix F"),
    statement=r"\partial f / \partial b_j = \pi_j, \quad f - f_{-j} = -\varepsilon \log(1 - \pi_j)",
    assumptions=(
        Assumption("removal", "an atom is left out of the sum, and nothing is trained again"),
        Assumption("line", "x moves on a line, on which the W_j are distinct"),
        Assumption("generic", "H_xxx and H_x,eps do not vanish where H_x = H_xx = 0"),
        Assumption("symmetric", "the atoms are -a, 0 and a, all of one height"),
        Assumption("spaced", "the atoms have distances of the order N^{-1/d}, and one height"),
    ),
    claims=(
        Identity(
            "derivative",
            residual=influence,
            given=IN_THE_PLANE,
            arithmetic="mpmath",
            digits=20,
            proof=influence_proof,
            uses=("removal",),
            scope="the height of one atom of the layer, in the plane; all else stays as it is",
            controls=(but("other", "the weight of another atom", residual=influence_of_next,
                          proof=None),),
        ),
        Identity(
            "removed",
            residual=removal,
            given=IN_THE_PLANE,
            arithmetic="mpmath",
            digits=25,
            proof=removal_proof,
            uses=("removal",),
            scope="one atom of the layer left out, in the plane; not the retraining of its weights",
            controls=(but("first_order", "the influence eps pi_j is only the first order of it",
                          residual=first_order_removal, proof=None),),
        ),
        Identity(
            "removed_mean",
            residual=mean_removal,
            given=IN_THE_PLANE,
            arithmetic="mpmath",
            digits=25,
            proof=mean_removal_proof,
            uses=("removal",),
            scope="the mean of g without one atom, in the plane; not the retraining of its weights",
            controls=(but("first_order", "without 1 - pi_j it is only the first order",
                          residual=first_order_mean_removal, proof=None),),
        ),
        Rate(
            "remainder",
            measure=remainder,
            bound="N**(-2)",
            relation="Theta",
            uses=("removal",),
            scope="the middle one of N + 1 atoms on a grid, whose weight is of order 1/N",
            designs=(Design(sweep={"N": [2**k for k in range(4, 15)]}),),
            controls=(
                but("tenth", TENTH, bound="N**(-19/10)"),
                but("first", "the influence would be no better than the weight", bound="N**(-1)"),
            ),
        ),
        Identity(
            "pairs",
            residual=pair_form,
            given=ON_THE_LINE,
            arithmetic="mpmath",
            digits=15,
            proof=pair_form_proof,
            uses=("line",),
            scope="the slope of the entropy as a sum over pairs, by which critical points are counted",
            controls=(but("first_power", "the square of the sum of exponentials is needed",
                          residual=pair_form_of_first_power, proof=None),),
        ),
        Identity(
            "one_more_maximum",
            residual=excess_of_maxima,
            given=ATOMS,
            arithmetic="ball",
            uses=("line",),
            scope="all critical points of three to six atoms on a line, counted with certainty",
            controls=(but("balanced", "H vanishes at both ends of the line", residual=balance),),
        ),
        Identity(
            "two_atoms",
            residual=other_than_one,
            given=TWO,
            arithmetic="ball",
            uses=("line",),
            scope="all critical points of two atoms on a line, which never bifurcate",
            controls=(but("three", "three atoms have two maxima at small eps", given=ATOMS),),
        ),
        Rate(
            "fold_distance",
            measure=fold_distance,
            bound="delta**(1/2)",
            relation="Theta",
            to_zero=("delta",),
            uses=("line", "generic"),
            scope="two folds that merge a basin and two that create one, delta = |eps / eps_c - 1|",
            designs=KNOWN_FOLDS,
            controls=(but("tenth", TENTH, bound="delta**(3/5)"),),
        ),
        Rate(
            "fold_gap",
            measure=fold_gap,
            bound="delta**(3/2)",
            relation="Theta",
            to_zero=("delta",),
            uses=("line", "generic"),
            scope="the same four folds: the difference of H between their critical points",
            designs=KNOWN_FOLDS,
            controls=(
                but("tenth", TENTH, bound="delta**(8/5)"),
                but("pitchfork", "the exponent of a pitchfork", bound="delta**2"),
            ),
        ),
        Rate(
            "fold_curvature",
            measure=fold_curvature,
            bound="delta**(1/2)",
            relation="Theta",
            to_zero=("delta",),
            uses=("line", "generic"),
            scope="the same four folds: H_xx at a critical point",
            designs=KNOWN_FOLDS,
            controls=(
                but("tenth", TENTH, bound="delta**(3/5)"),
                but("pitchfork", "the exponent of a pitchfork", bound="delta"),
            ),
        ),
        Limit(
            "fold_prefactor",
            measure=fold_prefactor,
            target=1,
            along={"delta": DELTAS},
            each={"fold": list(range(len(FOLDS)))},
            to_zero=("delta",),
            margin=0.02,
            uses=("line", "generic"),
            scope="the same four folds: distance over (8 |H_x,eps / H_xxx| |eps - eps_c|)^{1/2}",
            controls=(but("half", "the distance of one critical point from the fold", target=0.5),),
        ),
        Identity(
            "folds_merge",
            residual=not_merging,
            given={"y": sampled_from(CONFIGURATIONS)},
            arithmetic="ball",
            uses=("line", "generic"),
            scope="every fold of small sets of atoms: does it merge a basin as eps grows?",
            expect="REFUTED",
            corrected="folds_by_sign",
        ),
        Identity(
            "folds_by_sign",
            residual=against_sign,
            given={"y": sampled_from(CONFIGURATIONS)},
            arithmetic="ball",
            uses=("line", "generic"),
            scope="every fold of small sets of atoms: two critical points fewer or more, by the sign"
            " of H_x,eps / H_xxx; the folds enclosed and the points counted with certainty",
            controls=(but("opposite", "the other sign", residual=against_opposite_sign),),
        ),
        Identity(
            "pitchfork",
            residual=pitchfork_bend,
            given={"a": floats(0.25, 4), "t": floats(0.25, 4)},
            arithmetic="ball",
            proof=pitchfork_proof,
            uses=("line", "symmetric"),
            scope="H_xx = 0 at x = 0 and eps = a^2 / (4 t (1 + w)) with w e^w = 2 / e",
            controls=(but("quarter", "without the factor 1 + w", residual=quarter_bend,
                          proof=None),),
        ),
        Rate(
            "symmetric_fold",
            measure=pitchfork_gap,
            bound="delta**(3/2)",
            relation="Theta",
            to_zero=("delta",),
            uses=("line", "symmetric"),
            scope="critical points of symmetric atoms meet as in a fold: the difference of H",
            designs=SYMMETRIC,
            expect="REFUTED",
            corrected="pitchfork_gap",
        ),
        Rate(
            "pitchfork_gap",
            measure=pitchfork_gap,
            bound="delta**2",
            relation="Theta",
            to_zero=("delta",),
            uses=("line", "symmetric"),
            scope="the difference of H between an outer critical point and the middle one",
            designs=SYMMETRIC,
            controls=(but("tenth", TENTH, bound="delta**(21/10)"),),
        ),
        Rate(
            "pitchfork_distance",
            measure=pitchfork_distance,
            bound="delta**(1/2)",
            relation="Theta",
            to_zero=("delta",),
            uses=("line", "symmetric"),
            scope="the distance alone, which does not tell a pitchfork from a fold",
            designs=SYMMETRIC,
            controls=(but("tenth", TENTH, bound="delta**(3/5)"),),
        ),
        Rate(
            "pitchfork_curvature",
            measure=pitchfork_curvature,
            bound="delta",
            relation="Theta",
            to_zero=("delta",),
            uses=("line", "symmetric"),
            scope="H_xx at an outer critical point",
            designs=SYMMETRIC,
            controls=(
                but("tenth", TENTH, bound="delta**(11/10)"),
                but("fold", "the exponent of a fold", bound="delta**(1/2)"),
            ),
        ),
        Rate(
            "critical_scale",
            measure=pair_merging,
            bound="N**(-1/d)",
            relation="Theta",
            uses=("spaced",),
            scope="the eps at which the basins of a product of chains merge in pairs, by symmetry",
            designs=CHAINS,
            expect="REFUTED",
            corrected="merging_scale",
        ),
        Rate(
            "merging_scale",
            measure=pair_merging,
            bound="N**(-2/d)",
            relation="Theta",
            uses=("spaced",),
            scope="the eps at which the basins of a product of chains merge in pairs, by symmetry",
            designs=CHAINS,
            controls=(but("tenth", TENTH, bound="N**(-2/d + 1/10)"),),
        ),
        Rate(
            "jittered_scale",
            measure=half_merging,
            bound="N**(-2)",
            relation="Theta",
            uses=("spaced",),
            scope="the eps at which half of the basins are left, of eight jittered atoms repeated"
            " around a ring",
            given={"jitter": lists(floats(-0.3, 0.3), min_size=8, max_size=8).filter(varied)},
            designs=(Design(sweep={"N": [8 * 2**k for k in range(7)]}),),
            controls=(
                but("tenth", TENTH, bound="N**(-19/10)"),
                but("claimed", "the scale of the spacing, not of its square", bound="N**(-1)"),
            ),
        ),
    ),
)
