"""Which monomial of a bound leads along a ray: its powers, by name."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.algebra.evaluation import evaluate
from verify.algebra.expression import Max, Min, Node, Power, Product, Sum, Symbol
from verify.algebra.growth import exact_exponent, growth_along

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def leading(
    node: Node, ray: Mapping[str, Fraction], values: "Mapping[str, ArrayLike]"
) -> dict[str, Fraction]:
    """The powers, by name, of the monomial that is active far out along `ray`; zeros are left out.

    Parts that grow alike along the ray are told apart by their size at `values`, a number for each
    name.  Logs have no power.  Raises `BoundError` for an exponent without a number.
    """
    match node:
        case Symbol(name):
            return {name: Fraction(1)}
        case Power(base, _):
            exponent = exact_exponent(node)
            return {name: exponent * one for name, one in leading(base, ray, values).items()}
        case Product(parts):
            total: dict[str, Fraction] = {}
            for part in parts:
                for name, power in leading(part, ray, values).items():
                    total[name] = total.get(name, Fraction(0)) + power
            return total
        case Sum(parts) | Max(parts) | Min(parts):
            pick = min if isinstance(node, Min) else max
            ranks = [(growth_along(one, ray), float(evaluate(one, values))) for one in parts]
            return leading(parts[ranks.index(pick(ranks))], ray, values)
    return {}
