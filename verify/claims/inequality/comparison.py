"""Value, low and high at an instance, side by side, in doubles or in mpmath's numbers."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from fractions import Fraction
from typing import Any

import attrs
import numpy as np

from verify.claims.exact.arithmetic import as_it_is, called, in_doubles, without_doubles
from verify.claims.exact.reading import Reading
from verify.claims.inequality.declaration import InequalityDeclaration, arguments
from verify.claims.inequality.excess import Extreme, extremes
from verify.errors import InputError
from verify.spec.declaration import shown

PARTS = "value", "low", "high"

FIGURES = 15
"""Digits of a number in a report."""


@attrs.frozen
class Comparison(Reading):
    """What an inequality is at an instance: its `size` is the largest excess of its `sides`."""

    sides: Sequence[Extreme]


def compared(sides: Sequence[Extreme], holds: bool | None = None) -> Comparison:
    """The comparison with these sides; it holds where no excess is above 0, unless it is told."""
    worst = max(sides, key=lambda one: one.excess)
    holds = worst.excess <= 0 if holds is None else holds
    return Comparison(worst.excess, told(worst), holds, sides)


def told(one: Extreme) -> str:
    """How far a value is beyond its bound, in a formula."""
    if one.side == "high":
        return f"value - high = {written(one.value - one.bound, 6)}"
    return f"low - value = {written(one.bound - one.value, 6)}"


def written(number: Any, figures: int = FIGURES) -> str:
    """A number of any arithmetic as text."""
    if isinstance(number, float):
        return repr(number) if figures == FIGURES else f"{number:.{figures}g}"
    if hasattr(number, "rad"):
        return str(number.str(figures))
    import mpmath  # noqa: PLC0415 - slow to load

    return str(mpmath.nstr(number, figures))


def evaluated(claim: InequalityDeclaration, name: str, data: Mapping[str, Any], number: Any) -> Any:
    """What value, low or high is at an instance whose numbers are made by `number`."""
    one = getattr(claim, name)
    return called(one, arguments(one, data), number) if callable(one) else constant(one, number)


def constant(one: Any, number: Any) -> Any:
    """A bound that is a number, in another arithmetic; None as it is.

    One with decimals is that decimal number and not the double next to it: .1 is one tenth.
    """
    if one is None:
        return None
    ratio = Fraction(str(float(one))) if isinstance(one, float) else Fraction(one)
    return number(ratio.numerator) / number(ratio.denominator)


def in_floats(claim: InequalityDeclaration, data: Mapping[str, Any]) -> list[Extreme]:
    """The worst of the values for each bound, in doubles.

    Raises InputError where a function raises, or returns other than finite real numbers.
    """
    return together(*(part_in_floats(claim, name, data) for name in PARTS))


def part_in_floats(claim: InequalityDeclaration, name: str, data: Mapping[str, Any]) -> Any:
    """Value, low or high at an instance, in doubles; None for a bound that is absent."""
    one = getattr(claim, name)
    if not callable(one):
        return None if one is None else np.asarray(float(one))
    with np.errstate(all="ignore"):  # what is not finite is refused below
        found = called(one, arguments(one, data), as_it_is)
    array = in_doubles(found)
    if array is None or array.dtype.kind == "c":
        raise InputError(refused(claim, name, found))
    return array.astype(float)


def in_mpmath(
    claim: InequalityDeclaration, data: Mapping[str, Any], working: int, *, strict: bool = False
) -> list[Extreme]:
    """The same in mpmath, with so many decimal digits; every number of an instance is exact.

    Where it is `strict`, a number that is made a double on the way is refused as well.
    """
    import mpmath  # noqa: PLC0415 - slow to load

    with mpmath.workdps(working):
        with without_doubles() if strict else nullcontext():
            found = [evaluated(claim, name, data, mpmath.mpf) for name in PARTS]
        parts = zip(PARTS, found, strict=True)
        return together(*(_objects(claim, *part) for part in parts))


def _objects(claim: InequalityDeclaration, name: str, found: Any) -> Any:
    """An array of real numbers of mpmath; InputError where there are others."""
    import mpmath  # noqa: PLC0415 - slow to load

    if getattr(claim, name) is None:
        return None
    many = np.array(found.tolist() if hasattr(found, "tolist") else found, dtype=object)
    kinds = mpmath.mpf, int
    real = all(isinstance(one, kinds) and mpmath.isfinite(one) for one in many.flat)
    if not many.size or not real:
        raise InputError(refused(claim, name, found, "finite real numbers of mpmath"))
    return np.array([mpmath.mpf(one) for one in many.flat], dtype=object).reshape(many.shape)


def together(value: Any, low: Any, high: Any) -> list[Extreme]:
    """The worst for each bound; InputError where their shapes do not fit."""
    try:
        return extremes(value, low, high)
    except ValueError:
        shapes = [np.shape(one) for one in (low, value, high) if one is not None]
        found = f"low, value and high of the shapes {', '.join(map(str, shapes))}"
        raise InputError(f"{found} at an instance; expected shapes that broadcast") from None


def refused(
    claim: InequalityDeclaration, name: str, value: Any, expected: str = "finite real numbers"
) -> str:
    """What a function returned, and what was expected of it."""
    function = getattr(claim, name)
    return f"{getattr(function, '__name__', name)} returned {shown(value)}; expected {expected}"
