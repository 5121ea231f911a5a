"""The terms of a bound beside the leading one along a ray: what bends a finite log-log plot."""

from collections.abc import Mapping
from fractions import Fraction

import attrs

from verify.algebra.expression import Max, Min, Node, Power, Product, Sum
from verify.algebra.growth import CONSTANT, Growth, exact_exponent, growth_along


@attrs.frozen
class LowerOrder:
    """Another term, of growth `growth`, a positive `gap` away from the leading one.

    An added term (`kink` false) stays: it bends the bound by a factor 1 + c exp(-gap.power s), up
    to logs, at every s.  The other branch of a min or max (`kink` true) is gone for good past the
    crossover: in a min it grows faster than the leading one, in a max slower.
    """

    growth: Growth
    gap: Growth
    kink: bool


_Others = set[tuple[Growth, bool]]  # (growth of the other term / the leading one, kink)


def lower_order(node: Node, ray: Mapping[str, Fraction]) -> tuple[LowerOrder, ...]:
    """Every other growth present along `ray`, the nearest first (derived here).

    Corrections are followed to first order: those of products are collected, powers keep them, and
    a slower summand contributes its own.  Branches that only a slower summand has are left out.
    """
    leading = growth_along(node, ray)
    found = [
        LowerOrder(leading - (CONSTANT - ratio), max(ratio, CONSTANT - ratio), kink)
        for ratio, kink in _others(node, ray)
        if ratio != CONSTANT
    ]
    return tuple(sorted(found, key=lambda other: (other.gap, other.kink)))


def _others(node: Node, ray: Mapping[str, Fraction]) -> _Others:
    match node:
        case Power(base, _):
            exponent = exact_exponent(node)
            return {
                (Growth(ratio.power * exponent, ratio.log * exponent) if kink else ratio, kink)
                for ratio, kink in _others(base, ray)
            }
        case Product(parts):
            return set[tuple[Growth, bool]]().union(*(_others(part, ray) for part in parts))
        case Sum(parts):
            leading = growth_along(node, ray)
            return set[tuple[Growth, bool]]().union(
                *(_of_summand(part, growth_along(part, ray) - leading, ray) for part in parts)
            )
        case Max(parts) | Min(parts):
            leading = growth_along(node, ray)
            found: _Others = set()
            for part in parts:
                ratio = growth_along(part, ray) - leading
                found |= {(ratio, True)} if ratio != CONSTANT else _others(part, ray)
            return found
        case _:
            return set()


def _of_summand(part: Node, ratio: Growth, ray: Mapping[str, Fraction]) -> _Others:
    """What one term of a sum adds; `ratio` is its own growth over that of the sum."""
    own = _others(part, ray)
    if ratio == CONSTANT:
        return own
    below = {(ratio - (CONSTANT - other), False) for other, kink in own if not kink}
    return {(ratio, False)} | below
