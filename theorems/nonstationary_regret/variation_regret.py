r"""Two arms whose means vary by V in all: the worst regret is V^{1/3} T^{2/3}.

Setting.  Two Bernoulli arms whose means change places at the ends of L segments of T rounds,
jittered by a quarter of their length; with the gap V / (L - 1) the variation of the means (the sum
over changes of the largest change) is V; pseudo-regret against the better arm of each round; the
largest over L.  The worst L is of order V^{2/3} T^{1/3}.
Claim.  A policy of optimal order that is told of every change (MOSS, restarted) has regret of order
V^{1/3} T^{2/3}; the order is that of the lower bound of Besbes, Gur and Zeevi (2014), which MOSS
that restarts every 2 (T / V)^{2/3} rounds attains too, told of V alone.
"""

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.environments import part_of_swap
from theorems.nonstationary_regret.simulators.index_policies import MOSS, restarted
from theorems.nonstationary_regret.simulators.oracle import (
    instance,
    oracle_at_variation,
    uniform_at_variation,
)
from verify import Assumption, Design, Rate, Source, Theorem, but

Array = NDArray[np.float64]
PARTS = 8
"""Blocks of which a replicate is made."""


def periodic_regret(rng: np.random.Generator, size: int, T: int, V: float, L: float) -> Array:
    """Replicates of the pseudo-regret of MOSS restarted every H = 2 (T/V)^{2/3} rounds, (size,).

    Blocks are independent given the changes.  So PARTS of them, drawn at random and scaled up, have
    the regret of the run in the mean; the first block begins at random, as no lattice is special.
    """
    (segments, gap), length = instance(V, L), round(2 * (T / V) ** (2 / 3))
    found = np.zeros((size, PARTS))
    for place in np.ndindex(found.shape):
        start = int(rng.integers(1 - length, T))
        part = part_of_swap(rng, T, segments, gap, max(0, start), min(T, start + length))
        found[place] = restarted(rng, *part, part[0][-1:], MOSS, False)
    return np.asarray(found.mean(axis=1) * (T + length - 1) / length)


def at_variation(*shares: str) -> dict[str, tuple[str, ...]]:
    """The numbers of segments from V + 1, where the gap is near 1, and some of the worst order."""
    return {"L": ("V + 1", *(f"{share}*V**(2/3)*T**(1/3)" for share in shares))}


WALK = (
    "in segments of order (T/V)**(2/3) sums of rewards are a random walk, which nears Brownian "
    "motion at the rate (T/V)**(-1/3), a few percent where V moves alone"
)
SWEEPS = (
    Design(sweep={"T": [4**k for k in range(9, 17)]}, at={"V": 4}),
    Design(sweep={"V": [2**k for k in range(10)]}, at={"T": 2**28}),
)
CONTROLS = (
    but(
        "square_root",
        "the bound sqrt(V T), whose exponents are off by a sixth",
        bound="sqrt(V*T)",
    ),
    but(
        "competitor",
        "the bound V^{1/4} T^{3/4}, whose exponents are off by a twelfth",
        bound="V**(1/4)*T**(3/4)",
    ),
    but(
        "uniform_play",
        "half of all pulls are bad, and with V + 1 segments each of them costs 1",
        measure=uniform_at_variation,
    ),
)

THEOREM = Theorem(
    id="variation_regret",
    title="Regret of a bandit of bounded variation, at its worst number of changes",
    source=Source("besbes2014", where="the lower bound, and restarts"),
    statement=r"\sup_L E R_T = \Theta(V^{1/3} T^{2/3})",
    assumptions=(
        Assumption("bernoulli", "rewards are independent, 0 or 1"),
        Assumption("variation", "the means vary by at most V in all, in the supremum norm"),
        Assumption("told", "the policy is told of every change"),
        Assumption("known", "the policy is told V"),
    ),
    claims=(
        Rate(
            "oracle",
            measure=oracle_at_variation,
            bound="V**(1/3)*T**(2/3)",
            relation="Theta",
            margin=0.04,
            worst_over=at_variation("0.4", "0.7", "1.2"),
            closed={"L": ("low", "means lie in [0, 1]: with fewer segments V is out of reach")},
            cost="(T/V)**(4/9)",
            slowest_correction=1 / 3,
            because=WALK,
            uses=("bernoulli", "variation", "told"),
            scope="MOSS that restarts at every change, on two arms, at the worst of four numbers",
            designs=SWEEPS,
            controls=CONTROLS,
        ),
        Rate(
            "periodic",
            measure=periodic_regret,
            bound="V**(1/3)*T**(2/3)",
            relation="Theta",
            worst_over=at_variation("0.25", "0.4", "0.65"),
            closed={"L": ("low", "means lie in [0, 1]: with fewer segments V is out of reach")},
            cost="(T/V)**(2/3)",
            slowest_correction=1 / 3,
            because=WALK,
            uses=("bernoulli", "variation", "known"),
            scope="MOSS that restarts at equal times, on two arms, at the worst of four numbers",
            designs=(
                Design(sweep={"T": [2**k for k in range(14, 24)]}, at={"V": 4}),
                Design(sweep={"V": [2**k for k in range(9)]}, at={"T": 2**20}),
            ),
            controls=(
                but("tenth", "exponents off by a tenth", bound="V**(13/30)*T**(17/30)"),
                CONTROLS[-1],
            ),
        ),
    ),
)
