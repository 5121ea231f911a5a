r"""Two arms that change places J - 1 times: the worst regret of the oracle is (J T)^{1/2}.

Setting.  Two Bernoulli arms with means 1/2 +- gap/2, which change places at the ends of J
segments of T rounds, jittered by a quarter of their length; pseudo-regret against the better arm of
each round; the largest over all gaps in (0, 1].
Claim.  A policy of optimal order that is told of every change (MOSS, restarted) has regret of
order (J T)^{1/2}.  One that is not told needs more than forgetting: a window that is tuned to J at
a fixed gap has (up to logarithms) J^{1/4} T^{3/4} at the worst one, and a policy that never
restarts T.
"""

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.environments import hidden, swap
from theorems.nonstationary_regret.simulators.index_policies import MOSS, restarted
from theorems.nonstationary_regret.simulators.oracle import oracle_regret, uniform_regret
from theorems.nonstationary_regret.simulators.sliding_window import sliding_window, window_of
from verify import Assumption, Design, Rate, Source, Theorem, but

Array = NDArray[np.float64]
XI = 0.5
"""The constant of the bonus of the window."""


def window_regret(rng: np.random.Generator, size: int, T: int, J: int, gap: float) -> Array:
    """Replicates of the pseudo-regret of a sliding window of the size that suits J, (size,)."""
    window = window_of(T, J)
    return np.array(
        [sliding_window(rng, *swap(rng, T, J, gap), window, XI, False) for _ in range(size)]
    )


def unrestarted_regret(rng: np.random.Generator, size: int, T: int, J: int, gap: float) -> Array:
    """The same for MOSS that never restarts, where an arm that was bad gets better unseen."""
    whole = np.array([T])
    return np.array(
        [restarted(rng, *hidden(rng, T, J, gap), whole, MOSS, False) for _ in range(size)]
    )


GAPS = ("1.5*(J/T)**(1/2)", "2.5*(J/T)**(1/2)", "4*(J/T)**(1/2)", "1")
WIDE = {"gap": ("4*(J/T)**(1/2)", "8*(J/T)**(1/2)", "16*(J/T)**(1/2)")}
SHORT = (Design(sweep={"T": [10_000 * 2**k for k in range(6)]}, at={"J": 10}),)
SWEEPS = (
    Design(sweep={"T": [10 * 2**k for k in range(10, 19)]}, at={"J": 10}),
    Design(sweep={"J": [2**k for k in range(1, 10)]}, at={"T": 2**21}),
)
RAY = Design(sweep={"T": [4**k for k in range(6, 15)], "J": [2**k for k in range(1, 10)]})
UNIFORM = but(
    "uniform_play",
    "half of all pulls are bad, and at gap 1 each of them costs 1",
    measure=uniform_regret,
    violates="told",
)

THEOREM = Theorem(
    id="switching_regret",
    title="Regret of a bandit that switches, at its worst gap",
    source=Source("wei2021", where="Theorem 2"),
    statement=r"\sup_\Delta E R_T = \Theta((J T)^{1/2})",
    assumptions=(
        Assumption("bernoulli", "rewards are independent, 0 or 1"),
        Assumption("segments", "the means are constant in each of J segments"),
        Assumption("told", "the policy is told of every change"),
    ),
    claims=(
        Rate(
            "oracle",
            measure=oracle_regret,
            bound="sqrt(J*T)",
            relation="Theta",
            worst_over={"gap": GAPS},
            closed={"gap": ("high", "means lie in [0, 1]")},
            cost="(T/J)**(2/3)",
            slowest_correction=0.5,
            because="at a gap of order (J/T)**(1/2) sums of rewards are a random walk, which nears "
            "Brownian motion at the rate (J/T)**(1/2), below 1 % where J moves alone",
            uses=("bernoulli", "segments", "told"),
            scope="MOSS that restarts at every change, on two arms, at the worst of four gaps",
            designs=SWEEPS,
            controls=(
                but("tenth", "exponents off by a tenth", bound="(J*T)**(2/5)"),
                UNIFORM,
                but(
                    "window",
                    "a window that suits J at a fixed gap has J^{1/4} T^{3/4} at the worst one",
                    measure=window_regret,
                    worst_over=WIDE,
                    designs=SHORT,
                    cost="T",
                    violates="told",
                ),
                but(
                    "never_restarted",
                    "an arm that has been given up is not seen to get better",
                    measure=unrestarted_regret,
                    worst_over={"gap": ("(J/T)**(1/2)", "1/8", "1/2")},
                    designs=SHORT,
                    cost="T",
                    violates="told",
                ),
            ),
        ),
        Rate(
            "oracle_together",
            measure=oracle_regret,
            bound="sqrt(J*T)",
            relation="Theta",
            worst_over={"gap": GAPS},
            closed={"gap": ("high", "means lie in [0, 1]")},
            cost="(T/J)**(2/3)",
            uses=("bernoulli", "segments", "told"),
            scope="MOSS that restarts at every change, at the worst of four gaps; T grows as J**2",
            designs=(RAY,),
            controls=(
                but("tenth", "an exponent off by a tenth along the ray", bound="(J*T)**(13/30)"),
                UNIFORM,
            ),
        ),
    ),
)
