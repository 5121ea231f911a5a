"""Covariances have the spectrum that was given; Hamiltonians are Hermitian, of bounded norm."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis.strategies import floats, lists

from verify import strategies as st
from verify.strategies import paulis

from .assumption import breaks, counterexample, simplest

LAW = st.power_law(6, 1.5)


def has_its_spectrum(data: Mapping[str, Any], made_of: Mapping[str, Any] | None = None) -> bool:
    """By LAPACK, which is told nothing of the construction; to 1e-12 of each eigenvalue."""
    matrix = st.covariance(made_of or data)
    found = np.linalg.eigvalsh(matrix)
    return np.array_equal(matrix, matrix.T) and np.allclose(
        found, sorted(data["spectrum"]), rtol=1e-12, atol=0
    )


def has_orthonormal_columns(data: Mapping[str, Any]) -> bool:
    q = st.eigenvectors(data)
    return np.allclose(q.T @ q, np.eye(len(q)), rtol=0, atol=1e-14)


@pytest.mark.parametrize("spectrum", [LAW, [2.0], [3.0, 3.0, 1e-3], st.power_law(12, 0)])
def test_covariances_have_the_spectrum_that_was_given(spectrum: list[float]) -> None:
    assert counterexample(st.covariances(spectrum), has_its_spectrum) is None
    assert counterexample(st.covariances(spectrum), has_orthonormal_columns) is None


def test_a_spectrum_may_be_drawn() -> None:
    drawn = st.covariances(lists(floats(0.25, 4), min_size=1, max_size=5))
    assert counterexample(drawn, has_its_spectrum) is None
    assert simplest(drawn) == {"spectrum": [1.0], "reflections": []}
    larger = simplest(drawn, lambda data: len(data["spectrum"]) > 1)
    assert larger == {"spectrum": [1.0, 1.0], "reflections": []}


def test_an_ill_conditioned_covariance_is_right_up_to_its_largest_eigenvalue() -> None:
    def right(data: Mapping[str, Any]) -> bool:
        found = np.linalg.eigvalsh(st.covariance(data))
        return np.abs(found - sorted(data["spectrum"])).max() <= 1e-14 * 4 and found[0] > 0

    assert counterexample(st.covariances([1.0, 1e-4, 1e-8, 1e-12]), right) is None


def test_covariances_are_not_all_diagonal() -> None:
    drawn = st.covariances([1.0, 0.5])
    found = simplest(drawn, lambda data: abs(st.covariance(data)[0, 1]) > 0.01)
    assert found == {"spectrum": [1.0, 0.5], "reflections": [[1.0, 0.5]]}


def test_power_law() -> None:
    assert st.power_law(4, 1) == [1, 1 / 2, 1 / 3, 1 / 4]
    assert st.power_law(3, 2) == [1, 1 / 4, 1 / 9]
    assert st.power_law(2, 0) == [1, 1]


def test_a_reflection_of_another_length_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """I - 2 v v^T without the division by |v|^2 is not orthogonal."""
    monkeypatch.setattr(np.linalg, "norm", lambda v: 1.0)
    assert breaks(st.covariances(LAW), has_its_spectrum)
    assert breaks(st.covariances(LAW), has_orthonormal_columns)


def test_standard_deviations_in_place_of_variances_are_noticed() -> None:
    def wrong(data: Mapping[str, Any]) -> bool:
        return has_its_spectrum(data | {"spectrum": [one**2 for one in data["spectrum"]]}, data)

    assert counterexample(st.covariances(LAW), wrong) == {"spectrum": LAW, "reflections": []}


def is_hermitian(data: Mapping[str, float]) -> bool:
    matrix = st.hamiltonian(data)
    return np.array_equal(matrix, matrix.conj().T) and abs(np.trace(matrix)) == 0


def is_bounded(data: Mapping[str, float]) -> bool:
    """By the coefficients: in operator norm by their sum, in Frobenius norm by Parseval exactly."""
    energies = np.linalg.eigvalsh(st.hamiltonian(data))
    squares = len(energies) * sum(one**2 for one in data.values())
    norm = st.coefficient_norm(data) * (1 + 1e-12)
    return max(abs(energies)) <= norm and np.isclose((energies**2).sum(), squares, rtol=1e-12)


@pytest.mark.parametrize("qubits", [1, 2, 4])
def test_hamiltonians_are_hermitian_and_bounded_by_their_coefficients(qubits: int) -> None:
    assert counterexample(st.hamiltonians(qubits), is_hermitian) is None
    assert counterexample(st.hamiltonians(qubits), is_bounded) is None


@pytest.mark.parametrize(
    ("count", "most"),
    [(len, 3), (lambda data: max(3 - word.count("I") for word in data), 2)],
    ids=["terms", "locality"],
)
def test_terms_and_locality_are_at_most_what_was_asked_for_and_may_be_that(
    count: Any, most: int
) -> None:
    drawn = st.hamiltonians(3, terms=3, locality=2)
    assert counterexample(drawn, lambda data: count(data) <= most) is None
    assert breaks(drawn, lambda data: count(data) < most)


def test_the_first_letter_acts_on_the_first_qubit() -> None:
    np.testing.assert_array_equal(st.hamiltonian({"ZI": 1.0}), np.diag([1, 1, -1, -1]))
    np.testing.assert_array_equal(st.hamiltonian({"Y": 0.5}), [[0, -0.5j], [0.5j, 0]])
    x_and_z = [[0.5, 1], [1, -0.5]]
    np.testing.assert_array_equal(st.hamiltonian({"X": 1.0, "Z": 0.5}), x_and_z)


@pytest.mark.parametrize(
    ("letter", "matrix", "assumption"),
    [
        ("Y", [[0, -1], [1, 0]], is_hermitian),
        ("Z", [[1, 0], [0, 1]], is_hermitian),  # has a trace
        ("X", [[0, 2], [2, 0]], is_bounded),
        ("X", [[1, 0], [0, -1]], is_bounded),  # X and Z are the same: no longer orthogonal
    ],
)
def test_a_wrong_pauli_matrix_is_noticed(
    letter: str, matrix: Any, assumption: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(paulis.PAULI, letter, np.array(matrix, dtype=complex))
    assert breaks(st.hamiltonians(2), assumption)
