"""Residual networks x_{k+1} = x_k + tanh(A_k x_k + c_k) / L, their co-states, and their limits.

Weights are drawn by a seed, layer by layer or along a smooth path; references are by an integrator
of order eight, derivatives by complex step.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

TINY = 1e-30
"""A step of the complex kind: its square is lost, so that the derivative has no rounding."""

EXACT: dict[str, Any] = {"method": "DOP853", "rtol": 1e-12, "atol": 1e-13}
"""How the references are integrated: to some twelve digits."""


def residual_map(x: Array, A: Array, c: Array) -> Array:
    """F = tanh(A x + c) for x (..., width)."""
    return np.asarray(np.tanh(x @ A.T + c))


def forward(x: Array, A: Array, c: Array) -> Array:
    """The states x_0, ..., x_L of L layers A (L, width, width), c (L, width)."""
    states = [x]
    for weight, shift in zip(A, c, strict=True):
        states.append(states[-1] + residual_map(states[-1], weight, shift) / len(A))
    return np.stack(states)


def backward(states: Array, A: Array, c: Array, last: Array, sign: float = 1) -> Array:
    """The co-states p_0, ..., p_L from p_L = `last`; the `sign` belongs to the term of J_k."""
    costates = [last]
    for x, weight, shift in zip(states[-2::-1], A[::-1], c[::-1], strict=True):
        pulled = weight.T @ (slope(x, weight, shift) * costates[-1])
        costates.append(costates[-1] + sign * pulled / len(A))
    return np.stack(costates[::-1])


def slope(x: Array, A: Array, c: Array) -> Array:
    """The derivative of tanh at A x + c; 1 - tanh^2 would lose the digits of a small one."""
    return np.asarray(np.cosh(x @ A.T + c) ** -2)


def drawn_network(width: int, depth: int, seed: int) -> dict[str, Array]:
    """Normal weights A, c, a start x and a target of a network."""
    rng = np.random.default_rng(seed)
    return {
        "A": rng.normal(size=(depth, width, width)) * 1.5 / np.sqrt(width),
        "c": rng.normal(size=(depth, width)),
        "x": rng.normal(size=width),
        "target": rng.normal(size=width),
    }


def loss(x: Array, target: Array) -> Any:
    """|x - target|^2 / 2 for x (..., width), without conjugates."""
    return ((x - target) ** 2).sum(axis=-1) / 2


def by_complex_step(net: Mapping[str, Array], starts: Mapping[int, Array]) -> Array:
    """Derivatives of the loss: `starts[k]` are complex states at layer k, a row for each (K,)."""
    A, c = net["A"], net["c"]
    rows = np.empty((0, len(net["x"])), dtype=complex)
    for k in range(len(A) + 1):
        rows = np.concatenate([rows, starts[k]]) if k in starts else rows
        rows = rows + residual_map(rows, A[k], c[k]) / len(A) if k < len(A) else rows
    return np.asarray(loss(rows, net["target"]).imag / TINY)


Path = Callable[[Any], tuple[Array, Array]]
"""The weights A and c at the depths s in [0, 1], with a leading axis for each of several."""


def smooth_weights(width: int, seed: int, wave: float = 1) -> Path:
    """A random trigonometric path of weights; constant ones at `wave` 0."""
    rng = np.random.default_rng([seed, 2])
    A = rng.normal(size=(3, width, width)) / np.sqrt(width)
    c = rng.normal(size=(3, width)) / 2

    def at(s: Any) -> tuple[Array, Array]:
        angle = 2 * np.pi * np.asarray(s)
        waves = np.stack([np.ones_like(angle), wave * np.sin(angle), wave * np.cos(angle)], axis=-1)
        return np.tensordot(waves, A, axes=1), np.tensordot(waves, c, axes=1)

    return at


@lru_cache(maxsize=256)
def endpoints(width: int, seed: int) -> tuple[Array, Array]:
    """The start and the target of a network."""
    both = np.random.default_rng([seed, 3]).normal(size=(2, width))
    return both[0], both[1]


@lru_cache(maxsize=256)
def continuous_costate(width: int, seed: int, wave: float = 1) -> Array:
    """p(0) of the continuous network, to some twelve digits: x forwards, then x and p backwards."""
    from scipy.integrate import solve_ivp  # noqa: PLC0415 - slow to load

    path, (x, target) = smooth_weights(width, seed, wave), endpoints(width, seed)

    def moves(s: float, state: Array) -> Array:
        return residual_map(state, *path(s))

    def pulls(s: float, both: Array) -> Array:
        state, p = np.split(both, 2)
        A, c = path(s)
        return np.concatenate([residual_map(state, A, c), -A.T @ (slope(state, A, c) * p)])

    last = solve_ivp(moves, (0, 1), x, **EXACT).y[:, -1]
    found = solve_ivp(pulls, (1, 0), np.concatenate([last, last - target]), **EXACT).y[:, -1]
    return np.asarray(found[width:])


def discrete(L: int, network: Mapping[str, int], wave: float = 1, sign: float = 1) -> Any:
    """States, co-states and weights of the network with L layers along a smooth path of weights."""
    path, (x, target) = smooth_weights(**network, wave=wave), endpoints(**network)
    A, c = path(np.arange(L) / L)
    states = forward(x, A, c)
    return states, backward(states, A, c, states[-1] - target, sign), A, c


def cell(width: int, seed: int) -> Callable[[float, Array], Array]:
    """The flow -x + tanh(A x + c + input(s)) of a leaky recurrent cell at time s, |A| = 1/2."""
    A, c = smooth_weights(width, seed, wave=0)(0)
    A = A / (2 * np.linalg.norm(A, 2))

    def flow(s: float, x: Array) -> Array:
        return np.asarray(np.tanh(A @ x + c + np.sin(2 * np.pi * s)) - x)

    return flow


@lru_cache(maxsize=256)
def continuous_cell(width: int, seed: int) -> Array:
    """The state of the cell at time 1, to some twelve digits."""
    from scipy.integrate import solve_ivp  # noqa: PLC0415 - slow to load

    x, _ = endpoints(width, seed)
    found = solve_ivp(cell(width, seed), (0, 1), x, **EXACT)
    return np.asarray(found.y[:, -1])
