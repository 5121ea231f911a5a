r"""Where the bound min{(J T)^{1/2}, V^{1/3} T^{2/3}} changes its branch, so does the regret.

Setting.  Two Bernoulli arms that change places, at most J segments of T rounds, and a variation of
at most V; MOSS restarted at every change; the largest regret over that class: L <= J segments and a
gap of at most V / (L - 1), nor above KAPPA (L / T)^{1/2}, the worst gap of L segments.
Claims.  At J and T fixed it grows like V^{1/3} as long as V is below KAPPA J^{3/2} T^{-1/2}, and no
more from there on: with that variation the worst instance of J segments can be paid.  At V and T
fixed it grows like J^{1/2} as long as J is below (V T^{1/2} / KAPPA)^{2/3}, and no more from there
on: more segments would leave a smaller gap.
Each sweep ends a factor 3/2 from the crossover.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.regimes import draw_crossover, draw_regimes
from theorems.nonstationary_regret.simulators.oracle import oracle_regret
from theorems.nonstationary_regret.simulators.two_arms import CONTROLS
from verify import Assumption, Design, Illustration, Rate, Source, Theorem, but, control_variates

Array = NDArray[np.float64]
KAPPA = 2.5
"""The worst gap of MOSS on two arms, in units of T^{-1/2}; to a tenth, its regret is flat there."""
APART = 1.5


def crossover_in_variation(T: float, J: float) -> float:
    """The variation from which on the bound of J segments is the smaller one."""
    return float(KAPPA * J**1.5 / T**0.5)


def crossover_in_segments(T: float, V: float) -> float:
    """The number of segments from which on the bound of the variation V is the smaller one."""
    return float((V * T**0.5 / KAPPA) ** (2 / 3))


@control_variates(CONTROLS)
def constrained(rng: np.random.Generator, size: int, T: int, J: int, V: float, L: float) -> Array:
    """Pseudo-regret with about L segments, at the largest gap allowed; (size, 1 + CONTROLS)."""
    segments = min(J, max(2, round(L)))
    gap = min(1.0, V / (segments - 1), KAPPA * (segments / T) ** 0.5)
    return oracle_regret(rng, size, T, segments, gap)


T, J, V = 2**20, 2**9, 32
PLACE_IN_V, PLACE_IN_J = crossover_in_variation(T, J), crossover_in_segments(T, V)
BELOW_IN_V = [PLACE_IN_V / APART / 2**k for k in range(9)][::-1]
ABOVE_IN_V = [PLACE_IN_V * APART * 4**k for k in range(8)]
BELOW_IN_J = [round(PLACE_IN_J / APART / 2**k) for k in range(8)][::-1]
ABOVE_IN_J = [round(PLACE_IN_J * APART * 3**k) for k in range(7)]
FEW = ("J/4", "J/2", "J")
WORST = tuple(f"{share}*V**(2/3)*T**(1/3)" for share in (0.35, 0.55, 0.75, 1.1))
IN_V = "V**(1/3)*T**(2/3)"


def side(
    name: str,
    bound: str,
    tenth: str,
    worst: Sequence[str],
    sweep: Mapping[str, Sequence[float]],
) -> Rate:
    """The claim on one side of a crossover, with a control whose exponent is off by a tenth."""
    fixed = {"T": T, "J": J, "V": V}
    return Rate(
        name,
        measure=constrained,
        bound=bound,
        relation="Theta",
        worst_over={"L": worst},
        closed={"L": ("high", "the class has at most J segments")},
        cost="(T/L)**(2/3)",
        slowest_correction=0.5,
        because="in L segments sums of rewards are a random walk, which nears Brownian motion at "
        "the rate (L/T)**(1/2), a few percent here; that L is whole matters by 1/L",
        uses=("bernoulli", "segments", "variation", "told"),
        scope="MOSS that restarts at every change, at the worst number of segments allowed",
        designs=(Design(sweep=sweep, at={k: v for k, v in fixed.items() if k not in sweep}),),
        controls=(but("tenth", "an exponent off by a tenth", bound=tenth),),
    )


THEOREM = Theorem(
    id="regret_crossover",
    title="Where a bound on segments gives way to one on variation",
    source=Source("wei2021", where="Theorem 2"),
    statement=r"\sup E R_T = \Theta(\min\{(J T)^{1/2}, V^{1/3} T^{2/3} + T^{1/2}\})",
    assumptions=(
        Assumption("bernoulli", "rewards are independent, 0 or 1"),
        Assumption("segments", "the means are constant in each of J segments"),
        Assumption("variation", "the means vary by at most V in all, in the supremum norm"),
        Assumption("told", "the policy is told of every change"),
    ),
    claims=(
        side(
            "below_in_V",
            IN_V,
            "V**(13/30)*T**(2/3)",
            WORST,
            {"V": BELOW_IN_V},
        ),
        side("above_in_V", "sqrt(J*T)", "sqrt(J*T)*V**(-1/10)", FEW, {"V": ABOVE_IN_V}),
        side("below_in_J", "sqrt(J*T)", "J**(2/5)*T**(1/2)", FEW, {"J": BELOW_IN_J}),
        side("above_in_J", IN_V, f"{IN_V}*J**(-1/10)", WORST, {"J": ABOVE_IN_J}),
    ),
    illustrations=(
        Illustration(
            "regimes",
            "The largest regret over T and V, and the active branch of the bound",
            "Lines of equal regret with at most 64 segments. They are upright where V does not"
            " matter: below the lower line the arms had better not change, above the upper one"
            " there are no more segments to spend V on.",
            draw_regimes,
        ),
        Illustration(
            "crossover",
            "The largest regret over V at T = 2^20",
            "Between the crossovers, which are where the bound says, it grows with V^(1/3); the"
            " steps on the left are those of a whole number of segments.",
            draw_crossover,
        ),
    ),
)
