"""What claims that are exact share: instances in three arithmetics, proofs, counterexamples."""

from verify.claims.exact.counterexample import Counterexample

__all__ = ["Counterexample"]
