"""What a function does with balls that its enclosure does not show.

`math.sin(x)` of a ball is a double of its midpoint: what is enclosed then is another number, and
rigorously so.  `x < y` of two balls is False where they overlap: `max(x, y)` of Python encloses the
first of them alone.
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
COMPARISONS = tuple(f"__{name}__" for name in ("lt", "le", "gt", "ge", "eq", "ne"))


def makes_doubles(function: Measure, data: Mapping[str, Any], bits: int) -> bool:
    """Whether a double is made of a number of an instance, or of what its methods make of it.

    Balls that come from elsewhere (a matrix, a series, a complex ball) are not watched.
    """
    return _does(("__float__", "__complex__"), function, data, bits)


def compares(function: Measure, data: Mapping[str, Any], bits: int) -> bool:
    """Whether balls that are made of the numbers of an instance are compared."""
    return _does(COMPARISONS, function, data, bits)


def _does(refused: tuple[str, ...], function: Measure, data: Mapping[str, Any], bits: int) -> bool:
    """Whether a function uses what its numbers refuse."""
    kind, made = _watched(refused)
    made.clear()
    with precision(bits), suppress(InputError):  # whatever it does under watch
        called(function, data, kind)
    return bool(made)


@cache
def _watched(refused: tuple[str, ...]) -> tuple[Any, list[object]]:
    """A ball that refuses some methods, as do its sums and values; and what was refused."""
    ball: Any = import_module("flint").arb
    made: list[object] = []

    def refuse(self: Any, *_: Any) -> Any:
        made.append(self)
        raise TypeError("what a ball refuses")

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
    kind = type(ball.__name__, (ball,), {**methods, **dict.fromkeys(refused, refuse)})
    return kind, made
