"""Whether a function of balls makes a double on the way, which an enclosure does not show.

`math.sin(x)` of a ball is a double of its midpoint.  What is enclosed then is another number, and
rigorously so.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from inspect import getattr_static
from typing import Any

from verify.claims.exact.arithmetic import called
from verify.claims.exact.balls import precision
from verify.errors import InputError
from verify.spec.measure import Measure

BINARY = "add", "sub", "mul", "truediv", "pow"
OPERATORS = {*(f"__{side}{name}__" for side in ("", "r") for name in BINARY)}
OPERATORS |= {"__neg__", "__pos__", "__abs__"}


def makes_doubles(function: Measure, data: Mapping[str, Any], bits: int) -> bool:
    """Whether a double is made of a number of an instance, or of what its methods make of it.

    Balls that come from elsewhere (a matrix, a series, a complex ball) are not watched.
    """
    kind, made = _watched()
    made.clear()
    with precision(bits), suppress(InputError):  # whatever it does under watch
        called(function, data, kind)
    return bool(made)


@cache
def _watched() -> tuple[Any, list[object]]:
    """A ball that refuses to be made a double, as do its sums and values; and what was refused."""
    ball: Any = import_module("flint").arb
    made: list[object] = []

    def refuse(self: Any) -> float:
        made.append(self)
        raise TypeError("a ball was made a double")

    def watching(method: Callable[..., Any]) -> Callable[..., Any]:
        return lambda self, *args, **kwargs: watched(method(self, *args, **kwargs))

    def watched(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(watched, value))
        return kind(value) if type(value) is ball else value

    names = [name for name in dir(ball) if name in OPERATORS or not name.startswith("_")]
    methods = {
        name: watching(getattr(ball, name))
        for name in names
        if not isinstance(getattr_static(ball, name), staticmethod | classmethod)
        and callable(getattr(ball, name))
    }
    kind = type(ball.__name__, (ball,), {**methods, "__float__": refuse, "__complex__": refuse})
    return kind, made
