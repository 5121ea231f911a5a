"""A sympy expression as text in the grammar, without importing sympy.

sympy writes its expressions in a form that the grammar reads; what could be misread, such as the
number e, which it writes as E, is refused first.
"""

import re
from typing import Any

from verify.algebra.grammar import FUNCTIONS
from verify.algebra.refusal import BoundError

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
    return re.sub(r"\b(Max|Min)\(", lambda match: match[0].lower(), str(expression))
