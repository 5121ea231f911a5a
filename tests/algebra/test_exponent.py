"""Rational functions of design symbols."""

import random
from fractions import Fraction as F

import pytest

from verify.algebra import BoundError
from verify.algebra.exponent import Exponent
from verify.algebra.meaning import read_exponent
from verify.algebra.polynomial import Polynomial, common_divisor, quotient
from verify.errors import GrammarError


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("-1/(d+2)", "-1/(d + 2)"),
        ("1/(2-p)", "1/(2 - p)"),
        ("1-p", "1 - p"),
        ("d/2", "d/2"),
        ("1/(2*d)", "1/(2*d)"),
        ("(d**2-1)/(d-1)", "d + 1"),
        ("-2*(d+2)/(4*d+4)", "-(d + 2)/(2*d + 2)"),
        ("1/d + 1/d", "2/d"),
        ("(d+1)/(d+1)", "1"),
        ("a/b - a/b", "0"),
        ("(a+b)*(a-b)", "a**2 - b**2"),
        ("1/(1/d)", "d"),
        ("-(d+2)", "-d - 2"),
        ("-1/(2-p)", "1/(p - 2)"),
        ("(1-p)/(2-p)", "(p - 1)/(p - 2)"),
        ("-1/(a + b)", "-1/(a + b)"),
        ("(d+1)**-2", "1/(d**2 + 2*d + 1)"),
        ("0.5*d + 1/3", "(3*d + 2)/6"),
    ],
)
def test_exponents_are_written_in_lowest_terms(text, written):
    assert str(read_exponent(text)) == written
    assert read_exponent(written) == read_exponent(text)


def test_substitution_is_exact_and_refuses_a_pole():
    rate = read_exponent("-2/(2 + p)")
    assert rate.substitute({"p": Exponent.number(F(1, 2))}).constant == F(-4, 5)
    assert rate.substitute({"p": read_exponent("2*d/(d+2)")}) == read_exponent("-(d+2)/(2*d+2)")
    with pytest.raises(BoundError, match=r"1/\(2 - p\) is undefined at p = 2"):
        read_exponent("1/(2-p)").substitute({"p": Exponent.number(2)})


def test_arithmetic_agrees_with_values_at_random_points():
    rng = random.Random(5)
    for _ in range(300):
        a, b = (_random_exponent(rng) for _ in range(2))
        point = {"d": F(rng.randint(20, 40)), "p": F(rng.randint(41, 60), 7)}
        x, y = (_value(e, point) for e in (a, b))
        assert _value(a + b, point) == x + y
        assert _value(a * b, point) == x * y
        assert _value(-a, point) == -x
        if y:
            assert _value(a / b, point) == x / y


def test_a_common_divisor_divides_both():
    rng = random.Random(6)
    for _ in range(100):
        a, b, c = (_random_polynomial(rng, ["d"]) for _ in range(3))
        if a.terms and b.terms and c.terms:
            common = common_divisor(a * c, b * c)
            assert quotient(a * c, common) * common == a * c
            assert quotient(common, c.scaled(1 / c.terms[0][1])).terms


@pytest.mark.parametrize("text", ["(d+1)**99", "((d+1)**32*(p+1)**32)", "10**30", "d**(1/2)"])
def test_unwieldy_exponents_are_refused(text):
    with pytest.raises(GrammarError):
        read_exponent(text)


def _random_polynomial(rng, names):
    terms = [
        (tuple(sorted((n, rng.randint(1, 2)) for n in names if rng.random() < 0.6)), F(c))
        for c in rng.choices(range(-3, 4), k=3)
    ]
    return Polynomial.collect(terms)


def _random_exponent(rng):
    names = ["d", "p"][: rng.randint(1, 2)]
    below = _random_polynomial(rng, names)
    one = Exponent.number(1)
    above = Exponent(_random_polynomial(rng, names), one.denominator)
    return above / Exponent(below, one.denominator) if below.terms else above


def _value(exponent, point):
    return exponent.numerator.evaluate(point, F) / exponent.denominator.evaluate(point, F)
