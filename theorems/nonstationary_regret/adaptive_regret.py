r"""A policy that is told neither the changes nor their number: the same rates up to logarithms.

Setting.  Two Bernoulli arms with means 1/2 +- gap/2, which change places at the ends of J
segments of T rounds, jittered by a quarter of their length.  GLR-UCB knows T alone: UCB1 that
starts anew when a generalised likelihood ratio says that an arm has changed.
Claims.  Its regret at the worst gap is O((J T log T)^{1/2}), and at the worst number of segments
of a variation V it is O(V^{1/3} T^{2/3} (log T)^{1/3}), which is not to be seen here.  Without
exploration it does not see that an arm which it has given up gets better: then it is of order T.
"""

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.regimes import draw_policies
from theorems.nonstationary_regret.simulators.environments import hidden, swap
from theorems.nonstationary_regret.simulators.glr_ucb import glr_ucb
from theorems.nonstationary_regret.simulators.oracle import instance
from verify import Assumption, Design, Illustration, Rate, Source, Theorem, but

Array = NDArray[np.float64]


def switching(rng: np.random.Generator, size: int, T: int, J: int, gap: float) -> Array:
    """Replicates of the pseudo-regret where both arms change, shape (size,)."""
    return np.array([glr_ucb(rng, *swap(rng, T, J, gap), 0.0, False)[0] for _ in range(size)])


def varying(rng: np.random.Generator, size: int, T: int, V: float, L: float) -> Array:
    """The same for the `instance` of variation V that has about L segments."""
    return switching(rng, size, T, *instance(V, L))


def unseen(rng: np.random.Generator, size: int, T: int, J: int, gap: float) -> Array:
    """The same where one arm changes alone, and at first for the worse; gap <= 1/2."""
    return np.array([glr_ucb(rng, *hidden(rng, T, J, gap), 0.0, False)[0] for _ in range(size)])


TOLD = "T alone is known: neither the changes nor their number nor V"
NUMBERS = {"L": tuple(f"{share}*V**(2/3)*T**(1/3)" for share in (0.35, 0.55, 0.8))}
SWEEP = Design(sweep={"T": [2500 * 2**k for k in range(9)]}, at={"J": 10})

THEOREM = Theorem(
    id="adaptive_regret",
    title="Regret without knowledge of the changes",
    source=Source("chen2025", where="Corollary 2"),
    statement=r"E R_T = \tilde O(\min\{(J T)^{1/2}, V^{1/3} T^{2/3} + T^{1/2}\})",
    assumptions=(
        Assumption("bernoulli", "rewards are independent, 0 or 1"),
        Assumption("seen", "at every change the best arm of the moment changes, too"),
    ),
    claims=(
        Rate(
            "switching",
            measure=switching,
            bound="sqrt(J*T*log(T))",
            relation="O",
            worst_over={"gap": tuple(f"{k}*(J/T)**(1/2)" for k in (3, 6, 12))},
            cost="T",
            uses=("bernoulli", "seen"),
            scope=f"GLR-UCB at the worst of three gaps; {TOLD}; the log is declared",
            designs=(SWEEP,),
            controls=(
                but("tenth", "an exponent off by a tenth", bound="(J*T*log(T))**(2/5)"),
                but(
                    "unseen",
                    "an arm that was given up gets better, and nobody looks",
                    measure=unseen,
                    worst_over={"gap": ("(J/T)**(1/2)", "1/8", "1/2")},
                    designs=(Design(sweep={"T": [2500 * 2**k for k in range(6)]}, at={"J": 10}),),
                    closed={"gap": ("high", "means lie in [0, 1]")},
                    violates="seen",
                ),
            ),
        ),
        Rate(
            "varying",
            measure=varying,
            bound="V**(1/3)*T**(2/3)*log(T)**(1/3)",
            relation="O",
            worst_over=NUMBERS,
            cost="T",
            slowest_correction=0.1,
            because="the part that is missing to uniform play falls like L**(-0.3)",
            open="many more changes: the worst ones are just not seen, and who does not see them "
            "has less regret than uniform play by a part that falls with their number to the "
            "power -0.3 only, so that the slopes on the range are 0.69 in T and 0.39 in V",
            uses=("bernoulli", "seen"),
            scope=f"GLR-UCB at the worst of three numbers of segments; {TOLD}; the log is declared",
            designs=(
                Design(sweep={"T": [5000 * 2**k for k in range(7)]}, at={"V": 4}),
                Design(sweep={"V": [2**k for k in range(2, 9)]}, at={"T": 2**17}),
            ),
            controls=(
                but(
                    "tenth",
                    "exponents off by a tenth",
                    bound="V**(7/30)*T**(17/30)*log(T)**(1/3)",
                ),
            ),
        ),
    ),
    illustrations=(
        Illustration(
            "policies",
            "Regret at the worst gap, ten segments",
            "The means of 16 runs at the worst of five gaps: what it costs not to be told of the"
            " changes, and what a window costs that suits them at one gap.",
            draw_policies,
        ),
    ),
)
