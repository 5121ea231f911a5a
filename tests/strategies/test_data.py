"""What the strategies yield is data, from which the same object is made; the simplest is first."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis.strategies import SearchStrategy, sampled_from

from verify import strategies as st
from verify.spec.instance import draw

from .assumption import simplest

GRID = np.linspace(0, 1, 14).reshape(7, 2)
STAY = [[1.0, 0.0], [1.0, 0.0]]
CASES: dict[str, tuple[SearchStrategy[Any], Callable[[Any], Any], Any]] = {
    "covariances": (
        st.covariances(st.power_law(3, 1)),
        st.covariance,
        {"spectrum": [1, 1 / 2, 1 / 3], "reflections": []},
    ),
    "unit_vectors": (st.unit_vectors(3), st.unit_vector, [1, 0, 0]),
    "aligned_directions": (
        st.aligned_directions(3, sampled_from([0.5, 0.25])),
        st.aligned_pair,
        {"alignment": 0.5, "direction": [1, 0, 0], "aside": [1, 0]},
    ),
    "lipschitz_functions": (
        st.lipschitz_functions(2),
        lambda data: st.lipschitz_function(data)(GRID),
        {"groups": [[{"gradient": [0, 0], "offset": 0}]]},
    ),
    "smooth_functions": (
        st.smooth_functions(2, order=2),
        lambda data: st.smooth_function(data)(GRID),
        {"terms": []},
    ),
    "piecewise_linear_functions": (
        st.piecewise_linear_functions(4),
        lambda data: st.piecewise_linear_function(data)(GRID),
        {"knots": [0, 1 / 4, 1 / 2, 3 / 4, 1], "slopes": [0] * 4, "start": 0},
    ),
    "links": (st.links(2, 4), lambda data: st.link(data)(GRID), [0, 0, 1, 0, 0]),
    "softmax_layers": (
        st.softmax_layers(3, 2),
        lambda data: st.softmax_layer(data)(GRID),
        {"weights": [[0, 0], [1, 0], [0, 0]], "offsets": [0, 0, -1], "point": [0, 0]},
    ),
    "bandits": (st.bandits(4, 0.25), st.gaps, [1, 0.75, 0, 0]),
    "change_points": (
        st.change_points(20, segments=4, shortest=3),
        st.mean_path,
        {"lengths": [11, 3, 3, 3], "means": [[0], [1], [0], [1]]},
    ),
    "mdps": (
        st.mdps(2, 2, discount=0.5),
        st.mdp,
        {"transitions": [STAY, STAY], "rewards": [[0, 0], [0, 0]], "discount": 0.5},
    ),
    "episodic_mdps": (
        st.episodic_mdps(2, 2, horizon=2),
        st.mdp,
        {"transitions": [[STAY, STAY]] * 2, "rewards": [[[0, 0], [0, 0]]] * 2},
    ),
    "hamiltonians": (st.hamiltonians(3), st.hamiltonian, {"ZII": 1}),
}
every = pytest.mark.parametrize("name", CASES)


def test_every_strategy_is_here() -> None:
    found = {name for name in st.__all__ if "SearchStrategy" in str(signature(name))}
    assert found == set(CASES)


def signature(name: str) -> Any:
    return getattr(st, name).__annotations__["return"]


@every
def test_eight_instances_are_drawn_and_objects_of_the_same_data_are_the_same(name: str) -> None:
    strategy, make, _ = CASES[name]
    found = [one["x"] for one in draw({"x": strategy}, 8, 0)]
    assert len(found) == 8
    for one in found:
        assert json.loads(json.dumps(one.data)) == one.data
        for first, second in zip(make(one.data), make(one.data), strict=True):
            np.testing.assert_array_equal(first, second)
            assert np.isfinite(first).all()
    assert any(
        np.any(a != b) for a, b in zip(make(found[0].data), make(found[-1].data), strict=True)
    )


@every
def test_the_simplest_instance_is_what_a_strategy_shrinks_to(name: str) -> None:
    strategy, _, simple = CASES[name]
    assert simplest(strategy) == simple
    assert draw({"x": strategy}, 1, 0)[0]["x"].data == simple


@pytest.mark.parametrize(
    ("strategy", "text"),
    [
        (st.covariances([1.0, 0.5]), "covariances(spectrum=[1.0, 0.5])"),
        (st.aligned_directions(3, alignment=0.5), "aligned_directions(alignment=0.5, d=3)"),
        (
            st.bandits(3, sampled_from([0.5, 0.25])),
            "bandits(arms=3, gap=sampled_from([0.5, 0.25]))",
        ),
        (st.links(2, degree=4), "links(degree=4, exponent=2)"),
    ],
)
def test_a_strategy_is_shown_as_its_call(strategy: SearchStrategy[Any], text: str) -> None:
    assert str(strategy) == text


@every
def test_no_strategy_shows_its_parts(name: str) -> None:
    assert str(CASES[name][0]).startswith(f"{name}(")
    assert "lambda" not in str(CASES[name][0])
