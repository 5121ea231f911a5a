"""Rates: a statistic of a measured quantity grows like a bound."""

from verify.claims.rate.outcome import ExponentRow, RateControl, RateOutcome
from verify.claims.rate.rate import Rate

__all__ = ["ExponentRow", "Rate", "RateControl", "RateOutcome"]
