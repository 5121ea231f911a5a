"""Text that reads back, and LaTeX."""

import random

import pytest

from tests.algebra.random_bounds import NAMES, random_bound, text
from verify.algebra import bound
from verify.algebra.writing import latex_name


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("min(sqrt(J*T),V**(1/3)*T**(2/3)+sqrt(T))", "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))"),
        ("n**(-1/(d+2))", "n**(-1/(d + 2))"),
        ("T**d", "T**d"),
        ("T/(2*J)", "T/(2*J)"),
        ("1/T*J", "1/T*J"),
        ("(a+b)*c", "(a + b)*c"),
        ("(a*b)**(1/3)", "(a*b)**(1/3)"),
        ("a/(b+c)**2", "a*(b + c)**(-2)"),
        ("(1/2)**(1/3)*T", "(1/2)**(1/3)*T"),
        ("log(1/delta)/n", "log(1/delta)/n"),
        ("2*T/3", "2/3*T"),
        ("10**10**10", "10**10000000000"),
        ("2**d*T", "2**d*T"),
        ("max(1,T)", "max(1, T)"),
    ],
)
def test_the_canonical_text(source, written):
    assert str(bound(source)) == bound(source).text == written
    assert bound(written) == bound(source)


def test_random_bounds_read_back():
    rng = random.Random(7)
    for _ in range(500):
        found = bound(text(random_bound(rng, NAMES, rng.randint(1, 6))))
        assert bound(found.text) == found
        assert bound(found.text).text == found.text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("n**(-1/(d+2))", "n^{-1/(d + 2)}"),
        (
            "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))",
            r"\min\left\{\sqrt{J T}, V^{1/3} T^{2/3} + \sqrt{T}\right\}",
        ),
        ("T/(2*J)", r"\frac{T}{2 J}"),
        ("1/Theta", r"\frac{1}{\Theta}"),
        ("eps**(-3/2)*rho**2", r"\varepsilon^{-3/2} \rho^{2}"),
        ("log(T)", r"\log T"),
        ("log(1/delta)**2", r"\log^{2}(1/\delta)"),
        ("sqrt(log(T))", r"\sqrt{\log T}"),
        ("(a + b)*c/2", r"\frac{1}{2} \left(a + b\right) c"),
        ("2*3**(1/3)", r"2 \cdot 3^{1/3}"),
        ("max(1, arms)", r"\max\left\{1, \mathrm{arms}\right\}"),
        ("n**(1/(2*alpha**2))", r"n^{1/(2 \alpha^{2})}"),
    ],
)
def test_latex(source, expected):
    assert bound(source).latex() == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("T", "T"),
        ("x1", "x_{1}"),
        ("x_12", "x_{12}"),
        ("sigma_0", r"\sigma_{0}"),
        ("k_max", r"k_{\mathrm{max}}"),
        ("lambda", r"\lambda"),
        ("eps", r"\varepsilon"),
        ("arms", r"\mathrm{arms}"),
        ("a_b_c", r"\mathrm{a\_b\_c}"),
        ("_", r"\mathrm{\_}"),
    ],
)
def test_names_in_latex(name, expected):
    assert latex_name(name) == expected


def test_latex_of_random_bounds_has_balanced_braces():
    rng = random.Random(8)
    for _ in range(200):
        found = bound(text(random_bound(rng, NAMES, rng.randint(1, 6)))).latex()
        plain = found.replace(r"\left\{", "").replace(r"\right\}", "")
        assert plain.count("{") == plain.count("}")
        assert found.count(r"\left") == found.count(r"\right")
