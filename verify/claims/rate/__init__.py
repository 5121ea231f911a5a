"""Rates: a statistic of a measured quantity grows like a bound."""

from verify.claims.rate.declaration import Rate
from verify.claims.rate.outcome import ExponentRow, RateControl, RateOutcome

__all__ = ["ExponentRow", "Rate", "RateControl", "RateOutcome"]
