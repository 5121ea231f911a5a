"""What an identity declares."""

from collections.abc import Iterator, Mapping
from typing import Any

from verify.claims.exact.apart import apart
from verify.claims.exact.attempt import Attempt
from verify.claims.exact.declaration import ExactDeclaration, is_function
from verify.claims.identity.proof import attempt
from verify.claims.identity.vanishing import Vanishing
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
    def question(self) -> Vanishing | None:
        """Whether the residual vanishes, if there is one."""
        return Vanishing(self, self.residual) if self.residual is not None else None

    def attempted(self) -> Attempt | None:
        """What becomes of the proof in a process of its own, if there is one."""
        return apart(attempt, self.proof) if self.proof is not None else None

    def admits(self, data: Mapping[str, Any]) -> bool:
        """Never: what a strategy would draw cannot be told from data."""
        return False

    @property
    def functions(self) -> Iterator[tuple[str, Measure]]:
        """The residual, if there is one."""
        if self.residual is not None:
            yield "residual", self.residual

    @property
    def statement(self) -> str:
        """The claim in a line."""
        if self.residual is None:
            return f"{getattr(self.proof, '__name__', 'proof')} = 0"
        return f"{self.residual.__name__}({', '.join(self.given)}) = 0"
