"""The kinds of claim, one room each: what it declares, what it measures, how it is judged."""

from typing import TypeAlias

from verify.claims.corollary import Corollary, CorollaryOutcome
from verify.claims.identity import Identity, IdentityOutcome
from verify.claims.inequality import Inequality, InequalityOutcome
from verify.claims.limit import Limit, LimitOutcome
from verify.claims.rate import Rate, RateOutcome

__all__ = [
    "AnyOutcome",
    "Corollary",
    "CorollaryOutcome",
    "Identity",
    "IdentityOutcome",
    "Inequality",
    "InequalityOutcome",
    "Limit",
    "LimitOutcome",
    "Rate",
    "RateOutcome",
]

AnyOutcome: TypeAlias = (
    RateOutcome | CorollaryOutcome | LimitOutcome | IdentityOutcome | InequalityOutcome
)
"""The outcome of a claim of any kind: what a result holds."""
