"""What is present along a ray beside the leading term."""

from fractions import Fraction as F

import pytest

from verify.algebra import Growth, LowerOrder, bound


def added(growth, gap):
    return LowerOrder(_growth(growth), _growth(gap), kink=False)


def branch(growth, gap):
    return LowerOrder(_growth(growth), _growth(gap), kink=True)


def _growth(pair):
    power, log = pair if isinstance(pair, tuple) else (pair, 0)
    return Growth(F(power), F(log))


@pytest.mark.parametrize(
    ("source", "ray", "expected"),
    [
        ("n**(2/3)", {"n": 1}, []),
        ("n**(2/3) + sqrt(n)", {"n": 1}, [added("1/2", "1/6")]),
        ("n**(2/3) + sqrt(n) + 1", {"n": 1}, [added("1/2", "1/6"), added(0, "2/3")]),
        ("2*n + 3*n", {"n": 1}, []),
        ("n*log(n) + n", {"n": 1}, [added(1, (0, 1))]),
        ("sqrt(n + n**(1/2))", {"n": 1}, [added(0, "1/2")]),
        ("1/(n + sqrt(n))", {"n": 1}, [added("-3/2", "1/2")]),
        ("(n + sqrt(n))*(n + 1)", {"n": 1}, [added("3/2", "1/2"), added(1, 1)]),
        ("n**2 + (n + sqrt(n))", {"n": 1}, [added(1, 1), added("1/2", "3/2")]),
        ("n**2 + (n + sqrt(n))*2", {"n": 1}, [added(1, 1), added("1/2", "3/2")]),
        ("eps + eps**2", {"eps": -1}, [added(-2, 1)]),
        ("min(n**(2/3), sqrt(J*n))", {"n": 1}, [branch("2/3", "1/6")]),
        ("min(n**(2/3), sqrt(J*n))", {"n": 1, "J": "1/2"}, [branch("3/4", "1/12")]),
        ("max(n, n**2/J)", {"n": 1, "J": 2}, [branch(0, 1)]),
        ("1/min(n, n**2)", {"n": 1}, [branch(-2, 1)]),
        ("n + max(1, sqrt(n))", {"n": 1}, [added("1/2", "1/2")]),
        ("max(n + 1, sqrt(n) + J)", {"n": 1}, [branch("1/2", "1/2"), added(0, 1)]),
        (
            "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))",
            {"T": 1, "J": "1/2"},
            [branch("3/4", "1/12"), added("1/2", "1/6")],
        ),
    ],
)
def test_lower_orders_come_nearest_first(source, ray, expected):
    assert list(bound(source).lower_order(ray)) == expected


def test_an_added_term_bends_the_bound_by_its_gap():
    """For n**(2/3) (1 + n**-gap) the local slope is 2/3 - gap n**-gap / (1 + n**-gap)."""
    found = bound("n**(2/3) + sqrt(n)")
    (other,) = found.lower_order({"n": 1})
    n, step = 1e4, 1e-4
    values = found.evaluate({"n": [n, n * (1 + step)]})
    slope = (values[1] / values[0] - 1) / step
    gap = float(other.gap.power)
    assert slope == pytest.approx(2 / 3 - gap * n**-gap / (1 + n**-gap), abs=1e-4)
