"""What an inequality asks of an instance: exactly, or of a mean."""

from verify.claims.inequality.bounded import Bounded
from verify.claims.inequality.declaration import InequalityDeclaration
from verify.claims.inequality.noise import Noisy


def question_of(claim: InequalityDeclaration) -> Bounded | Noisy:
    """Of a value that is exact, or of a noisy one."""
    return Noisy(claim) if claim.is_noisy else Bounded(claim)
