"""Assumption cones from text."""

import random
from fractions import Fraction as F

import pytest

from tests.algebra.random_bounds import NAMES, random_cone
from verify.algebra import BoundError, GrammarError, cone
from verify.algebra.cones import inequality, relative_interior
from verify.algebra.linear import dot


def test_conditions_alone_chained_and_listed_are_the_same_cone():
    one = cone("1 <= J <= T, 1/T <= V <= 1")
    assert cone(["1 <= J", "J <= T", "1/T <= V", "V <= 1"]) == one
    assert cone(["J >= 1", "T >= J", "V >= 1/T", "1 >= V", "1 <= J"]) == one
    assert cone(one) is one
    assert str(one) == "1 <= J, J <= T, 1/T <= V, V <= 1"
    assert one.rows(["J", "T", "V"]) == ((-1, 0, 0), (1, -1, 0), (0, -1, -1), (0, 0, 1))


def test_max_and_sums_below_and_min_above_are_several_conditions():
    assert str(cone("max(J, V) <= min(T, S)")) == "J <= T, J <= S, V <= T, V <= S"
    assert str(cone("J + V <= T")) == "J <= T, V <= T"


def test_no_condition_leaves_all_positive_values():
    assert cone() == cone([])
    assert str(cone()) == "all positive values"


@pytest.mark.parametrize(
    ("source", "plain"),
    [("2 <= T", "1 <= T"), ("J <= 3*T", "J <= T"), ("1 <= J, 2*J <= T", "1 <= J, J <= T")],
)
def test_constants_do_not_count(source, plain):
    assert cone(source).rows(["J", "T"]) == cone(plain).rows(["J", "T"])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("1 <= 2", "compares no variable"),
        ("T <= T", "compares no variable"),
        ("J <= max(T, V)", "union of cones"),
        ("min(J, V) <= T", "union of cones"),
        ("log(T) <= J", "a log in the condition log.T. <= J"),
        ("2*T <= J, J <= T", "the constant in 2.T <= J matters"),
        ("T <= 1, 2 <= T", "the constant in 2 <= T matters"),
        ("T**d <= J", "no number for d"),
    ],
)
def test_what_is_no_cone_is_refused(source, words):
    with pytest.raises(BoundError, match=words):
        cone(source)


@pytest.mark.parametrize(
    ("source", "column"),
    [
        ("T", 2),
        ("T < J", 3),
        ("1 <= J, T", 10),
        ("1 <= J <=", 10),
        ("J <= T - 1", 8),
        ("J == T", 3),
    ],
)
def test_what_is_no_comparison_is_refused_at_its_column(source, column):
    with pytest.raises(GrammarError) as caught:
        cone(source)
    assert caught.value.column == column


def test_inequalities_are_written_with_whole_exponents():
    assert inequality((F(1, 2), F(-1, 6), F(-1, 3)), "JTV") == "J**3 <= T*V**2"
    assert inequality((F(0), F(-2), F(-4)), "JTV") == "1 <= T*V**2"
    assert inequality((F(5), F(0), F(0)), "JTV") == "J <= 1"


def test_the_relative_interior_is_strict_where_it_can_be():
    rng = random.Random(14)
    for _ in range(100):
        conditions = random_cone(rng, NAMES)
        rows = cone([text for text, _ in conditions]).rows(NAMES)
        inside = relative_interior(rows)
        for row in rows:
            assert dot(row, inside) <= 0
            if dot(row, inside) == 0:
                rays = [relative_interior(rows), relative_interior(rows[::-1])]
                assert all(dot(row, ray) == 0 for ray in rays)
