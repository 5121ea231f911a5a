r"""MASTER on top of UCB1: its tests, its regret where nothing changes, and where something does.

Setting.  Two Bernoulli arms with means 1/2 +- gap/2; MASTER (Wei and Luo, 2021) runs copies of UCB1
on a random multi-scale schedule and starts anew when one of two tests fires.
Claims.  With the constants as published neither test can fire before T = 10^11: the second one
compares a mean of numbers in [0, 1] with 3 rho^(t), which is above 1 until then (1.24e11 with the
rho of UCB1 and delta = 1/T; with rho = t^{-1/2}, the smallest that is allowed, 4.6e8, and 1.25e9
where log(T / delta) = 3 log T).  So what is measured has smaller constants of the same structure.
With them a restart where nothing changes is rare.  In a block of order n the schedule starts
2^{(n - m)/2} instances of order m on average.  Regret is O((T log T)^{1/2}) where nothing changes,
and O((J T)^{1/2}) up to logarithms where something does: both need longer horizons than these.
"""

import math

import numpy as np
from hypothesis.strategies import floats, integers
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.compiled import compiled
from theorems.nonstationary_regret.simulators.environments import swap
from theorems.nonstationary_regret.simulators.master import (
    Constants,
    master,
    reach,
    rescaled,
    start_instances,
)
from verify import Assumption, Design, Identity, Inequality, Rate, Source, Theorem, but

Array = NDArray[np.float64]
SHORT = 2**13 - 1
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


@compiled
def instances(rng: np.random.Generator, n: int, m: int) -> int:
    """How many instances of order m the schedule starts in a block of order n."""
    started, before = np.full(n + 1, -1), np.zeros(n + 1)
    sums, pulls, found = np.zeros((n + 1, 2)), np.zeros((n + 1, 2)), 0
    for age in range(1 << n):
        start_instances(rng, n, age, 1.0, started, sums, pulls, before, 0.0)
        found += started[m] == age
    return found


def scheduled(rng: np.random.Generator, size: int, m: int, above: int) -> Array:
    """Instances of order m in a block of order m + above, over 2^{above/2}, shape (size,)."""
    return np.array([instances(rng, m + above, m) for _ in range(size)]) / 2 ** (above / 2)


def linearly_scheduled(rng: np.random.Generator, size: int, m: int, above: int) -> Array:
    """The same over one, as if the chance of each start were the ratio of the lengths."""
    return scheduled(rng, size, m, above) * 2 ** (above / 2)


def alarms(rng: np.random.Generator, size: int, gap: float) -> Array:
    """Restarts in SHORT rounds where nothing changes, shape (size,)."""
    return restarts(rng, size, gap, rescaled(SHORT, 2))


def eager_alarms(rng: np.random.Generator, size: int, gap: float) -> Array:
    """The same where the second test does not allow for the number of orders."""
    return restarts(rng, size, gap, rescaled(SHORT, 2)._replace(second=1.0, growth=0.0))


def restarts(rng: np.random.Generator, size: int, gap: float, constants: Constants) -> Array:
    """Restarts of runs of SHORT rounds where nothing changes, shape (size,)."""
    runs = (swap(rng, SHORT, 1, gap) for _ in range(size))
    return np.array([sum(master(rng, *run, constants, False)[1:3]) for run in runs], dtype=float)


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


GAPS = tuple(f"{k}*(log(T)/T)**(1/2)" for k in (4, 6, 9))
FLAT = (
    "from 3 to 20 times (log(T)/T)**(1/2) the regret is the same to a tenth, and it falls below; "
    "near 1 the pulls that a bonus allows are few, and move in steps"
)

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
        Inequality(
            "schedule",
            value=scheduled,
            low=0.95,
            high=1.05,
            given={"m": integers(0, 4), "above": integers(1, 6)},
            replicates=8192,
            scope="instances of the schedule, which has no constants, to 5 %",
            controls=(
                but(
                    "linear",
                    "the chance of a start goes with the root of the ratio of the lengths",
                    value=linearly_scheduled,
                ),
            ),
        ),
        Inequality(
            "false_alarms",
            value=alarms,
            high=0.1,
            given={"gap": floats(0.02, 0.5)},
            replicates=1024,
            uses=("bernoulli", "stationary"),
            scope="restarts in 8,191 rounds of MASTER with smaller constants",
            controls=(
                but(
                    "eager",
                    "the second test allows for as many instances as there are orders",
                    value=eager_alarms,
                ),
            ),
        ),
        Rate(
            "stationary",
            measure=still,
            bound="sqrt(T*log(T))",
            relation="O",
            worst_over={"gap": GAPS},
            closed={"gap": ("both", FLAT)},
            cost="T",
            open="two more doublings of T, to 2^21: regret over (T log T)^(1/2) is .46 at T = 2^14 "
            "and .44 from 2^16 to 2^19",
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
