"""A bound, up to constants, as a largest of smallest monomials, or a smallest of largest.

Sums become max; products are spread over max and min; a negative power swaps them.
"""

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from itertools import product as pairs_of

from verify.algebra.expression import Log, Max, Min, Node, Number, Power, Product, Sum, Symbol
from verify.algebra.growth import exact_exponent
from verify.algebra.monomial import Monomial
from verify.algebra.refusal import BoundError

LARGEST = 4000
Clause = tuple[Monomial, ...]


def max_of_mins(node: Node) -> tuple[Clause, ...]:
    """Clauses c with `node` ~ max over c of the least monomial of c; none contains another.

    Raises `BoundError` for exponents without a number, and beyond `LARGEST` monomials in all.
    """
    return _clauses(node, outer_max=True)


def min_of_maxes(node: Node) -> tuple[Clause, ...]:
    """Clauses c with `node` ~ min over c of the greatest monomial of c; none contains another."""
    return _clauses(node, outer_max=False)


def _clauses(node: Node, outer_max: bool) -> tuple[Clause, ...]:
    match node:
        case Number() | Symbol() | Log():
            return ((Monomial.of([(node, Fraction(1))]),),)
        case Power(base, _):
            exponent = exact_exponent(node)
            inner = _clauses(base, outer_max if exponent > 0 else not outer_max)
            return tuple(tuple(m.raised(exponent) for m in clause) for clause in inner)
        case Product(parts):
            return reduce(_spread, (_clauses(part, outer_max) for part in parts))
        case Sum(parts) | Max(parts) | Min(parts):
            forms = [_clauses(part, outer_max) for part in parts]
            if isinstance(node, Min) != outer_max:
                return _irredundant(clause for form in forms for clause in form)
            return reduce(_join, forms)


def _spread(a: tuple[Clause, ...], b: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The product of two forms: log-linear terms add, so every clause is added to every other."""
    _check_size(_size(a) * _size(b))
    return _irredundant(tuple(m * n for m in c for n in d) for c, d in pairs_of(a, b))


def _join(a: tuple[Clause, ...], b: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The inner operation on two forms, by the distributive law."""
    _check_size(_size(a) * len(b) + len(a) * _size(b))
    return _irredundant(c + d for c, d in pairs_of(a, b))


def _irredundant(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses that contain no other: one with more monomials never decides."""
    unique: dict[frozenset[Monomial], Clause] = {}
    for clause in clauses:
        unique.setdefault(frozenset(clause), tuple(dict.fromkeys(clause)))
    _check_size(len(unique))
    kept: list[frozenset[Monomial]] = []
    for members in sorted(unique, key=len):
        if not any(other <= members for other in kept):
            kept.append(members)
    return tuple(unique[members] for members in kept)


def _size(form: tuple[Clause, ...]) -> int:
    return sum(len(clause) for clause in form)


def _check_size(monomials: int) -> None:
    if monomials > LARGEST:
        raise BoundError(
            f"a bound of more than {LARGEST} cases", "compare simpler parts of it one by one"
        )
