"""Exponents of a bound: rational functions of design symbols with Fraction coefficients."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import attrs

from verify.algebra.polynomial import Polynomial, common_divisor, quotient
from verify.algebra.refusal import BoundError

LARGEST = 10**18
HIGHEST_POWER = 32


@attrs.frozen
class Exponent:
    """numerator / denominator, both with integer coefficients, the signs as few as can be.

    In at most one symbol the fraction is in lowest terms, so that equal functions are equal
    objects; in several symbols only constants are cancelled and equality is that of the two parts.
    """

    numerator: Polynomial
    denominator: Polynomial

    @classmethod
    def number(cls, value: int | Fraction) -> "Exponent":
        """The exponent `value`; refuses numbers beyond `LARGEST`."""
        exact = Fraction(value)
        if abs(exact.numerator) > LARGEST or exact.denominator > LARGEST:
            raise BoundError("an exponent of more than 18 digits", "exponents are small fractions")
        return cls(
            Polynomial.number(Fraction(exact.numerator)),
            Polynomial.number(Fraction(exact.denominator)),
        )

    @classmethod
    def symbol(cls, name: str) -> "Exponent":
        """The exponent that is the design symbol `name`."""
        return cls(Polynomial(((((name, 1),), Fraction(1)),)), _ONE)

    @property
    def constant(self) -> Fraction | None:
        """The value, or None where a design symbol occurs."""
        above, below = self.numerator.constant, self.denominator.constant
        return above / below if above is not None and below is not None else None

    @property
    def symbols(self) -> frozenset[str]:
        """The design symbols that occur."""
        return self.numerator.symbols | self.denominator.symbols

    def __add__(self, other: "Exponent") -> "Exponent":
        if self.denominator == other.denominator:
            return _ratio(self.numerator + other.numerator, self.denominator)
        numerator = self.numerator * other.denominator + other.numerator * self.denominator
        return _ratio(numerator, self.denominator * other.denominator)

    def __neg__(self) -> "Exponent":
        return _ratio(self.numerator.scaled(Fraction(-1)), self.denominator)

    def __mul__(self, other: "Exponent") -> "Exponent":
        # Crosswise first: it keeps degrees low, and cancels common factors in several symbols.
        first = _ratio(self.numerator, other.denominator)
        second = _ratio(other.numerator, self.denominator)
        return _ratio(first.numerator * second.numerator, first.denominator * second.denominator)

    def __truediv__(self, other: "Exponent") -> "Exponent":
        if not other.numerator.terms:
            raise BoundError("a division by zero in an exponent", "check the denominator")
        return self * _ratio(other.denominator, other.numerator)

    def __pow__(self, power: int) -> "Exponent":
        if abs(power) > HIGHEST_POWER:
            raise BoundError(f"a power {power} inside an exponent", f"at most {HIGHEST_POWER}")
        result = Exponent.number(1)
        for _ in range(abs(power)):
            result = result * self
        return result if power >= 0 else Exponent.number(1) / result

    def substitute(self, values: Mapping[str, "Exponent"]) -> "Exponent":
        """The exponent with some of its symbols replaced; refuses a vanishing denominator."""
        table = {name: values.get(name) or Exponent.symbol(name) for name in self.symbols}
        below = self.denominator.evaluate(table, Exponent.number)
        if not below.numerator.terms:
            where = ", ".join(
                f"{name} = {values[name]}" for name in sorted(self.symbols & {*values})
            )
            raise BoundError(f"the exponent {self} is undefined at {where}", "choose another value")
        result: Exponent = self.numerator.evaluate(table, Exponent.number) / below
        return result

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        """The float64 value at numbers or arrays, of their broadcast shape."""
        below = self.denominator.evaluate(values, float)
        return self.numerator.evaluate(values, float) / below

    def write(
        self, name: Callable[[str], str] = str, times: str = "*", power: str = "{x}**{k}"
    ) -> str:
        """The exponent on one line, as `numerator/denominator`."""
        above = self.numerator.write(name, times, power)
        if self.denominator == _ONE:
            return above
        if self.numerator.negatives == len(self.numerator.terms) > 1:
            above = f"-({self.numerator.scaled(Fraction(-1)).write(name, times, power)})"
        elif len(self.numerator.terms) > 1:
            above = f"({above})"
        below = self.denominator.write(name, times, power)
        return f"{above}/{below}" if self.denominator.is_atom else f"{above}/({below})"

    def __str__(self) -> str:
        return self.write()


_ONE = Polynomial.number(Fraction(1))


def _ratio(numerator: Polynomial, denominator: Polynomial) -> Exponent:
    """The exponent numerator / denominator, common factors cancelled; denominator is not zero."""
    if not numerator.terms:
        return Exponent.number(0)
    if numerator == denominator:
        return Exponent.number(1)
    common = common_divisor(numerator, denominator)
    if common.symbols:
        numerator, denominator = quotient(numerator, common), quotient(denominator, common)
    value = numerator.content / denominator.content
    numerator = numerator.scaled(value.numerator / numerator.content)
    denominator = denominator.scaled(value.denominator / denominator.content)
    if numerator.constant is not None and denominator.constant is not None:
        return Exponent.number(numerator.constant / denominator.constant)
    found = Exponent(numerator, denominator)
    if denominator.constant is not None:
        return found
    other = Exponent(numerator.scaled(Fraction(-1)), denominator.scaled(Fraction(-1)))
    return min(found, other, key=_minus_signs)  # 1/(2 - p), not -1/(p - 2)


def _minus_signs(exponent: Exponent) -> int:
    return exponent.numerator.negatives + exponent.denominator.negatives
