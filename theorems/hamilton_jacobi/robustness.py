r"""What the temperature of a log-sum-exp layer does to its Hessian, and what it does not do.

Setting.  f(x) = eps log sum_j exp((W_j . x + b_j) / eps); its Hessian is the covariance of the W_j
under the weights pi_j, over eps.
Claims.  The Hessian has norm at most max |W_j|^2 / eps, and at most diam(W)^2 / (4 eps), which
does not change when all W_j are shifted; a pair that ties attains the second, and with W = -1, 1
both.  At a tie it is of order 1/eps.  The Lipschitz constant of f is max |W_j| at every eps, so
that eps bounds the second order and not the first.  The bounds fall as eps grows.  The Hessian
itself need not: neither at a point, nor its largest value over all x.
"""

from hypothesis.strategies import floats, integers, lists, tuples

from theorems.hamilton_jacobi.diagrams import bend_at_a_point, largest_bends
from theorems.hamilton_jacobi.sensitivity import (
    beyond_lipschitz,
    falling_proof,
    half_three_spread,
    half_widest,
    largest_bend,
    later_largest_bend,
    later_line_bound,
    later_pair_bend,
    line_bound,
    longest,
    looseness,
    mean_slope,
    moving,
    pair_bend,
    shift_proof,
    shifted,
    shifted_once,
    slope_proof,
    spectral,
    spread_proof,
    steepest,
    three_bend,
    three_spread,
    tied_hessian,
    widest,
    widest_proof,
)
from verify import (
    Assumption,
    Design,
    Identity,
    Illustration,
    Inequality,
    Rate,
    Source,
    Theorem,
    Verdict,
    but,
)

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
            scope="the Hessian of the layer: algebra for any atoms along a direction, instances"
            " of two to twelve in five dimensions",
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
            instances=24,
            arithmetic="mpmath",
            digits=25,
            proof=shift_proof,
            uses=("fixed",),
            scope="the Hessian with all W_j shifted alike: algebra for three atoms on a line,"
            " instances in the plane",
            controls=(but("one", "one W_j alone is shifted", residual=shifted_once, proof=None),),
        ),
        Rate(
            "looseness",
            measure=looseness,
            bound="c**2",
            relation="Theta",
            uses=("fixed",),
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
            scope="the gradient of the layer: algebra for any atoms along a direction, instances"
            " of two to twelve in five dimensions",
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
    illustrations=(
        Illustration(
            "at_a_point",
            "The second derivative at a point, against the temperature",
            "f'' at x = 1/2 for W = -1, 1: it grows up to eps = 0.6479 and then falls, while its"
            " bound falls all along.",
            bend_at_a_point,
        ),
        Illustration(
            "over_all_points",
            "The largest second derivative, against the temperature",
            "The largest f'' over all x for W = -1, 0, 1 with the outer weights repeated m times:"
            " from m = 2 on it rises between two temperatures.",
            largest_bends,
        ),
    ),
)
