"""Covariances with a given spectrum, in any position."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from hypothesis.strategies import SearchStrategy, fixed_dictionaries, just, lists
from numpy.typing import NDArray

from verify.errors import InputError
from verify.spec.declaration import shown
from verify.strategies.grids import nonzero_vectors
from verify.strategies.naming import named
from verify.strategies.parameters import fixed_or_drawn, real, whole

Array = NDArray[np.float64]

CONDITION = 1e12
"""The largest condition number: beyond it rounding decides whether a matrix is definite."""


def power_law(d: int, decay: float) -> list[float]:
    """The spectrum j^(-decay), j = 1, ..., d, of `decay` >= 0; InputError for other parameters."""
    decay = real("power_law: decay", decay, "a number from 0", lambda a: a >= 0)
    return [j**-decay for j in range(1, whole("power_law: d", d, 1) + 1)]


@named
def covariances(
    spectrum: Sequence[float] | SearchStrategy[Sequence[float]],
) -> SearchStrategy[dict[str, Any]]:
    """Covariances with the eigenvalues `spectrum`, given or drawn, in the order given.

    Data: {"spectrum": d positive numbers, "reflections": up to d nonzero vectors of length d}, the
    vectors with entries in multiples of 1/64.  Shrinks to no reflection: a diagonal matrix.
    InputError unless the numbers are positive, the largest at most 1e12 times the smallest.
    """
    return fixed_or_drawn(spectrum, _spectrum).flatmap(_rotated)


def covariance(data: Mapping[str, Any]) -> Array:
    """The covariance Q diag(spectrum) Q^T, (d, d), symmetric; Q = `eigenvectors(data)`.

    Its eigenvalues are the spectrum up to 1e-14 d times the largest.
    """
    q = eigenvectors(data)
    matrix = (q * np.array(data["spectrum"])) @ q.T
    return np.asarray((matrix + matrix.T) / 2)


def eigenvectors(data: Mapping[str, Any]) -> Array:
    """The orthogonal matrix Q, (d, d): the product of the reflections I - 2 v v^T / v^T v.

    Every orthogonal matrix is a product of at most d reflections (Cartan and Dieudonne).
    """
    q = np.eye(len(data["spectrum"]))
    for vector in data["reflections"]:
        v = np.array(vector) / np.linalg.norm(vector)
        q -= 2 * np.outer(q @ v, v)
    return q


def _rotated(spectrum: Sequence[float]) -> SearchStrategy[dict[str, Any]]:
    d = len(spectrum)
    reflections = lists(nonzero_vectors(d), max_size=d)
    return fixed_dictionaries({"spectrum": just(list(spectrum)), "reflections": reflections})


def _spectrum(found: Sequence[float]) -> list[float]:
    expected = f"positive numbers, the largest at most {CONDITION:g} times the smallest"
    values = np.array(found)
    numbers = values.dtype.kind in "iuf" and values.ndim == 1 and np.isfinite(values).all()
    if not (numbers and values.size and 0 < values.max() <= CONDITION * values.min()):
        raise InputError(f"covariances: spectrum is {shown(found)}; expected {expected}")
    return [float(one) for one in values]
