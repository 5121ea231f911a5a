"""The value of a sympy expression at random admissible points, to fifty digits.

It does not use sympy's simplifiers, so that a slip of theirs cannot pass.
"""

from collections.abc import Mapping
from random import Random
from typing import Any, Literal

import attrs

DIGITS = 50
WORKING = 65
POINTS = 5
AGREEMENT = 20
"""Digits to which a value that is not zero is the same at both precisions."""

TRIES = 200
LARGEST_TERM = 40


@attrs.frozen
class Spot:
    """What was found at the points.

    `holds` is True where the expression is as it is stated to be at all of them, False where it is
    not at `point` (values by name, as sympy reads them), and None where it could not be computed,
    for the reason in `told`; `value` is its value.
    """

    holds: bool | None
    told: str
    point: Mapping[str, str] = attrs.field(factory=dict)
    value: str = ""


def spot_check(expression: Any, points: int = POINTS, stated: Literal["0", ">= 0"] = "0") -> Spot:
    """Whether an expression is 0, or >= 0, at random points that its symbols' assumptions admit.

    Its value at twice the digits tells: that of a true zero has gone down with the precision, any
    other has stayed.  The points are the same in each run.  Derived here.
    """
    rng = Random(0)
    symbols = sorted(expression.free_symbols, key=lambda one: one.name)
    computed, told = 0, "no admissible point was found"
    for _ in range(4 * points):
        values = [_admissible(symbol, rng) for symbol in symbols]
        if None in values:
            break
        try:
            sign, value = _sign(symbols, expression, values)
        except Exception as error:  # whatever the evaluation of an expression raises
            told = f"{type(error).__name__}: {error}"
            continue
        if sign is None:
            told = "its digits are lost in rounding"
        elif sign == "0" or (sign == "+" and stated == ">= 0"):
            computed += 1
        else:
            where = {symbol.name: str(one) for symbol, one in zip(symbols, values, strict=True)}
            return Spot(False, f"it is {value}", where, value)
        if computed == points or (computed and not symbols):
            many = f"at {computed} points" if symbols else "as a number"
            return Spot(True, f"{stated} to {DIGITS} digits {many}")
    return Spot(None, f"not computed at {points} points: {told}")


def _admissible(symbol: Any, rng: Random) -> Any:
    """A number that contradicts none of the assumptions of a symbol; None if none is found."""
    for _ in range(TRIES):
        value = _candidate(rng)
        wanted = symbol.assumptions0
        if all(getattr(value, f"is_{name}") is not (not holds) for name, holds in wanted.items()):
            return value
    return None


def _candidate(rng: Random) -> Any:
    """A random number of a random sort: complex, imaginary, rational or whole."""
    from sympy import I, Integer, Rational  # noqa: PLC0415 - slow to load

    def ratio() -> Any:
        numerator = rng.choice((-1, 1)) * rng.randint(1, LARGEST_TERM)
        return Rational(numerator, rng.randint(11, 29))

    sort = rng.randrange(4)
    if sort == 0:
        return ratio() + I * ratio()
    if sort == 1:
        return I * ratio()
    return ratio() if sort == 2 else Integer(rng.randint(-9, 9))


def _sign(symbols: Any, expression: Any, values: Any) -> tuple[str | None, str]:
    """The sign of an expression at a point, None if its digits are lost; and its value.

    The sign is "0", "+", or "-", which any complex number has too.  Where it cancels to exactly 0,
    twice the digits are asked.
    """
    import mpmath  # noqa: PLC0415 - slow to load
    from sympy import lambdify  # noqa: PLC0415 - slow to load

    compute = lambdify(symbols, expression, "mpmath")
    exact = [lambdify([], value, "mpmath") for value in values]

    def at(working: int) -> Any:
        with mpmath.workdps(working):
            value = mpmath.mpmathify(compute(*(mpmath.mpmathify(one()) for one in exact)))
        if not mpmath.isfinite(value):
            raise ValueError(f"the value {mpmath.nstr(value, 6)}")
        return value

    first, second = at(WORKING), at(2 * WORKING)
    if first == 0:
        first, second = second, at(4 * WORKING)
    with mpmath.workdps(WORKING):
        if abs(second) <= abs(first) / mpmath.mpf(10) ** DIGITS:
            return "0", "0"
        stayed = abs(first - second) <= abs(second) / mpmath.mpf(10) ** AGREEMENT
        sign = "+" if mpmath.im(second) == 0 and mpmath.re(second) > 0 else "-"
        return (sign if stayed else None), mpmath.nstr(second, 6)
