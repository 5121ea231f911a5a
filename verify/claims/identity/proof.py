"""A proof that sympy expressions are identically zero: a simplifier's, and a check by numbers."""

from collections.abc import Callable
from typing import Any

from verify.claims.exact.attempt import Attempt
from verify.claims.exact.simplifiers import simplified
from verify.claims.exact.spot_check import spot_check


def attempt(proof: Callable[[], Any]) -> Attempt:
    """Whether every expression that `proof` returns is identically zero.

    A simplifier must give exactly 0, and the expression itself must vanish at random admissible
    points to fifty digits; where it does not at one, that disproves it.
    """
    import sympy  # noqa: PLC0415 - slow to load

    try:
        found = sympy.flatten([_listed(proof())])
    except Exception as error:  # whatever a user's function raises
        return Attempt("open", f"the proof raised {type(error).__name__}: {error}")
    if not found or not all(isinstance(one, sympy.Expr) for one in found):
        return Attempt("open", "the proof returned something else than sympy expressions")
    ways = []
    for index, expression in enumerate(found):
        if expression.has(sympy.Float):
            told = "not proved: doubles in an expression; write Rational(1, 2) for 0.5"
            return Attempt("open", told)
        spot = spot_check(expression)
        if spot.holds is False:
            told = "the expression of the proof is not zero"
            return Attempt("disproved", told, index, spot.point, spot.value)
        way = simplified(expression)
        if way is None or spot.holds is None:
            short = "no simplifier gives 0" if way is None else f"{way} gives 0"
            return Attempt("open", f"not proved: {short}; by numbers: {spot.told}")
        ways.append(f"{way} gives 0; by numbers: {spot.told}")
    return Attempt("proved", f"proved: {'; '.join(dict.fromkeys(ways))}")


def _listed(found: Any) -> Any:
    """A matrix as the list of its entries."""
    return list(found) if hasattr(found, "tolist") else found
