"""Short texts in pictures: exponents, cut names, and labels that do not cover one another."""

from collections.abc import Sequence

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


def apart(heights: Sequence[float], gap: float) -> list[float]:
    """The heights moved up where needed, so that in their order each is `gap` above the last."""
    placed: dict[int, float] = {}
    floor = float("-inf")
    for index in sorted(range(len(heights)), key=heights.__getitem__):
        placed[index] = floor = max(heights[index], floor + gap)
    return [placed[index] for index in range(len(heights))]
