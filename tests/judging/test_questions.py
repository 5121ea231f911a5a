"""Malformed questions, and bounds that the data cannot be compared with."""

from typing import Any

import numpy as np
import pytest

import verify
from verify.errors import GrammarError, InputError

from .laws import columns, power

DATA = columns(power(0.5), count=8)
ROWS = len(DATA["n"])


def told(data: Any = DATA, **changes: Any) -> str:
    asked = {"value": "y", "bound": "sqrt(n)", "relation": "Theta"} | changes
    with pytest.raises(InputError) as error:
        verify.judge(data, **asked)
    return str(error.value)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"relation": "o"}, "found relation='o'; expected 'O', 'Omega' or 'Theta'"),
        ({"logs": 0.3}, "found logs=0.3; expected a multiple of 1/4 from 0 to 4"),
        ({"margin": -1}, "found margin=-1; expected a positive number"),
        ({"statistic": "mode"}, "found statistic='mode'; expected one of 'mean', 'rms'"),
        ({"bound": "5"}, "constant-bound: found the bound 5; expected a bound with the variable"),
        ({"bound": "y*n"}, "value-in-bound: found 'y' in the bound y*n; expected variables"),
        ({"bound": "m**(1/2)"}, "missing-column: found no column 'm'; expected a column of the da"),
        (
            {"value": "yy"},
            "missing-column: found no column 'yy'; expected a column of the data. did",
        ),
    ],
)
def test_a_malformed_question(changes: dict[str, Any], words: str) -> None:
    assert words in told(**changes)


@pytest.mark.parametrize("bound", ["n**(", "__import__('os')", "n - 1", ""])
def test_a_malformed_bound_is_told_its_column(bound: str) -> None:
    with pytest.raises(GrammarError, match=r"^column [135]: "):
        verify.judge(DATA, value="y", bound=bound, relation="O")


def test_two_variables_that_move_are_judged_one_at_a_time() -> None:
    d = np.full(ROWS, 2.0)
    d[17:] = 3
    assert told({**DATA, "d": d}, bound="n**(-1/(d+2))") == (
        "data['d'][17]: two-variables: found another d, while n varies; expected one variable that "
        "varies, outside exponents. judge one at a time: keep the rows with one value of d"
    )
    assert "keep the rows with one value of n" in told({**DATA, "J": 1 + d}, bound="sqrt(J*n)")


def test_an_exponent_cannot_be_swept() -> None:
    data = {"n": np.ones(ROWS), "d": DATA["n"], "y": DATA["y"]}
    assert "moving-exponent: found another d; expected" in told(data, bound="n**(1/d)")


def test_nothing_moves() -> None:
    assert "found n = 2 only; expected at least 5" in told({**DATA, "n": np.full(ROWS, 2)})


@pytest.mark.parametrize(
    ("d", "bound", "words"),
    [
        (-2, "n**(-1/(d+2))", "the exponent -1/(d + 2) is undefined at d = -2"),
        (1, "n**(d-1)", "constant-bound: found the bound 1 with d=1; expected a bound in n"),
        (1, "n*log(d)", "log(1) is zero; bounds are positive"),
        (-400, "n**d", "bound: found the bound 0 at n = 64; expected a positive finite number"),
        (400, "n**d", "bound: found the bound inf at n = 64"),
        (-3, "d*n", "nonpositive-variable: found -3; expected a positive number"),
        (1e40, "d*n", "constant"),
    ],
)
def test_a_constant_at_which_the_bound_is_no_bound(d: float, bound: str, words: str) -> None:
    assert words in told({**DATA, "d": np.full(ROWS, d)}, bound=bound)


@pytest.mark.parametrize("changes", [{"logs": 1}, {"bound": "sqrt(n)*log(n)"}])
def test_logarithms_near_one_are_refused(changes: dict[str, Any]) -> None:
    words = told({**DATA, "n": DATA["n"] / 64}, **changes)
    assert "small-log: found n = 1, with a power of log n; expected values from 3 on" in words
