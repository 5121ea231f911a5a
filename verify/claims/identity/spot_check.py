"""The value of a sympy expression at random admissible points, to fifty digits.

It does not use sympy's simplifiers, so that a slip of theirs cannot pass.
"""

from collections.abc import Mapping
from random import Random
from typing import Any

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

    `zero` is True where the expression vanishes at all of them, False where it does not at `point`
    (values by name, as sympy reads them), and None where it could not be computed, for the reason
    in `told`; `value` is its value.
    """

    zero: bool | None
    told: str
    point: Mapping[str, str] = attrs.field(factory=dict)
    value: str = ""


def spot_check(expression: Any, points: int = POINTS) -> Spot:
    """Whether an expression vanishes at random points that its symbols' assumptions admit.

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
            zero, value = _vanishes(symbols, expression, values)
        except Exception as error:  # whatever the evaluation of an expression raises
            told = f"{type(error).__name__}: {error}"
            continue
        if zero is False:
            where = {symbol.name: str(one) for symbol, one in zip(symbols, values, strict=True)}
            return Spot(False, f"it is {value}", where, value)
        if zero:
            computed += 1
        else:
            told = "its digits are lost in rounding"
        if computed == points or (computed and not symbols):
            many = f"at {computed} points" if symbols else "as a number"
            return Spot(True, f"0 to {DIGITS} digits {many}")
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


def _vanishes(symbols: Any, expression: Any, values: Any) -> tuple[bool | None, str]:
    """Whether an expression is 0 at a point, None if its digits are lost; and its value.

    Where it cancels to exactly 0, twice the digits are asked.
    """
    import mpmath  # noqa: PLC0415 - slow to load
    from sympy import lambdify  # noqa: PLC0415 - slow to load

    compute = lambdify(symbols, expression, "mpmath")
    exact = [lambdify([], value, "mpmath") for value in values]

    def at(working: int) -> Any:
        with mpmath.workdps(working):
            value = mpmath.mpmathify(compute(*(one() for one in exact)))
        if not mpmath.isfinite(value):
            raise ValueError(f"the value {mpmath.nstr(value, 6)}")
        return value

    first, second = at(WORKING), at(2 * WORKING)
    if first == 0:
        first, second = second, at(4 * WORKING)
    with mpmath.workdps(WORKING):
        if abs(second) <= abs(first) / mpmath.mpf(10) ** DIGITS:
            return True, "0"
        stayed = abs(first - second) <= abs(second) / mpmath.mpf(10) ** AGREEMENT
        return (False if stayed else None), mpmath.nstr(second, 6)
