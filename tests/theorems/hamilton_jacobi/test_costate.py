"""Co-states against differences, closed forms and the continuous equations; the verdicts."""

from functools import partial

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.linalg import expm

import verify
from theorems.hamilton_jacobi import attention, costate, networks
from verify.claims.exact.simplifiers import simplified
from verify.verdict import Verdict

NET = {"width": 5, "seed": 1}


def test_a_network_and_its_loss_by_hand() -> None:
    """One layer of width 1: x_1 = x + tanh(a x + c), p_0 = (x_1 - target)(1 + a sech^2)."""
    a, c, x, target = 0.5, 0.25, 1.5, -1.0
    A, shift = np.array([[[a]]]), np.array([[c]])
    states = networks.forward(np.array([x]), A, shift)
    assert states[1] == pytest.approx(x + np.tanh(a * x + c))
    costates = networks.backward(states, A, shift, states[-1] - target)
    expected = (states[1] - target) * (1 + a / np.cosh(a * x + c) ** 2)
    assert costates[0] == pytest.approx(expected)


@pytest.mark.parametrize("depth", [8, 64, 1024])
@pytest.mark.parametrize("width", [3, 16])
def test_states_and_parameters_to_fourteen_digits_and_faults_not(width: int, depth: int) -> None:
    network = {"width": width, "depth": depth, "seed": 3}
    assert np.abs(costate.costate_error(network)).max() < 1e-14
    assert np.abs(costate.gradient_error(network)).max() < 1e-14
    assert np.abs(costate.wrong_sign(network)).max() > 1e-2
    assert np.abs(costate.wrong_index(network)).max() > 1e-5


def test_every_layer_of_a_deep_network_is_compared() -> None:
    network = {"width": 3, "depth": 1024, "seed": 3}
    assert costate.costate_error(network).shape == (1025,)
    assert costate.gradient_error(network).shape == (1024,)


def test_complex_steps_agree_with_plain_differences() -> None:
    net = networks.drawn_network(4, 6, 0)
    states = networks.forward(net["x"], net["A"], net["c"])
    direction = np.array([0.5, -0.5, 0.5, 0.5])
    found = networks.by_complex_step(net, {0: (net["x"] + 1j * networks.TINY * direction)[None]})

    def value(step: float) -> float:
        moved = networks.forward(net["x"] + step * direction, net["A"], net["c"])
        return networks.loss(moved[-1], net["target"])

    assert found[0] == pytest.approx((value(1e-6) - value(-1e-6)) / 2e-6, rel=1e-8)
    assert states.shape == (7, 4)


def test_the_continuous_costate_is_the_gradient_of_the_value() -> None:
    path, (x, target) = networks.smooth_weights(**NET), networks.endpoints(**NET)

    def value(start: np.ndarray) -> float:
        flow = solve_ivp(
            lambda s, one: networks.residual_map(one, *path(s)), (0, 1), start,
            method="DOP853", rtol=1e-12, atol=1e-13,
        )  # fmt: skip
        return networks.loss(flow.y[:, -1], target)

    steps = 1e-4 * np.eye(5)
    gradient = [(value(x + step) - value(x - step)) / 2e-4 for step in steps]
    assert networks.continuous_costate(**NET) == pytest.approx(gradient, rel=1e-6)


@pytest.mark.parametrize(
    "measure", [costate.depth_error, costate.drift, costate.cell_error], ids=lambda f: f.__name__
)
def test_slopes_are_one_at_depth(measure) -> None:
    found = [measure(depth, NET) for depth in (256, 512, 1024)]
    assert np.diff(np.log2(found)) == pytest.approx([-1, -1], abs=0.02)


@pytest.mark.parametrize(
    "measure", [costate.depth_error_wrong_sign, costate.drift_along_a_path, costate.unit_cell_error]
)
def test_seeded_faults_have_a_floor(measure) -> None:
    found = [measure(depth, NET) for depth in (256, 1024)]
    assert found[1] == pytest.approx(found[0], rel=0.1)
    assert found[1] > 0.05


def test_a_small_linear_cell_is_an_exponential(monkeypatch: pytest.MonkeyPatch) -> None:
    """Euler's error of x' = M x against the matrix exponential, with tanh as the identity."""
    flow, (x, _) = networks.cell(**NET), networks.endpoints(**NET)
    A = networks.smooth_weights(**NET, wave=0)(0)[0]
    A = A / (2 * np.linalg.norm(A, 2))
    base, tiny = flow(0, 0 * x), 1e-7
    slope = np.stack([(flow(0, tiny * e) - base) / tiny for e in np.eye(5)], axis=1)
    c = np.arctanh(base)
    assert slope == pytest.approx(np.diag(np.cosh(c) ** -2) @ A - np.eye(5), abs=1e-6)
    assert np.linalg.norm(expm(slope), 2) < 1


def test_independent_layers_fluctuate_by_the_root() -> None:
    found = [
        np.sqrt(np.mean(costate.rough_depth_error(np.random.default_rng(0), 400, L) ** 2))
        for L in (16, 64, 256)
    ]
    assert np.diff(np.log2(found)) / 2 == pytest.approx([-0.5, -0.5], abs=0.06)


def test_a_softmax_is_the_gradient_and_the_attention_block_by_differences() -> None:
    assert np.abs(attention.softmax_error([0.5, -1, 2], 0.5)[0]).max() < 1e-15
    assert np.abs(attention.softmax_without_temperature([0.5, -1, 2], 0.5)[0]).max() > 0.1
    assert simplified(attention.softmax_proof()) is not None
    rng = np.random.default_rng(0)
    X, p = rng.normal(size=(2, 3, 4))
    Q, K, V = rng.normal(size=(3, 4, 4))
    found = attention.attention_costate(p, X, Q, K, V, mean=True)
    block = partial(attention.attention, Q=Q, K=K, V=V)
    for i in range(3):
        for j in range(4):
            step = np.zeros((3, 4))
            step[i, j] = 1e-6
            difference = (p * (block(X + step) - block(X - step))).sum() / 2e-6
            assert found[i, j] == pytest.approx(difference, abs=1e-7)
    weight = np.exp(X @ Q @ (X @ K).T / 2)
    plain = X + weight / weight.sum(axis=1, keepdims=True) @ X @ V
    assert block(X) == pytest.approx(plain, rel=1e-12)


def test_verdicts(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = verify.run("costate", budget="quick", seed=0, workers=1)
    assert result.exit_code == 0
    assert {one.verdict for one in result.outcomes} == {Verdict.HOLDS}
    for claim in result.outcomes:
        assert {one.verdict for one in claim.controls} == {Verdict.REFUTED}
    rates = [one for one in result.outcomes if one.id in ("continuous", "hamiltonian", "recurrent")]
    for claim in rates:
        for row in claim.exponents:
            assert row.estimate == pytest.approx(-1, abs=0.01)
