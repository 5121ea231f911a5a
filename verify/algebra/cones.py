"""Assumption cones: what is known about how the variables compare, such as 1 <= J <= T."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias

import attrs

from verify.algebra.expression import Node, Number, Sum, Symbol, children
from verify.algebra.linear import ZERO, Row, Vector, dot, minus, plus, scaled, vector
from verify.algebra.meaning import read_comparisons
from verify.algebra.monomial import Monomial
from verify.algebra.normal_form import max_of_mins, min_of_maxes
from verify.algebra.refusal import BoundError
from verify.algebra.simplex import Unbounded, maximise
from verify.algebra.writing import write

ConeLike: TypeAlias = "Cone | str | Iterable[str]"


@attrs.frozen
class Condition:
    """The assumption that the monomial `ratio` is at most 1, up to a constant; `text` as given."""

    text: str
    ratio: Monomial
    has_constant: bool = attrs.field(eq=False)


@attrs.frozen
class Cone:
    """All conditions at once.  In logarithms y_i = log x_i each is linear: sum_i a_i y_i <= 0."""

    conditions: tuple[Condition, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The variables of the conditions, in order of first appearance."""
        found = [name for condition in self.conditions for name in condition.ratio.powers]
        return tuple(dict.fromkeys(found))

    def rows(self, names: Sequence[str]) -> tuple[Row, ...]:
        """The coefficients a of each condition, in the order of `names`."""
        return tuple(vector(condition.ratio.powers, names) for condition in self.conditions)

    def __str__(self) -> str:
        return ", ".join(condition.text for condition in self.conditions) or "all positive values"


def cone(conditions: ConeLike = ()) -> Cone:
    """The cone of `conditions`: texts such as `1 <= J <= T, 1/T <= V`, alone or in a list.

    Each side is a product of powers; a min may stand on the upper side and a max or sum on the
    lower one.  Constants are allowed and do not count.  A variable that no condition bounds takes
    all positive values.  Raises `GrammarError` for a text that is not a comparison, `BoundError`
    for logs, for a condition that is not convex in the logarithms, and where constants may
    contradict each other.
    """
    if isinstance(conditions, Cone):
        return conditions
    texts = [conditions] if isinstance(conditions, str) else list(conditions)
    found = [part for text in texts for pair in read_comparisons(text) for part in _split(*pair)]
    result = Cone(tuple({condition.ratio: condition for condition in found}.values()))
    _check_constants(result)
    return result


def inequality(row: Vector, names: Sequence[str]) -> str:
    """The condition row . log x <= 0 as text with whole exponents, such as `J**3 <= T*V**2`."""
    scale = Fraction(lcm(*(e.denominator for e in row)), gcd(*(e.numerator for e in row)))
    whole = [(Symbol(name), entry * scale) for name, entry in zip(names, row, strict=True)]
    low = Monomial.of((symbol, entry) for symbol, entry in whole if entry > 0)
    high = Monomial.of((symbol, -entry) for symbol, entry in whole if entry < 0)
    return f"{low} <= {high}"


def relative_interior(rows: Sequence[Vector]) -> Row:
    """A direction u with rows . u <= 0, and strictly so in every row where that is possible."""
    total = scaled(rows[0], ZERO) if rows else ()
    for row in rows:
        if dot(row, total) < 0:
            continue
        found = maximise(minus(row), rows)
        if isinstance(found, Unbounded):
            total = plus(total, found.direction)
    return total


def _split(low: Node, high: Node) -> list[Condition]:
    """low <= high as conditions on monomials."""
    below, above = max_of_mins(low), min_of_maxes(high)
    lows, highs = [c[0] for c in below if len(c) == 1], [c[0] for c in above if len(c) == 1]
    if len(lows) < len(below) or len(highs) < len(above):
        raise BoundError(
            f"the condition {_text(low, high)} holds on a union of cones",
            "compare on each of them: max or + may stand on the lower side, min on the upper",
        )
    if any(m.logs for m in lows + highs):
        raise BoundError(
            f"a log in the condition {_text(low, high)}", "a cone compares powers: leave it out"
        )
    if any(not (a / b).powers for a in lows for b in highs):
        raise BoundError(f"the condition {_text(low, high)} compares no variable", "leave it out")
    constant = _has_constant(low) or _has_constant(high)
    return [Condition(f"{a} <= {b}", a / b, constant) for a in lows for b in highs]


def _text(low: Node, high: Node) -> str:
    return f"{write(low)} <= {write(high)}"


def _has_constant(node: Node) -> bool:
    """Whether a constant other than 1 bears on the condition (a sum counts as one)."""
    own = isinstance(node, Sum) or (isinstance(node, Number) and node.value != 1)
    return own or any(_has_constant(child) for child in children(node))


def _check_constants(result: Cone) -> None:
    """Refuse constants that matter: 2*T <= J, J <= T is empty, yet without the 2 it is J = T.

    Where a direction satisfies the conditions with constants strictly, going far enough along it
    satisfies them with any constants, and only the cone counts.
    """
    rows = result.rows(result.names)
    inside = relative_interior(rows)
    for condition, row in zip(result.conditions, rows, strict=True):
        if condition.has_constant and dot(row, inside) == 0:
            raise BoundError(
                f"the constant in {condition.text} matters: the conditions leave no room",
                "drop the constant",
            )
