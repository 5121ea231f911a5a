"""Growth along rays: reference exponents, refusals, and random bounds against mpmath."""

import random
from fractions import Fraction as F

import mpmath
import pytest

from tests.algebra.random_bounds import NAMES, names_of, random_bound, text, value
from verify.algebra import BoundError, Growth, bound
from verify.algebra.growth import growth_along

REGRET = "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))"


@pytest.mark.parametrize(
    ("source", "ray", "power", "log"),
    [
        (REGRET, {"T": 1}, "1/2", 0),
        (REGRET, {"T": 1, "J": "1/2"}, "2/3", 0),
        (REGRET, {"T": 1, "J": F(1, 4)}, "5/8", 0),
        (REGRET, {"T": 1, "J": 1, "V": -1}, "1/2", 0),
        (REGRET, {"J": 1}, 0, 0),
        ("log(T)*sqrt(T)", {"T": 2}, 1, 1),
        ("log(T)**(1/2)*T + T", {"T": 1}, 1, "1/2"),
        ("T + T/log(T)", {"T": 1}, 1, 0),
        ("min(T, T/log(T))", {"T": 1}, 1, -1),
        ("log(J)*T", {"T": 1}, 1, 0),
        ("log(J)*T", {"J": 3}, 0, 1),
        ("(log(n)/n)**(1/3)", {"n": 1}, "-1/3", "1/3"),
        ("eps**(1/2)*log(1/eps)", {"eps": -1}, "-1/2", 1),
        ("1/max(T, J)", {"T": 1, "J": 2}, -2, 0),
        ("1/min(T, J)", {"T": 1, "J": 2}, -1, 0),
        ("1/(1 + 1/T)", {"T": 1}, 0, 0),
        ("7", {}, 0, 0),
        ("log(2)*T", {"T": 1}, 1, 0),
    ],
)
def test_growth_along_a_ray(source, ray, power, log):
    assert bound(source).growth(ray) == Growth(F(power), F(log))


@pytest.mark.parametrize(
    ("source", "values", "ray", "power"),
    [
        ("n**(-1/(d+2))", {"d": 2}, {"n": 1}, "-1/4"),
        ("n**(-2/(2+p))", {"p": F(1, 2)}, {"n": 1}, "-4/5"),
        ("n**(-2/(2+p))", {"p": "2*3/(3+2)"}, {"n": 1}, "-5/8"),
        ("Theta**-2*eps**-2", {}, {"eps": -1}, 2),
        ("eps**(-3/2)*rho**2", {"rho": "1/eps"}, {"eps": -1}, "7/2"),
        ("eps**(-3/2)*rho**2", {"rho": "eps**-2"}, {"eps": -1}, "11/2"),
        ("A**(1/3)*V**(1/3)*T**(2/3)", {}, {"A": 1}, "1/3"),
        ("sqrt(A*J*T)", {}, {"A": 1, "J": 1, "T": 1}, "3/2"),
    ],
)
def test_published_exponents(source, values, ray, power):
    assert bound(source).substitute(values).growth(ray).power == F(power)


def test_growths_are_ordered_by_power_then_log():
    growths = [Growth(F(1), F(-5)), Growth(F(1, 2), F(9)), Growth(F(1), F(0))]
    assert sorted(growths) == [growths[1], growths[0], growths[2]]
    assert growths[2] - growths[0] == Growth(F(0), F(5))


def test_an_exponent_without_a_number_is_refused():
    with pytest.raises(BoundError, match=r"-1/\(d \+ 2\) has no number for d.*substitute"):
        bound("n**(-1/(d+2))").growth({"n": 1})
    with pytest.raises(BoundError, match="'d' stands in an exponent and cannot move"):
        bound("n**(-1/(d+2))").growth({"n": 1, "d": 1})


def test_names_and_entries_of_a_ray_are_checked():
    with pytest.raises(
        BoundError, match="'time' does not occur in the bound; did you mean 'times'"
    ):
        bound("times*J").growth({"time": 1})
    with pytest.raises(BoundError, match=r"T of the ray is 0\.5"):
        bound("T").growth({"T": 0.5})


@pytest.mark.parametrize("seed", range(10))
def test_two_thousand_random_bounds_grow_as_mpmath_says(seed):
    """log f - (power s + log log s) is small at s = 10**3 and does not move up to s = 10**18.

    A wrong power would move it by 10**16 or more and a wrong log power, a multiple of 1/4 here, by
    8.6 or more; the terms of lower order and the constants move it by less than 0.2.
    """
    rng = random.Random(seed)
    for _ in range(200):
        node = random_bound(rng, NAMES, rng.randint(1, 6))
        ray = {n: F(rng.randint(-4, 4), rng.choice((1, 2))) for n in sorted(names_of(node))}
        growth = bound(text(node)).growth(ray)
        near, far = (_remainder(node, ray, {}, growth, 10**k) for k in (3, 18))
        assert abs(near) < 15, (text(node), ray)
        assert abs(far - near) < 1, (text(node), ray)


def test_growth_on_two_scales_is_as_mpmath_says():
    rng = random.Random(11)
    for _ in range(300):
        node = random_bound(rng, NAMES, rng.randint(1, 5))
        ray = {name: F(rng.choice((-2, -1, 1, 2))) for name in NAMES}
        weights = {name: F(rng.randint(-3, 3), 2) for name in NAMES}
        growth = growth_along(bound(text(node)).tree, ray, weights)
        near, far = (_remainder(node, ray, weights, growth, 10**k) for k in (6, 18))
        assert abs(far - near) < 1, (text(node), ray, weights)


def test_the_log_of_a_power_of_s_is_slower_than_any_power_of_s():
    tree = bound("J*log(J)*log(T)**2").tree
    assert growth_along(tree, {"T": F(1)}, {"J": F(1, 2)}) == Growth(F(0), F(5, 2))


def _remainder(node, ray, weights, growth, s):
    """log f - (power s + log log s) at x = exp(u s) s**w."""
    with mpmath.workdps(40):
        # A variable that stands still is e, so that its log is 1.
        steps = {name: _exact(u) * s if u else 1 for name, u in ray.items()}
        for name, w in weights.items():
            steps[name] += _exact(w) * mpmath.log(s)
        point = {name: mpmath.exp(step) for name, step in steps.items()}
        predicted = _exact(growth.power) * s + _exact(growth.log) * mpmath.log(s)
        return float(mpmath.log(value(node, point)) - predicted)


def _exact(fraction):
    return mpmath.mpf(fraction.numerator) / fraction.denominator
