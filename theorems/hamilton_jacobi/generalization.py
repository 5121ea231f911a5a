r"""The rate n^{-1/(d+2)} is that of the Lipschitz class, and not that of a layer's own class.

Setting.  (X_i, Y_i), i <= n, on [0,1]^d; Y = f(X) + xi with E[xi | X] = 0 and Var[xi | X] = 1.
Errors are root mean squares in L2, (E ||f_n - f||^2)^{1/2}; squared ones have twice the exponent.
Statement.  A network that is read as the solution of a Hamilton-Jacobi equation at a fixed time
learns at the minimax rate n^{-1/(d+2)}.
Claims.  For Lipschitz f that is the rate, from both sides.  A potential at a fixed time t has
Hess u <= 1/(2t); with curvatures that are bounded so, the rate is n^{-2/(d+4)}, from both sides.
With weights, eps and t fixed f is analytic, and the rate (log n / n)^{1/2} (d = 1 here).  One
layer is convex in x: it never gets closer to -2 |x_1 - 1/2| than 12^{-1/2}, however large n and N
and however small eps, while for convex targets it attains n^{-1/(d+2)}, and better (d = 1 here).
"""

import math
from typing import TYPE_CHECKING

import numpy as np
from hypothesis.strategies import integers, just, lists
from numpy.typing import NDArray

from theorems.hamilton_jacobi.convex_fit import (
    convex_error,
    projection,
    tent_distance,
    valley_projection,
)
from theorems.hamilton_jacobi.smoothing import (
    fixed_gibbs_error,
    gibbs_error,
    plane_fit_bound,
    plane_fit_error,
    polynomial_error,
)
from theorems.simulators.bayes_risk import cap_energy, sign_risk, tent_energy
from theorems.simulators.partitioning import expected_risk, side
from verify import (
    Assumption,
    Corollary,
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

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]

STEEPEST, UNIT = 8, 4
TENT, VALLEY = [8, 8, -8, -8], [-8, -8, 8, 8]
"""-2 |x - 1/2| and 2 |x - 1/2|: slopes in units of 1/UNIT on equal parts of [0,1]."""
CONVEX = lists(integers(-STEEPEST, STEEPEST), min_size=4, max_size=4).map(sorted)


def lipschitz_error(n: int, d: int) -> float:
    """Root mean-square error of averages over m^d cubes, m = n^{1/(d+2)}, for a steepest plane.

    In a cube of side 1/m the variance of (x_1 + ... + x_d) / d^{1/2} is 1/(12 m^2).
    """
    m = side(n, d)
    return math.sqrt(expected_risk(n, m**d, 1 / (12 * m**2), square=1 / 12 + d / 4))


def lipschitz_bayes_risk(n: int, d: int) -> float:
    """Root of the Bayes risk of tents with random signs, all 1-Lipschitz together."""
    return sign_risk(n, d, tent_energy(d), smoothness=1, most=2 * side(n, d))


def fixed_time_bayes_risk(n: int, d: int) -> float:
    """Root of the Bayes risk of caps with random signs and curvatures in [-1, 1]: t = 1/2."""
    return sign_risk(n, d, cap_energy(d), smoothness=2, most=2 * side(n, d, 2))


def layer_error(rng: np.random.Generator, size: int, n: int, slopes: list[int]) -> Array:
    """Replicates of ||f_n - f|| of the best convex function with n^{1/4} knots, shape (size,).

    f is 0 at 0, with `slopes` in units of 1/UNIT on equal parts of [0,1].
    """
    heights = np.cumsum([0, *slopes]) / (UNIT * len(slopes))
    places = np.arange(len(heights)) / len(slopes)
    return convex_error(rng, size, n, round(n ** (1 / 4)), lambda x: np.interp(x, places, heights))


def parabola_error(rng: np.random.Generator, size: int, n: int) -> Array:
    """The same for 2 x^2, with n^{1/5} knots."""
    return convex_error(rng, size, n, side(n, 1, 2), lambda x: 2 * x**2)


def convex_floor(axes: "Axes") -> None:
    """The error of the best convex function against n, for three targets on [0,1]."""
    rng = np.random.default_rng(0)
    tent = {m**4: layer_error(rng, 64, m**4, TENT) for m in FOURS}
    parabola = {m**5: parabola_error(rng, 64, m**5) for m in FOURS}
    valley = {m**4: layer_error(rng, 64, m**4, VALLEY) for m in FOURS}
    for marker, label, errors in (
        ("o", "-2 |x - 1/2|, which is not convex", tent),
        ("s", "2 x^2", parabola),
        ("^", "2 |x - 1/2|", valley),
    ):
        root = [math.sqrt(np.mean(one**2)) for one in errors.values()]
        axes.loglog(list(errors), root, marker=marker, label=label)
    line = np.array([256.0, 1e8])
    axes.loglog(line, 0.5 * line ** (-1 / 3), "C7:", label="slope -1/3")
    axes.axhline(12**-0.5, color="C6", linestyle="--", linewidth=1, label="12**(-1/2)")
    axes.set(xlabel="n", ylabel="root mean-square error in L2")
    axes.legend()


def powers(sides: tuple[int, ...], power: int) -> dict[str, list[int]]:
    """The sweep of n = m^power for the sides m, for which nothing is rounded."""
    return {"n": [m**power for m in sides]}


WIDE = (8, 11, 16, 23, 32, 45, 64, 91, 128)
FOURS = (4, 8, 12, 16, 24, 32, 48, 64, 96)

THEOREM = Theorem(
    id="generalization",
    title="What n^{-1/(d+2)} is the rate of",
    source=Source("minoza2026", where="Section 8"),
    statement=r"\inf_{f_n} \sup_f (E \|f_n - f\|_{L^2}^2)^{1/2} = \Theta(n^{-1/(d+2)})",
    assumptions=(
        Assumption("noise", "Y = f(X) + xi with E[xi | X] = 0 and Var[xi | X] = 1"),
        Assumption("lipschitz", "f is Lipschitz on [0,1]^d"),
        Assumption("fixed_time", "the Hessian of f lies between -1/(2t) and 1/(2t)"),
        Assumption("convex", "f is convex, as one layer is"),
        Assumption("viscosity", "eps tends to 0 as n^{-2/(d+2)}"),
    ),
    claims=(
        Rate(
            "lipschitz_upper",
            measure=lipschitz_error,
            bound="n**(-1/(d+2))",
            relation="Theta",
            margin=0.03,
            uses=("noise", "lipschitz"),
            scope="averages over cubes, on a plane that attains their rate: exact expectation",
            designs=tuple(Design(sweep=powers(WIDE, d + 2), at={"d": d}) for d in (1, 2, 3)),
            controls=(
                but("tenth", "off by a tenth", bound="n**(-1/(d+2) - 1/10)"),
                but("squared", "the rate of the squared error", bound="n**(-2/(d+2))"),
            ),
        ),
        Rate(
            "lipschitz_lower",
            measure=lipschitz_bayes_risk,
            bound="n**(-1/(d+2))",
            relation="Omega",
            uses=("noise", "lipschitz"),
            scope="every estimate: the exact Bayes risk of a prior on Lipschitz functions",
            designs=tuple(
                Design(sweep=powers((64, 128, 256, 512, 1024, 2048), d + 2), at={"d": d})
                for d in (1, 2, 3)
            ),
            controls=(but("tenth", "contradicts the upper side", bound="n**(-1/(d+2) + 1/10)"),),
        ),
        Corollary(
            "squared",
            scope="the rate of the squared error, in dimension 2",
            bound="n**(-1/(d+2)) * n**(-1/(d+2))",
            equal="n**(-1/2)",
            substitute={"d": 2},
        ),
        Rate(
            "fixed_time_as_stated",
            measure=plane_fit_bound,
            bound="n**(-1/(d+2))",
            relation="Omega",
            expect=Verdict.REFUTED,
            corrected="fixed_time_lower",
            uses=("noise", "fixed_time"),
            scope="the rate of the Lipschitz class as the best one for a fixed time: an estimate"
            " whose error, for every f of the class, is at most what is measured",
            designs=(
                Design(sweep=powers(WIDE, 5), at={"d": 1}),
                Design(sweep=powers(WIDE, 6), at={"d": 2}),
                Design(sweep=powers(WIDE, 8), at={"d": 4}),
            ),
        ),
        Rate(
            "fixed_time_upper",
            measure=plane_fit_error,
            bound="n**(-2/(d+4))",
            relation="Theta",
            margin=0.03,
            uses=("noise", "fixed_time"),
            scope="planes fitted in cubes, on the paraboloid with the largest curvatures",
            designs=(
                Design(sweep=powers(WIDE, 5), at={"d": 1}),
                Design(sweep=powers(WIDE, 6), at={"d": 2}),
                Design(sweep=powers(WIDE, 8), at={"d": 4}),
            ),
            controls=(
                but("tenth", "off by a tenth", bound="n**(-2/(d+4) - 1/10)"),
                but("lipschitz", "the rate of the Lipschitz class", bound="n**(-1/(d+2))"),
            ),
        ),
        Rate(
            "fixed_time_lower",
            measure=fixed_time_bayes_risk,
            bound="n**(-2/(d+4))",
            relation="Omega",
            margin=0.03,
            uses=("noise", "fixed_time"),
            scope="every estimate: the exact Bayes risk of caps of bounded curvature",
            designs=tuple(
                Design(sweep=powers((16, 32, 64, 128, 256), d + 4), at={"d": d}) for d in (1, 2, 3)
            ),
            controls=(
                but("tenth", "contradicts the upper side", bound="n**(-2/(d+4) + 1/10)"),
                but("lipschitz", "the rate of the Lipschitz class", bound="n**(-1/(d+2))"),
            ),
        ),
        Rate(
            "fixed_network",
            measure=polynomial_error,
            bound="(log(n)/n)**(1/2)",
            relation="Theta",
            uses=("noise",),
            scope="polynomials, for one network of three neurons with eps = 1/2 fixed, d = 1",
            designs=(Design(sweep={"n": [2**p for p in range(5, 19)]}),),
            controls=(
                but("tenth", "off by a tenth", bound="(log(n)/n)**(1/2) * n**(-1/10)"),
                but("lipschitz", "the rate of the Lipschitz class", bound="n**(-1/3)"),
            ),
        ),
        Rate(
            "gibbs_average",
            measure=gibbs_error,
            bound="n**(-1/(d+2))",
            relation="Theta",
            margin=0.03,
            uses=("noise", "viscosity"),
            scope="averages with Gibbs weights, on a tent over a torus",
            designs=tuple(
                Design(sweep=powers((16, *(2**j for j in range(5, 13))), d + 2), at={"d": d})
                for d in (1, 2, 3)
            ),
            controls=(
                but("tenth", "off by a tenth", bound="n**(-1/(d+2) - 1/10)"),
                but(
                    "fixed",
                    "at a fixed eps the average keeps its bias",
                    measure=fixed_gibbs_error,
                    violates="viscosity",
                ),
            ),
        ),
        Rate(
            "one_layer",
            measure=layer_error,
            statistic="rms",
            bound="n**(-1/3)",
            relation="O",
            expect=Verdict.REFUTED,
            corrected="convex_target",
            cost="n**(1/2)",
            uses=("noise", "lipschitz"),
            scope="every Lipschitz target, d = 1: the best convex function for -2 |x - 1/2|",
            given={"slopes": just(TENT)},
            designs=(Design(sweep=powers(FOURS, 4)),),
        ),
        Identity(
            "floor",
            proof=projection,
            uses=("convex",),
            scope="every convex function, so every layer of any width and viscosity, is 12^{-1/2}"
            " or more from -2 |x - 1/2|: the certificate of its projection",
            controls=(
                but(
                    "valley",
                    "2 |x - 1/2| is convex itself: hinges lean towards it",
                    proof=valley_projection,
                    violates="convex",
                ),
            ),
        ),
        Inequality(
            "distance",
            value=tent_distance,
            low=1 / 12,
            box={"W": (-4, 4, 3), "b": (-2, 2, 3), "eps": (0.01, 1)},
            evaluations=2000,
            uses=("convex",),
            scope="the squared distance of layers of three neurons from -2 |x - 1/2|",
            controls=(but("twelfth", "the floor is 1/12", low=1 / 11),),
        ),
        Rate(
            "convex_target",
            measure=layer_error,
            statistic="rms",
            bound="n**(-1/3)",
            relation="O",
            cost="n**(1/2)",
            uses=("noise", "lipschitz", "convex"),
            scope="the best convex function, d = 1, for random convex piecewise linear targets",
            given={"slopes": CONVEX},
            instances=4,
            designs=(Design(sweep=powers(FOURS, 4)),),
            no_near_control="the targets are better than the worst: see parabola, kink",
            controls=(
                but("parametric", "out of reach: n^{-1/2} with a log", bound="n**(-3/5)"),
                but(
                    "concave",
                    "of a target that is not convex the distance stays",
                    given={"slopes": just(TENT)},
                    violates="convex",
                ),
            ),
        ),
        Rate(
            "parabola",
            measure=parabola_error,
            statistic="rms",
            bound="n**(-2/5)",
            relation="Theta",
            cost="n**(2/5)",
            slowest_correction=0.2,
            because="the estimate is as good at every knot but the n^{1/5}th part near the ends",
            uses=("noise", "convex"),
            scope="the best convex function with n^{1/5} knots, for 2 x^2, d = 1",
            designs=(Design(sweep=powers((8, 12, 16, 24, 32, 48, 64, 96, 128), 5)),),
            controls=(
                but("tenth", "off by a tenth", bound="n**(-1/2)"),
                but("slower", "off by a tenth", bound="n**(-3/10)"),
            ),
        ),
        Rate(
            "kink",
            measure=layer_error,
            statistic="rms",
            bound="n**(-1/2)",
            relation="O",
            logs=0.5,
            cost="n**(1/2)",
            uses=("noise", "convex"),
            scope="the best convex function for 2 |x - 1/2|: two lines, no rate of a class",
            given={"slopes": just(VALLEY)},
            designs=(Design(sweep=powers(FOURS, 4)),),
            controls=(but("tenth", "faster than a parameter", bound="n**(-3/5)"),),
        ),
    ),
    illustrations=(
        Illustration(
            "convex_floor",
            "One layer is convex: its error against n",
            "The root mean-square error of the best convex function: it falls for two convex"
            " targets and stays at 12**(-1/2) for a tent.",
            convex_floor,
        ),
    ),
)
