"""The kinds of claim, one room each: what it declares, what it measures, how it is judged."""

from verify.claims.rate import Rate, RateOutcome

__all__ = ["AnyOutcome", "Rate", "RateOutcome"]

AnyOutcome = RateOutcome
"""The outcome of a claim of any kind: what a result holds."""
