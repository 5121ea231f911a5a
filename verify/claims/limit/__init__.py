"""Limits: a number, a curve or a law tends to a given target along a sweep."""

from verify.claims.limit.limit import Limit
from verify.claims.limit.outcome import LimitControl, LimitOutcome, LimitRow

__all__ = ["Limit", "LimitControl", "LimitOutcome", "LimitRow"]
