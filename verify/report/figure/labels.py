"""Short texts in pictures: exponents, numbers with a true minus sign, cut names."""

from verify.report.wording import decimal, exact

LONGEST = 44
"""Characters of a title that fit above a panel."""


def typeset(number: str) -> str:
    """A number in text with a true minus sign."""
    return number.replace("-", "−")


def exponent(value: float) -> str:
    """A predicted exponent, as the fraction that it is."""
    return typeset(exact(value))


def signed(value: float | None) -> str:
    """A signed number with four decimals; `unbounded` for None."""
    return typeset(decimal(value)) or "unbounded"


def cut(text: str, longest: int = LONGEST) -> str:
    """The text on one line, with an ellipsis where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
