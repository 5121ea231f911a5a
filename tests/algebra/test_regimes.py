"""Regimes, their conditions and their rays: reference answers and random bounds."""

import random
from fractions import Fraction as F

import numpy as np
import pytest

from tests.algebra.random_bounds import (
    NAMES,
    names_of,
    random_bound,
    random_cone,
    satisfied,
    sequence_growth,
    text,
)
from verify.algebra import BoundError, bound, cone

REGRET = "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))"
CONE = ["T >= 1", "J >= 1", "J <= T", "1/T <= V <= 1"]


def summary(source, conditions=()):
    return [(str(r.monomial), r.where) for r in bound(source).regimes(conditions)]


def test_the_regret_bound_has_three_regimes():
    assert summary(REGRET, CONE) == [
        ("sqrt(J*T)", ("J**3 <= T*V**2",)),
        ("V**(1/3)*T**(2/3)", ("T*V**2 <= J**3", "1 <= T*V**2")),
        ("sqrt(T)", ("T*V**2 <= 1",)),
    ]


def test_exponents_and_rays_of_the_regret_bound():
    switching, budget, floor = bound(REGRET).regimes(CONE)
    half, third = F(1, 2), F(1, 3)
    assert switching.exponents == {"J": half, "T": half, "V": 0}
    assert budget.exponents == {"J": 0, "T": 2 * third, "V": third}
    assert floor.exponents == {"J": 0, "T": half, "V": 0}
    assert switching.logs == {"J": 0, "T": 0, "V": 0}
    assert switching.contains({"T": 1})
    assert not switching.contains({"T": 1, "J": 1})
    assert budget.contains({"T": 1, "J": "1/2"})
    assert not budget.contains({"T": 1, "J": "1/3"})


def test_with_arms_there_are_three_regimes_too():
    source = "min(sqrt(A*J*T), A**(1/3)*V**(1/3)*T**(2/3) + sqrt(A*T))"
    assert [name for name, _ in summary(source, [*CONE, "1 <= A"])] == [
        "sqrt(A*J*T)",
        "A**(1/3)*V**(1/3)*T**(2/3)",
        "sqrt(A*T)",
    ]


@pytest.mark.parametrize(
    ("source", "conditions", "expected"),
    [
        ("n**(2/3) + sqrt(n)", "1 <= n", [("n**(2/3)", ())]),
        ("n**(2/3) + sqrt(n)", (), [("n**(2/3)", ("1 <= n",)), ("sqrt(n)", ("n <= 1",))]),
        ("T", (), [("T", ())]),
        ("3", (), [("3", ())]),
        ("T*log(T) + T", "1 <= T", [("T*log(T)", ())]),
        ("min(T*log(T), T)", "1 <= T", [("T", ())]),
        ("T*log(T) + T*log(J)", (), [("T*log(T)", ())]),
        ("min(J, J*V + J/V)", (), [("J", ())]),
        ("max(J, T)", "J <= T, T <= J", [("J", ())]),
        ("J*log(J) + T", "J <= T, T <= J", [("J*log(J)", ())]),
        ("max(J, T)", "J <= S, S <= T", [("T", ())]),
        (
            "min(a, max(b, c))",
            (),
            [
                ("a", ("a <= b",)),
                ("a", ("a <= c",)),
                ("b", ("b <= a", "c <= b")),
                ("c", ("c <= a", "b <= c")),
            ],
        ),
    ],
)
def test_regimes(source, conditions, expected):
    assert summary(source, conditions) == expected


def test_a_bound_with_design_symbols_is_refused():
    with pytest.raises(BoundError, match="no number for d"):
        bound("n**(-1/(d+2)) + 1/n").regimes()


@pytest.mark.parametrize("seed", range(4))
def test_random_bounds_are_what_their_regimes_say(seed):
    """Everywhere on the cone some regime applies, and where one applies its monomial is active."""
    rng = random.Random(100 + seed)
    for _ in range(25):
        names = NAMES[: rng.randint(1, 4)]
        conditions = random_cone(rng, names)
        node = random_bound(rng, names, rng.randint(1, 4), logs=False)
        found = bound(text(node)).regimes([words for words, _ in conditions])
        for regime in found:
            check_rays(regime, node, conditions)
        for _ in range(20):
            check_direction(found, node, conditions, {n: rng.randint(-9, 9) for n in names})


def check_rays(regime, node, conditions):
    """Along every ray the monomial is active; together the rays give back all of its exponents."""
    own = sorted(names_of(node))
    for ray in (regime.ray, *regime.rays):
        assert set(ray) == set(own)
        assert regime.contains(ray)
        assert growth(node, ray) == active(regime, ray)
    assert all(satisfied(e, sequences(regime.ray)) for _, e in conditions if set(e) <= set(own))
    matrix = np.array([[float(ray[name]) for name in own] for ray in regime.rays])
    slopes = [float(growth(node, ray)) for ray in regime.rays]
    if len(regime.rays) == len(own) > 0:
        exponents = np.linalg.solve(matrix, slopes)
        np.testing.assert_allclose(exponents, [float(regime.exponents[n]) for n in own], atol=1e-9)
    else:
        assert np.linalg.matrix_rank(matrix) == len(regime.rays) or not own


def check_direction(found, node, conditions, ray):
    if not all(satisfied(exponents, sequences(ray)) for _, exponents in conditions):
        return
    slopes = set()
    for regime in found:
        rows = [c.ratio.powers for c in cone(regime.where).conditions]
        if all(sum(e * ray[name] for name, e in row.items()) <= 0 for row in rows):
            slopes.add(active(regime, ray))
    assert slopes == {growth(node, ray)}


def sequences(ray):
    return {name: (entry, 0, 0, 0) for name, entry in ray.items()}


def growth(node, ray):
    return sequence_growth(node, sequences(ray))[0]


def active(regime, ray):
    return sum(e * ray[name] for name, e in regime.exponents.items())


def test_rays_are_as_many_as_the_assumptions_leave_variables_to_move():
    (regime,) = bound("J*T").regimes("J <= T, T <= J")
    assert regime.rays == ({"J": 1, "T": 1},)
    (regime,) = bound("J*T").regimes("1 <= J <= 1, 1 <= T <= 1")
    assert regime.rays == ()
    assert regime.ray == {"J": 0, "T": 0}
    (regime,) = bound("J*T").regimes("1 <= J, J**2 <= K, K <= T")
    assert len(regime.rays) == 2


def test_a_five_variable_bound_with_nested_min_and_max():
    source = (
        "min(sqrt(J*T) + max(A*J, B*T**(1/3)), V**(1/3)*T**(2/3) + min(sqrt(T)*A, J*B) + sqrt(T*B))"
    )
    found = bound(source).regimes(["1 <= J <= T", "1/T <= V <= 1", "1 <= A <= T", "1 <= B <= J"])
    assert {str(regime.monomial) for regime in found} == {
        "sqrt(J*T)",
        "A*J",
        "B*T**(1/3)",
        "V**(1/3)*T**(2/3)",
        "sqrt(T)*A",
        "J*B",
        "sqrt(T*B)",
    }
    for regime in found:
        assert len(regime.rays) == 5
        for ray in (regime.ray, *regime.rays):
            assert bound(source).growth(ray).power == active(regime, ray)
