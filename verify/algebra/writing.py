"""A bound as text in the grammar, and as LaTeX."""

import re
from enum import IntEnum
from fractions import Fraction

from verify.algebra.exponent import Exponent
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
)

_GREEK = re.compile(
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|"
    "upsilon|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega"
)
_HALF, _MINUS_ONE = Fraction(1, 2), Fraction(-1)


class _Level(IntEnum):
    """How tightly a piece of text binds."""

    SUM = 0
    PRODUCT = 1
    POWER = 2
    ATOM = 3


def write(node: Node) -> str:
    """The text of `node`; read back it gives an equal node."""
    return _text(node)[0]


def _text(node: Node) -> tuple[str, _Level]:
    match node:
        case Number(value):
            return str(value), _Level.ATOM if value.denominator == 1 else _Level.PRODUCT
        case Symbol(name):
            return name, _Level.ATOM
        case Sum(parts):
            return " + ".join(_within(part, _Level.PRODUCT) for part in parts), _Level.SUM
        case Product(parts):
            return _product(parts), _Level.PRODUCT
        case Power(base, exponent):
            return _power(base, exponent)
        case Log() | Max() | Min():
            return _call(node), _Level.ATOM


def _call(node: Log | Max | Min) -> str:
    if isinstance(node, Log):
        return f"log({'1/' if node.reciprocal else ''}{write(node.argument)})"
    name = "max" if isinstance(node, Max) else "min"
    return f"{name}({', '.join(write(part) for part in node.parts)})"


def _within(node: Node, level: _Level) -> str:
    text, own = _text(node)
    return text if own >= level else f"({text})"


def _product(parts: tuple[Node, ...]) -> str:
    text = _within(parts[0], _Level.PRODUCT)
    for part in parts[1:]:
        if isinstance(part, Power) and part.exponent.constant == _MINUS_ONE:
            text += "/" + _within(part.base, _Level.POWER)
        else:
            text += "*" + _within(part, _Level.POWER)
    return text


def _power(base: Node, exponent: Exponent) -> tuple[str, _Level]:
    if exponent.constant == _HALF:
        return f"sqrt({write(base)})", _Level.ATOM
    if exponent.constant == _MINUS_ONE:
        return f"1/{_within(base, _Level.POWER)}", _Level.PRODUCT
    text = str(exponent)
    simple = text.isidentifier() or text.isdigit()
    return f"{_within(base, _Level.ATOM)}**{text if simple else f'({text})'}", _Level.POWER


def latex(node: Node) -> str:
    """The LaTeX of `node`, for math mode."""
    return _latex(node)[0]


def latex_name(name: str) -> str:
    """A variable's LaTeX: Greek letters by name, `x_1` and `x1` with a subscript, words upright."""
    match = re.fullmatch(r"([A-Za-z]+)_?([0-9]+)|([A-Za-z]+)_([A-Za-z0-9]+)", name)
    if match:
        stem, index = (match[1], match[2]) if match[1] else (match[3], match[4])
        inner = index if index.isdigit() else latex_name(index)
        return f"{latex_name(stem)}_{{{inner}}}"
    if name in ("eps", "epsilon"):
        return r"\varepsilon"
    if _GREEK.fullmatch(name):
        return "\\" + name
    if len(name) == 1 and name != "_":
        return name
    return r"\mathrm{" + name.replace("_", r"\_") + "}"


def _latex(node: Node) -> tuple[str, _Level]:
    match node:
        case Number(value):
            return _latex_number(value)
        case Symbol(name):
            return latex_name(name), _Level.ATOM
        case Sum(parts):
            return " + ".join(_latex_within(part, _Level.PRODUCT) for part in parts), _Level.SUM
        case Product(parts):
            return _latex_product(parts), _Level.PRODUCT
        case Power(base, exponent):
            return _latex_power(base, exponent)
        case Log() | Max() | Min():
            return _latex_call(node)


def _latex_number(value: Fraction) -> tuple[str, _Level]:
    if value.denominator == 1:
        return str(value), _Level.ATOM
    return rf"\frac{{{value.numerator}}}{{{value.denominator}}}", _Level.POWER


def _latex_call(node: Log | Max | Min) -> tuple[str, _Level]:
    if isinstance(node, Log):
        return r"\log" + _latex_argument(node), _Level.POWER
    name = r"\max" if isinstance(node, Max) else r"\min"
    return rf"{name}\left\{{{', '.join(latex(part) for part in node.parts)}\right\}}", _Level.ATOM


def _latex_within(node: Node, level: _Level) -> str:
    text, own = _latex(node)
    return text if own >= level else rf"\left({text}\right)"


def _latex_product(parts: tuple[Node, ...]) -> str:
    below = [p.base for p in parts if isinstance(p, Power) and p.exponent.constant == _MINUS_ONE]
    above = [p for p in parts if not (isinstance(p, Power) and p.exponent.constant == _MINUS_ONE)]
    if below:
        return rf"\frac{{{_latex_factors(above) or '1'}}}{{{_latex_factors(below)}}}"
    return _latex_factors(above)


def _latex_factors(parts: list[Node]) -> str:
    if len(parts) == 1:
        return latex(parts[0])
    text = ""
    for part in parts:
        factor = _latex_within(part, _Level.POWER)
        text += (r" \cdot " if factor[0].isdigit() else " ") + factor if text else factor
    return text


def _latex_power(base: Node, exponent: Exponent) -> tuple[str, _Level]:
    if exponent.constant == _HALF:
        return rf"\sqrt{{{latex(base)}}}", _Level.ATOM
    if exponent.constant == _MINUS_ONE:
        return rf"\frac{{1}}{{{latex(base)}}}", _Level.POWER
    power = exponent.write(latex_name, " ", "{x}^{{{k}}}")
    if isinstance(base, Log):
        return rf"\log^{{{power}}}{_latex_argument(base)}", _Level.POWER
    return rf"{_latex_within(base, _Level.ATOM)}^{{{power}}}", _Level.POWER


def _latex_argument(log: Log) -> str:
    inner = latex(log.argument)
    return f"(1/{inner})" if log.reciprocal else f" {inner}"
