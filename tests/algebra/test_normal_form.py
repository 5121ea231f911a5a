"""Bounds as max of mins and min of maxes of monomials."""

import random
from fractions import Fraction as F

import pytest

from tests.algebra.random_bounds import (
    NAMES,
    random_bound,
    text,
)
from verify.algebra import BoundError, bound
from verify.algebra.constants import one_power
from verify.algebra.expression import Log, Number, Symbol
from verify.algebra.growth import growth_along
from verify.algebra.monomial import Monomial
from verify.algebra.normal_form import max_of_mins, min_of_maxes


def written(clauses):
    return [[str(monomial) for monomial in clause] for clause in clauses]


def test_the_two_forms_of_the_regret_bound():
    tree = bound("min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))").tree
    a, b, c = "sqrt(J*T)", "V**(1/3)*T**(2/3)", "sqrt(T)"
    assert written(max_of_mins(tree)) == [[a, b], [a, c]]
    assert written(min_of_maxes(tree)) == [[a], [b, c]]


def test_a_negative_power_swaps_max_and_min():
    assert written(max_of_mins(bound("1/max(J, T)").tree)) == [["1/J", "1/T"]]
    assert written(max_of_mins(bound("1/min(J, T)").tree)) == [["1/J"], ["1/T"]]


def test_clauses_that_contain_another_are_dropped():
    assert written(max_of_mins(bound("max(J, min(J, T))").tree)) == [["J"]]
    assert written(max_of_mins(bound("T + 2*T").tree)) == [["T"]]


def test_both_forms_agree_with_the_tree_along_random_rays():
    rng = random.Random(15)
    for _ in range(300):
        node = random_bound(rng, NAMES, rng.randint(1, 6))
        tree = bound(text(node)).tree
        low, high = max_of_mins(tree), min_of_maxes(tree)
        for _ in range(3):
            ray = {name: F(rng.randint(-3, 3)) for name in NAMES}
            growth = growth_along(tree, ray)
            assert max(min(growth_along(m.tree, ray) for m in c) for c in low) == growth
            assert min(max(growth_along(m.tree, ray) for m in c) for c in high) == growth


def test_a_form_that_would_explode_is_refused():
    factors = "*".join(f"min(a{k} + b{k}, c{k})" for k in range(12))
    with pytest.raises(BoundError, match="more than 4000 cases"):
        max_of_mins(bound(factors).tree)
    with pytest.raises(BoundError, match="more than 4000 cases"):
        max_of_mins(bound("+".join(f"x{k}" for k in range(5000))).tree)


@pytest.mark.parametrize(
    ("factors", "expected"),
    [
        ([], (1, 1)),
        ([(F(12), F(1, 2)), (F(3), F(-1, 2))], (2, 1)),
        ([(F(8), F(1, 3)), (F(1, 4), F(1, 2))], (1, 1)),
        ([(F(2), F(1, 2)), (F(2), F(1, 2))], (2, 1)),
        ([(F(4), F(1, 6))], (2, F(1, 3))),
        ([(F(2, 3), F(-2))], (F(9, 4), 1)),
        ([(F(5), F(1, 3))], (5, F(1, 3))),
        ([(F(10), F(10**10))], None),
        ([(F(10), F(1, 10**9))], (10, F(1, 10**9))),
    ],
)
def test_constants_in_one_power(factors, expected):
    assert one_power(factors) == expected


def test_monomials_compare_by_exponents_and_keep_constants_for_display():
    T, J = Symbol("T"), Symbol("J")
    half, one = F(1, 2), F(1)
    first = Monomial.of([(Number(F(2)), one), (T, half), (J, half), (Log(T), one), (T, F(0))])
    second = Monomial.of([(J, half), (T, half), (Log(T, reciprocal=True), one)])
    assert first == second
    assert hash(first) == hash(second)
    assert str(first) == "2*sqrt(T*J)*log(T)"
    assert str(first / second) == "2*log(T)/log(1/T)"
    assert (first / second).powers == (first / second).logs == {}
    assert str(Monomial.of([])) == "1"
