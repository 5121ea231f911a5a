"""The tree of a bound: what it is made of, and the simplifications made as it is built.

A bound is positive: every constructor here refuses what is not, with a `BoundError`.  The tree
keeps the author's order and form; it is flattened, numbers are folded and powers of powers merged,
so that the text written from a tree gives the same tree back.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import prod

import attrs

from verify.algebra.exponent import Exponent
from verify.algebra.rational import is_moderate
from verify.algebra.refusal import BoundError


@attrs.frozen
class Number:
    """A positive rational constant."""

    value: Fraction


@attrs.frozen
class Symbol:
    """A positive variable."""

    name: str


@attrs.frozen
class Log:
    """|log x| of a variable or of a number; `reciprocal` remembers that log(1/x) was written."""

    argument: Symbol | Number
    reciprocal: bool = False


@attrs.frozen
class Sum:
    """The sum of two or more terms."""

    parts: tuple["Node", ...]


@attrs.frozen
class Product:
    """The product of two or more factors; a constant comes first."""

    parts: tuple["Node", ...]


@attrs.frozen
class Max:
    """The largest of two or more arguments."""

    parts: tuple["Node", ...]


@attrs.frozen
class Min:
    """The smallest of two or more arguments."""

    parts: tuple["Node", ...]


@attrs.frozen
class Power:
    """`base` to a power that is neither 0 nor 1; the base is not itself a power."""

    base: "Node"
    exponent: Exponent


Node = Number | Symbol | Log | Power | Sum | Product | Max | Min

ONE = Number(Fraction(1))


def number(value: Fraction) -> Number:
    """The constant `value`; refuses zero, negative and very long numbers."""
    if value <= 0:
        kind = "zero" if value == 0 else f"the negative constant {value}"
        raise BoundError(f"{kind} in a bound", "bounds are positive")
    if not is_moderate(value):
        raise BoundError("a constant of more than 36 digits", "constants do not change growth")
    return Number(value)


def sum_of(terms: Iterable[Node]) -> Node:
    """The sum of one or more terms."""
    return _flat(Sum, terms)


def maximum(terms: Iterable[Node]) -> Node:
    """The largest of one or more terms."""
    return _flat(Max, terms)


def minimum(terms: Iterable[Node]) -> Node:
    """The smallest of one or more terms."""
    return _flat(Min, terms)


def product_of(factors: Iterable[Node]) -> Node:
    """The product of the factors, their constants folded into one that comes first."""
    flat: list[Node] = []
    for factor in factors:
        flat.extend(factor.parts if isinstance(factor, Product) else (factor,))
    constants = [part.value for part in flat if isinstance(part, Number)]
    others = [part for part in flat if not isinstance(part, Number)]
    constant = number(prod(constants, start=Fraction(1)))
    parts = others if constant == ONE else [constant, *others]
    return Product(tuple(parts)) if len(parts) > 1 else (parts or [ONE])[0]


def power_of(base: Node, exponent: Exponent) -> Node:
    """`base` to a power, powers of powers merged (all bases are positive)."""
    if isinstance(base, Power):
        exponent = base.exponent * exponent
        base = base.base
    value = exponent.constant
    if value == 0 or base == ONE:
        return ONE
    if value == 1:
        return base
    if isinstance(base, Number) and value is not None and value.denominator == 1:
        # Only where the digits stay few: 10**10**10 is kept as it stands.
        bits = max(base.value.numerator.bit_length(), base.value.denominator.bit_length())
        if bits * abs(value) < 256 and is_moderate(base.value ** int(value)):
            return Number(base.value ** int(value))
    return Power(base, exponent)


def log_of(argument: Node) -> Node:
    """|log| of a number other than 1, or of a power x**e of one variable: |e| |log x|.

    Anything else is refused: whether log(J*T) grows like log J + log T depends on which of the two
    shrink, and only the author knows.
    """
    if argument == ONE:
        raise BoundError("log(1) is zero", "bounds are positive")
    if isinstance(argument, Number | Symbol):
        return Log(argument)
    if isinstance(argument, Power) and isinstance(argument.base, Symbol):
        exponent = argument.exponent.constant
        if exponent is not None:
            log = Log(argument.base, reciprocal=exponent < 0)
            return product_of([Number(abs(exponent)), log])
    raise BoundError(*_why_no_log(argument))


def _flat(chain: type[Sum | Max | Min], terms: Iterable[Node]) -> Node:
    flat: list[Node] = []
    for term in terms:
        flat.extend(term.parts if isinstance(term, chain) else (term,))
    return chain(tuple(flat)) if len(flat) > 1 else flat[0]


def _why_no_log(argument: Node) -> tuple[str, str]:
    match argument:
        case Sum():
            return "the log of a sum", "write the log of its largest term: log(T) for log(1 + T)"
        case Product():
            return "the log of a product", (
                "drop a constant factor; write log(J) + log(T) for log(J*T), "
                "log(T) + log(1/V) for log(T/V)"
            )
        case Max() | Min():
            return "the log of a min or max", "write max(log(J), log(T)) for log(max(J, T))"
        case Log():
            return "the log of a log", "it is slower than every log power: leave it out"
        case _:
            return "the log of a power with a symbolic or compound part", (
                "write p*log(T) with a number for p"
            )


def rebuilt(node: Sum | Product | Max | Min, parts: Iterable[Node]) -> Node:
    """The same operation on other parts, simplified."""
    if isinstance(node, Product):
        return product_of(parts)
    return _flat(type(node), parts)


def children(node: Node) -> tuple[Node, ...]:
    """The parts that a node is made of, in order."""
    match node:
        case Sum(parts) | Product(parts) | Max(parts) | Min(parts):
            return parts
        case Power(base, _):
            return (base,)
        case Log(argument, _):
            return (argument,)
        case _:
            return ()


def base_symbols(node: Node) -> frozenset[str]:
    """The variables of a bound, without the design symbols of its exponents."""
    if isinstance(node, Symbol):
        return frozenset((node.name,))
    return frozenset[str]().union(*(base_symbols(child) for child in children(node)))


def exponent_symbols(node: Node) -> frozenset[str]:
    """The design symbols: the names that occur in exponents."""
    own = node.exponent.symbols if isinstance(node, Power) else frozenset()
    return own.union(*(exponent_symbols(child) for child in children(node)))
