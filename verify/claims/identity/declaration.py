"""What an identity declares."""

from verify.claims.exact.declaration import ExactDeclaration, is_function
from verify.spec.declaration import declaration, is_positive, item
from verify.spec.measure import Measure

WIDTH = 1e-30


@declaration
class IdentityDeclaration(ExactDeclaration):
    """The fields of an identity, and what follows from them alone."""

    residual: Measure | None = item(
        "a function of the drawn variables", is_function, default=None, kw_only=True
    )
    width: float = item("a positive number", is_positive, default=WIDTH, kw_only=True)

    @property
    def statement(self) -> str:
        """The claim in a line."""
        if self.residual is None:
            return f"{getattr(self.proof, '__name__', 'proof')} = 0"
        return f"{self.residual.__name__}({', '.join(self.given)}) = 0"
