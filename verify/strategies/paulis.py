"""Random Hamiltonians of a few qubits."""

from collections.abc import Mapping
from functools import reduce

import numpy as np
from hypothesis.strategies import (
    SearchStrategy,
    dictionaries,
    integers,
    lists,
    sampled_from,
    tuples,
)
from numpy.typing import NDArray

from verify.strategies.grids import SIGNED
from verify.strategies.naming import named
from verify.strategies.parameters import whole

MOST_QUBITS = 10
"""The matrix of ten qubits has a million entries."""

PAULI = {
    "I": np.array([[1, 0], [0, 1]], dtype=complex),
    "X": np.array([[0, 1], [1, 0]], dtype=complex),
    "Y": np.array([[0, -1j], [1j, 0]]),
    "Z": np.array([[1, 0], [0, -1]], dtype=complex),
}


@named
def hamiltonians(
    qubits: int, terms: int = 4, locality: int | None = None
) -> SearchStrategy[dict[str, float]]:
    """Traceless Hamiltonians of at most `terms` Pauli strings on at most `locality` qubits each.

    Data: {"XIZ": coefficient, ...}, one letter for each qubit, none of them all I; coefficients are
    multiples of 1/64 in [-1,1] and not 0.  Shrinks to {"ZI...I": 1.0}.  The locality is that of all
    qubits unless given.  InputError for counts below 1, more than 10 qubits, or a locality above
    the number of qubits.
    """
    qubits = whole("hamiltonians: qubits", qubits, 1, MOST_QUBITS)
    terms = whole("hamiltonians: terms", terms, 1)
    locality = qubits if locality is None else whole("hamiltonians: locality", locality, 1, qubits)

    def string(sites: list[tuple[int, str]]) -> str:
        letters = dict(sites)
        return "".join(letters.get(site, "I") for site in range(qubits))

    site = tuples(integers(0, qubits - 1), sampled_from("ZXY"))
    strings = lists(site, min_size=1, max_size=locality).map(string)
    return dictionaries(strings, sampled_from(SIGNED[1:]), min_size=1, max_size=terms)


def hamiltonian(data: Mapping[str, float]) -> NDArray[np.complex128]:
    """The matrix sum of coefficient times string, (2^qubits, 2^qubits), exactly Hermitian.

    The first letter acts on the qubit that is first in a Kronecker product.
    """
    matrices = [one * reduce(np.kron, [PAULI[x] for x in string]) for string, one in data.items()]
    return np.asarray(sum(matrices))


def coefficient_norm(data: Mapping[str, float]) -> float:
    """The sum of the absolute coefficients: a bound on the operator norm."""
    return sum(map(abs, data.values()))
