"""Bounds from sympy expressions."""

import pytest
import sympy

from verify.algebra import BoundError, GrammarError, bound

J, T, V, d = sympy.symbols("J T V d", positive=True)
THIRD = sympy.Rational(1, 3)


@pytest.mark.parametrize(
    ("expression", "same"),
    [
        (
            sympy.Min(sympy.sqrt(J * T), V**THIRD * T ** (2 * THIRD) + sympy.sqrt(T)),
            "min(sqrt(J)*sqrt(T), T**(2/3)*V**(1/3) + sqrt(T))",
        ),
        (T ** (-1 / (d + 2)), "T**(-1/(d + 2))"),
        (T ** sympy.Float(0.5), "sqrt(T)"),
        (2 * T / J, "2*T/J"),
        (sympy.log(T) ** 2 / sympy.sqrt(T), "log(T)**2/sqrt(T)"),
        (sympy.log(1 / T), "log(1/T)"),
        (sympy.Float(0.25) * T, "T/4"),
        (sympy.Integer(3), "3"),
        (sympy.Max(1, T), "max(1, T)"),
    ],
)
def test_expressions_read_as_their_text(expression, same):
    assert bound(expression) == bound(same)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (T - J, "a negative term"),
        (T ** sympy.Float(1 / 3), "write 1/3"),
        (sympy.exp(T), "unknown function 'exp'"),
        (sympy.log(1 + T), "the log of a sum"),
        (sympy.Function("f")(T), "unknown function 'f'"),
        (sympy.Lt(J, T), "found '<'"),
    ],
)
def test_refusals_show_the_text(expression, words):
    with pytest.raises(GrammarError, match=words):
        bound(expression)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (sympy.pi * T, "pi in a sympy expression"),
        (sympy.E**2 * sympy.E, "in a sympy expression|unknown function"),
        (sympy.oo, "oo in a sympy expression"),
        (sympy.I * T, "I in a sympy expression"),
        (sympy.Symbol("x*y"), r"a sympy symbol named 'x\*y'"),
        (sympy.Symbol("log"), "a sympy symbol named 'log'"),
        (sympy.Integer(-3), "negative"),
    ],
)
def test_what_the_grammar_would_misread_is_refused(expression, words):
    with pytest.raises((BoundError, GrammarError), match=words):
        bound(expression)
