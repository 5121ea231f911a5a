"""Functions have the Lipschitz constant, the bound on a derivative, or the pieces asked for."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from math import comb, inf
from typing import Any

import numpy as np
import pytest

from verify import strategies as st
from verify.strategies import lipschitz, piecewise_linear, smooth

from .assumption import breaks, counterexample, simplest


def pairs(d: int) -> tuple[Any, Any]:
    """Points of the cube and others near and far, each of shape (512, d)."""
    rng = np.random.default_rng(0)
    x, y = rng.random((2, 512, d))
    return x, x + (y - x) * 2.0 ** -rng.integers(0, 20, (512, 1))


def is_lipschitz(constant: float, d: int) -> Callable[[Mapping[str, Any]], bool]:
    x, y = pairs(d)

    def holds(data: Mapping[str, Any]) -> bool:
        f = st.lipschitz_function(data)
        return bool(np.all(np.abs(f(x) - f(y)) <= constant * np.linalg.norm(x - y, axis=1) + 1e-14))

    return holds


@pytest.mark.parametrize(("d", "constant"), [(1, 1.0), (2, 0.5), (4, 3.0)])
def test_lipschitz_functions_have_their_constant_and_no_smaller_one(
    d: int, constant: float
) -> None:
    drawn = st.lipschitz_functions(d, constant)
    assert counterexample(drawn, is_lipschitz(constant, d)) is None
    assert breaks(drawn, is_lipschitz(0.9 * constant, d))


def test_the_simplest_steep_function_is_a_coordinate() -> None:
    steep = counterexample(st.lipschitz_functions(2), is_lipschitz(0.9, 2), examples=200)
    assert steep == {"groups": [[{"gradient": [0.0, 1.0], "offset": 0.0}]]}


def test_lipschitz_functions_are_neither_all_convex_nor_all_concave() -> None:
    x, y = pairs(1)
    for sign in (1, -1):

        def bends(data: Mapping[str, Any], sign: int = sign) -> bool:
            f = st.lipschitz_function(data)
            return bool(np.all(sign * (f(x) + f(y) - 2 * f((x + y) / 2)) <= 1e-12))

        assert breaks(st.lipschitz_functions(1), bends)


def test_a_maximum_of_minima() -> None:
    pieces = [[([1.0], 0.0), ([-1.0], 1.0)], [([0.0], 0.25)]]
    data = {"groups": [[{"gradient": g, "offset": b} for g, b in group] for group in pieces]}
    found = st.lipschitz_function(data)([[0.0], [0.125], [0.5], [1.0]])
    np.testing.assert_array_equal(found, [0.25, 0.25, 0.5, 0.25])


def test_the_norm_of_another_space_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each partial derivative is at most 1; the gradient is longer."""
    monkeypatch.setattr(lipschitz, "hypot", lambda *k: max(map(abs, k)))
    assert breaks(st.lipschitz_functions(2), is_lipschitz(1, 2))


def is_smooth(d: int, order: int, bound: float) -> Callable[[Mapping[str, Any]], bool]:
    """By differences of this order along lines: each is h^order times a derivative in between."""
    rng = np.random.default_rng(1)
    h, x = 1 / 32, rng.random((256, d))
    lines = rng.normal(size=(256, d))
    along = lines / np.linalg.norm(lines, axis=1, keepdims=True)
    signs = [(-1) ** (order - k) * comb(order, k) for k in range(order + 1)]

    def holds(data: Mapping[str, Any]) -> bool:
        f = st.smooth_function(data)
        difference = sum(sign * f(x + k * h * along) for k, sign in enumerate(signs))
        return bool(np.all(np.abs(difference) <= h**order * bound + 1e-14))

    return holds


@pytest.mark.parametrize(("d", "order", "bound"), [(1, 1, 1.0), (2, 2, 0.5), (3, 3, 10.0)])
def test_smooth_functions_have_bounded_derivatives(d: int, order: int, bound: float) -> None:
    drawn = st.smooth_functions(d, order, bound)
    assert counterexample(drawn, is_smooth(d, order, bound)) is None
    tight = st.smooth_functions(d, order, bound, frequency=1)
    assert breaks(tight, is_smooth(d, order, 0.7 * bound))


def test_the_simplest_function_with_a_steep_place_is_a_cosine() -> None:
    found = counterexample(st.smooth_functions(1, 1, frequency=1), is_smooth(1, 1, 0.9), 300)
    (wave,) = found["terms"]
    assert wave == {"frequency": [1], "phase": 0.0, "amplitude": pytest.approx(1 / (2 * np.pi))}


@pytest.mark.parametrize(
    ("fault", "value"),
    [
        ("hypot", lambda *k: max(map(abs, k))),  # partial derivatives alone
        ("sum", lambda weights: 0.0),  # each term bounded, and not their sum
    ],
)
def test_a_bound_of_something_else_is_noticed(
    fault: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smooth, fault, value, raising=False)
    drawn = st.smooth_functions(2, 2, frequency=1, terms=6)
    assert breaks(drawn, is_smooth(2, 2, 1.0))


def test_the_derivative_of_another_order_is_noticed() -> None:
    assert breaks(st.smooth_functions(1, 2), is_smooth(1, 3, 1.0))


def is_piecewise_linear(pieces: int, steepest: float) -> Callable[[Mapping[str, Any]], bool]:
    """By the integral of the slopes, piece by piece."""
    x = np.linspace(0, 1, 101)

    def holds(data: Mapping[str, Any]) -> bool:
        knots, slopes = data["knots"], data["slopes"]
        lengths = [b - a for a, b in pairwise(knots)]
        shape = (
            len(slopes) == len(lengths) == pieces
            and (knots[0], knots[-1]) == (0, 1)
            and 0 < max(lengths) <= 8 * min(lengths) * (1 + 1e-12)
            and max(map(abs, slopes)) <= steepest
        )
        parts = zip(slopes, pairwise(knots), strict=False)
        value = data["start"] + sum(slope * np.clip(x - a, 0, b - a) for slope, (a, b) in parts)
        found = st.piecewise_linear_function(data)(x) if shape else inf
        return shape and np.allclose(found, value, rtol=0, atol=1e-12)

    return holds


@pytest.mark.parametrize(("pieces", "steepest"), [(1, 1.0), (4, 0.3), (9, 8.0)])
def test_piecewise_linear_functions_have_their_pieces(pieces: int, steepest: float) -> None:
    drawn = st.piecewise_linear_functions(pieces, steepest)
    assert counterexample(drawn, is_piecewise_linear(pieces, steepest)) is None
    assert breaks(drawn, is_piecewise_linear(pieces, 0.9 * steepest))


def test_the_simplest_bent_function() -> None:
    bent = simplest(st.piecewise_linear_functions(2), lambda data: len(set(data["slopes"])) > 1)
    assert bent == {"knots": [0, 0.5, 1], "slopes": [0.0, 1.0], "start": 0.0}


@pytest.mark.parametrize(
    ("fault", "value"),
    [
        ("SIGNED", (0.0, 2.0)),
        ("LONGEST", 80),
        ("accumulate", lambda lengths, initial: [0, *lengths]),
    ],
)
def test_wrong_knots_and_slopes_are_noticed(
    fault: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piecewise_linear, fault, value)
    drawn = st.piecewise_linear_functions(3)
    assert breaks(drawn, is_piecewise_linear(3, 1.0))
