"""Directions have length one and the inner product that was asked for."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis.strategies import floats

from verify import strategies as st
from verify.strategies import directions

from .assumption import breaks, counterexample, simplest


def is_a_unit(vector: Any) -> bool:
    return abs(float(vector @ vector) - 1) < 1e-12


def is_aligned(pair: Callable[[Any], Any]) -> Callable[[Mapping[str, Any]], bool]:
    def holds(data: Mapping[str, Any]) -> bool:
        u, v = pair(data)
        return is_a_unit(u) and is_a_unit(v) and abs(float(u @ v) - data["alignment"]) < 1e-12

    return holds


@pytest.mark.parametrize("d", [1, 2, 7])
def test_unit_vectors_have_norm_one(d: int) -> None:
    assert counterexample(st.unit_vectors(d), lambda x: is_a_unit(st.unit_vector(x))) is None
    assert {st.unit_vector(x).shape for x in ([1] * d, [0.5] * d)} == {(d,)}


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_sphere_is_reached_on_all_sides(axis: int, sign: int) -> None:
    found = simplest(st.unit_vectors(3), lambda x: sign * st.unit_vector(x)[axis] > 0.9)
    assert found == [float(sign * (k == axis)) for k in range(3)]


@pytest.mark.parametrize("alignment", [0, 0.25, -1 / 3, 1, -1, 1e-9, floats(-1, 1)])
@pytest.mark.parametrize("d", [2, 3, 8])
def test_directions_have_the_alignment_that_was_asked_for(d: int, alignment: Any) -> None:
    drawn = st.aligned_directions(d, alignment)
    assert counterexample(drawn, is_aligned(st.aligned_pair)) is None


def test_the_simplest_pair_is_in_the_plane_of_the_first_axes() -> None:
    u, v = st.aligned_pair(simplest(st.aligned_directions(4, 0.6)))
    np.testing.assert_array_equal(u, [1, 0, 0, 0])
    np.testing.assert_allclose(v, [0.6, 0.8, 0, 0], rtol=1e-15)


def not_reflected(data: Mapping[str, Any]) -> Any:
    """The second part of v is orthogonal to the first axis, and not to u."""
    u, w = st.unit_vector(data["direction"]), st.unit_vector([0.0, *data["aside"]])
    return u, data["alignment"] * u + np.sqrt(1 - data["alignment"] ** 2) * w


def cosine_of_the_half_angle(data: Mapping[str, Any]) -> Any:
    u, v = st.aligned_pair(data)
    return u, (u + v) / np.sqrt(2 + 2 * data["alignment"])


@pytest.mark.parametrize("mutant", [not_reflected, cosine_of_the_half_angle])
def test_another_angle_is_noticed(mutant: Callable[[Any], Any]) -> None:
    assert breaks(st.aligned_directions(3, 0.5), is_aligned(mutant))


def test_another_norm_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directions, "unit_vector", lambda x: np.array(x) / np.abs(x).max())
    found = counterexample(
        st.unit_vectors(3), lambda data: is_a_unit(directions.unit_vector(data)), examples=200
    )
    assert found is not None
    assert np.abs(found).max() == 1
    drawn = st.aligned_directions(3, 0.5)
    assert breaks(drawn, is_aligned(st.aligned_pair))
