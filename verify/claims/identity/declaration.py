"""What an identity declares, and the instances that follow from it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from verify.claims.given import is_count, is_given
from verify.spec.claim import Claim
from verify.spec.declaration import declaration, is_positive, item
from verify.spec.instance import draw
from verify.spec.measure import Cell, Measure

ARITHMETICS = "float", "mpmath", "ball"
DIGITS, WIDTH = 12, 1e-30


def _is_function(value: object) -> bool:
    return value is None or callable(value)


@declaration
class IdentityDeclaration(Claim):
    """The fields of an identity, and what follows from them alone."""

    residual: Measure | None = item(
        "a function of the drawn variables", _is_function, default=None, kw_only=True
    )
    given: Mapping[str, Any] = item(
        "arguments of the residual with Hypothesis strategies, as {'x': floats(0, 1)}",
        is_given,
        default={},
        kw_only=True,
    )
    instances: int = item("a whole number from 1", is_count, default=64, kw_only=True)
    arithmetic: Literal["float", "mpmath", "ball"] = item(
        "'float', 'mpmath' or 'ball'",
        lambda value: value in ARITHMETICS,
        default="float",
        kw_only=True,
    )
    digits: int = item("a whole number from 1", is_count, default=DIGITS, kw_only=True)
    width: float = item("a positive number", is_positive, default=WIDTH, kw_only=True)
    proof: Callable[[], Any] | None = item(
        "a function that returns sympy expressions", _is_function, default=None, kw_only=True
    )
    seed: int = item(
        "a whole number", lambda value: isinstance(value, int), default=0, kw_only=True
    )

    def cells(self) -> Sequence[Cell]:
        """Nothing is sampled: all is exact, and computed where it is judged."""
        return ()

    def costs(self) -> Mapping[Cell, float]:
        """Nothing is sampled."""
        return {}

    @property
    def drawn_instances(self) -> list[dict[str, Any]]:
        """The distinct instances that its seed gives it, as data; a single empty one without any.

        Raises InputError for a strategy that raises, that yields nothing, or other than data.
        """
        if not self.given:
            return [{}]
        found = draw(self.given, self.instances, self.seed)
        return [{name: one.data for name, one in row.items()} for row in found]

    @property
    def statement(self) -> str:
        """The claim in a line."""
        if self.residual is None:
            return f"{getattr(self.proof, '__name__', 'proof')} = 0"
        return f"{self.residual.__name__}({', '.join(self.given)}) = 0"
