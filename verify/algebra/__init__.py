"""The calculus of bounds: exact growth, regimes, dominance and crossovers.

    >>> regret = bound("min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))")
    >>> regret.growth({"T": 1, "J": "1/2"}).power
    Fraction(2, 3)
    >>> bool(dominates("T", regret, ["1 <= J <= T", "V <= 1"]))
    True

Bounds count up to constant factors.  All answers are exact, in Fractions, and those about whole
cones carry a proof or a counterexample.
"""

from verify.algebra.bounds import Bound, bound
from verify.algebra.certificate import Farkas, LogBound, Witness
from verify.algebra.cones import Cone, cone
from verify.algebra.crossover import Crossover
from verify.algebra.dominance import Dominance, Equivalence, dominates, same_growth
from verify.algebra.growth import Growth
from verify.algebra.lower_order import LowerOrder
from verify.algebra.refusal import BoundError
from verify.algebra.regimes import Regime
from verify.errors import GrammarError

__all__ = [
    "Bound",
    "BoundError",
    "Cone",
    "Crossover",
    "Dominance",
    "Equivalence",
    "Farkas",
    "GrammarError",
    "Growth",
    "LogBound",
    "LowerOrder",
    "Regime",
    "Witness",
    "bound",
    "cone",
    "dominates",
    "same_growth",
]
