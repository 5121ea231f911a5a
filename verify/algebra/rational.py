"""Exact rational numbers from what a user writes: integers, fractions, decimals as text."""

import re
from fractions import Fraction
from numbers import Rational

from verify.algebra.refusal import BoundError

DIGITS = 36
_DECIMAL = re.compile(r"(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?")


def is_moderate(value: Fraction) -> bool:
    """Whether numerator and denominator have at most `DIGITS` digits; longer ones are refused."""
    limit: int = 10**DIGITS
    return abs(value.numerator) < limit and value.denominator < limit


def decimal(text: str) -> Fraction:
    """The exact value of an unsigned decimal such as `12`, `0.5`, `.25` or `1e18`.

    Raises `BoundError` for more than `DIGITS` digits, before any large number is formed.
    """
    match = _DECIMAL.fullmatch(text)
    whole, part, shift = match.groups("") if match else ("", "", "")
    if not whole + part:
        raise BoundError(f"{text[:DIGITS]!r} is not a number", "write 2, 1/2, 0.5 or 1e6")
    if len(whole + part) > DIGITS or len(shift) > 4 or abs(int(shift or 0)) > DIGITS:
        raise BoundError(
            f"a number of more than {DIGITS} digits", "constants do not change growth: shorten it"
        )
    return Fraction(int(whole + part)) * Fraction(10) ** (int(shift or 0) - len(part))


def fraction(value: object, what: str) -> Fraction:
    """The exact value of an int, a Fraction, or a text such as `-1/2` or `0.25`.

    `what` names the number in the `BoundError` raised for floats (they are not exact), other types
    and texts that are not a fraction.
    """
    if isinstance(value, Rational) and not isinstance(value, bool):
        return Fraction(int(value.numerator), int(value.denominator))
    if not isinstance(value, str):
        raise BoundError(
            f"{what} is {value!r}, of type {type(value).__name__}",
            "give an int, a Fraction or a text such as '1/3'",
        )
    sign, body = (-1, value.strip()[1:]) if value.strip().startswith("-") else (1, value.strip())
    numerator, slash, denominator = body.partition("/")
    result, divisor = decimal(numerator.strip()), decimal(denominator.strip() if slash else "1")
    if divisor == 0:
        raise BoundError(f"{what} is {value!r}", "a denominator is not zero")
    return sign * result / divisor


def intended_fraction(text: str) -> Fraction | None:
    """The fraction p/q that the decimal `text` cuts off, or None if it can be meant as written.

    With k >= 2 digits after the point a decimal is taken for a cut-off p/q when p/q does not
    terminate, lies within 10**-k, and q <= 10**((k-1)/2): among all k-digit decimals about one in
    ten is that close to so simple a fraction by chance, and none that itself has such a q.
    """
    _, _, digits = text.lower().partition("e")[0].partition(".")
    if len(digits) < 2:
        return None
    value = decimal(text)
    simple = value.limit_denominator(min(1000, int(10 ** ((len(digits) - 1) / 2))))
    terminates = 10**DIGITS % simple.denominator == 0
    if terminates or abs(simple - value) >= Fraction(1, 10 ** len(digits)):
        return None
    return simple
