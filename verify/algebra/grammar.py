"""The grammar of bounds: text to a syntax tree in which every part knows its column.

    comparisons = chain {"," chain} ;  chain = sum {("<=" | ">=") sum}
    sum = product {("+" | "-") product} ;  product = power {("*" | "/") power}
    power = ["+" | "-"] power | atom ["**" power]
    atom = number | name | function "(" sum {"," sum} ")" | "(" sum ")"

Only the form is judged here, by recursive descent; what an operator means is for `meaning`.
Brackets nest at most `DEEPEST` deep, so that no text can exhaust the interpreter's stack.
"""

import re
from collections.abc import Callable, Iterator

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
from verify.errors import GrammarError, nearest

DEEPEST = 50
FUNCTIONS = ("sqrt", "log", "min", "max")
_OTHER_FUNCTIONS = {
    "exp": "an exponential outgrows every power: state the bound in its logarithm",
    "ln": "write log, the natural logarithm",
    "abs": "a bound is positive: leave it out",
}
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<operator>\*\*|<=|>=|==|[-+*/(),])"
    r"|(?P<unknown>\S)|(?P<end>\Z))"
)
_OTHER_SIGNS = {
    "^": "write ** for a power",
    "<": "write <=",
    ">": "write >=",
    "==": "write it as two conditions, with <= and >=",
    "=": "write it as two conditions, with <= and >=",
    "|": "a bound is positive: leave out the bars",
    "{": "use round brackets",
    "[": "use round brackets",
}


def parse(text: str) -> Syntax:
    """The syntax tree of one bound; `GrammarError` at the column where the text goes wrong."""
    parser = _Parser(text)
    tree = parser.sum()
    parser.expect_end()
    return tree


def parse_comparisons(text: str) -> tuple[Comparison, ...]:
    """The comparisons of a text such as `1 <= J <= T, V <= 1`, in order."""
    parser = _Parser(text)
    found = list(parser.chain())
    while parser.accept(","):
        found += parser.chain()
    parser.expect_end()
    return tuple(found)


class _Parser:
    """Recursive descent with one token of lookahead."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.depth = 0
        self.kind, self.token, self.column, self.end = "", "", 1, 0
        self.advance()

    def advance(self) -> None:
        match = _TOKEN.match(self.text, self.end)
        assert match is not None  # some alternative matches any text
        self.kind = match.lastgroup or ""
        self.token = match[self.kind]
        self.column, self.end = match.start(self.kind) + 1, match.end()

    def refusal(self, problem: str, hint: str, column: int | None = None) -> GrammarError:
        return GrammarError(self.text, column or self.column, problem, hint)

    def unexpected(self, expected: str, hint: str = "") -> GrammarError:
        found = "the end of the text" if self.kind == "end" else repr(self.token)
        return self.refusal(
            f"found {found}, expected {expected}", _OTHER_SIGNS.get(self.token, hint)
        )

    def accept(self, *operators: str) -> str:
        """The operator just read, if it is one of these; else the empty text."""
        if self.kind != "operator" or self.token not in operators:
            return ""
        token = self.token
        self.advance()
        return token

    def expect_end(self) -> None:
        if self.kind == "end":
            return
        if self.token == ")":
            raise self.refusal("a closing bracket without an opening one", "balance the brackets")
        if self.kind == "operator":
            raise self.unexpected("the end of the text")
        raise self.unexpected("an operator", "write * between factors")

    def nested(self, column: int, rule: Callable[[], Syntax]) -> Syntax:
        """What `rule` reads, one level deeper."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.refusal(
                f"nested more than {DEEPEST} deep", "write it in simpler parts", column
            )
        result = rule()
        self.depth -= 1
        return result

    def chain(self) -> Iterator[Comparison]:
        left = self.sum()
        if self.token not in ("<=", ">="):
            raise self.unexpected("<= or >=", "a condition compares two products of powers")
        while operator := self.accept("<=", ">="):
            right = self.sum()
            yield Comparison(left, right) if operator == "<=" else Comparison(right, left)
            left = right

    def sum(self) -> Syntax:
        return self.operations(self.product, "+", "-")

    def product(self) -> Syntax:
        return self.operations(self.power, "*", "/")

    def operations(self, part: Callable[[], Syntax], *operators: str) -> Syntax:
        first = part()
        rest = []
        column = self.column
        while operator := self.accept(*operators):
            rest.append((operator, column, part()))
            column = self.column
        return Operations(first.column, first, tuple(rest)) if rest else first

    def power(self) -> Syntax:
        column, minus = self.column, False
        while sign := self.accept("+", "-"):
            minus ^= sign == "-"
        base = self.atom()
        if self.accept("**"):
            base = Raised(base.column, base, self.exponent())
        return Negated(column, base) if minus else base

    def exponent(self) -> Syntax:
        """The exponent of a power; T**1/2, which would mean T/2, is refused as a slip."""
        start = self.column
        exponent = self.nested(start, self.power)
        bare = exponent.part if isinstance(exponent, Negated) else exponent
        if isinstance(bare, NumberText) and bare.text == "1" and self.token == "/":
            raise self.refusal(
                "**1/... divides the whole power",
                "put the exponent in brackets: T**(1/2)",
                start,
            )
        return exponent

    def atom(self) -> Syntax:
        column, kind, token = self.column, self.kind, self.token
        if kind == "number":
            self.advance()
            return NumberText(column, token)
        if kind == "name":
            self.advance()
            if self.kind == "operator" and self.token == "(":
                return Call(column, token, self.arguments(column, token))
            if token in FUNCTIONS:
                raise self.refusal(f"{token} without its arguments", f"write {token}(...)", column)
            return Name(column, token)
        if self.accept("("):
            inner = self.nested(column, self.sum)
            self.close(column)
            return inner
        if kind == "end" and not self.text.strip():
            raise self.refusal("an empty text", "write a bound such as sqrt(T)")
        raise self.unexpected("a number, a name or an opening bracket")

    def arguments(self, start: int, function: str) -> tuple[Syntax, ...]:
        """The bracketed arguments of `function`, which was named at `start`."""
        if function not in FUNCTIONS:
            hint = f"{nearest(function, FUNCTIONS)}; between factors write *"
            hint = _OTHER_FUNCTIONS.get(function, hint)
            raise self.refusal(f"unknown function {function!r}", hint, start)
        column = self.column
        self.accept("(")
        found = [] if self.token == ")" else [self.nested(column, self.sum)]
        while self.accept(","):
            found.append(self.nested(column, self.sum))
        self.close(column)
        many = function in ("min", "max")
        if len(found) < 2 if many else len(found) != 1:
            expected = "two or more" if many else "one"
            raise self.refusal(f"{function} of {len(found)} arguments", f"give {expected}", start)
        return tuple(found)

    def close(self, column: int) -> None:
        """Read the bracket that closes the one at `column`."""
        if self.accept(")"):
            return
        if self.kind == "end":
            raise self.refusal(
                "an opening bracket that is never closed", "balance the brackets", column
            )
        raise self.unexpected("an operator or a closing bracket")
