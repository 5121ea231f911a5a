"""Hypothesis strategies for common assumptions, and the functions that make objects of the data.

A strategy yields data (numbers, text, lists and dicts), so that `Rate(given=...)` may draw them;
beside it stands the function that makes a matrix or a callable of them.
"""

from verify.strategies.arms import bandits, change_points, changes, gaps, mean_path, variation
from verify.strategies.decision_processes import episodic_mdps, mdp, mdps
from verify.strategies.directions import (
    aligned_directions,
    aligned_pair,
    unit_vector,
    unit_vectors,
)
from verify.strategies.hermite import information_exponent, link, links
from verify.strategies.lipschitz import lipschitz_function, lipschitz_functions
from verify.strategies.paulis import coefficient_norm, hamiltonian, hamiltonians
from verify.strategies.piecewise_linear import (
    piecewise_linear_function,
    piecewise_linear_functions,
)
from verify.strategies.smooth import smooth_function, smooth_functions
from verify.strategies.softmax import softmax_layer, softmax_layers, softmax_scores
from verify.strategies.spectra import covariance, covariances, eigenvectors, power_law

__all__ = [
    "aligned_directions",
    "aligned_pair",
    "bandits",
    "change_points",
    "changes",
    "coefficient_norm",
    "covariance",
    "covariances",
    "eigenvectors",
    "episodic_mdps",
    "gaps",
    "hamiltonian",
    "hamiltonians",
    "information_exponent",
    "link",
    "links",
    "lipschitz_function",
    "lipschitz_functions",
    "mdp",
    "mdps",
    "mean_path",
    "piecewise_linear_function",
    "piecewise_linear_functions",
    "power_law",
    "smooth_function",
    "smooth_functions",
    "softmax_layer",
    "softmax_layers",
    "softmax_scores",
    "unit_vector",
    "unit_vectors",
    "variation",
]
