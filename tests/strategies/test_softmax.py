"""Softmax layers have a tie at the top that is exact, between neurons that differ."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from verify import strategies as st
from verify.errors import InputError
from verify.strategies import softmax

from .assumption import breaks, counterexample


def scores(data: Mapping[str, Any]) -> list[Fraction]:
    """At the point, in rational arithmetic."""
    point = [Fraction(x) for x in data["point"]]
    return [
        Fraction(b) + sum(Fraction(w) * x for w, x in zip(row, point, strict=True))
        for row, b in zip(data["weights"], data["offsets"], strict=True)
    ]


def ties(count: int) -> Callable[[Mapping[str, Any]], bool]:
    """Exactly `count` of the scores are the largest, and floating point finds the same."""

    def holds(data: Mapping[str, Any]) -> bool:
        exact = scores(data)
        top = [k for k, one in enumerate(exact) if one == max(exact)]
        lower = [one for one in exact if one != max(exact)]
        return (
            len(top) == count
            and len({tuple(data["weights"][k]) for k in top}) == count
            and all(max(exact) - one >= Fraction(1, 64) for one in lower)
            and st.softmax_scores(data)(data["point"]).tolist() == exact
        )

    return holds


@pytest.mark.parametrize(
    ("neurons", "d", "count"), [(2, 1, 2), (5, 3, 2), (6, 2, 4), (130, 1, 129)]
)
def test_the_tie_is_exact(neurons: int, d: int, count: int) -> None:
    few = 5 if neurons > 100 else 50
    assert counterexample(st.softmax_layers(neurons, d, count), ties(count), few) is None


def test_a_tie_may_be_anywhere() -> None:
    def first(data: Mapping[str, Any]) -> bool:
        found = st.softmax_scores(data)(data["point"])
        return bool(found[0] == found.max())

    assert breaks(st.softmax_layers(4, 2), first)


@pytest.mark.parametrize(
    ("fault", "value"),
    [
        ("SIGNED", tuple(k / 10 for k in range(-10, 11))),  # scores are rounded
        ("UNIT", (0.0, 0.0, 0.5)),  # others may tie too
        ("_distinct", list),  # neurons may be the same
    ],
)
def test_another_tie_is_noticed(fault: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(softmax, fault, value)
    if fault == "SIGNED":
        monkeypatch.setattr("verify.strategies.grids.SIGNED", value)
    assert breaks(st.softmax_layers(4, 1), ties(2))


DATA = {"weights": [[1.0, 0.0], [0.0, 2.0]], "offsets": [0.0, 0.5], "point": [0.5, 0.0]}


@pytest.mark.parametrize("temperature", [1e-3, 1.0, 10.0])
def test_the_layer_is_log_sum_exp_between_its_bounds(temperature: float) -> None:
    x = np.array([[0.5, 0.0], [0.25, 1.0], [-1.0, -1.0]])
    found = st.softmax_layer(DATA, temperature)(x)
    largest = st.softmax_scores(DATA)(x).max(axis=-1)
    np.testing.assert_array_equal(largest, [0.5, 2.5, -1.0])
    assert found[0] == pytest.approx(0.5 + temperature * np.log(2), rel=1e-14)
    assert np.all((largest <= found) & (found <= largest + temperature * np.log(2) + 1e-15))
    if temperature >= 1:
        exact: NDArray[np.float64] = np.exp(st.softmax_scores(DATA)(x) / temperature).sum(axis=-1)
        np.testing.assert_allclose(found, temperature * np.log(exact), rtol=1e-13)


def test_a_temperature_of_zero_is_refused() -> None:
    with pytest.raises(InputError, match="softmax_layer: temperature is 0; expected a positive"):
        st.softmax_layer(DATA, 0)
