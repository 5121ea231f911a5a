"""Crossovers with constants, in closed form and by sympy."""

import pytest

from verify.algebra import BoundError, bound

REGRET = "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))"
CONE = ["1 <= J <= T", "1/T <= V <= 1"]


def test_neighbouring_regimes_of_the_regret_bound():
    assert [str(crossover) for crossover in bound(REGRET).crossovers(CONE)] == [
        "sqrt(J*T) = V**(1/3)*T**(2/3) at J = V**(2/3)*T**(1/3)",
        "V**(1/3)*T**(2/3) = sqrt(T) at T = V**(-2)",
    ]


def test_without_conditions_all_three_meet():
    pairs = {(c.first, c.second) for c in bound(REGRET).crossovers()}
    assert ("sqrt(J*T)", "sqrt(T)") in pairs
    assert len(pairs) == 3


def test_the_variable_can_be_chosen():
    found = bound(REGRET).crossovers(CONE, "V")
    assert [c.value for c in found] == ["J**(3/2)*T**(-1/2)", "T**(-1/2)"]
    with pytest.raises(BoundError, match="'W' is not a variable of the bound; known: J, T, V"):
        bound(REGRET).crossovers(CONE, "W")


def test_constants_count_and_the_two_sides_agree_there():
    source = bound("min(2*sqrt(J*T), V**(1/3)*T**(2/3)/3 + sqrt(T*log(T)))")
    for crossover in source.crossovers(CONE):
        point = {"J": 7.0, "T": 1e5, "V": 0.3}
        point[crossover.variable] = float(bound(crossover.value).evaluate(point))
        sides = [bound(side).evaluate(point) for side in (crossover.first, crossover.second)]
        assert sides[0] == pytest.approx(sides[1], rel=1e-12)


def test_logs_of_the_variable_leave_no_closed_form():
    assert bound("min(T, 100*log(T))").crossovers("1 <= T") == ()  # one regime: T beats its log
    (none,) = bound("min(sqrt(T)*log(T), T/J)").crossovers("1 <= J, 1 <= T", "T")
    assert (none.variable, none.value) == ("J", "sqrt(T)/log(T)")
    with pytest.raises(BoundError, match="no closed form in T"):
        bound("T").crossover("sqrt(T)*log(T)", "T")
    (other,) = bound("min(T*log(T), J*log(T)**2)").crossovers("1 <= J, 1 <= T")
    assert str(other) == "T*log(T) = J*log(T)**2 at J = T/log(T)"


@pytest.mark.parametrize(
    ("first", "second", "variable", "values"),
    [
        ("sqrt(J*T)", "V**(1/3)*T**(2/3)", "J", ["V**(2/3)*T**(1/3)"]),
        ("3*T**2", "12*J", "T", ["2*sqrt(J)"]),
        ("T*log(J)", "J", "T", ["J/log(J)"]),
        ("sqrt(J*T)", "V**(1/3)*T**(2/3) + sqrt(T)", "J", ["(T**(2/3)*V**(1/3) + sqrt(T))**2/T"]),
        ("T", "sqrt(T) + J", "T", ["J + sqrt(4*J + 1)/2 + 1/2"]),
    ],
)
def test_two_bounds_are_equal_at(first, second, variable, values):
    assert sorted(bound(first).crossover(second, variable)) == sorted(values)


@pytest.mark.parametrize(
    ("first", "second", "variable", "words"),
    [
        ("T", "T*J", "T", "no closed form in T"),
        ("T", "2*T", "T", "no closed form in T"),
        ("T", "J", "K", "'K' is not a variable of the two; known: J, T"),
        ("T**3 + J", "T**(1/2) + sqrt(V)", "T", "no closed form in T"),
    ],
)
def test_what_has_no_solution_is_refused(first, second, variable, words):
    with pytest.raises(BoundError, match=words):
        bound(first).crossover(second, variable)
