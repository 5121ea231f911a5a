"""Bounds from and to sympy, which is imported only to solve an equation.

sympy writes its expressions in a form that the grammar reads; what could be misread, such as the
number e, which it writes as E, is refused first.
"""

import re
from typing import Any

from verify.algebra.expression import (
    Log,
    Max,
    Min,
    Node,
    Number,
    Power,
    Product,
    Sum,
    Symbol,
    children,
)
from verify.algebra.grammar import FUNCTIONS
from verify.algebra.growth import exact_exponent
from verify.algebra.refusal import BoundError
from verify.algebra.writing import write

_FUNCTIONS = {Sum: "Add", Product: "Mul", Max: "Max", Min: "Min", Log: "log"}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def is_sympy(source: object) -> bool:
    """Whether `source` is a sympy expression, judged by the modules of its classes."""
    return any(cls.__module__ == "sympy.core.basic" for cls in type(source).__mro__)


def sympy_text(expression: Any) -> str:
    """The text of a sympy expression; `BoundError` for an atom that is no number and no variable.

    A Float is written in decimals, so that one in an exponent is judged like any other decimal.
    """
    for atom in sorted(expression.atoms(), key=str):
        if atom.is_Symbol:
            if not _NAME.fullmatch(atom.name) or atom.name in FUNCTIONS:
                raise BoundError(
                    f"a sympy symbol named {atom.name!r}", "use letters, digits and underscores"
                )
        elif not (atom.is_Rational or atom.is_Float):
            raise BoundError(
                f"{atom} in a sympy expression", "use symbols, rational numbers and their powers"
            )
    return _in_grammar(str(expression))


def _in_grammar(text: str) -> str:
    return re.sub(r"\b(Max|Min)\(", lambda match: match[0].lower(), text)


def solve(first: Node, second: Node, variable: str) -> tuple[str, ...]:
    """The positive values of `variable` at which two bounds are equal, by `sympy.solve`, as texts.

    Raises `BoundError` where sympy finds no closed form.
    """
    import sympy  # noqa: PLC0415 - slow to load, and needed here only

    unknown = sympy.Symbol(variable, positive=True)
    difference = _expression(first, sympy) - _expression(second, sympy)
    try:
        found = [x for x in sympy.solve(difference, unknown) if _is_root(difference, unknown, x)]
    except NotImplementedError:
        found = []
    if not found:
        raise BoundError(
            f"{write(first)} = {write(second)} has no closed form in {variable}",
            "solve for another variable, or evaluate both sides",
        )
    return tuple(_in_grammar(str(root)) for root in found)


def _is_root(difference: Any, unknown: Any, root: Any) -> bool:
    """Whether `root` is positive and a root for some values of the other variables.

    Squaring away radicals brings in roots of other equations, and sympy cannot always tell.
    """
    others = sorted(difference.free_symbols - {unknown}, key=str)
    for size in (1, 7, 1000):
        point = {symbol: size ** (k + 1) * 3 / 2 for k, symbol in enumerate(others)}
        value = root.subs(point).evalf(30)
        error = difference.subs(unknown, value).subs(point).evalf(30)
        if value.is_real and value > 0 and abs(error) < 1e-12 * (1 + value):
            return True
    return False


def _expression(node: Node, sympy: Any) -> Any:
    """`node` in sympy, all variables positive (else roots of products do not split)."""
    parts = [_expression(child, sympy) for child in children(node)]
    match node:
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Symbol(name):
            return sympy.Symbol(name, positive=True)
        case Power():
            exponent = exact_exponent(node)
            return parts[0] ** sympy.Rational(exponent.numerator, exponent.denominator)
        case _:
            return getattr(sympy, _FUNCTIONS[type(node)])(*parts)
