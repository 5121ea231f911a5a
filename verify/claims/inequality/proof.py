"""A proof that sympy expressions are never negative: by their form, and a check by numbers."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import attrs

from verify.claims.exact.attempt import Attempt
from verify.claims.exact.simplifiers import simplified
from verify.claims.exact.spot_check import spot_check

POINTS = 25
"""Points at which an expression must not be negative: more than for a zero, which is nowhere so."""

EXPECTED = "sympy expressions, Ge or Le of them, or pairs (expression, form)"


@attrs.frozen
class Part:
    """An expression that is to be >= 0, and the same in a form that shows it, if there is one.

    `index` is its place among all that a proof returns, flattened.
    """

    index: int
    expression: Any
    form: Any = None


def attempt(proof: Callable[[], Any]) -> Attempt:
    """Whether every expression that `proof` returns is >= 0 under its symbols' assumptions.

    Its form must show it (`manifest`), and the expression itself must not be negative at random
    admissible points to fifty digits; where it is at one, that disproves it.
    """
    try:
        parts = list(_parts(proof(), count()))
    except TypeError as error:
        return Attempt("open", f"the proof returned {error}; expected {EXPECTED}")
    except Exception as error:  # whatever a user's function raises
        return Attempt("open", f"the proof raised {type(error).__name__}: {error}")
    if not parts:
        return Attempt("open", f"the proof returned nothing; expected {EXPECTED}")
    found = [_examined(part) for part in parts]
    for outcome in ("disproved", "open"):
        if wrong := [one for one in found if one.outcome == outcome]:
            return wrong[0]
    return Attempt("proved", f"proved: {'; '.join(dict.fromkeys(one.told for one in found))}")


def _examined(part: Part) -> Attempt:
    """What becomes of one expression."""
    import sympy  # noqa: PLC0415 - slow to load

    if any(one.has(sympy.Float) for one in (part.expression, part.form or part.expression)):
        told = "not proved: doubles in an expression; write Rational(1, 2) for 0.5"
        return Attempt("open", told, part.index)
    spot = spot_check(part.expression, POINTS, ">= 0")
    if spot.holds is False:
        told = "the expression of the proof is negative"
        return Attempt("disproved", told, part.index, spot.point, spot.value)
    way = manifest(part.expression) if part.form is None else certified(part)
    if way is None or spot.holds is None:
        short = "no form shows that it is >= 0" if way is None else way
        return Attempt("open", f"not proved: {short}; by numbers: {spot.told}", part.index)
    return Attempt("proved", f"{way}; by numbers: {spot.told}", part.index)


def certified(part: Part) -> str | None:
    """How a certificate shows that its expression is >= 0: it is the same, and shows it."""
    difference = part.expression - part.form
    way, shows = simplified(difference), manifest(part.form)
    if way is None or shows is None or spot_check(difference).holds is not True:
        return None
    return f"equal to a form by {way}, and that {shows}"


def manifest(expression: Any) -> str | None:
    """How a form of an expression shows that it is >= 0; None if none of those tried does."""
    for name, form in _forms():
        try:
            if form(expression).is_nonnegative:
                return f"is >= 0 {name}"
        except Exception:  # one that fails leaves it to the next
            continue
    try:
        return "has no root at which it changes its sign" if _univariate(expression) else None
    except Exception:  # no rational function of one symbol
        return None


def _forms() -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """The cheap ones first."""
    import sympy  # noqa: PLC0415 - slow to load

    yield "as it stands", lambda one: one
    yield "expanded", sympy.expand
    yield "factored", sympy.factor
    yield "over one denominator", sympy.together
    yield "factored over one denominator", lambda one: sympy.factor(sympy.together(one))


def _univariate(expression: Any) -> bool:
    """Whether a rational function of one real symbol is >= 0 on the symbol's range.

    By exact isolation of the real roots: those of odd order, at which the sign changes, must lie
    outside of the range or at its end, and the sign is right at a point between.
    """
    from sympy import QQ, Poly, fraction, oo, together  # noqa: PLC0415 - slow to load

    (symbol,) = expression.free_symbols
    if not symbol.is_extended_real:
        return False
    numerator, denominator = fraction(together(expression))
    subject = Poly(numerator * denominator, symbol, domain=QQ)
    low = 0 if symbol.is_nonnegative else -oo
    high = 0 if symbol.is_nonpositive else oo
    _, factors = subject.sqf_list()
    odd = [one for one, power in factors if power % 2]
    if any(low < root < high for one in odd for root in one.real_roots()):
        return False
    inside = low + 1 if low == 0 else high - 1 if high == 0 else 0
    while subject.eval(inside) == 0:
        inside += 1 if high == oo else -1
    return bool(subject.eval(inside) > 0)


def _parts(found: Any, places: Iterator[int]) -> Iterator[Part]:
    """The expressions of what a proof returns; a pair is one with its form, a list several."""
    import sympy  # noqa: PLC0415 - slow to load

    if isinstance(found, tuple) and len(found) == 2:
        expression, form = found
        if not (isinstance(expression, sympy.Expr) and isinstance(form, sympy.Expr)):
            raise TypeError(f"a pair of other things than expressions, {found}")
        yield Part(next(places), *found)
        next(places)
    elif isinstance(found, list | tuple) or hasattr(found, "tolist"):
        for one in found.tolist() if hasattr(found, "tolist") else found:
            yield from _parts(one, places)
    elif isinstance(found, sympy.Ge | sympy.Le):
        yield Part(next(places), found.gts - found.lts)
    elif isinstance(found, sympy.Expr):
        yield Part(next(places), found)
    elif found in (sympy.true, sympy.false):
        raise TypeError(f"a relation that sympy has turned into {found}, which nothing can check")
    else:
        raise TypeError(f"{type(found).__name__}")
