"""The public face of one bound."""

import pickle
from fractions import Fraction as F

import pytest

from verify.algebra import Bound, BoundError, GrammarError, bound
from verify.errors import InputError

REGRET = "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))"


def test_a_bound_knows_its_names():
    rate = bound("J*n**(-1/(d + 2))")
    assert rate.symbols == {"J", "n", "d"}
    assert rate.base_symbols == {"J", "n"}
    assert rate.exponent_symbols == {"d"}


def test_bounds_are_values():
    assert bound(REGRET) == bound(REGRET.replace(" ", ""))
    assert len({bound(REGRET), bound(REGRET), bound("T")}) == 2
    assert bound(bound(REGRET)) == bound(REGRET)
    assert pickle.loads(pickle.dumps(bound(REGRET))) == bound(REGRET)
    with pytest.raises(AttributeError):
        bound("T").tree = None


def test_numbers_are_bounds():
    assert bound(3) == bound("3")
    assert bound(F(1, 3)) == bound("1/3")


@pytest.mark.parametrize("source", [0.5, None, True, b"T", ["T"], 0, F(-1, 2)])
def test_what_is_no_bound_is_refused(source):
    with pytest.raises(BoundError, match=r"the bound is|zero|negative"):
        bound(source)


def test_errors_are_input_errors():
    assert issubclass(BoundError, InputError)
    assert issubclass(GrammarError, InputError)
    error = BoundError("a problem", "a hint")
    assert (error.problem, error.hint, str(error)) == ("a problem", "a hint", "a problem; a hint")


@pytest.mark.parametrize(
    ("source", "values", "expected"),
    [
        ("n**(-1/(d+2))", {"d": 2}, "n**(-1/4)"),
        ("n**(-1/(d+2))", {"d": "1/2"}, "n**(-2/5)"),
        ("n**(-2/(2+p))", {"p": "2*d/(d+2)"}, "n**(-(d+2)/(2*d+2))"),
        ("J*T", {"J": "T"}, "T*T"),
        ("J*T", {"J": "T", "T": "J"}, "T*J"),
        ("sqrt(J*T)", {"J": 4}, "sqrt(4*T)"),
        ("eps**(-3/2)*rho**2", {"rho": "1/eps"}, "eps**(-3/2)*eps**(-2)"),
        ("log(T)*T", {"T": "s**2"}, "2*log(s)*s**2"),
        ("log(T)", {"T": 100}, "log(100)"),
        ("T**p + T", {"p": 0}, "1 + T"),
        ("T", {"T": REGRET}, REGRET),
        ("2**d*T", {"d": 3}, "8*T"),
        ("Theta**(-2)*eps**(-2)", {"Theta": "d**(-1/2)"}, "d*eps**(-2)"),
    ],
)
def test_substitution(source, values, expected):
    assert bound(source).substitute(values) == bound(expected)


@pytest.mark.parametrize(
    ("source", "values", "words"),
    [
        ("T", {"S": 1}, "'S' does not occur in the bound; known: T"),
        ("times", {"time": 1}, "did you mean 'times'"),
        ("T**d", {"d": 0.5}, "d is 0.5, of type float"),
        ("T**d", {"d": bound("2")}, "d is .* of type Bound"),
        ("T", {"T": 0}, "zero"),
        ("T", {"T": 1.5}, "of type float"),
        ("log(T)", {"T": 1}, r"log\(1\) is zero"),
        ("log(T)", {"T": "J*K"}, "log of a product"),
        ("T**(1/(2-p))", {"p": 2}, "undefined at p = 2"),
        ("T**d*J", {"J": "d"}, "'d' is a variable and stands in an exponent"),
        ("T**d", {"d": "T"}, "'T' is a variable and stands in an exponent"),
        ("T**d", {"d": "10**12*10**12"}, "more than 18 digits"),
    ],
)
def test_substitutions_outside_the_calculus_are_refused(source, values, words):
    with pytest.raises(InputError, match=words):
        bound(source).substitute(values)


def test_substitution_cannot_nest_beyond_what_the_grammar_reads():
    deep = bound("T")
    for _ in range(50):
        deep = deep.substitute({"T": "sqrt(T + 1)*J"})
    assert bound(deep.text) == deep
    with pytest.raises(BoundError, match="nested more than 50 deep"):
        deep.substitute({"T": "sqrt(T + 1)*J"})


def test_a_bound_prints_as_its_text():
    assert str(bound(REGRET)) == REGRET
    assert isinstance(bound(REGRET), Bound)
