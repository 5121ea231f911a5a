"""How a strategy is shown."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

from hypothesis.strategies import DrawFn, SearchStrategy, composite

P = ParamSpec("P")
T = TypeVar("T")


def named(make: Callable[P, SearchStrategy[T]]) -> Callable[P, SearchStrategy[T]]:
    """The same strategy with the repr of its call, as `unit_vectors(d=3)`, which reports print."""

    @wraps(make)
    def call(*args: P.args, **kwargs: P.kwargs) -> SearchStrategy[T]:
        strategy = make(*args, **kwargs)  # now, and not at the first draw: it checks parameters

        def drawn(draw: DrawFn, /, **_: Any) -> T:
            return draw(strategy)

        drawn.__name__ = make.__name__
        return composite(drawn)(**signature(make).bind(*args, **kwargs).arguments)

    return call
