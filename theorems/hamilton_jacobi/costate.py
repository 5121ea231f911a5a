r"""Backpropagation is the discrete co-state of a residual network, and tends to the continuous one.

Setting.  x_{k+1} = x_k + h F(x_k, theta_k) for k < L with h = 1 / L, F = tanh(A x + c), and a loss
V(x_L) = |x_L - target|^2 / 2; p_L = grad V(x_L), p_k = p_{k+1} + h J_k^T p_{k+1}, J_k the Jacobian
of F in x at layer k.
Claims.  p_k is the gradient of the loss in x_k, and that in theta_k is h d/dtheta [p_{k+1} . F].
If the weights are smooth in k / L, then p_0 differs from the co-state p(0) of
x' = F(x, theta(s)), p' = -J^T p by O(1 / L); if they are constant, H = p . F drifts by O(1 / L).
A leaky recurrent cell with step 1 / L differs from its differential equation by O(1 / L).  A
softmax is the gradient of a log-sum-exp, and the co-state passes an attention block.
What has no number has no verdict: that these architectures discretise some Hamiltonian system is
true of any differential equation, with H = p . F; a recurrent cell or an LSTM as it is used has
unit steps, so that nothing is small; and a stationary point of the loss is one of H in theta,
which is less than the maximum of Pontryagin's principle.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from theorems.hamilton_jacobi import attention
from theorems.hamilton_jacobi.networks import (
    TINY,
    backward,
    by_complex_step,
    cell,
    continuous_cell,
    continuous_costate,
    discrete,
    drawn_network,
    endpoints,
    forward,
    residual_map,
    slope,
)
from verify import Assumption, Design, Identity, Rate, Source, Theorem, but

Array = NDArray[Any]


def costate_error(network: Mapping[str, int], sign: float = 1) -> Array:
    """p_k . v less the complex step along v, over |p_k|, at every layer.

    A random unit vector v for each.
    """
    net = drawn_network(**network)
    states = forward(net["x"], net["A"], net["c"])
    last = states[-1] - net["target"]
    costates = backward(states, net["A"], net["c"], last, sign)
    v = unit_rows(len(states), states.shape[1], network["seed"])
    starts = {k: (state + 1j * TINY * v[k])[None] for k, state in enumerate(states)}
    exact = by_complex_step(net, starts)
    found = (costates * v).sum(axis=1)
    return np.asarray((found - exact) / np.linalg.norm(costates, axis=1))


def wrong_sign(network: Mapping[str, int]) -> Array:
    """The same with p_k = p_{k+1} - h J_k^T p_{k+1}."""
    return costate_error(network, sign=-1)


def gradient_error(network: Mapping[str, int], ahead: int = 1) -> Array:
    """h p_{k+ahead} . dF/dA_k [D] less the complex step along D, over the gradient's size.

    A random D of rank one for each layer.
    """
    net = drawn_network(**network)
    A, c = net["A"], net["c"]
    states = forward(net["x"], A, c)
    costates = backward(states, A, c, states[-1] - net["target"])
    u, v = unit_rows(2 * len(A), A.shape[1], network["seed"]).reshape(2, len(A), -1)
    starts, found, size = {}, [], []
    for k in range(len(A)):
        pulled = slope(states[k], A[k], c[k]) * costates[k + ahead] / len(A)
        moved = A[k] + 1j * TINY * np.outer(u[k], v[k])
        starts[k + 1] = (states[k] + residual_map(states[k], moved, c[k]) / len(A))[None]
        found.append((pulled @ u[k]) * (v[k] @ states[k]))
        size.append(np.linalg.norm(pulled) * np.linalg.norm(states[k]))
    return np.asarray((np.array(found) - by_complex_step(net, starts)) / np.array(size))


def wrong_index(network: Mapping[str, int]) -> Array:
    """The same with p_k for p_{k+1}."""
    return gradient_error(network, ahead=0)


def unit_rows(count: int, width: int, seed: int) -> Array:
    """Random unit vectors, shape (count, width)."""
    rows = np.random.default_rng([seed, 1]).normal(size=(count, width))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def depth_error(L: int, network: Mapping[str, int], sign: float = 1) -> float:
    """|p_0 - p(0)| / |p(0)|."""
    exact = continuous_costate(**network)
    _, costates, _, _ = discrete(L, network, sign=sign)
    return float(np.linalg.norm(costates[0] - exact) / np.linalg.norm(exact))


def depth_error_wrong_sign(L: int, network: Mapping[str, int]) -> float:
    """The same for p_k = p_{k+1} - h J_k^T p_{k+1}."""
    return depth_error(L, network, sign=-1)


def rough_depth_error(rng: np.random.Generator, size: int, L: int) -> Array:
    """|p_0 - p(0)| where each layer has its own weights, independent of the others', (size,).

    Such layers average out: x(s) = x and p(s) = p is the limit.  Width 4.
    """
    width = 4
    x, target = endpoints(width, 0)
    A = rng.normal(size=(L, size, width, width)) / np.sqrt(width)
    c = rng.normal(size=(L, size, width)) / 2
    states, slopes = np.tile(x, (size, 1)), list[Array]()
    for weight, shift in zip(A, c, strict=True):
        moved = np.einsum("rij,rj->ri", weight, states) + shift
        states, slopes = states + np.tanh(moved) / L, [*slopes, np.cosh(moved) ** -2]
    costates = states - target
    for weight, factor in zip(A[::-1], reversed(slopes), strict=True):
        costates = costates + np.einsum("rij,ri->rj", weight, factor * costates) / L
    return np.asarray(np.linalg.norm(costates - (x - target), axis=1))


def drift(L: int, network: Mapping[str, int], wave: float = 0) -> float:
    """The largest |H_k - H_0| over the layers, H_k = p_k . F(x_k), with constant weights."""
    states, costates, A, c = discrete(L, network, wave)
    flows = np.tanh(np.einsum("kij,kj->ki", A, states[:-1]) + c)
    energy = (costates[:-1] * flows).sum(axis=1)
    return float(np.abs(energy - energy[0]).max())


def drift_along_a_path(L: int, network: Mapping[str, int]) -> float:
    """The same with weights that change along the depth."""
    return drift(L, network, wave=1)


def cell_error(L: int, network: Mapping[str, int], step: float | None = None) -> float:
    """The error at time 1 of L leaky updates x <- (1 - a) x + a tanh(A x + c + input).

    a is 1 / L, or another `step`, as in a cell where nothing is small.
    """
    flow, (x, _) = cell(**network), endpoints(**network)
    for k in range(L):
        x = x + (step or 1 / L) * flow(k / L, x)
    return float(np.linalg.norm(x - continuous_cell(**network)))


def unit_cell_error(L: int, network: Mapping[str, int]) -> float:
    """The same for the cell without leak, a = 1."""
    return cell_error(L, network, step=1)


SEEDS = st.integers(0, 999)
WIDTHS = st.integers(3, 16)
NETWORKS = st.fixed_dictionaries(
    {"width": WIDTHS, "depth": st.sampled_from([2**k for k in range(3, 11)]), "seed": SEEDS}
)
PATHS = {"network": st.fixed_dictionaries({"width": WIDTHS, "seed": SEEDS})}
DEPTHS = Design(sweep={"L": [32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024]})
EULER = "on a smooth flow the error of Euler's method has an expansion in powers of its step"

THEOREM = Theorem(
    id="costate",
    title="Backpropagation is the co-state of a residual network",
    source=Source("minoza2026", where="the claims on backpropagation"),
    statement=r"p_k = p_{k+1} + h J_k^T p_{k+1},\quad |p_0 - p(0)| = \Theta(1/L)",
    assumptions=(
        Assumption("residual", "x_{k+1} = x_k + F(x_k, theta_k) / L"),
        Assumption("smooth", "the weights are smooth functions of k / L"),
        Assumption("constant", "the weights are the same in every layer"),
        Assumption("leak", "a recurrent cell moves by a = 1 / L in each step"),
    ),
    claims=(
        Identity(
            "states",
            residual=costate_error,
            given={"network": NETWORKS},
            instances=12,
            digits=14,
            uses=("residual",),
            scope="random tanh networks of width 3-16 and depth 8-1024, in a random direction at "
            "every layer",
            controls=(but("sign", "the Jacobian pulls forwards", residual=wrong_sign),),
        ),
        Identity(
            "parameters",
            residual=gradient_error,
            given={"network": NETWORKS},
            instances=12,
            digits=14,
            uses=("residual",),
            scope="the same networks, in a random direction of rank one of each weight matrix",
            controls=(
                but("index", "the gradient in theta_k has p_{k+1}, not p_k", residual=wrong_index),
            ),
        ),
        Rate(
            "continuous",
            measure=depth_error,
            given=PATHS,
            instances=4,
            bound="1/L",
            relation="Theta",
            uses=("residual", "smooth"),
            scope="random trigonometric weights, against an integrator of order eight",
            designs=(DEPTHS,),
            slowest_correction=1,
            because=EULER,
            controls=(
                but("tenth", "an exponent off by a tenth", bound="L**(-11/10)"),
                but("sign", "another equation, at a distance", measure=depth_error_wrong_sign),
                but(
                    "rough",
                    "independent layers average out, and fluctuate by L^{-1/2}",
                    violates="smooth",
                    measure=rough_depth_error,
                    statistic="rms",
                    given={},
                ),
            ),
        ),
        Rate(
            "hamiltonian",
            measure=drift,
            given=PATHS,
            instances=4,
            bound="1/L",
            relation="Theta",
            uses=("residual", "constant"),
            scope="the same random weights in all layers, the largest drift over the depth",
            designs=(DEPTHS,),
            slowest_correction=1,
            because=EULER,
            controls=(
                but("tenth", "an exponent off by a tenth", bound="L**(-11/10)"),
                but(
                    "path",
                    "H changes where the weights do",
                    violates="constant",
                    measure=drift_along_a_path,
                ),
            ),
        ),
        Rate(
            "recurrent",
            measure=cell_error,
            given=PATHS,
            instances=4,
            bound="1/L",
            relation="Theta",
            uses=("leak",),
            scope="a leaky tanh cell with |A| = 1/2 and an input, against an integrator",
            designs=(DEPTHS,),
            slowest_correction=1,
            because=EULER,
            controls=(
                but("tenth", "an exponent off by a tenth", bound="L**(-11/10)"),
                but(
                    "unit",
                    "unit steps are no small ones, however many they are",
                    violates="leak",
                    measure=unit_cell_error,
                    designs=(Design(sweep={"L": [2**k for k in range(8, 14)]}),),
                ),
            ),
        ),
        Identity(
            "softmax",
            residual=attention.softmax_error,
            given={
                "z": st.lists(st.floats(-3, 3), min_size=2, max_size=12),
                "eps": st.floats(0.25, 4),
            },
            digits=14,
            proof=attention.softmax_proof,
            scope="proved for every N; a softmax is a gradient by definition",
            controls=(
                but(
                    "temperature",
                    "without the factor eps the gradient is 1 / eps of it",
                    residual=attention.softmax_without_temperature,
                ),
            ),
        ),
        Identity(
            "attention",
            residual=attention.attention_error,
            given={
                "block": st.fixed_dictionaries(
                    {"tokens": st.integers(2, 6), "width": st.integers(2, 6), "seed": SEEDS}
                )
            },
            digits=13,
            uses=("residual",),
            scope="one head with a residual connection, random tokens and weights",
            controls=(
                but(
                    "mean",
                    "the derivative of a softmax is a covariance",
                    residual=attention.attention_without_mean,
                ),
            ),
        ),
    ),
)
