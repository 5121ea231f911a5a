"""What a syntax tree means: a bound, or inside a power an exponent; refusals point at columns."""

from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

from verify.algebra.exponent import Exponent
from verify.algebra.expression import (
    Node,
    Symbol,
    log_of,
    maximum,
    minimum,
    number,
    power_of,
    product_of,
    sum_of,
)
from verify.algebra.grammar import parse, parse_comparisons
from verify.algebra.rational import decimal, intended_fraction
from verify.algebra.refusal import BoundError
from verify.algebra.syntax import (
    Call,
    Comparison,
    Name,
    Negated,
    NumberText,
    Operations,
    Raised,
    Syntax,
)
from verify.errors import GrammarError

_P = ParamSpec("_P")
_R = TypeVar("_R")

_HALF = Exponent.number(1) / Exponent.number(2)
_MINUS_ONE = Exponent.number(-1)


def read_bound(text: str) -> Node:
    """The tree of the bound written in `text`; `GrammarError` where it is not one."""
    reader = _Reader(text)
    tree = reader.bound(parse(text))
    reader.check_names()
    return tree


def read_exponent(text: str) -> Exponent:
    """The exponent written in `text`, a rational function of design symbols."""
    return _Reader(text).exponent(parse(text))


def read_comparisons(text: str) -> tuple[tuple[Node, Node], ...]:
    """The pairs (low, high) of the comparisons in `text`, each low <= high."""
    reader = _Reader(text)

    def sides(comparison: Comparison) -> tuple[Node, Node]:
        return reader.bound(comparison.low), reader.bound(comparison.high)

    pairs = tuple(sides(comparison) for comparison in parse_comparisons(text))
    reader.check_names()
    return pairs


class _Reader:
    """Interprets syntax, and remembers where each name was first met in a base and an exponent."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.bases: dict[str, int] = {}
        self.exponents: dict[str, int] = {}

    def refusal(self, column: int, problem: str, hint: str) -> GrammarError:
        return GrammarError(self.text, column, problem, hint)

    def at(self, column: int, build: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
        """What `build` returns; what it refuses is refused at `column`."""
        try:
            return build(*args, **kwargs)
        except BoundError as error:
            raise self.refusal(column, error.problem, error.hint) from None

    def check_names(self) -> None:
        """Refuse a name that is a variable in one place and an exponent in another."""
        for name in self.exponents.keys() & self.bases.keys():
            raise self.refusal(
                self.exponents[name],
                f"{name!r} is a variable and also stands in an exponent",
                "exponents depend on design symbols only: give one of the two another name",
            )

    def bound(self, syntax: Syntax) -> Node:
        """The bound that `syntax` stands for."""
        match syntax:
            case NumberText(column, text):
                return self.at(column, lambda: number(decimal(text)))
            case Name(column, text):
                self.bases.setdefault(text, column)
                return Symbol(text)
            case Call():
                return self.call(syntax)
            case Operations(column):
                return self.at(column, self.operations, syntax)
            case Raised(column, base, exponent):
                return self.at(column, power_of, self.bound(base), self.exponent(exponent))
            case Negated(column):
                raise self.refusal(
                    column, "a negative term", "bounds are positive sums and products"
                )

    def operations(self, syntax: Operations) -> Node:
        parts = [self.bound(syntax.first)]
        for operator, column, operand in syntax.rest:
            if operator == "-":
                raise self.refusal(
                    column, "a difference", "bounds are positive: keep the terms that are added"
                )
            part = self.bound(operand)
            parts.append(power_of(part, _MINUS_ONE) if operator == "/" else part)
        return sum_of(parts) if syntax.rest[0][0] == "+" else product_of(parts)

    def call(self, syntax: Call) -> Node:
        parts = [self.bound(argument) for argument in syntax.arguments]
        match syntax.function:
            case "min":
                return minimum(parts)
            case "max":
                return maximum(parts)
            case "sqrt":
                return self.at(syntax.column, power_of, parts[0], _HALF)
            case _:
                return self.at(syntax.column, log_of, parts[0])

    def exponent(self, syntax: Syntax) -> Exponent:
        """The exponent that `syntax` stands for."""
        match syntax:
            case NumberText(column, text):
                return self.at(column, self.exact, text)
            case Name(column, text):
                self.exponents.setdefault(text, column)
                return Exponent.symbol(text)
            case Call(column, function):
                raise self.refusal(
                    column,
                    f"the function {function!r} in an exponent",
                    "an exponent is a rational function of design symbols",
                )
            case Operations(column, first, rest):
                return self.at(column, self.combine, self.exponent(first), rest)
            case Raised(column, base, power):
                return self.at(column, self.raised, self.exponent(base), self.exponent(power))
            case Negated(_, part):
                return -self.exponent(part)

    def exact(self, text: str) -> Exponent:
        meant = intended_fraction(text)
        if meant is not None:
            raise BoundError(
                f"the exponent {text} cuts off a fraction",
                f"write {meant} (or {decimal(text)}, if that is meant)",
            )
        return Exponent.number(decimal(text))

    def combine(self, total: Exponent, rest: Sequence[tuple[str, int, Syntax]]) -> Exponent:
        for operator, column, operand in rest:
            value = self.exponent(operand)
            match operator:
                case "+":
                    total = total + value
                case "-":
                    total = total + -value
                case "*":
                    total = total * value
                case _:
                    total = self.at(column, lambda a, b: a / b, total, value)
        return total

    def raised(self, base: Exponent, power: Exponent) -> Exponent:
        value = power.constant
        if value is None or value.denominator != 1:
            raise BoundError(f"the power {power} inside an exponent", "only whole powers")
        return base ** int(value)
