r"""No policy has less regret than (J T)^{1/2} with J segments, or V^{1/3} T^{2/3} with variation V.

Setting.  Two Bernoulli arms with means 1/2 +- gap/2; in each of J segments of B rounds a fair coin
says which is the better one.
Claim.  A policy that has seen t pairs of rewards of a segment, one of each arm, has seen no less
than one that has pulled t times.  The better of the two sums is then the best guess; it is wrong
with the chance that a binomial variable of 2 t trials, each a success with chance 1/2 + gap/2, is
below t (half of it if it is t).  So gap times the sum over t < B of these chances, times J, is at
most the expected regret of any policy, even one that is told of every change.  At the worst gap it
is of order (J T)^{1/2}, and with J segments of variation V it is of order V^{1/3} T^{2/3}.
At gap = kappa B^{-1/2} it is B^{1/2} times a function of kappa alone, up to a factor that tends
to 1: with a = 2^{1/2} kappa the limit is kappa (Phi(-a) + (Phi(a) - 1/2 - a phi(a)) / a^2).
Derived here; the orders are those of Garivier and Moulines (2011) and Besbes, Gur and Zeevi (2014).
"""

import math

import numpy as np
from scipy.special import ndtr

from theorems.nonstationary_regret.simulators.oracle import instance
from verify import Assumption, Design, Limit, Rate, Source, Theorem, but


def least_bad_pulls(B: int, gap: float) -> float:
    """The sum over t < B of the chance of the best guess from t pairs to be wrong.

    With p = (1 + gap) / 2 it is p - 1/2 less than half at t = 1, and falls from t to t + 1 by
    gap binom(2 t - 1, t) (p (1 - p))^t: only a tie, or a lead of one, can turn.
    """
    spread = (1 - gap**2) / 4
    t = np.arange(1, max(B - 1, 1), dtype=float)
    falls = gap * spread * np.cumprod(np.append(1.0, 2 * (2 * t + 1) / (t + 1) * spread))
    wrong = (1 - gap) / 2 - np.append(0.0, np.cumsum(falls))
    return float(0.5 + wrong[: B - 1].sum())


def at_gap(T: int, J: int, gap: float) -> float:
    """The lower bound over J segments of T / J rounds."""
    return J * gap * least_bad_pulls(T // J, gap)


def at_variation(T: int, V: float, L: float) -> float:
    """The same for the `instance` of variation V that has about L segments."""
    segments, gap = instance(V, L)
    return segments * gap * least_bad_pulls(T // segments, gap)


def collapsed(B: int, kappa: float) -> float:
    """The lower bound of one segment over B^{1/2}, at the gap kappa B^{-1/2}."""
    return kappa / B * least_bad_pulls(B, kappa / math.sqrt(B))


def limit(kappa: float, deviation: float = 0.5) -> float:
    """Its limit, for rewards with that standard deviation."""
    a = kappa / (math.sqrt(2) * deviation)
    density = math.exp(-(a**2) / 2) / math.sqrt(2 * math.pi)
    return kappa * float(ndtr(-a) + (ndtr(a) - 0.5 - a * density) / a**2)


def unit_limit(kappa: float) -> float:
    """The limit for rewards with standard deviation 1."""
    return limit(kappa, deviation=1.0)


GAPS = tuple(f"{kappa}*(J/T)**(1/2)" for kappa in (0.5, 0.7, 0.9, 1.1, 1.3, 1.6, 2.0))
NUMBERS = tuple(f"{share}*V**(2/3)*T**(1/3)" for share in (0.5, 0.7, 0.9, 1.1, 1.3, 1.6, 2.0))

THEOREM = Theorem(
    id="regret_lower_bound",
    title="The regret that no policy avoids where means change",
    source=Source("besbes2014", where="the lower bound"),
    statement=r"\inf_\pi \sup E R_T = \Omega((J T)^{1/2}), \Omega(V^{1/3} T^{2/3})",
    assumptions=(
        Assumption("bernoulli", "rewards are independent, 0 or 1"),
        Assumption("segments", "the means are constant in each of J segments"),
        Assumption("variation", "the means vary by at most V in all, in the supremum norm"),
    ),
    claims=(
        Rate(
            "switching",
            measure=at_gap,
            bound="sqrt(J*T)",
            relation="Omega",
            worst_over={"gap": GAPS},
            uses=("bernoulli", "segments"),
            scope="every policy: the exact risk of the best guess from all rewards so far",
            designs=(
                Design(sweep={"T": [2**k for k in range(12, 20)]}, at={"J": 4}),
                Design(sweep={"J": [2**k for k in range(8)]}, at={"T": 2**17}),
                Design(sweep={"T": [4**k for k in range(5, 12)], "J": [2**k for k in range(7)]}),
            ),
            controls=(but("tenth", "exponents larger by a tenth", bound="(J*T)**(3/5)"),),
        ),
        Rate(
            "variation",
            measure=at_variation,
            bound="V**(1/3)*T**(2/3)",
            relation="Omega",
            worst_over={"L": NUMBERS},
            uses=("bernoulli", "variation"),
            scope="every policy: the exact risk of the best guess from all rewards so far",
            designs=(
                Design(sweep={"T": [2**k for k in range(16, 26)]}, at={"V": 8}),
                Design(sweep={"V": [2**k for k in range(9)]}, at={"T": 2**24}),
            ),
            controls=(but("tenth", "exponents larger by a tenth", bound="V**(13/30)*T**(23/30)"),),
        ),
        Limit(
            "collapse",
            measure=collapsed,
            target=limit,
            along={"B": [2**k for k in range(8, 18)]},
            each={"kappa": [0.5, 1.0, 1.5, 2.0, 3.0, 5.0]},
            margin=0.01,
            uses=("bernoulli",),
            scope="the lower bound itself, as a function of the gap",
            controls=(
                but("unit", "a reward in [0, 1] has a smaller deviation than 1", target=unit_limit),
            ),
        ),
    ),
)
