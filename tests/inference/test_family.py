"""The nuisance family: its nodes, its tangents, its prior."""

import numpy as np
import pytest

from verify.inference.family import (
    ALLOWED_FACTOR,
    CORRECTION_SCALE,
    CURVATURES,
    _expand,
    _sizes,
    dictionary,
)

GRID = tuple(64 * 2.0 ** np.arange(10))


def _log_f(w: float, kappa: float, c: float) -> np.ndarray:
    v = GRID[0] / np.asarray(GRID)
    return np.log(1 + c * v**w + kappa * c**2 * v ** (2 * w))


@pytest.mark.parametrize(("w", "kappa", "c"), [(0.3, 0.7, 1.3), (1.2, -0.4, 0.6), (0.5, 1, -0.8)])
def test_tangents_are_the_derivatives_of_log_f(w: float, kappa: float, c: float) -> None:
    log_f, tangent = _expand(np.asarray(GRID), *(np.array([one]) for one in (w, kappa, c)))
    step = 1e-6
    in_c = (_log_f(w, kappa, c + step) - _log_f(w, kappa, c - step)) / (2 * step)
    in_log_w = (
        _log_f(w * np.exp(step), kappa, c) - _log_f(w * np.exp(-step), kappa, c)
    ) / (2 * step)  # fmt: skip
    in_kappa = (_log_f(w, kappa + step, c) - _log_f(w, kappa - step, c)) / (2 * step)
    assert log_f[0] == pytest.approx(_log_f(w, kappa, c), abs=1e-14)
    numeric = np.stack([in_c, in_log_w, in_kappa], axis=-1)
    assert tangent[0] == pytest.approx(numeric, abs=2e-9)


def test_every_node_stays_within_the_allowed_factor() -> None:
    low, high = np.log(ALLOWED_FACTOR)
    offset = dictionary(GRID).offset
    assert offset.min() > low
    assert offset.max() < high
    assert offset.min() < np.log(0.2)
    assert offset.max() > np.log(20)


def test_prior_is_cauchy_in_the_correction_at_the_largest_x() -> None:
    """Among nodes of one w and kappa = 0 the weight falls as 1 / (1 + (last / scale)^2)."""
    nodes = dictionary(GRID)
    last, first = np.expm1(nodes.offset[:, -1]), np.expm1(nodes.offset[:, 0])
    # kappa = 0: the correction at every x is c v^w, so the middle follows from the ends.
    middle = first * np.maximum(last / first, 0) ** (4 / 9)
    plain = np.isclose(np.expm1(nodes.offset[:, 4]), middle, rtol=1e-9)
    expected = np.log(CURVATURES[0.0]) - np.log1p((last / CORRECTION_SCALE) ** 2)
    assert plain.sum() > 250
    assert nodes.log_prior[plain] == pytest.approx(expected[plain], abs=1e-6)


def test_sizes_have_both_signs_and_cells_that_tile_the_line() -> None:
    size, sd = _sizes()
    assert size == pytest.approx(-size[::-1])
    edges = 2 * np.sinh(np.linspace(-np.arcsinh(6), np.arcsinh(6), 41))
    assert np.all((edges[:-1] < size) & (size < edges[1:]))
    assert sd * np.sqrt(12) / 1.1 == pytest.approx(np.diff(edges), rel=2e-3)


def test_curvature_weights_add_up_to_one() -> None:
    assert sum(CURVATURES.values()) == pytest.approx(1)


def test_logs_repeat_the_nodes_with_each_power_and_favour_the_declared_one() -> None:
    plain, logs = dictionary(GRID), dictionary(GRID, 1.0)
    count = len(plain.offset)
    assert len(logs.offset) == 5 * count
    log_log = np.log(np.log(GRID))
    assert logs.offset[-count:] == pytest.approx(plain.offset + log_log)
    assert logs.log_prior[-count:] == pytest.approx(plain.log_prior + np.log(3))


def test_coarse_family_has_one_tangent() -> None:
    assert dictionary(GRID, coarse=True).tangent.shape[-1] == 1
    assert dictionary(GRID).tangent.shape[-1] == 3
