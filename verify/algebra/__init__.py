"""The calculus of bounds: exact growth, regimes, dominance and crossovers."""

from verify.algebra.bound import Bound, bound
from verify.algebra.growth import Growth
from verify.algebra.refusal import BoundError
from verify.errors import GrammarError

__all__ = ["Bound", "BoundError", "GrammarError", "Growth", "bound"]
