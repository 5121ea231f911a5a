"""What the grammar reads, and the words and the column of every refusal."""

import random

import pytest

from verify.algebra import Bound, GrammarError, bound
from verify.algebra.grammar import DEEPEST, parse
from verify.algebra.meaning import read_comparisons
from verify.algebra.syntax import NumberText, Operations, Raised

REGRET = "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))"


def refusal(text):
    with pytest.raises(GrammarError) as caught:
        bound(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "column", "problem", "hint"),
    [
        ("", 1, "empty", "sqrt(T)"),
        ("T - J", 3, "difference", "positive"),
        ("1 + T*(J - 2)", 10, "difference", "positive"),
        ("-T", 1, "negative", "positive"),
        ("T*-J", 3, "negative", "positive"),
        ("2 + exp(T)", 5, "unknown function 'exp'", "logarithm"),
        ("ln(T)", 1, "unknown function 'ln'", "log"),
        ("sqr(T)", 1, "unknown function 'sqr'", "did you mean 'sqrt'"),
        ("T + foo(J)", 5, "unknown function 'foo'", "log, max, min, sqrt"),
        ("T(J + 1)", 1, "unknown function 'T'", "write *"),
        ("__import__('os')", 1, "unknown function '__import__'", ""),
        ("T.__class__", 2, "found '.'", ""),
        ("lambda: 0", 7, "found ':'", ""),
        ("log(1 + T)", 1, "log of a sum", "log(T)"),
        ("T + log(J*T)", 5, "log of a product", "log(J) + log(T)"),
        ("log(2*T)", 1, "log of a product", "constant factor"),
        ("log(max(J, T))", 1, "log of a min or max", "max(log(J), log(T))"),
        ("log(log(T))", 1, "log of a log", "leave it out"),
        ("log(T**d)", 1, "symbolic", "p*log(T)"),
        ("T*log(1)", 3, "log(1) is zero", "positive"),
        ("T^2", 2, "found '^'", "**"),
        ("2T", 2, "found 'T'", "*"),
        ("J T", 3, "found 'T'", "*"),
        ("T < J", 3, "found '<'", "<="),
        ("T <= J", 3, "found '<='", ""),
        ("T, J", 2, "found ','", ""),
        ("sqrt", 1, "sqrt without its arguments", "sqrt(...)"),
        ("sqrt(T, J)", 1, "sqrt of 2 arguments", "one"),
        ("J + max(T)", 5, "max of 1 arguments", "two or more"),
        ("min()", 1, "min of 0 arguments", "two or more"),
        ("(T", 1, "never closed", "balance"),
        ("J + ((T)", 5, "never closed", "balance"),
        ("min(T, (J)", 4, "never closed", "balance"),
        ("T)", 2, "without an opening", "balance"),
        ("T + ", 5, "the end of the text", ""),
        ("T ** ", 6, "the end of the text", ""),
        ("T + * J", 5, "found '*'", ""),
        ("[T]", 1, "found '['", "round"),
        ("T/0", 3, "zero", "positive"),
        ("0*T", 1, "zero", "positive"),
        ("T**1/2", 4, "divides the whole power", "T**(1/2)"),
        ("T**-1/2", 4, "divides the whole power", "T**(1/2)"),
        ("T**0.333", 4, "0.333 cuts off a fraction", "write 1/3"),
        ("T**(2*0.67)", 7, "0.67 cuts off a fraction", "write 2/3"),
        ("T**T", 4, "'T' is a variable and also stands in an exponent", "another name"),
        ("J*T**(1/J)", 9, "'J' is a variable", "another name"),
        ("T**sqrt(d)", 4, "the function 'sqrt' in an exponent", "rational function"),
        ("T**(2**d)", 5, "the power d inside an exponent", "whole"),
        ("T**(d**(1/2))", 5, "the power 1/2 inside an exponent", "whole"),
        ("T**(1/(d - d))", 6, "division by zero", "denominator"),
        ("T**(10**10**10)", 5, "a power 10000000000", "32"),
        ("T**(10**30)", 5, "more than 18 digits", "fractions"),
        ("9" * 40, 1, "more than 36 digits", "shorten"),
        ("T + 1e999999999", 5, "more than 36 digits", "shorten"),
        ("(" * 10**5, DEEPEST + 1, "nested more than 50 deep", "simpler"),
        ("sqrt(" * 10**5, 5 * DEEPEST + 5, "nested more than 50 deep", "simpler"),
        ("T" + "**T" * 10**5, 3 * DEEPEST + 4, "nested more than 50 deep", "simpler"),
    ],
)
def test_refusals_point_at_the_column_and_say_what_to_do(text, column, problem, hint):
    error = refusal(text)
    assert (error.column, error.text) == (column, text)
    assert problem in error.problem
    assert hint in error.hint


def test_a_refusal_shows_the_text_with_a_caret_below_the_column():
    assert str(refusal("T - J")).splitlines() == [
        "column 3: a difference",
        "    T - J",
        "      ^",
        "  bounds are positive: keep the terms that are added",
    ]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("T**0.5", "sqrt(T)"),
        ("T**0.25", "T**(1/4)"),
        ("0.5*T", "T/2"),
        (".5e1*T", "5*T"),
        ("1e18*T", "1000000000000000000*T"),
        ("T**-1", "1/T"),
        ("T**--1", "T"),
        ("+T", "T"),
        ("T**2**3", "T**8"),
        ("T**-d", "T**(-d)"),
        (" T\n*\tJ ", "T*J"),
        ("((T))", "T"),
        ("n**(-1/(d+2) + 1/10)", "n**((d - 8)/(10*d + 20))"),
        ("n**(1 - 1/alpha)", "n**((alpha - 1)/alpha)"),
        ("log(T**2)", "2*log(T)"),
        ("log(1/T)*2", "2*log(T**-1)"),
        ("log(T)**(1/2)", "sqrt(log(T))"),
        ("min(T, min(J, V))", "min(T, J, V)"),
    ],
)
def test_spellings_of_one_bound_are_equal(text, same):
    assert bound(text) == bound(same)
    assert hash(bound(text)) == hash(bound(same))


def test_operators_bind_as_in_python():
    tree = parse("a + b*c**d/e")
    assert isinstance(tree, Operations)
    ((operator, column, product),) = tree.rest
    assert (operator, column) == ("+", 3)
    assert [op for op, _, _ in product.rest] == ["*", "/"]
    assert isinstance(product.rest[0][2], Raised)
    assert parse("2**3**4").exponent == Raised(4, NumberText(4, "3"), NumberText(7, "4"))


def test_comparisons_may_be_chained_and_listed():
    pairs = read_comparisons("1 <= J <= T, V >= 1/T")
    assert [(str(Bound(a)), str(Bound(b))) for a, b in pairs] == [
        ("1", "J"),
        ("J", "T"),
        ("1/T", "V"),
    ]


@pytest.mark.parametrize("size", [10**5])
@pytest.mark.parametrize(
    "pattern", ["T" + "+T" * 10**5, "T" + "*T" * 10**5, "-" * 10**5 + "T", " " * 10**5 + "T"]
)
def test_long_texts_are_read_in_linear_time(pattern, size):
    assert bound(pattern).symbols == {"T"}


def test_ten_thousand_random_strings_are_read_or_refused():
    rng = random.Random(3)
    tokens = ["T", "J", "d", "1", "2", "0.5", "1/3", "+", "-", "*", "/", "**", "(", ")", ",", " "]
    tokens += ["min(", "max(", "sqrt(", "log(", "exp(", "<=", "^", "1e9", "__", "'", "\n", "é", "0"]
    accepted = 0
    for k in range(10_000):
        text = _random_text(rng, tokens, k)
        found = _read(text)
        if isinstance(found, GrammarError):
            assert 1 <= found.column <= len(text) + 1, text
            assert found.problem, text
        else:
            accepted += 1
            assert bound(str(found)) == found, text
    assert 500 < accepted < 9500


def _read(text):
    try:
        return bound(text)
    except GrammarError as error:
        return error


def _random_text(rng, tokens, k):
    """Token soup, random characters, or a valid bound with a few characters changed."""
    if k % 3 == 0:
        return "".join(rng.choices(tokens, k=rng.randint(0, 12)))
    if k % 3 == 1:
        return "".join(chr(rng.randint(9, 126)) for _ in range(rng.randint(1, 20)))
    text = list(rng.choice([REGRET, "n**(-1/(d+2))", "(log(n)/n)**(1/3)", "max(J, T)/2 + V*T"]))
    for _ in range(rng.randint(0, 2)):
        text[rng.randrange(len(text))] = rng.choice([*"()*/+-,.TJ1 ", "", "**"])
    return "".join(text)
