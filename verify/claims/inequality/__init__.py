"""Inequalities: low <= value <= high, by proof, in balls over a box, or by a search."""

from verify.claims.inequality.inequality import Inequality
from verify.claims.inequality.outcome import (
    EnclosureRow,
    ExtremeRow,
    InequalityControl,
    InequalityCounterexample,
    InequalityOutcome,
)

__all__ = [
    "EnclosureRow",
    "ExtremeRow",
    "Inequality",
    "InequalityControl",
    "InequalityCounterexample",
    "InequalityOutcome",
]
