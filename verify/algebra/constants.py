"""Products of rational powers of rational numbers, in one power."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm, prod

LARGEST_BITS = 512


def one_power(factors: Sequence[tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction] | None:
    """The (base, exponent) of prod base_i**exponent_i, bases positive, roots drawn where exact.

    For 12**(1/2) and 3**(-1/2) it is (2, 1).  None where the digits would grow beyond reason.
    """
    root = lcm(*(exponent.denominator for _, exponent in factors))
    whole = [(base, int(exponent * root)) for base, exponent in factors]
    if sum(_bits(base) * abs(exponent) for base, exponent in whole) > LARGEST_BITS:
        return None
    product = prod((base**exponent for base, exponent in whole), start=Fraction(1))
    for power in (k for k in range(min(root, LARGEST_BITS), 1, -1) if root % k == 0):
        base = Fraction(
            _integer_root(product.numerator, power), _integer_root(product.denominator, power)
        )
        if base**power == product:
            return base, Fraction(power, root)
    return product, Fraction(1, root)


def _integer_root(number: int, degree: int) -> int:
    """The largest integer r >= 1 with r**degree <= number, by bisection."""
    low, high = 1, 1 << (number.bit_length() // degree + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle)
    return low


def _bits(base: Fraction) -> int:
    return base.numerator.bit_length() + base.denominator.bit_length()
