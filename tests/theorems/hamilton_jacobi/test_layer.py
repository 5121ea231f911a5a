"""The log-sum-exp layer against plain sums, against complex steps, and in mpmath and balls."""

import math
from typing import Any

import mpmath
import numpy as np
import pytest
from flint import arb, ctx

from theorems.hamilton_jacobi import layer
from theorems.hamilton_jacobi.networks import TINY


def _drawn(d: int, many: int, seed: int = 0) -> tuple[Any, Any, Any]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(many, d)), rng.normal(size=many), rng.normal(size=(5, d))


def _objects(number: Any, *arrays: Any) -> list[Any]:
    return [np.vectorize(lambda one: number(float(one)), otypes=[object])(a) for a in arrays]


@pytest.mark.parametrize(("d", "many"), [(1, 1), (1, 3), (3, 7)])
def test_layer_and_potential_are_their_sums(d: int, many: int) -> None:
    W, b, x = _drawn(d, many)
    t, eps = 0.7, 0.3
    plain = [
        eps * math.log(sum(math.exp((w @ one + c) / eps) for w, c in zip(W, b, strict=True)))
        for one in x
    ]
    assert layer.layer(x, W, b, eps) == pytest.approx(plain, rel=1e-13)
    y, g = layer.initial_data(W, b, t)
    u = [
        -eps * math.log(sum(
            math.exp(-(h + ((one - place) ** 2).sum() / (4 * t)) / eps)
            for place, h in zip(y, g, strict=True)
        ))
        for one in x
    ]  # fmt: skip
    assert layer.potential(x, t, y, g, eps) == pytest.approx(u, rel=1e-12)
    assert layer.layer(x, W, b, eps) + layer.potential(x, t, y, g, eps) == pytest.approx(
        (x * x).sum(axis=1) / (4 * t), abs=1e-14
    )


def test_weights_and_initial_data_are_inverse() -> None:
    W, b, _ = _drawn(3, 7)
    back = layer.weights(*layer.initial_data(W, b, 0.7), 0.7)
    assert back[0] == pytest.approx(W, rel=1e-14)
    assert back[1] == pytest.approx(b, rel=1e-13)


def test_gradient_and_hessian_are_derivatives_by_complex_step() -> None:
    W, b, x = _drawn(3, 7)
    steps = 1j * TINY * np.eye(3)
    value = np.stack([layer.layer(x + step, W, b, 0.3).imag / TINY for step in steps], axis=-1)
    assert layer.gradient(x, W, b, 0.3) == pytest.approx(value, abs=1e-14)
    second = np.stack([layer.gradient(x + s, W, b, 0.3).imag / TINY for s in steps], axis=-1)
    assert layer.hessian(x, W, b, 0.3) == pytest.approx(second, abs=1e-13)


def test_entropy_lies_between_0_and_log_n_and_survives_the_cold() -> None:
    z = np.array([1.0, 0.0, -2.0])
    assert layer.entropy(z, 1e9) == pytest.approx(math.log(3), rel=1e-12)
    assert layer.entropy(z, 1e-3) == 0
    assert layer.gibbs(z, 1e-3) == pytest.approx([1, 0, 0], abs=0)
    assert layer.log_gibbs(z, 1e-3) == pytest.approx([0, -1000, -3000])
    p = layer.gibbs(z, 0.7)
    assert layer.entropy(z, 0.7) == pytest.approx(-(p * np.log(p)).sum(), rel=1e-14)


def test_large_exponents_do_not_overflow() -> None:
    assert layer.log_sum_exp(np.array([1e6, 1e6]), 1e-3) == pytest.approx(1e6 + 1e-3 * math.log(2))


@pytest.mark.parametrize("d", [1, 3])
def test_mpmath_and_balls_agree_with_doubles(d: int) -> None:
    W, b, x = _drawn(d, 4)
    t, eps = 0.75, 0.25
    y, g = layer.initial_data(W, b, t)
    plain = [
        layer.layer(x, W, b, eps),
        layer.potential(x, t, y, g, eps),
        layer.hopf_lax(x, t, y, g),
        layer.entropy(layer.logits(x, W, b), eps),
        np.full(5, layer.heat_term(d, t, eps)),
    ]
    for number in (mpmath.mpf, arb):
        W_, b_, x_ = _objects(number, W, b, x)
        t_, eps_ = number(t), number(eps)
        y_, g_ = layer.initial_data(W_, b_, t_)
        found = [
            layer.layer(x_, W_, b_, eps_),
            layer.potential(x_, t_, y_, g_, eps_),
            layer.hopf_lax(x_, t_, y_, g_),
            layer.entropy(layer.logits(x_, W_, b_), eps_),
            np.full(5, layer.heat_term(d, t_, eps_)),
        ]
        for exact, one in zip(plain, found, strict=True):
            assert one.astype(float) == pytest.approx(exact, abs=1e-13)


def test_digits_follow_the_working_precision() -> None:
    with mpmath.workdps(60):
        z = [mpmath.mpf(1), mpmath.mpf(2), mpmath.mpf(4)]
        plain = mpmath.log(sum(mpmath.exp(3 * one) for one in z)) / 3
        assert abs(layer.log_sum_exp(z, mpmath.mpf(1) / 3) - plain) < mpmath.mpf(10) ** -58
        assert abs(layer.pi(mpmath.mpf(1)) - mpmath.pi) < mpmath.mpf(10) ** -58
    before, ctx.prec = ctx.prec, 300
    try:
        assert layer.log_sum_exp([arb(1), arb(2)], arb(1)).rad() < 1e-80
        assert layer.pi(arb(1)).rad() < 1e-80
    finally:
        ctx.prec = before
