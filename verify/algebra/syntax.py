"""The syntax tree of a text: what was written, and at which column (from 1) each part begins."""

import attrs


@attrs.frozen
class NumberText:
    """A number as it was written."""

    column: int
    text: str


@attrs.frozen
class Name:
    """A variable."""

    column: int
    text: str


@attrs.frozen
class Call:
    """One of `FUNCTIONS` with as many arguments as it takes."""

    column: int
    function: str
    arguments: tuple["Syntax", ...]


@attrs.frozen
class Operations:
    """first op part op part ...: `rest` has (operator, its column, part), + - or * / alike."""

    column: int
    first: "Syntax"
    rest: tuple[tuple[str, int, "Syntax"], ...]


@attrs.frozen
class Raised:
    """base ** exponent."""

    column: int
    base: "Syntax"
    exponent: "Syntax"


@attrs.frozen
class Negated:
    """- part."""

    column: int
    part: "Syntax"


Syntax = NumberText | Name | Call | Operations | Raised | Negated


@attrs.frozen
class Comparison:
    """low <= high, whichever way round it was written."""

    low: Syntax
    high: Syntax
