"""Identities: a residual vanishes, by proof, in balls, or to stated digits on drawn instances."""

from verify.claims.identity.identity import Identity
from verify.claims.identity.outcome import IdentityControl, IdentityCounterexample, IdentityOutcome

__all__ = ["Identity", "IdentityControl", "IdentityCounterexample", "IdentityOutcome"]
