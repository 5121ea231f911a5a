"""The excess is above 0 where and only where a bound is violated, and grows with the value."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.claims.inequality.excess import excess, extremes, unit

NUMBERS = st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-6)


def _one(value: float, low: float | None, high: float | None) -> dict[str, float]:
    arrays = (None if one is None else np.asarray(float(one)) for one in (value, low, high))
    return {one.side: one.excess for one in extremes(*arrays)}


@given(NUMBERS, NUMBERS, NUMBERS)
def test_it_is_above_0_where_a_bound_is_violated_alone(v: float, a: float, b: float) -> None:
    found = _one(v, a, b)
    assert (found["low"] > 0) == (v < a)
    assert (found["high"] > 0) == (v > b)
    assert (found["high"] == 0) == (v == b)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_it_grows_with_the_value(v: float, w: float, bound: float, other: float) -> None:
    v, w = sorted((v, w))
    assert _one(v, None, bound)["high"] <= _one(w, None, bound)["high"]
    assert _one(v, bound, other)["low"] >= _one(w, bound, other)["low"]


@given(NUMBERS, NUMBERS)
def test_both_bounds_are_mirror_images(v: float, bound: float) -> None:
    assert _one(v, None, bound)["high"] == _one(-v, -bound, None)["low"]


@pytest.mark.parametrize(
    ("value", "low", "high", "side", "ratio"),
    [
        (3, None, 4, "high", 3 / 4),
        (5, None, 4, "high", 5 / 4),
        (-1, None, 4, "high", -1 / 4),
        (-5, None, -4, "high", 4 / 5),
        (-3, None, -4, "high", 2 - 3 / 4),
        (1, None, -4, "high", 2 + 1 / 4),
        (5, 4, None, "low", 4 / 5),
        (3, 4, None, "low", 2 - 3 / 4),
        (-3, -4, None, "low", 3 / 4),
        (-5, -4, None, "low", 5 / 4),
        (0.25, None, 0, "high", 1.25),
        (-0.25, None, 0, "high", 0.75),
        (1, 0, 4, "low", 3 / 4),
        (-1, 0, 4, "low", 5 / 4),
        (0, 0, 0.0, "low", 1),
        (2, 0, None, "low", -1),
    ],
)
def test_the_ratio_is_that_of_the_documentation(
    value: float, low: float | None, high: float | None, side: str, ratio: float
) -> None:
    assert 1 + _one(value, low, high)[side] == pytest.approx(ratio, rel=1e-14)


def test_the_formulas_meet_with_their_slopes_where_the_bound_is_attained() -> None:
    step = 1e-6
    for bound in (-4.0, 4.0):
        for side, sign in (("high", 1), ("low", -1)):
            ends = (None, bound) if side == "high" else (bound, None)
            below, above = (_one(bound + s * step, *ends)[side] for s in (-sign, sign))
            assert above == pytest.approx(step / 4, rel=1e-3)
            assert below == pytest.approx(-step / 4, rel=1e-3)


def test_of_an_array_the_worst_counts_for_each_bound() -> None:
    low, high = extremes(np.array([1.0, 5.0, 3.0]), np.array([0.5, 4.0, 4.0]), np.asarray(6.0))
    assert (low.side, low.value, low.bound) == ("low", 3.0, 4.0)
    assert (high.side, high.value, high.bound) == ("high", 5.0, 6.0)


def test_the_largest_numbers_stay_finite() -> None:
    for excess_ in (_one(1e308, None, -1e308), _one(1e308, None, 5e-324), _one(-1e308, 1e-300, 1)):
        assert all(math.isfinite(one) for one in excess_.values())


def test_numbers_of_mpmath_keep_their_digits() -> None:
    value, bound = mpmath.mpf(1) + mpmath.mpf(10) ** -40, mpmath.mpf(1)
    with mpmath.workdps(60):
        value = mpmath.mpf(1) + mpmath.mpf(10) ** -40
        (one,) = extremes(np.array(value, dtype=object), None, np.array(bound, dtype=object))
    assert one.excess == pytest.approx(1e-40)
    assert one.ratio == 1.0


def test_units() -> None:
    assert [unit(-2), unit(0, -3), unit(0, 0), unit(0)] == [2, 3, 1, 1]
    assert excess(Fraction(-1), Fraction(-2), 1) == Fraction(-1, 2)
