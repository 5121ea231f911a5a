"""What an inequality declares, and what follows from it."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from verify.claims.exact.declaration import ExactDeclaration, is_function
from verify.claims.given import is_count
from verify.claims.inequality.box import Box, strategies
from verify.spec.declaration import declaration, item
from verify.spec.measure import Measure, convention

EVALUATIONS, REPLICATES, MARGIN = 20_000, 4096, 0.0

Bound = Measure | float | Fraction | None


def is_number(value: object) -> bool:
    """Whether `value` is an integer, a fraction or a double; infinite ones too."""
    return isinstance(value, int | float | Fraction) and not isinstance(value, bool)


def _is_bound(value: object) -> bool:
    return value is None or callable(value) or is_number(value)


def _is_box(value: object) -> bool:
    """Whether `value` has names of parameters with two or three numbers."""
    return isinstance(value, Mapping) and all(
        isinstance(name, str)
        and isinstance(one, tuple | list)
        and len(one) in (2, 3)
        and all(is_number(end) and not isinstance(end, Fraction) for end in one)
        for name, one in value.items()
    )


@lru_cache(maxsize=256)
def _taken(function: Measure) -> frozenset[str]:
    """The names of what a function takes; a search asks for them at each of its points."""
    return convention(function).variables


def arguments(function: Measure, data: Mapping[str, Any]) -> dict[str, Any]:
    """What of an instance a function takes."""
    wanted = _taken(function)
    return {name: value for name, value in data.items() if name in wanted}


@declaration
class InequalityDeclaration(ExactDeclaration):
    """The fields of an inequality, and what follows from them alone."""

    value: Measure | None = item(
        "a function of the drawn variables", is_function, default=None, kw_only=True
    )
    low: Bound = item("a number, a function or None", _is_bound, default=None, kw_only=True)
    high: Bound = item("a number, a function or None", _is_bound, default=None, kw_only=True)
    box: Box = item(
        "names of arguments with bounds, as {'x': (0, 1)} or, for a list of n, {'z': (0, 1, n)}",
        _is_box,
        default={},
        kw_only=True,
    )
    evaluations: int = item("a whole number from 1", is_count, default=EVALUATIONS, kw_only=True)
    replicates: int = item(
        "a whole number from 2",
        lambda value: is_count(value) and value >= 2,
        default=REPLICATES,
        kw_only=True,
    )
    margin: float = item(
        "a number from 0",
        lambda value: is_number(value) and 0 <= value < float("inf"),
        default=MARGIN,
        kw_only=True,
    )

    @property
    def strategies(self) -> Mapping[str, Any]:
        """What draws an instance: what is `given`, and the parameters of the box."""
        return {**self.given, **strategies(self.box)} if self.box else self.given

    @property
    def names(self) -> list[str]:
        """All that has a value at an instance."""
        return [*self.given, *self.box]

    @property
    def functions(self) -> Iterator[tuple[str, Measure]]:
        """Those of value, low and high that are functions, by the names of their fields."""
        for name in ("value", "low", "high"):
            one = getattr(self, name)
            if callable(one):
                yield name, one

    @property
    def is_noisy(self) -> bool:
        """Whether the claim is on the mean of a random value."""
        return self.value is not None and convention(self.value).random

    @property
    def statement(self) -> str:
        """The claim in a line."""
        if self.value is None:
            return f"{getattr(self.proof, '__name__', 'proof')} >= 0"
        middle = self._shown(self.value)
        middle = f"E[{middle}]" if self.is_noisy else middle
        low = f"{self._shown(self.low)} <= " if self.low is not None else ""
        high = f" <= {self._shown(self.high)}" if self.high is not None else ""
        return f"{low}{middle}{high}"

    def _shown(self, one: Bound) -> str:
        """A number, or a function with its arguments."""
        if not callable(one):
            return f"{one:g}" if isinstance(one, float) else str(one)
        wanted = convention(one).variables
        return f"{one.__name__}({', '.join(name for name in self.names if name in wanted)})"
