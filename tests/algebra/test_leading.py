"""The monomial that is active far out along a ray."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.algebra import bound
from verify.algebra.refusal import BoundError

HALF = Fraction(1, 2)
TEXT = "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))"


@pytest.mark.parametrize(
    ("ray", "expected"),
    [
        ({"T": 1}, {"J": HALF, "T": HALF}),
        ({"J": 1}, {"V": Fraction(1, 3), "T": Fraction(2, 3)}),
        ({"V": -1, "J": 1}, {"T": HALF}),
        ({"T": 1, "V": 1, "J": 1}, {"J": HALF, "T": HALF}),
    ],
)
def test_it_is_the_one_that_decides_the_growth(
    ray: dict[str, int], expected: dict[str, Fraction]
) -> None:
    found = bound(TEXT).leading(ray, {"J": 2, "T": 64, "V": 1})
    assert found == expected
    power = sum(one * ray.get(name, 0) for name, one in found.items())
    assert power == bound(TEXT).growth(ray).power


@pytest.mark.parametrize(("J", "expected"), [(2, {"J": 1}), (50, {"V": 1})])
def test_a_tie_is_broken_by_size(J: int, expected: dict[str, int]) -> None:
    assert bound("min(J, V) * T").leading({"T": 1}, {"J": J, "V": 9, "T": 4}) == {
        **expected,
        "T": 1,
    }


def test_logs_and_numbers_have_no_power() -> None:
    assert bound("3*n**(1/2)*log(n)").leading({"n": 1}, {"n": 8}) == {"n": HALF}
    assert bound("1").leading({}, {}) == {}


@given(st.integers(-3, 3), st.integers(-3, 3), st.integers(1, 50), st.integers(1, 50))
def test_the_powers_add_up_to_the_growth(a: int, b: int, x: int, y: int) -> None:
    """Along any ray, for a bound with sums inside of products."""
    one = bound("(x + y**2) * max(x*y, 1/y) / (x + 1)")
    found = one.leading({"x": a, "y": b}, {"x": x, "y": y})
    power = found.get("x", Fraction(0)) * a + found.get("y", Fraction(0)) * b
    assert power == one.growth({"x": a, "y": b}).power


def test_an_exponent_without_a_number_is_refused() -> None:
    with pytest.raises(BoundError, match="no number for d"):
        bound("n**(1/(d+2))").leading({"n": 1}, {"n": 8, "d": 2})
