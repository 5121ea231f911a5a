"""What the parameters of a strategy may be, and what a wrong one is told."""

from collections.abc import Callable
from math import inf, isfinite
from numbers import Integral, Real
from typing import Any, TypeVar

from hypothesis.strategies import SearchStrategy, just

from verify.errors import InputError
from verify.spec.declaration import shown

T = TypeVar("T")


def whole(what: str, value: object, low: int, high: float = inf) -> int:
    """The value as an int from `low` to `high`; InputError, which names `what`, if it is none."""
    fits = isinstance(value, Integral) and not isinstance(value, bool) and low <= int(value) <= high
    end = "" if high == inf else f" to {high}"
    return int(_required(fits, what, value, f"a whole number from {low}{end}"))


def real(what: str, value: object, expected: str, fits: Callable[[Any], bool]) -> float:
    """The value as a finite float that `fits`; InputError, saying what is `expected`, otherwise."""
    number = isinstance(value, Real) and not isinstance(value, bool) and isfinite(value)
    return float(_required(number and fits(value), what, value, expected))


def positive(what: str, value: object) -> float:
    """The value as a float above 0; InputError otherwise."""
    return real(what, value, "a positive number", lambda number: number > 0)


def fixed_or_drawn(value: object, check: Callable[[Any], T]) -> SearchStrategy[T]:
    """A strategy of checked values: of the one that is given, or of what another strategy draws.

    A fixed value is checked at once, a drawn one when it is drawn.
    """
    if isinstance(value, SearchStrategy):
        return value.map(check)
    return just(check(value))


def _required(fits: bool, what: str, found: Any, expected: str) -> Any:
    if not fits:
        raise InputError(f"{what} is {shown(found)}; expected {expected}")
    return found
