r"""The same rates beyond two arms and known changes: decision processes, AdSwitch, many arms.

Setting.  Episodes of HORIZON steps in two rooms.  One action stays and one changes the room, and
with chance 1/10 the other one happens; a room pays 1 with chance 1/2 + gap/2 or 1/2 - gap/2, the
rooms change places at the ends of J segments of T episodes, and transitions, which are not known,
stay.  The pseudo-regret is against backward induction in each segment.  Optimistic play is that of
UCBVI (Azar, Osband and Munos, 2017) with the bonus of MOSS times the number of steps left.
Claims.  If it is told of every change its regret at the worst gap is of order (J T)^{1/2}; if it
starts anew every (T / V)^{2/3} episodes it is of order V^{1/3} T^{2/3} at the worst number of
segments of variation V.  AdSwitch (Auer, Gajane and Ortner, 2019), which is told neither, has
O(V^{1/3} T^{2/3}) up to logarithms, and MOSS on K arms is of order (K T)^{1/2}, in K, too.  None of
the four is decided by what is affordable here; what was found is said with each.
"""

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.adswitch import EXPLORATION, adswitch
from theorems.nonstationary_regret.simulators.decision_processes import SLIP, corridor, rooms
from theorems.nonstationary_regret.simulators.environments import (
    hidden,
    needle,
    part_of_swap,
    random_lengths,
    swapped,
)
from theorems.nonstationary_regret.simulators.episodic import optimistic
from theorems.nonstationary_regret.simulators.index_policies import MOSS, restarted
from theorems.nonstationary_regret.simulators.oracle import instance
from verify import Assumption, Design, Rate, Source, Theorem, but

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

HORIZON = 3
MOVES = corridor(2)


def in_rooms(rng: np.random.Generator, last: Whole, means: Array) -> float:
    """Pseudo-regret of optimistic play without a restart, on rooms with means (L, 2)."""
    return optimistic(rng, last, rooms(means), MOVES, HORIZON, last[-1:], MOSS, False)


def told(rng: np.random.Generator, size: int, T: int, J: int, gap: float) -> Array:
    """Replicates of the pseudo-regret of optimistic play told of every change, shape (size,).

    Segments are independent: one of them, drawn at random and scaled up, has its mean.
    """
    lengths = random_lengths(rng, size, T, J)
    found = [in_rooms(rng, lengths[i : i + 1], swapped(rng, 1, gap)) for i in range(size)]
    return np.asarray(J * np.array(found))


def uniform(T: int, gap: float) -> float:
    """Expected pseudo-regret of uniform play: from the second step on it is in either room."""
    return T * gap * (HORIZON - 1) * (1 - 2 * SLIP) / 2


def never_restarted(rng: np.random.Generator, size: int, T: int, J: int, gap: float) -> Array:
    """The same as `told` without a restart, where one room changes alone; gap <= 1/2."""
    return np.array([in_rooms(rng, *hidden(rng, T, J, gap)) for _ in range(size)])


def periodic(rng: np.random.Generator, size: int, T: int, V: float, L: float) -> Array:
    """Replicates of the pseudo-regret where play starts anew every (T / V)^{2/3} episodes, (size,).

    The first block begins at random; one block, drawn at random and scaled up, has the run's mean.
    """
    (segments, gap), length = instance(V, L), round((T / V) ** (2 / 3))
    found = np.zeros(size)
    for one, start in enumerate(rng.integers(1 - length, T, size)):
        part = part_of_swap(rng, T, segments, gap, max(0, start), min(T, start + length))
        found[one] = in_rooms(rng, *part)
    return np.asarray(found * (T + length - 1) / length)


def uniform_at_variation(T: int, V: float, L: float) -> float:
    """Expected pseudo-regret of uniform play with a variation of V in L segments."""
    return uniform(T, instance(V, L)[1])


def switching_arms(rng: np.random.Generator, size: int, T: int, V: float, L: float) -> Array:
    """Replicates of the pseudo-regret of AdSwitch where one arm changes alone, shape (size,).

    The variation of `hidden` is twice the gap at each change, so that gaps are half as large.
    """
    segments, gap = instance(V, L)
    runs = (hidden(rng, T, segments, gap / 2) for _ in range(size))
    return np.array([adswitch(rng, *run, EXPLORATION, False)[0] for run in runs])


def many_arms(rng: np.random.Generator, size: int, T: int, K: int, gap: float) -> Array:
    """Replicates of the pseudo-regret of MOSS on K arms, one of them better, shape (size,)."""
    runs = (needle(rng, T, 1, gap, K) for _ in range(size))
    return np.array([restarted(rng, *run, run[0], MOSS, False) for run in runs])


GAPS = ("2*(J/T)**(1/2)", "4*(J/T)**(1/2)", "6*(J/T)**(1/2)", "9*(J/T)**(1/2)", "1")
SHARES = ("0.14", "0.2", "0.28", "0.4")
FEW = ("0.08", "0.12", "0.16", "0.22")
MEANS = "means lie in [0, 1]: with fewer segments V is out of reach"


def at_variation(shares: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The numbers of segments from V + 1, where the gap is near 1, and some of the worst order."""
    return {"L": ("V + 1", *(f"{share}*V**(2/3)*T**(1/3)" for share in shares))}


THEOREM = Theorem(
    id="further_regret",
    title="Regret of decision processes that drift, of AdSwitch, and on many arms",
    source=Source("wei2021", where="Theorem 2"),
    statement=r"\sup E R_T = \tilde\Theta(\min\{(J T)^{1/2}, V^{1/3} T^{2/3} + T^{1/2}\})",
    assumptions=(
        Assumption("bernoulli", "rewards are independent, 0 or 1"),
        Assumption("stationary", "the means of the arms do not change"),
        Assumption("segments", "the means are constant in each of J segments"),
        Assumption("variation", "the means vary by at most V in all, in the supremum norm"),
        Assumption("transitions", "the transitions of a decision process do not change"),
        Assumption("told", "the policy is told of every change"),
        Assumption("known", "the policy is told V"),
    ),
    claims=(
        Rate(
            "episodes",
            measure=told,
            bound="sqrt(J*T)",
            relation="Theta",
            worst_over={"gap": GAPS},
            closed={"gap": ("high", "means lie in [0, 1]")},
            cost="T/J",
            open="seven more doublings of T / J, or a tenth of the noise: for T / J from 2^8 to "
            "2^12 the regret at the worst gap is 1.4 to 1.65 times (J T)^(1/2)",
            uses=("bernoulli", "segments", "transitions", "told"),
            scope="optimistic play of two rooms, restarted at every change, at the worst of five "
            "gaps; transitions are estimated",
            designs=(
                Design(sweep={"T": [2**k for k in range(10, 15)]}, at={"J": 4}),
                Design(sweep={"J": [2**k for k in range(6)]}, at={"T": 2**13}),
            ),
            controls=(
                but("tenth", "exponents off by a tenth", bound="(J*T)**(2/5)"),
                but(
                    "uniform_play",
                    "after the first step uniform play is in either room, and at gap 1 it costs",
                    measure=uniform,
                    violates="told",
                ),
                but(
                    "never_restarted",
                    "a room that has been given up is not seen to get better",
                    measure=never_restarted,
                    worst_over={"gap": ("(J/T)**(1/2)", "1/8", "1/2")},
                    designs=(Design(sweep={"T": [2**k for k in range(10, 15)]}, at={"J": 8}),),
                    cost="T",
                    violates="told",
                ),
            ),
        ),
        Rate(
            "periodic_episodes",
            measure=periodic,
            bound="V**(1/3)*T**(2/3)",
            relation="Theta",
            worst_over=at_variation(SHARES),
            closed={"L": ("low", MEANS)},
            cost="(T/V)**(2/3)",
            open="eight more doublings of T / V, or a tenth of the noise: for T / V from 2^11 to "
            "2^16 the regret at the worst number of segments is 1.5 to 1.8 times V^(1/3) T^(2/3)",
            uses=("bernoulli", "variation", "transitions", "known"),
            scope="optimistic play of two rooms, restarted at equal times, at the worst of five "
            "numbers of segments; transitions are estimated",
            designs=(
                Design(sweep={"T": [2**k for k in range(14, 19)]}, at={"V": 4}),
                Design(sweep={"V": [2**k for k in range(6)]}, at={"T": 2**16}),
            ),
            controls=(
                but("tenth", "exponents off by a tenth", bound="V**(13/30)*T**(17/30)"),
                but(
                    "uniform_play",
                    "with V + 1 segments gaps are 1, and after the first step it costs",
                    measure=uniform_at_variation,
                    violates="known",
                ),
            ),
        ),
        Rate(
            "adswitch",
            measure=switching_arms,
            bound="V**(1/3)*T**(2/3)*log(T)**(1/3)",
            relation="O",
            worst_over=at_variation(FEW),
            closed={"L": ("low", MEANS)},
            cost="T",
            open="three more doublings of V and more of T: on the range the slopes are 0.67 in T "
            "and 0.33 in V, and corrections of finite size may bend them by 0.1",
            uses=("bernoulli", "variation"),
            scope="AdSwitch with smaller constants on two arms of which one changes, at the worst "
            "of five numbers of segments; T alone is known; the log is declared",
            designs=(
                Design(sweep={"T": [2**k for k in range(14, 19)]}, at={"V": 1}),
                Design(sweep={"V": [2**k for k in range(5)]}, at={"T": 2**17}),
            ),
            controls=(
                but(
                    "tenth",
                    "exponents off by a tenth",
                    bound="V**(7/30)*T**(17/30)*log(T)**(1/3)",
                ),
            ),
        ),
        Rate(
            "arms",
            measure=many_arms,
            bound="sqrt(K*T)",
            relation="Theta",
            worst_over={"gap": tuple(f"{kappa}*(K/T)**(1/2)" for kappa in (1, 1.5, 2, 3, 4))},
            cost="K*T",
            open="five more doublings of K at T / K = 1000: the regret over (K T)^(1/2) grows, "
            "0.35 with 2 arms, 0.69 with 16, 0.77 with 128, and the slope up to 64 is 0.70",
            uses=("bernoulli", "stationary"),
            scope="MOSS itself with 2 to 64 arms, one of them better, at the worst of five gaps",
            designs=(Design(sweep={"K": [2**k for k in range(1, 7)]}, at={"T": 2**15}),),
            controls=(but("tenth", "an exponent off by a tenth", bound="K**(2/5)*T**(1/2)"),),
        ),
    ),
)
