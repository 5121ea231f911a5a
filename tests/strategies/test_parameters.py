"""A wrong parameter is told at once, by the name of its strategy: what was found and expected."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis.strategies import just

from verify import strategies as st
from verify.errors import InputError
from verify.spec.instance import draw


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda: st.covariances([1.0, -1.0]),
            "covariances: spectrum is [1.0, -1.0]; expected positive numbers, the largest at most"
            " 1e+12 times the smallest",
        ),
        (lambda: st.covariances([]), "covariances: spectrum is []"),
        (lambda: st.covariances([1.0, 1e-13]), "covariances: spectrum is [1.0, 1e-13]"),
        (lambda: st.covariances([1.0, float("nan")]), "covariances: spectrum is [1.0, nan]"),
        (lambda: st.covariances(np.eye(2)), "covariances: spectrum is array("),
        (lambda: st.covariances(3), "covariances: spectrum is 3"),
        (lambda: st.covariances("ab"), "covariances: spectrum is 'ab'"),
        (lambda: st.power_law(0, 1), "power_law: d is 0; expected a whole number from 1"),
        (lambda: st.power_law(2, -1), "power_law: decay is -1; expected a number from 0"),
        (lambda: st.unit_vectors(2.0), "unit_vectors: d is 2.0; expected a whole number from 1"),
        (lambda: st.unit_vectors(True), "unit_vectors: d is True; expected a whole number"),
        (lambda: st.aligned_directions(1, 0), "aligned_directions: d is 1; expected a whole numb"),
        (lambda: st.aligned_directions(2, 1.5), "alignment is 1.5; expected a number in [-1,1]"),
        (lambda: st.lipschitz_functions(0), "lipschitz_functions: d is 0; expected"),
        (lambda: st.lipschitz_functions(1, 0), "lipschitz is 0; expected a positive number"),
        (lambda: st.lipschitz_functions(1, float("inf")), "lipschitz is inf; expected a positive"),
        (lambda: st.lipschitz_functions(1, pieces=0), "lipschitz_functions: pieces is 0"),
        (lambda: st.smooth_functions(0, 1), "smooth_functions: d is 0"),
        (lambda: st.smooth_functions(1, 0), "smooth_functions: order is 0"),
        (lambda: st.smooth_functions(1, 1, bound="2"), "smooth_functions: bound is '2'"),
        (lambda: st.smooth_functions(1, 1, frequency=0), "smooth_functions: frequency is 0"),
        (lambda: st.smooth_functions(1, 1, terms=-1), "smooth_functions: terms is -1"),
        (lambda: st.piecewise_linear_functions(0), "piecewise_linear_functions: pieces is 0"),
        (lambda: st.piecewise_linear_functions(1, -2.0), "steepest is -2.0; expected a positive"),
        (lambda: st.links(0, 3), "links: exponent is 0; expected a whole number from 1"),
        (lambda: st.links(3, 2), "links: degree is 2; expected a whole number from 3"),
        (
            lambda: st.information_exponent([1.0, 0.0]),
            "information_exponent: coefficients is [1.0, 0.0]; expected one other than 0 after",
        ),
        (lambda: st.softmax_layers(3, 0), "softmax_layers: d is 0"),
        (lambda: st.softmax_layers(3, 1, ties=1), "ties is 1; expected a whole number from 2 to"),
        (lambda: st.softmax_layers(3, 1, ties=4), "neurons is 3; expected a whole number from 4"),
        (lambda: st.bandits(1, 0.1), "bandits: arms is 1; expected a whole number from 2"),
        (lambda: st.bandits(2, 1.1), "bandits: gap is 1.1; expected a number in [0,1]"),
        (lambda: st.change_points(5, 0), "change_points: segments is 0"),
        (lambda: st.change_points(5, 1, arms=0), "change_points: arms is 0"),
        (lambda: st.change_points(5, 1, shortest=0), "change_points: shortest is 0"),
        (lambda: st.change_points(5, 3, shortest=2), "horizon is 5; expected a whole number"),
        (lambda: st.mdps(1025, 1, 0.5), "mdps: states is 1025; expected a whole number from 1 to"),
        (lambda: st.mdps(1, 0, 0.5), "mdps: actions is 0"),
        (lambda: st.mdps(1, 1, 1), "mdps: discount is 1; expected a number in [0,1)"),
        (
            lambda: st.mdps(3, 1, 0.5, mixing=0.4),
            "mdps: mixing is 0.4; expected a number from 0 to 341/1024, for 3 states",
        ),
        (lambda: st.episodic_mdps(0, 1, 1), "episodic_mdps: states is 0"),
        (lambda: st.episodic_mdps(1, 1, 0), "episodic_mdps: horizon is 0"),
        (lambda: st.hamiltonians(11), "qubits is 11; expected a whole number from 1 to 10"),
        (lambda: st.hamiltonians(2, terms=0), "hamiltonians: terms is 0"),
        (lambda: st.hamiltonians(2, locality=3), "locality is 3; expected a whole number from"),
    ],
)  # fmt: skip
def test_wrong_parameters_are_refused_at_once(make: Callable[[], Any], words: str) -> None:
    with pytest.raises(InputError) as caught:
        make()
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("strategy", "words"),
    [
        (st.covariances(just([0.0])), "InputError: covariances: spectrum is [0.0]"),
        (st.aligned_directions(2, just(2)), "InputError: aligned_directions: alignment is 2"),
        (st.bandits(2, just(-1)), "InputError: bandits: gap is -1"),
        (st.mdps(1, 1, just(1)), "InputError: mdps: discount is 1"),
    ],
)
def test_a_wrong_parameter_that_is_drawn_is_told_when_it_is(strategy: Any, words: str) -> None:
    with pytest.raises(InputError) as caught:
        draw({"x": strategy}, 1, 0)
    assert f"drawing 'x' raised {words}" in str(caught.value)


def test_numbers_of_numpy_are_numbers_and_data_have_pythons() -> None:
    spectrum = np.array([1.0, 0.5])
    strategy = st.covariances(spectrum)
    assert type(draw({"x": strategy}, 1, 0)[0]["x"].data["spectrum"][0]) is float
    assert draw({"x": st.unit_vectors(np.int64(2))}, 1, 0)[0]["x"].data == [1, 0]
    assert draw({"x": st.bandits(2, np.float32(0.5))}, 1, 0)[0]["x"].data == [1, 0.5]
