"""Exact numbers, and decimals that cut off a fraction."""

from fractions import Fraction as F

import numpy as np
import pytest

from verify.algebra import BoundError
from verify.algebra.rational import decimal, fraction, intended_fraction


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("0.5", F(1, 2)), (".25", F(1, 4)), ("3.", 3), ("1e3", 1000), ("2.5e-1", F(1, 4))],
)
def test_decimals_are_exact(text, value):
    assert decimal(text) == value


@pytest.mark.parametrize("text", ["", ".", "e5", "1x", "1" * 37, "1e37", "1e-99999999999", "--1"])
def test_what_is_no_short_number_is_refused(text):
    with pytest.raises(BoundError):
        decimal(text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2, 2),
        (F(1, 3), F(1, 3)),
        ("-1/2", F(-1, 2)),
        (" 1 / 3 ", F(1, 3)),
        ("0.25", F(1, 4)),
        (np.int64(3), 3),
    ],
)
def test_fractions_from_what_users_write(value, expected):
    assert fraction(value, "T") == expected


@pytest.mark.parametrize("value", [0.5, True, None, "1/0", "half", "1/2/3", "1e999999999", ""])
def test_what_is_not_exact_is_refused_by_name(value):
    with pytest.raises(BoundError, match=r"T of the ray|number|denominator"):
        fraction(value, "T of the ray")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("0.33", F(1, 3)),
        ("0.333", F(1, 3)),
        ("0.67", F(2, 3)),
        ("0.66", F(2, 3)),
        ("0.142", F(1, 7)),
        ("1.333", F(4, 3)),
        ("0.333333333333333", F(1, 3)),
        ("0.714285714285714", F(5, 7)),
    ],
)
def test_cut_off_fractions_are_recognised(text, meant):
    assert intended_fraction(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "0.5",
        "0.3",
        "0.25",
        "0.75",
        "0.45",
        "0.55",
        "0.05",
        "0.125",
        "0.375",
        "0.4375",
        "0.0625",
        "1.5",
        "2",
        "0.500000000000000",
        "0.1",
        "0.35",
        "0.15",
        "0.95",
    ],
)
def test_decimals_meant_as_written_pass(text):
    assert intended_fraction(text) is None
