"""Identities: a residual vanishes, by proof, in balls, or to stated digits on drawn instances."""

from verify.claims.identity.identity import Identity
from verify.claims.identity.outcome import Counterexample, IdentityControl, IdentityOutcome

__all__ = ["Counterexample", "Identity", "IdentityControl", "IdentityOutcome"]
