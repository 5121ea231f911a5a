"""How fast a bound grows along a ray: its power, and to break ties the power of the log.

Along the ray u every variable is x_i = exp(u_i s), s -> infinity (with T = exp(s): T itself for
u_T = 1, its root for 1/2, a constant for 0, 1/T for -1).  prod x_i**e_i |log x_i|**l_i grows by the
pair (sum of e_i u_i, sum of l_i over u_i != 0), compared lexicographically: log x_i = u_i s counts
by its power and not by its rate, and the log of a variable that stands still is a constant.  A sum
grows like its largest term.

On two scales, x_i = exp(u_i s) s**w_i, the second entry gains e_i w_i.  A log counts there only
where u_i != 0: the log of a power of s is slower than every power of s.
"""

from collections.abc import Mapping
from fractions import Fraction

import attrs

from verify.algebra.expression import Log, Max, Min, Node, Number, Power, Product, Sum, Symbol
from verify.algebra.refusal import BoundError

_ZERO = Fraction(0)


@attrs.frozen(order=True)
class Growth:
    """exp(power * s) s**log; ordered by power, then by log."""

    power: Fraction
    log: Fraction

    def __sub__(self, other: "Growth") -> "Growth":
        """The growth of the ratio."""
        return Growth(self.power - other.power, self.log - other.log)

    def __str__(self) -> str:
        return f"power {self.power}, log {self.log}"


CONSTANT = Growth(_ZERO, _ZERO)
_Pair = tuple[Fraction, Fraction]


def growth_along(
    node: Node, ray: Mapping[str, Fraction], weights: Mapping[str, Fraction] | None = None
) -> Growth:
    """The growth of `node` where x_i = exp(u_i s) s**w_i; names left out stand for zeros.

    Raises `BoundError` for an exponent whose design symbols have no number yet.
    """
    return Growth(*_pair(node, ray, weights or {}))


def _pair(node: Node, ray: Mapping[str, Fraction], weights: Mapping[str, Fraction]) -> _Pair:
    match node:
        case Symbol(name):
            return ray.get(name, _ZERO), weights.get(name, _ZERO)
        case Number():
            return _ZERO, _ZERO
        case Power(base, _):
            power, log = _pair(base, ray, weights)
            exponent = exact_exponent(node)
            return power * exponent, log * exponent
        case Product(parts):
            pairs = [_pair(part, ray, weights) for part in parts]
            return sum((p for p, _ in pairs), _ZERO), sum((q for _, q in pairs), _ZERO)
        case Sum(parts) | Max(parts) | Min(parts):
            pick = min if isinstance(node, Min) else max
            return pick(_pair(part, ray, weights) for part in parts)
        case Log(argument, _):
            moves = isinstance(argument, Symbol) and ray.get(argument.name, _ZERO) != 0
            return _ZERO, Fraction(moves)


def exact_exponent(power: Power) -> Fraction:
    """The exponent of `power` as a number; refuses one with design symbols in it."""
    value = power.exponent.constant
    if value is None:
        names = sorted(power.exponent.symbols)
        raise BoundError(
            f"the exponent {power.exponent} has no number for {', '.join(names)}",
            f"substitute first: .substitute({{{', '.join(f'{name!r}: 2' for name in names)}}})",
        )
    return value
