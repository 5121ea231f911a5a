r"""As eps -> 0 a log-sum-exp layer becomes a maximum, and its potential a Hopf-Lax formula.

Setting.  f = eps log sum_j exp(z_j / eps) of logits z_j = W_j . x + b_j, with weights pi of entropy
H(pi); u_eps = -eps log int (4 pi eps t)^{-d/2} exp(-(g(y) + |x - y|^2 / 4t) / eps) dy for data g,
u_0 = min_y g(y) + |x - y|^2 / 4t; a (+) b = eps log(exp(a / eps) + exp(b / eps)).
Claims.  f is the maximum of <q, z> + eps H(q) over the simplex, and q misses it by eps KL(q | pi);
df/deps = H(pi) and dH/deps = Var_pi(z) / eps^3.  In one dimension the largest f - max z_j is of
order eps and its integral of order eps^2, while at a place without a tie it is exp(-Delta / eps),
Delta the distance to the second.  (u_eps - u_0) / eps tends to log det(I + 2t Hess g(y*)) / 2 where
g is smooth; where g = |y| and the minimum is at the kink it grows like (d / 2) log(1 / eps).
The limits eps -> 0 and N -> inf of a mean over N atoms may be exchanged; those of the bare sum, the
layer as it is, may not: eps log N is between them.  For each eps > 0 exp(a / eps) maps (R, (+), +)
onto (R_{>0}, +, x).  That is no homomorphism to (R, max, +): a (+) a = a + eps log 2, and
max(a, a) = a.  The only one from (R_{>0}, +, x) is 0, for phi(2) = max(phi(1), phi(1)) = 0, so
phi(2^k) = 0 for every whole k, and phi is monotone.
"""

from typing import Any

from hypothesis import strategies as st

from theorems.hamilton_jacobi import entropic, gaps, layer, pictures, tropical
from verify import (
    Assumption,
    Design,
    Identity,
    Illustration,
    Inequality,
    Limit,
    Rate,
    Source,
    Theorem,
    Verdict,
    but,
)

SIMPLEX = {"at": st.integers(2, 8).flatmap(entropic.simplex)}
PAIR = {"a": entropic.LOGIT, "b": entropic.LOGIT, "eps": entropic.HEAT}
LOGITS: dict[str, tuple[float, float] | tuple[float, float, int]] = {
    "z": (-2, 2, 5),
    "eps": (0.125, 2),
}
LINES = {
    "lines": st.lists(
        st.tuples(st.integers(-8, 8), st.integers(-8, 8)),
        min_size=2,
        max_size=8,
        unique_by=lambda line: line[0],
    )
}


def deformed_sum(a: Any, b: Any, eps: Any) -> Any:
    """a (+) b = eps log(exp(a / eps) + exp(b / eps))."""
    return eps * layer.log(layer.exp(a / eps) + layer.exp(b / eps))


def homomorphism(a: Any, b: Any, eps: Any) -> Any:
    """a (+) b less max(a, b), as if eps -> 0 changed nothing."""
    return deformed_sum(a, b, eps) - max(a, b)


def isomorphism(a: Any, b: Any, eps: Any) -> list[Any]:
    """phi(a (+) b) - phi(a) - phi(b), phi(a + b) - phi(a) phi(b), and a less phi's inverse of it.

    phi(a) = exp(a / eps).
    """
    first, second = layer.exp(a / eps), layer.exp(b / eps)
    return [
        layer.exp(deformed_sum(a, b, eps) / eps) - first - second,
        layer.exp((a + b) / eps) - first * second,
        a - eps * layer.log(first),
    ]


def isomorphism_without_heat(a: Any, b: Any, eps: Any) -> Any:
    """exp(a (+) b) - exp(a) - exp(b)."""
    return layer.exp(deformed_sum(a, b, eps)) - layer.exp(a) - layer.exp(b)


def isomorphism_proof() -> list[Any]:
    """The same in symbols."""
    from sympy import exp, log, symbols  # noqa: PLC0415 - slow to load

    a, b = symbols("a b", real=True)
    eps = symbols("eps", positive=True)
    first, second = exp(a / eps), exp(b / eps)
    total = eps * log(first + second)
    return [
        exp(total / eps) - first - second,
        exp((a + b) / eps) - first * second,
        a - eps * log(first),
    ]


DIAGONAL = [2.0**-k for k in range(8, 18)]
COLD = Design(sweep={"eps": [2.0**-k for k in range(12, 22)]})

THEOREM = Theorem(
    id="deformation",
    title="Log-sum-exp layers in the limit of a small temperature",
    source=Source("minoza2026", where="Sections 5 to 7"),
    statement=r"f \to \max_j z_j,\quad u_\varepsilon \to \min_y g(y) + |x - y|^2 / 4t",
    assumptions=(
        Assumption("generic", "one affine function leads at the place, with Delta to the second"),
        Assumption("smooth", "g is smooth, and the minimum is at one place, with full curvature"),
        Assumption("kink", "g = |y|, and the minimum is at its kink"),
        Assumption("mean", "the exponentials of the N atoms are averaged, not summed"),
    ),
    claims=(
        Identity(
            "entropic",
            residual=entropic.attained,
            given=SIMPLEX,
            arithmetic="mpmath",
            digits=30,
            scope="the value of <q, z> + eps H(q) at the weights, on drawn logits",
            controls=(
                but("heat", "entropy counts eps times", residual=entropic.attained_without_heat),
            ),
        ),
        Identity(
            "divergence",
            residual=entropic.missed,
            given=SIMPLEX,
            arithmetic="mpmath",
            digits=30,
            proof=entropic.missed_proof,
            scope="any q, proved by summands, so for every N; as KL >= 0, f is the maximum",
            controls=(but("reverse", "KL is not symmetric", residual=entropic.missed_in_reverse),),
        ),
        Identity(
            "heating",
            residual=entropic.heated,
            given=SIMPLEX,
            instances=24,
            arithmetic="mpmath",
            digits=30,
            proof=entropic.heated_proof,
            scope="proved by moments, so for every N; derived here",
            controls=(but("square", "the power of eps is 3", residual=entropic.heated_by_square),),
        ),
        Inequality(
            "free_energy",
            value=entropic.value_at,
            high=entropic.maximum,
            given=SIMPLEX,
            scope="<q, z> + eps H(q) <= f on drawn q; what is missing is eps KL (divergence)",
            controls=(but("heat", "entropy counts eps times", value=entropic.value_at_twice),),
        ),
        Inequality(
            "gap",
            value=gaps.gap,
            low=0,
            high=gaps.entropy_bound,
            box=LOGITS,
            evaluations=2000,
            proof=gaps.gap_proof,
            scope="proved by summands, so for every N; N = 5 searched",
            controls=(but("less", "a tie of all has eps log N", high=gaps.one_less),),
        ),
        Inequality(
            "top_gap",
            value=gaps.gap,
            low=gaps.pair_bound,
            high=gaps.top_bound,
            box=LOGITS,
            evaluations=2000,
            proof=gaps.top_gap_proof,
            scope="proved by summands, so for every N; N = 5 searched; the lower side derived here",
            controls=(
                but("pair", "the others count as well", high=gaps.pair_bound, low=None),
                but("all", "the others may be far below", low=gaps.top_bound, high=None),
            ),
        ),
        Inequality(
            "depth",
            value=gaps.deep_error,
            high=gaps.depth_bound,
            box={"W": (-2, 2, 18), "b": (-1, 1, 9), "x": (-1, 1, 2), "eps": (0.125, 1)},
            evaluations=4000,
            scope="two layers, two hidden neurons, three affine functions each; derived here",
            controls=(
                but("slope", "a steep layer amplifies errors", high=gaps.depth_without_slope),
            ),
        ),
        Rate(
            "largest_gap",
            measure=tropical.largest_gap,
            given=LINES,
            instances=4,
            bound="eps",
            relation="Theta",
            to_zero=("eps",),
            designs=(COLD,),
            scope="sup over x, exact, of random lines with whole slopes and heights",
            controls=(
                but("tenth", "an exponent off by a tenth", bound="eps**(11/10)"),
                but("mean", "the integral is of order eps^2", measure=tropical.total_gap),
            ),
        ),
        Rate(
            "total_gap",
            measure=tropical.total_gap,
            given=LINES,
            instances=4,
            bound="eps**2",
            relation="Theta",
            to_zero=("eps",),
            designs=(COLD,),
            scope="the integral over x, of the same lines; derived here",
            controls=(
                but("tenth", "an exponent off by a tenth", bound="eps**(19/10)"),
                but("largest", "the supremum is of order eps", measure=tropical.largest_gap),
            ),
        ),
        Limit(
            "generic_gap",
            measure=tropical.generic_exponent,
            target=tropical.first_gap,
            along={"eps": [2.0**-k for k in range(4, 13)]},
            each={"place": [0, 1, 2, 3, 4, 5]},
            to_zero=("eps",),
            margin=0.01,
            uses=("generic",),
            scope="-eps log((f - max) / eps) at six places of a random layer, N = 12 and d = 2",
            controls=(
                but("second", "the third does not count", target=tropical.second_gap),
                but("nothing", "the gap is not of the order of a power of eps", target=0),
            ),
        ),
        Limit(
            "smooth_data",
            measure=tropical.smooth_excess,
            target=tropical.smooth_limit,
            along={"eps": [2.0**-k for k in range(4, 14)]},
            each={"r": [0, 0.5, 1, 2]},
            to_zero=("eps",),
            margin=0.01,
            uses=("smooth",),
            scope="(u_eps - u_0) / eps for g = (1 + |y|^2)^{1/2} in the plane, t = 1",
            controls=(
                but("place", "the Hessian is at y*, not x", target=tropical.smooth_limit_at_place),
                but("half", "2t belongs to H(p) = |p|^2", target=tropical.smooth_limit_half),
            ),
        ),
        Limit(
            "kinked_data",
            measure=tropical.kink_coefficient,
            target=tropical.half,
            along={"eps": [2.0**-k for k in range(4, 14)]},
            each={"d": [1, 2, 3]},
            to_zero=("eps",),
            margin=0.02,
            uses=("kink",),
            scope="the coefficient of log(1 / eps) in (u_eps - u_0) / eps, from eps and eps / 2",
            controls=(
                but("whole", "the coefficient is d / 2", target=tropical.whole),
                but(
                    "smooth",
                    "smooth data have no logarithm",
                    violates="kink",
                    measure=tropical.smooth_coefficient,
                ),
            ),
        ),
        Limit(
            "many_atoms",
            measure=tropical.mean_potential,
            target=tropical.many_atoms,
            along={"N": [2**k for k in range(4, 14)]},
            each={"eps": [1, 0.25, 0.0625]},
            margin=0.01,
            uses=("mean",),
            scope="atoms of height |y| on a midpoint grid, at three temperatures that stay",
            controls=(but("mass", "the N atoms share a mass of 1", target=tropical.whole_mass),),
        ),
        Limit(
            "diagram",
            measure=tropical.many_atoms,
            target=tropical.HOPF_LAX,
            along={"eps": DIAGONAL},
            to_zero=("eps",),
            margin=0.01,
            uses=("mean",),
            scope="first N -> inf and then eps -> 0, atoms of height |y|",
            controls=(but("half", "the value for H(p) = |p|^2 / 2", target=tropical.WITHOUT_TWO),),
        ),
        Limit(
            "diagram_paths",
            measure=tropical.mean_along,
            target=tropical.HOPF_LAX,
            along={"eps": [4.0**-k for k in range(4, 13)]},
            each={"speed": [0.5, 1, 1.5]},
            to_zero=("eps",),
            margin=0.01,
            uses=("mean",),
            scope="eps^{-1/2}, eps^{-1} and eps^{-3/2} atoms: either limit before the other",
            controls=(but("half", "the value for H(p) = |p|^2 / 2", target=tropical.WITHOUT_TWO),),
        ),
        Limit(
            "bare_diagram",
            measure=tropical.bare_diagonal,
            target=tropical.HOPF_LAX,
            along={"eps": DIAGONAL},
            to_zero=("eps",),
            margin=0.01,
            expect=Verdict.REFUTED,
            corrected="diagram",
            scope="the layer's own sum over 2^{1 / eps} atoms, eps log N = log 2 below the mean",
        ),
        Identity(
            "isomorphism",
            residual=isomorphism,
            given=PAIR,
            arithmetic="mpmath",
            digits=25,
            proof=isomorphism_proof,
            scope="(R, (+), +) and (R_{>0}, +, x) by exp(a / eps), at every eps > 0; derived here",
            controls=(but("heat", "it depends on eps", residual=isomorphism_without_heat),),
        ),
        Identity(
            "homomorphism",
            residual=homomorphism,
            given=PAIR,
            arithmetic="mpmath",
            digits=30,
            expect=Verdict.REFUTED,
            corrected="isomorphism",
            scope="read literally, that a (+) b is max(a, b); the limit is one of isomorphisms",
        ),
    ),
    illustrations=(
        Illustration(
            "layer",
            "The layer f for falling temperatures",
            "The layer of four atoms at t = 1: as eps falls from 1 to 0.03, f comes down to the"
            " largest of four affine functions.",
            pictures.tropical_layer,
        ),
        Illustration(
            "potential",
            "Its potential u, and the formula of Hopf and Lax",
            "The potential of the same atoms: as eps falls, u rises to the smallest of four"
            " parabolas, with kinks where two of them cross.",
            pictures.tropical_potential,
        ),
    ),
)
