"""Replacing variables by numbers or bounds, and design symbols by numbers or exponents."""

from collections.abc import Mapping

from verify.algebra.exponent import Exponent
from verify.algebra.expression import (
    Log,
    Max,
    Min,
    Node,
    Power,
    Product,
    Sum,
    Symbol,
    log_of,
    power_of,
    rebuilt,
)


def substitute(node: Node, bases: Mapping[str, Node], exponents: Mapping[str, Exponent]) -> Node:
    """`node` with the variables `bases` and the design symbols `exponents` replaced, rebuilt."""
    match node:
        case Symbol(name):
            return bases.get(name, node)
        case Log(Symbol(name), _) if name in bases:
            return log_of(bases[name])
        case Power(base, exponent):
            return power_of(substitute(base, bases, exponents), exponent.substitute(exponents))
        case Sum(parts) | Product(parts) | Max(parts) | Min(parts):
            return rebuilt(node, [substitute(part, bases, exponents) for part in parts])
        case _:
            return node
