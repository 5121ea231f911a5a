"""The simplifications made as a tree is built."""

from fractions import Fraction as F

import pytest

from verify.algebra import BoundError
from verify.algebra.exponent import Exponent
from verify.algebra.expression import (
    ONE,
    Log,
    Max,
    Number,
    Power,
    Product,
    Sum,
    Symbol,
    base_symbols,
    exponent_symbols,
    log_of,
    maximum,
    number,
    power_of,
    product_of,
    sum_of,
)

T, J = Symbol("T"), Symbol("J")


def raised(base, exponent):
    return power_of(base, Exponent.number(exponent))


def test_chains_are_flat_and_keep_their_order():
    assert sum_of([T, sum_of([J, T])]) == Sum((T, J, T))
    assert maximum([T, maximum([J, ONE])]) == Max((T, J, ONE))
    assert product_of([T, product_of([J, T])]) == Product((T, J, T))
    assert sum_of([T]) == maximum([T]) == product_of([T]) == T


def test_constants_are_folded_and_come_first():
    assert product_of([T, Number(F(3)), J, Number(F(1, 2))]) == Product((Number(F(3, 2)), T, J))
    assert product_of([Number(F(2)), T, Number(F(1, 2))]) == T
    assert product_of([Number(F(2)), Number(F(3))]) == Number(F(6))


def test_powers_of_powers_are_merged():
    assert raised(raised(T, F(1, 2)), 2) == T
    assert raised(raised(T, 2), 3) == Power(T, Exponent.number(6))
    assert raised(T, 0) == raised(ONE, 7) == ONE
    assert raised(Number(F(2, 3)), -2) == Number(F(9, 4))


def test_large_powers_of_constants_are_left_alone():
    assert isinstance(raised(Number(F(10)), 10**10), Power)
    with pytest.raises(BoundError, match="18 digits"):
        raised(raised(Number(F(10)), 10**10), 10**10)
    with pytest.raises(BoundError, match="36 digits"):
        product_of([Number(F(10**20)), Number(F(10**20))])


def test_logs_of_powers_of_one_variable_are_expanded():
    assert log_of(raised(T, 3)) == Product((Number(F(3)), Log(T)))
    assert log_of(raised(T, -1)) == Log(T, reciprocal=True)
    assert log_of(Number(F(7))) == Log(Number(F(7)))


@pytest.mark.parametrize("value", [F(0), F(-1)])
def test_what_is_not_positive_is_refused(value):
    with pytest.raises(BoundError, match=r"zero|negative"):
        number(value)


def test_names_are_told_apart_by_where_they_stand():
    tree = product_of([T, power_of(J, Exponent.symbol("d"))])
    assert base_symbols(tree) == {"T", "J"}
    assert exponent_symbols(tree) == {"d"}
