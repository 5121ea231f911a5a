"""Numerical values against 50-digit arithmetic."""

import random

import mpmath
import numpy as np
import pytest

from tests.algebra.random_bounds import NAMES, random_bound, text, value
from verify.algebra import BoundError, bound


def test_values_of_random_bounds_up_to_1e18():
    rng = random.Random(9)
    with mpmath.workdps(50):
        for _ in range(500):
            node = random_bound(rng, NAMES, rng.randint(1, 6))
            point = {name: 10 ** rng.uniform(0.1, 18) for name in NAMES}
            exact = value(node, {name: mpmath.mpf(x) for name, x in point.items()})
            found = float(bound(text(node)).evaluate(point))
            assert abs(found - exact) <= 2e-14 * exact


def test_arrays_are_broadcast():
    found = bound("sqrt(J*T)").evaluate({"J": [[1.0], [4.0]], "T": np.array([1, 4, 9])})
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, [[1, 2, 3], [2, 4, 6]], rtol=1e-15)


def test_exponents_take_values_too():
    found = bound("n**(-1/(d + 2))").evaluate({"n": 1e6, "d": [1, 2, 4]})
    np.testing.assert_allclose(found, [1e-2, 10**-1.5, 1e-1], rtol=1e-14)


def test_the_log_is_natural_and_absolute():
    assert bound("log(T)").evaluate({"T": np.e}) == pytest.approx(1)
    assert bound("log(1/eps)").evaluate({"eps": np.exp(-3)}) == pytest.approx(3)
    assert bound("log(eps)").evaluate({"eps": np.exp(-3)}) == pytest.approx(3)
    assert bound("1/log(T)").evaluate({"T": 1}) == np.inf


def test_constants_without_variables_and_out_of_range():
    found = bound("3/2").evaluate({})
    assert (found.shape, found.dtype, float(found)) == ((), np.float64, 1.5)
    assert bound("10**10**10*T").evaluate({"T": 1}) == np.inf


def test_other_names_are_ignored_and_missing_ones_refused():
    assert bound("T").evaluate({"T": 2, "replicate": -1}) == 2
    with pytest.raises(BoundError, match=r"no value for 'T'; given: did you mean 'T1'"):
        bound("T").evaluate({"T1": 2})


@pytest.mark.parametrize("bad", [0, -1.0, np.inf, np.nan, [1, 0]])
def test_variables_are_positive_and_finite(bad):
    with pytest.raises(BoundError, match=r"T = .*; variables are positive and finite"):
        bound("sqrt(T)").evaluate({"T": bad})


def test_an_undefined_exponent_is_refused():
    with pytest.raises(BoundError, match=r"1/\(2 - p\) is undefined"):
        bound("T**(1/(2-p))").evaluate({"T": 2.0, "p": 2})
