"""What claims that are exact share: instances in three arithmetics, proofs, counterexamples."""

from verify.claims.exact.counterexample import Counterexample
from verify.claims.exact.declaration import ExactDeclaration

__all__ = ["Counterexample", "ExactDeclaration"]
