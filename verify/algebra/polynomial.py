"""Polynomials in several symbols with Fraction coefficients: what exponents are made of."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import gcd, lcm
from typing import Any, Self

import attrs

from verify.algebra.refusal import BoundError

Powers = tuple[tuple[str, int], ...]
MOST_TERMS = 64


@attrs.frozen
class Polynomial:
    """A sum of `terms` (powers, coefficient): sorted, distinct powers, non-zero coefficients."""

    terms: tuple[tuple[Powers, Fraction], ...]

    @classmethod
    def collect(cls, terms: Iterable[tuple[Powers, Fraction]]) -> Self:
        """The sum of `terms`, equal powers added; refuses more than `MOST_TERMS` terms."""
        total: dict[Powers, Fraction] = {}
        for powers, coefficient in terms:
            total[powers] = total.get(powers, Fraction(0)) + coefficient
        kept = sorted(((p, c) for p, c in total.items() if c), key=_descending)
        if len(kept) > MOST_TERMS:
            raise BoundError(f"an exponent of more than {MOST_TERMS} terms", "simplify it")
        return cls(tuple(kept))

    @classmethod
    def number(cls, value: Fraction) -> Self:
        """The constant polynomial `value`."""
        return cls((((), value),) if value else ())

    @property
    def symbols(self) -> frozenset[str]:
        """The names that occur."""
        return frozenset(name for powers, _ in self.terms for name, _ in powers)

    @property
    def constant(self) -> Fraction | None:
        """The value, or None where a symbol occurs."""
        if not self.terms:
            return Fraction(0)
        return self.terms[0][1] if self.terms[0][0] == () else None

    @property
    def content(self) -> Fraction:
        """The c for which self / c has coprime integer coefficients, the leading one positive."""
        numerator = gcd(*(c.numerator for _, c in self.terms))
        denominator = lcm(*(c.denominator for _, c in self.terms))
        return Fraction(numerator, denominator) * (-1 if self.terms[0][1] < 0 else 1)

    @property
    def negatives(self) -> int:
        """How many coefficients are negative."""
        return sum(c < 0 for _, c in self.terms)

    @property
    def is_atom(self) -> bool:
        """Whether it is written as one number or one name, which needs no brackets."""
        names = [(((name, 1),), Fraction(1)) for name in self.symbols]
        return self.constant is not None or list(self.terms) == names[:1]

    def __add__(self, other: "Polynomial") -> "Polynomial":
        return Polynomial.collect(self.terms + other.terms)

    def __sub__(self, other: "Polynomial") -> "Polynomial":
        return self + other.scaled(Fraction(-1))

    def __mul__(self, other: "Polynomial") -> "Polynomial":
        return Polynomial.collect(
            (_times(p, q), c * d) for p, c in self.terms for q, d in other.terms
        )

    def scaled(self, factor: Fraction) -> "Polynomial":
        """The polynomial times a non-zero number."""
        return Polynomial(tuple((powers, c * factor) for powers, c in self.terms))

    def evaluate(self, values: Mapping[str, Any], number: Callable[[Fraction], Any]) -> Any:
        """The value at `values`, in whatever ring they live; `number` embeds the coefficients."""
        total = number(Fraction(0))
        for powers, coefficient in self.terms:
            term = number(coefficient)
            for name, power in powers:
                for _ in range(power):
                    term = term * values[name]
            total = total + term
        return total

    def write(self, name: Callable[[str], str], times: str, power: str) -> str:
        """The polynomial as text: `name` writes a symbol; `power` is a template in {x} and {k}."""
        text = ""
        first = next((t for t in self.terms if t[1] > 0), None)
        rest = [t for t in self.terms if t is not first]
        for powers, coefficient in ([first] if first else []) + rest:
            letters = [name(x) if k == 1 else power.format(x=name(x), k=k) for x, k in powers]
            size = [] if abs(coefficient) == 1 and letters else [str(abs(coefficient))]
            sign = "-" if coefficient < 0 else "+"
            text += f" {sign} " if text else sign.strip("+")
            text += times.join(size + letters)
        return text or "0"


def common_divisor(a: Polynomial, b: Polynomial) -> Polynomial:
    """The monic greatest common divisor of two polynomials in one symbol (Euclid's algorithm).

    In several symbols only 1 is found; equal polynomials are told apart by the caller.
    """
    one = Polynomial.number(Fraction(1))
    if len(a.symbols | b.symbols) != 1:
        return one
    while b.terms:
        a, b = b, _remainder(a, b)
    return a.scaled(1 / a.terms[0][1])


def quotient(a: Polynomial, b: Polynomial) -> Polynomial:
    """The polynomial a / b, where b divides a and both have at most one symbol."""
    result = Polynomial(())
    while a.terms:
        step = _leading_quotient(a, b)
        result, a = result + step, a - step * b
    return result


def _remainder(a: Polynomial, b: Polynomial) -> Polynomial:
    while a.terms and _degree(a.terms[0][0]) >= _degree(b.terms[0][0]):
        a = a - _leading_quotient(a, b) * b
    return a


def _leading_quotient(a: Polynomial, b: Polynomial) -> Polynomial:
    (powers, c), (divisor, d) = a.terms[0], b.terms[0]
    degree = _degree(powers) - _degree(divisor)
    return Polynomial((((((powers[0][0], degree),) if degree else ()), c / d),))


def _times(p: Powers, q: Powers) -> Powers:
    merged = dict(p)
    for name, power in q:
        merged[name] = merged.get(name, 0) + power
    return tuple(sorted(merged.items()))


def _degree(powers: Powers) -> int:
    return sum(power for _, power in powers)


def _descending(term: tuple[Powers, Fraction]) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Highest degree first, then by name: d**2 + d + 1, in one fixed order."""
    return -_degree(term[0]), tuple((name, -power) for name, power in term[0])
