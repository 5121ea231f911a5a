"""Monomials: products of rational powers of variables, of their logs and of constants."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

import attrs

from verify.algebra.constants import one_power
from verify.algebra.exponent import Exponent
from verify.algebra.expression import Log, Node, Number, Symbol, power_of, product_of
from verify.algebra.writing import write

Atom = Number | Symbol | Log
_HALF = Fraction(1, 2)


@attrs.frozen(eq=False)
class Monomial:
    """The product of the `factors`, (atom, exponent) in order of first appearance.

    `powers` and `logs` are the exponents of the variables and of their logs, where not zero.
    Monomials with the same powers and logs are equal: their constants are not compared.
    """

    factors: tuple[tuple[Atom, Fraction], ...]
    powers: Mapping[str, Fraction]
    logs: Mapping[str, Fraction]

    @classmethod
    def of(cls, factors: Iterable[tuple[Atom, Fraction]]) -> "Monomial":
        """The monomial of these factors, those of the same atom collected."""
        table: dict[Atom, Fraction] = {}
        powers: dict[str, Fraction] = {}
        logs: dict[str, Fraction] = {}
        for atom, exponent in factors:
            table[atom] = table.get(atom, Fraction(0)) + exponent
            match atom:
                case Symbol(name):
                    powers[name] = powers.get(name, Fraction(0)) + exponent
                case Log(Symbol(name)):
                    logs[name] = logs.get(name, Fraction(0)) + exponent
        kept = [(atom, exponent) for atom, exponent in table.items() if exponent]
        return cls(_with_one_constant(kept), _nonzero(powers), _nonzero(logs))

    def __mul__(self, other: "Monomial") -> "Monomial":
        return Monomial.of(self.factors + other.factors)

    def __truediv__(self, other: "Monomial") -> "Monomial":
        return self * other.raised(Fraction(-1))

    def raised(self, exponent: Fraction) -> "Monomial":
        """The monomial to a rational power."""
        return Monomial.of((atom, e * exponent) for atom, e in self.factors)

    @property
    def tree(self) -> Node:
        """The monomial as a bound: negative powers last, square roots gathered under one sign."""
        roots = [atom for atom, e in self.factors if e == _HALF]
        parts: list[Node] = []
        for atom, exponent in sorted(self.factors, key=lambda factor: factor[1] < 0):
            if exponent != _HALF:
                parts.append(power_of(atom, Exponent.number(exponent)))
            elif atom is roots[0]:
                parts.append(power_of(product_of(roots), Exponent.number(_HALF)))
        return product_of(parts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Monomial):
            return NotImplemented
        return self.powers == other.powers and self.logs == other.logs

    def __hash__(self) -> int:
        return hash((frozenset(self.powers.items()), frozenset(self.logs.items())))

    def __str__(self) -> str:
        return write(self.tree)


def _with_one_constant(
    factors: list[tuple[Atom, Fraction]],
) -> tuple[tuple[Atom, Fraction], ...]:
    """The factors with all numbers made one, which comes first."""
    numbers = [(atom.value, exponent) for atom, exponent in factors if isinstance(atom, Number)]
    constant = one_power(numbers)
    if constant is None:
        return tuple(factors)
    others = [factor for factor in factors if not isinstance(factor[0], Number)]
    base, exponent = constant
    return tuple(others if base == 1 else [(Number(base), exponent), *others])


def _nonzero(table: dict[str, Fraction]) -> dict[str, Fraction]:
    return {name: exponent for name, exponent in table.items() if exponent}
