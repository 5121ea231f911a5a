"""A softmax as the gradient of a log-sum-exp, and the co-state through a block of attention."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from theorems.hamilton_jacobi.layer import gibbs, log_sum_exp
from theorems.hamilton_jacobi.networks import TINY

Array = NDArray[Any]


def softmax_error(z: list[float], eps: float, factor: float | None = None) -> tuple[Any, float]:
    """The weights exp(z_j / eps) / sum less the gradient of factor log sum exp(z / eps).

    The factor is eps unless it is given; the gradient is by complex step.
    """
    place = np.asarray(z, dtype=float) + 1j * TINY * np.eye(len(z))
    weight = np.exp(np.asarray(z, dtype=float) / eps)
    exact = log_sum_exp(place, eps).imag / TINY * ((factor or eps) / eps)
    return weight / weight.sum() - exact, 1.0


def softmax_without_temperature(z: list[float], eps: float) -> tuple[Any, float]:
    """The same for log sum exp(z / eps), without the factor eps."""
    return softmax_error(z, eps, factor=1)


def softmax_proof() -> Any:
    """In symbols: the sum of the other exponentials, of whatever number, does not depend on z."""
    from sympy import diff, exp, log, symbols  # noqa: PLC0415 - slow to load

    z = symbols("z", real=True)
    eps, others = symbols("eps others", positive=True)
    total = others + exp(z / eps)
    return exp(z / eps) / total - diff(eps * log(total), z)


def attention(X: Array, Q: Array, K: Array, V: Array) -> Array:
    """X + softmax(X Q (X K)^T / sqrt(d)) X V of n tokens, shape (n, d)."""
    eps = np.sqrt(X.shape[1])
    return np.asarray(X + gibbs((X @ Q) @ (X @ K).T, eps) @ (X @ V))


def attention_costate(p: Array, X: Array, Q: Array, K: Array, V: Array, *, mean: bool) -> Array:
    """The co-state before the block from that behind it, shape (n, d).

    With `mean` the derivative of the softmax is the covariance of the weights over eps; without,
    it lacks the mean that is taken off.
    """
    eps = np.sqrt(X.shape[1])
    weight = gibbs((X @ Q) @ (X @ K).T, eps)
    pulled = p @ (X @ V).T
    centre = (weight * pulled).sum(axis=1, keepdims=True) if mean else 0
    logit = weight * (pulled - centre) / eps
    return np.asarray(p + weight.T @ p @ V.T + logit @ (X @ K) @ Q.T + logit.T @ (X @ Q) @ K.T)


def attention_error(block: Mapping[str, int], *, mean: bool = True) -> tuple[Array, float]:
    """The co-state before a block less the gradient of p . block by complex step, and its size."""
    n, d = block["tokens"], block["width"]
    rng = np.random.default_rng([block["seed"], 4])
    X, p = rng.normal(size=(2, n, d))
    parts = rng.normal(size=(3, d, d)) / np.sqrt(d)
    exact = np.empty((n, d))
    for i in range(n):
        for j in range(d):
            moved = X.astype(complex)
            moved[i, j] += 1j * TINY
            exact[i, j] = (p * attention(moved, *parts)).sum().imag / TINY
    return attention_costate(p, X, *parts, mean=mean) - exact, float(np.abs(exact).max())


def attention_without_mean(block: Mapping[str, int]) -> tuple[Array, float]:
    """The same where the derivative of the softmax lacks the mean."""
    return attention_error(block, mean=False)
