r"""Two arms whose means stay: the regret at the worst gap is T^{1/2} for MOSS, and more for UCB1.

Setting.  Two Bernoulli arms with means 1/2 +- gap/2, T rounds; pseudo-regret gap E[n], n the pulls
of the worse arm; the largest over all gaps in (0, 1].
Claims.  MOSS, which knows T, has regret of order T^{1/2} (Audibert and Bubeck, 2009); UCB1, with
the bonus (log(t) / (2 n))^{1/2}, of order (T log T)^{1/2}.
"""

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.index_policies import MOSS
from theorems.nonstationary_regret.simulators.oracle import uniform_regret
from theorems.nonstationary_regret.simulators.two_arms import CONTROLS, plays
from verify import Assumption, Design, Rate, Source, Theorem, but, control_variates

Array = NDArray[np.float64]
UCB1 = 0.5


@control_variates(CONTROLS)
def moss(rng: np.random.Generator, size: int, T: int, gap: float) -> Array:
    """Replicates of the pseudo-regret of MOSS, and controls, shape (size, 1 + CONTROLS)."""
    return np.column_stack(plays(rng, np.full(size, T), gap, MOSS))


@control_variates(CONTROLS)
def ucb1(rng: np.random.Generator, size: int, T: int, gap: float) -> Array:
    """The same for UCB1."""
    return np.column_stack(plays(rng, np.full(size, T), gap, UCB1))


GRID = Design(sweep={"T": [2**k for k in range(10, 19)]})
WALK = (
    "at a gap of order T**(-1/2) sums of rewards are a random walk, which nears Brownian motion at "
    "the rate T**(-1/2)"
)
CLOSED = {"gap": ("high", "means lie in [0, 1]")}
UNIFORM = but(
    "uniform_play",
    "half of all pulls are bad, and at gap 1 each of them costs 1",
    measure=uniform_regret,
    worst_over={"gap": ("4*T**(-1/2)", "1/4", "1")},
    closed=CLOSED,
)

THEOREM = Theorem(
    id="stationary_regret",
    title="Regret of a stationary bandit at its worst gap",
    source=Source("audibert2009", where="MOSS"),
    statement=r"\sup_\Delta E R_T = \Theta(T^{1/2})",
    assumptions=(
        Assumption("bernoulli", "rewards are independent, 0 or 1"),
        Assumption("stationary", "the means of the arms do not change"),
    ),
    claims=(
        Rate(
            "moss",
            measure=moss,
            bound="sqrt(T)",
            relation="Theta",
            worst_over={"gap": ("1.5*T**(-1/2)", "2.5*T**(-1/2)", "4*T**(-1/2)", "1")},
            closed=CLOSED,
            cost="T**(2/3)",
            slowest_correction=0.5,
            because=WALK,
            uses=("bernoulli", "stationary"),
            scope="MOSS itself on two arms, at the worst of four gaps",
            designs=(GRID,),
            controls=(but("tenth", "an exponent off by a tenth", bound="T**(2/5)"), UNIFORM),
        ),
        Rate(
            "ucb1",
            measure=ucb1,
            bound="sqrt(T*log(T))",
            relation="Theta",
            worst_over={"gap": tuple(f"{k}*(log(T)/T)**(1/2)" for k in (0.5, 0.75, 1.1, 1.6))},
            cost="T**(2/3)",
            uses=("bernoulli", "stationary"),
            scope="UCB1 itself on two arms, at the worst of four gaps; the log is declared",
            designs=(GRID,),
            controls=(
                but("tenth", "an exponent off by a tenth", bound="T**(2/5)*log(T)**(1/2)"),
                UNIFORM,
            ),
        ),
    ),
)
