"""The log-sum-exp layer f, and the potential u that its weights describe at a time t > 0.

f(x) = eps log sum_j exp((W_j . x + b_j) / eps) for x in R^d, W of shape (N, d), b (N,), eps > 0.
With y_j = 2 t W_j and g_j = -b_j - |y_j|^2 / 4t the same sum is
u(x, t) = -eps log sum_j exp(-(g_j + |x - y_j|^2 / 4t) / eps) = |x|^2 / 4t - f(x);
here u is always computed from (y, g), so that the identity can be tested.

Arrays of doubles and of complex numbers, or object arrays of numbers of mpmath or of balls (arb);
x may have leading axes, which the result keeps.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]


def logits(x: Any, W: Any, b: Any) -> Array:
    """The N affine functions W_j . x + b_j at x (..., d), shape (..., N)."""
    value: Array = np.asarray(x) @ np.asarray(W).T + np.asarray(b)
    return value


def log_sum_exp(z: Any, eps: Any) -> Any:
    """eps log sum_j exp(z_j / eps) over the last axis of z (..., N)."""
    z = np.asarray(z)
    top = shift(z)
    return top[..., 0] + eps * log(exp((z - top) / eps).sum(axis=-1))


def layer(x: Any, W: Any, b: Any, eps: Any) -> Any:
    """f at x (..., d), shape (...)."""
    return log_sum_exp(logits(x, W, b), eps)


def gibbs(z: Any, eps: Any) -> Array:
    """The weights pi_j = exp(z_j / eps) / sum_i exp(z_i / eps), shape of z (..., N)."""
    weight = exp((np.asarray(z) - shift(z)) / eps)
    found: Array = weight / weight.sum(axis=-1, keepdims=True)
    return found


def log_gibbs(z: Any, eps: Any) -> Array:
    """Their logarithms, finite where a weight underflows, shape of z (..., N)."""
    scaled = (np.asarray(z) - shift(z)) / eps
    found: Array = scaled - log(exp(scaled).sum(axis=-1, keepdims=True))
    return found


def entropy(z: Any, eps: Any) -> Any:
    """-sum_j pi_j log pi_j of the weights of z (..., N), from 0 to log N, shape (...)."""
    logs = log_gibbs(z, eps)
    return -(exp(logs) * logs).sum(axis=-1)


def gradient(x: Any, W: Any, b: Any, eps: Any) -> Array:
    """The gradient of f, the mean of the W_j under the weights, shape (..., d)."""
    mean: Array = gibbs(logits(x, W, b), eps) @ np.asarray(W)
    return mean


def hessian(x: Any, W: Any, b: Any, eps: Any) -> Array:
    """The Hessian of f, the covariance of the W_j under the weights over eps, (..., d, d)."""
    weight = gibbs(logits(x, W, b), eps)[..., None]
    off = np.asarray(W) - gradient(x, W, b, eps)[..., None, :]
    covariance: Array = np.swapaxes(weight * off, -1, -2) @ off / eps
    return covariance


def initial_data(W: Any, b: Any, t: Any) -> tuple[Array, Array]:
    """The places y (N, d) and the heights g (N,) of the atoms that weights stand for at time t."""
    W = np.asarray(W)
    return 2 * t * W, -np.asarray(b) - t * (W * W).sum(axis=-1)


def weights(y: Any, g: Any, t: Any) -> tuple[Array, Array]:
    """The W (N, d) and b (N,) of the layer that has these atoms at time t."""
    y = np.asarray(y)
    return y / (2 * t), -np.asarray(g) - (y * y).sum(axis=-1) / (4 * t)


def heights(x: Any, t: Any, y: Any, g: Any) -> Array:
    """g_j + |x - y_j|^2 / 4t at x (..., d), shape (..., N)."""
    off = np.asarray(x)[..., None, :] - np.asarray(y)
    value: Array = np.asarray(g) + (off * off).sum(axis=-1) / (4 * t)
    return value


def potential(x: Any, t: Any, y: Any, g: Any, eps: Any) -> Any:
    """u at x (..., d) and t from the atoms, the bare sum without normalisation, shape (...)."""
    return -log_sum_exp(-heights(x, t, y, g), eps)


def hopf_lax(x: Any, t: Any, y: Any, g: Any) -> Any:
    """min_j g_j + |x - y_j|^2 / 4t, the limit of u as eps -> 0, shape (...)."""
    z = -heights(x, t, y, g)
    if z.dtype.kind != "O":
        return -z.max(axis=-1)
    return -np.frompyfunc(_larger, 2, 1).reduce(z, axis=-1)


def heat_term(d: int, t: Any, eps: Any) -> Any:
    """(eps d / 2) log(4 pi eps t): u and this is minus eps log of a solution of the heat equation.

    u_t + |grad u|^2 = eps Laplace(u) holds for the sum of both, and not for u alone.
    """
    return eps * d / 2 * log(4 * pi(eps) * eps * t)


def exp(values: Any) -> Any:
    """The exponential, elementwise, in the arithmetic of the values."""
    return _elementwise(values, "exp")


def log(values: Any) -> Any:
    """The natural logarithm, elementwise, in the arithmetic of the values."""
    return _elementwise(values, "log")


def shift(z: Any) -> Any:
    """What exponents are taken relative to: the largest along the last axis, which is kept.

    Of complex numbers the one with the largest real part; of numbers that do not overflow, in
    object arrays, the first.
    """
    z = np.asarray(z)
    if z.dtype.kind == "O":
        return z[..., :1]
    return np.take_along_axis(z, z.real.argmax(axis=-1)[..., None], axis=-1)


def pi(like: Any) -> Any:
    """The number pi in the arithmetic of another number."""
    if hasattr(type(like), "pi"):
        return type(like).pi()
    if isinstance(like, float | int | np.generic):
        return np.pi
    from mpmath import mp  # noqa: PLC0415 - slow to load

    return +mp.pi


def _elementwise(values: Any, name: str) -> Any:
    """numpy's function, or that of each element of an object array."""
    values = np.asarray(values)
    if values.dtype.kind != "O":
        return getattr(np, name)(values)[()]
    return np.frompyfunc(lambda one: _of_number(one, name), 1, 1)(values)


def _of_number(value: Any, name: str) -> Any:
    """A ball's own function, or that of mpmath."""
    own = getattr(value, name, None)
    if callable(own):
        return own()
    import mpmath  # noqa: PLC0415 - slow to load

    return getattr(mpmath, name)(value)


def _larger(first: Any, second: Any) -> Any:
    """The larger of two numbers, of balls the ball of their maximum."""
    return first.max(second) if hasattr(first, "max") else max(first, second)
