"""Vectors of Fractions; a row stands for the condition row . x <= 0."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

Row = tuple[Fraction, ...]
Vector = Sequence[Fraction]
ZERO, ONE = Fraction(0), Fraction(1)


def vector(entries: Mapping[str, Fraction], names: Sequence[str]) -> Row:
    """The entries in the order of `names`, zeros where there is none."""
    return tuple(entries.get(name, ZERO) for name in names)


def unit(size: int, k: int) -> Row:
    """1 at place k, zeros elsewhere."""
    return tuple(ONE if j == k else ZERO for j in range(size))


def minus(row: Vector) -> Row:
    """The opposite row: of the opposite condition."""
    return tuple(-entry for entry in row)


def plus(a: Vector, b: Vector) -> Row:
    """The sum."""
    return tuple(x + y for x, y in zip(a, b, strict=True))


def scaled(row: Vector, factor: Fraction) -> Row:
    """The multiple."""
    return tuple(entry * factor for entry in row)


def dot(a: Vector, b: Vector) -> Fraction:
    """The scalar product."""
    return sum((x * y for x, y in zip(a, b, strict=True)), ZERO)


def largest(row: Vector) -> Fraction:
    """The largest absolute value of an entry, 0 if there is none."""
    return max((abs(entry) for entry in row), default=ZERO)


def box(size: int, columns: int) -> list[Row]:
    """Rows x_k and -x_k for the first `size` of the `columns`: with limits 1, |x_k| <= 1."""
    units = [unit(columns, k) for k in range(size)]
    return [row for each in units for row in (each, minus(each))]
