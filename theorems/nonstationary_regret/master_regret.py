r"""MASTER on top of UCB1: its tests, its regret where nothing changes, and where something does.

Setting.  Two Bernoulli arms with means 1/2 +- gap/2; MASTER (Wei and Luo, 2021) runs copies of UCB1
on a random multi-scale schedule and starts anew when one of two tests fires.
Claims.  With the constants as published neither test can fire before T = 10^11: the second one
compares a mean of numbers in [0, 1] with 3 rho^(t), which is above 1 until then (1.24e11 with the
rho of UCB1 and delta = 1/T; with rho = t^{-1/2}, the smallest that is allowed, 4.6e8, and 1.25e9
where log(T / delta) = 3 log T).  So what is measured has smaller constants of the same structure.
With them there is no false alarm and the regret is O((T log T)^{1/2}) where nothing changes; that
it is O((J T)^{1/2}) up to logarithms where something does needs longer horizons.
"""

import math

import numpy as np
from hypothesis.strategies import integers
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.environments import swap
from theorems.nonstationary_regret.simulators.master import Constants, master, reach, rescaled
from verify import Assumption, Design, Identity, Rate, Source, Theorem, but

Array = NDArray[np.float64]
LAST = 110
"""Ten times the decimal logarithm of the horizons at which the published tests are silent."""


def headroom(tenths: int) -> float:
    """By how much 3 rho^(T) falls short of 1 as published, T = 10^(tenths / 10); 0 if it does not.

    The first test compares with 9 rho^.
    """
    return max(0.0, 1 - reach(10 ** (tenths / 10), "literal"))


def rescaled_headroom(tenths: int) -> float:
    """The same with the constants that are measured, at the end of a block of about T rounds."""
    T = 10 ** (tenths / 10)
    constants = rescaled(max(4, round(T)), 2)
    growth = constants.second + constants.growth * math.floor(math.log2(T))
    return max(0.0, 1 - growth * math.sqrt(constants.scale / T))


def still(rng: np.random.Generator, size: int, T: int, gap: float) -> Array:
    """Replicates of the pseudo-regret where nothing changes, shape (size,)."""
    return played(rng, size, T, 1, gap, rescaled(T, 2))


def switching(rng: np.random.Generator, size: int, T: int, J: int, gap: float) -> Array:
    """The same where the arms change places at the ends of J segments."""
    return played(rng, size, T, J, gap, rescaled(T, 2))


def played(
    rng: np.random.Generator, size: int, T: int, J: int, gap: float, constants: Constants
) -> Array:
    """Replicates of the pseudo-regret, shape (size,)."""
    return np.array([master(rng, *swap(rng, T, J, gap), constants, False)[0] for _ in range(size)])


GAPS = tuple(f"{k}*(log(T)/T)**(1/2)" for k in (2, 6, 18))

THEOREM = Theorem(
    id="master_regret",
    title="Regret of MASTER, and the horizon from which on its tests can fire",
    source=Source("wei2021", where="Procedure 1, Algorithms 2 and 3, Theorem 2"),
    statement=r"E R_T = \tilde O(\min\{(J T)^{1/2}, V^{1/3} T^{2/3} + T^{1/2}\})",
    assumptions=(
        Assumption("bernoulli", "rewards are independent, 0 or 1"),
        Assumption("stationary", "the means of the arms do not change"),
        Assumption("segments", "the means are constant in each of J segments"),
    ),
    claims=(
        Identity(
            "silent",
            scope="the second test as published, for T = 10^(1/5) to 10^11 in steps of 10^(1/10)",
            residual=headroom,
            given={"tenths": integers(2, LAST)},
            controls=(
                but(
                    "rescaled",
                    "smaller constants of the same structure let it fire at T = 10^6",
                    residual=rescaled_headroom,
                ),
            ),
        ),
        Rate(
            "stationary",
            measure=still,
            bound="sqrt(T*log(T))",
            relation="O",
            worst_over={"gap": GAPS},
            cost="T",
            uses=("bernoulli", "stationary"),
            scope="MASTER with smaller constants, at the worst of three gaps; the log is declared",
            designs=(Design(sweep={"T": [2**k - 1 for k in range(13, 20)]}),),
            controls=(but("tenth", "an exponent off by a tenth", bound="T**(2/5)*log(T)**(1/2)"),),
        ),
        Rate(
            "switching",
            measure=switching,
            bound="sqrt(J*T)*log(T)",
            relation="O",
            worst_over={"gap": tuple(f"{k}*(J/T)**(1/2)" for k in (5, 10, 20, 30))},
            cost="T",
            open="T / J above 1e7: a change of the size of the worst gap is seen after "
            "2 (1 + n / 10) (2 beta t)^(1/2) / gap rounds, t those of the block so far",
            uses=("bernoulli", "segments"),
            scope="MASTER with smaller constants, at the worst of four gaps",
            designs=(Design(sweep={"T": [2**k for k in range(13, 20)]}, at={"J": 4}),),
            controls=(but("tenth", "an exponent off by a tenth", bound="(J*T)**(2/5)*log(T)"),),
        ),
    ),
)
