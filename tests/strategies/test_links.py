"""Links have the information exponent asked for, by quadrature against the Hermite polynomials."""

from collections.abc import Callable
from math import factorial, pi, sqrt

import numpy as np
import pytest
from numpy.polynomial.hermite_e import HermiteE, hermegauss

from verify import strategies as st
from verify.strategies import hermite

from .assumption import breaks, counterexample, simplest

NODES, WEIGHTS = hermegauss(32)  # exact up to degree 63


def moments(coefficients: list[float]) -> list[float]:
    """E[f(Z) He_j(Z)] / (j!)^(1/2) of the link, j = 0, ..., degree, Z standard normal."""
    values = WEIGHTS * st.link(coefficients)(NODES) / sqrt(2 * pi)
    basis = [HermiteE.basis(j)(NODES) / sqrt(factorial(j)) for j in range(len(coefficients))]
    return [float(values @ one) for one in basis]


def has_exponent(exponent: int) -> Callable[[list[float]], bool]:
    def holds(coefficients: list[float]) -> bool:
        found = np.array(moments(coefficients))
        free = len(found) - exponent - 1
        return (
            np.allclose(found, coefficients, rtol=0, atol=1e-12)
            and coefficients[:exponent] == [0] * exponent
            and found[exponent] != 0
            and found[exponent] ** 2 >= (found @ found) / (1 + 64 * free) * (1 - 1e-9)
        )

    return holds


def has_norm_one(coefficients: list[float]) -> bool:
    square = WEIGHTS @ st.link(coefficients)(NODES) ** 2 / sqrt(2 * pi)
    return abs(square - 1) < 1e-12


@pytest.mark.parametrize(("exponent", "degree"), [(1, 1), (1, 4), (2, 2), (3, 7), (4, 12)])
def test_links_have_their_information_exponent(exponent: int, degree: int) -> None:
    for drawn in (st.links(exponent, degree), st.links(exponent, degree, unit_norm=False)):
        assert counterexample(drawn, has_exponent(exponent)) is None
        assert counterexample(drawn, lambda c: st.information_exponent(c) == exponent) is None
    assert counterexample(st.links(exponent, degree), has_norm_one) is None


def test_without_a_norm_the_coefficients_are_simple() -> None:
    drawn = st.links(2, 4, unit_norm=False)
    assert breaks(drawn, has_norm_one)
    assert simplest(drawn, lambda c: c[3] < 0) == [0, 0, 1, -1, 0]
    assert simplest(drawn, lambda c: abs(c[2]) < 1) == [0, 0, 0.5, 0, 0]


def test_the_information_exponent_is_that_of_the_first_term_after_the_mean() -> None:
    assert st.information_exponent([5.0, 0.0, 0.0, 1.0]) == 3
    assert st.information_exponent([0.0, 1.0, 1.0]) == 1


def test_the_link_is_that_of_the_closed_form() -> None:
    x = np.linspace(-3, 3, 7)
    np.testing.assert_allclose(st.link([0, 0, 0, 1])(x), (x**3 - 3 * x) / sqrt(6), atol=1e-12)
    assert st.link([2.0])(0.5) == 2


@pytest.mark.parametrize(
    ("fault", "value"),
    [
        ("sqrt", float),  # another recurrence: another basis
        ("LEADING", (0.0, 1.0)),  # the first coefficient may vanish
        ("LEADING", (1e-3, 1.0)),  # or hardly be seen
    ],
)
def test_another_exponent_is_noticed(
    fault: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hermite, fault, value)
    drawn = st.links(2, 5, unit_norm=False)
    assert breaks(drawn, has_exponent(2))


def test_another_norm_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hermite, "hypot", lambda *c: max(map(abs, c)))
    assert breaks(st.links(2, 5), has_norm_one)
