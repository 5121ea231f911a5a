"""What sympy's simplifiers make of an expression that ought to be zero."""

from collections.abc import Callable, Iterator
from typing import Any


def simplified(expression: Any) -> str | None:
    """The first of sympy's simplifiers that turns the expression into 0; None if none does."""
    import sympy  # noqa: PLC0415 - slow to load

    for name, simplify in _simplifiers():
        try:
            if simplify(expression) is sympy.S.Zero:
                return name
        except Exception:  # one that fails leaves it to the next
            continue
    return None


def _simplifiers() -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """The cheap ones first."""
    import sympy  # noqa: PLC0415 - slow to load

    yield "expand", sympy.expand
    yield "factor", sympy.factor
    yield "simplify", sympy.simplify
    yield "expand in exponentials", lambda one: sympy.expand(one.rewrite(sympy.exp))
    yield "radsimp", lambda one: sympy.simplify(sympy.radsimp(one))
