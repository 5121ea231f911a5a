"""Width errors against brute force over raw atoms and integrals, and the verdicts."""

from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest
from matplotlib.axes import Axes
from scipy.integrate import quad
from scipy.stats import wasserstein_distance

import verify
from theorems.hamilton_jacobi import cells, nearest, quadrature, width
from theorems.hamilton_jacobi.layer import hopf_lax, potential
from verify.verdict import Verdict

REFUTED = {
    "exponent_as_stated",
    "prescribed_as_stated",
    "independent_as_stated",
    "tropical_as_stated",
}
EDGES = (64, 128, 256)


def _product(axis: np.ndarray, d: int) -> np.ndarray:
    return np.stack(np.meshgrid(*[axis] * d, indexing="ij"), axis=-1).reshape(-1, d)


def _mean_potential(x: np.ndarray, y: np.ndarray, g: np.ndarray, eps: float = 1.0) -> np.ndarray:
    """u at t = 1 with the mean over its atoms."""
    return potential(x, 1.0, y, g, eps) + eps * np.log(len(y))


def _largest(atoms: np.ndarray, d: int, data, eps: float = 1.0) -> float:
    """The largest |u_N - u| over places on the diagonal axes, u by Gauss's rule on both halves."""
    nodes, weights = np.polynomial.legendre.leggauss(40)
    axis = np.r_[-(nodes + 1), nodes + 1]
    y = _product(axis, d)
    weight = np.prod(_product(np.r_[weights, weights] / 4, d), axis=1)
    x = _product(np.linspace(-1.5, 1.5, 11), d)
    exact = potential(x, 1.0, y, data(y) - eps * np.log(weight), eps)
    found = _mean_potential(x, _product(atoms, d), data(_product(atoms, d)), eps)
    return float(np.abs(found - exact).max())


def _slopes(measure, d: int, edges: tuple[int, ...] = EDGES) -> np.ndarray:
    values = [measure(m**d, d) for m in edges]
    return np.diff(np.log(values)) / np.diff(np.log(edges)) / d


@pytest.mark.parametrize("d", [1, 2])
@pytest.mark.parametrize("m", [4, 8])
def test_errors_of_grids_are_those_of_the_layer_in_all_dimensions(d: int, m: int) -> None:
    """u and u_N from their atoms in R^d, not from products over coordinates."""

    def kink(y: np.ndarray) -> np.ndarray:
        return np.abs(y).sum(axis=1) / np.sqrt(d)

    # The brute force looks at fewer places; the largest error is at an end or in the middle.
    grid = width.midpoints(m)
    assert _largest(grid, d, kink) == pytest.approx(width.midpoint_error(m**d, d), rel=2e-2)
    closed = np.linspace(-2, 2, m)
    assert _largest(closed, d, kink) == pytest.approx(width.closed_error(m**d, d), rel=2e-2)
    eps = 0.5
    found = _largest(closed, d, lambda y: (y**2).sum(axis=1) / 2, eps)
    assert found == pytest.approx(width.prescribed_error(m**d, eps, d), rel=2e-2)


@pytest.mark.parametrize("d", [1, 2])
def test_the_worst_data_are_the_distance_from_the_atoms(d: int) -> None:
    m, fine = 6, 1200
    atoms = width.midpoints(m)
    y = width.midpoints(fine)
    data = np.abs(y[:, None] - atoms).min(axis=1) / np.sqrt(d)
    assert np.abs(np.diff(data)).max() <= 4 / fine / np.sqrt(d) + 1e-12
    x = width.PLACES[:, None]
    exact = _mean_potential(x, y[:, None], data)
    found = _mean_potential(x, atoms[:, None], np.zeros(m))
    expected = d * np.abs(found - exact).max()
    assert width.worst_data_error(m**d, d) == pytest.approx(expected, rel=1e-5)


def test_exponents_of_the_deterministic_grids() -> None:
    for d in (1, 2, 4):
        assert _slopes(width.worst_data_error, d) == pytest.approx(-1 / d, abs=2e-3)
        assert _slopes(width.midpoint_error, d) == pytest.approx(-2 / d, abs=1e-3)
        assert _slopes(width.closed_error, d) == pytest.approx(-1 / d, abs=2e-2)
        assert _slopes(width.trapezoid_error, d) == pytest.approx(-2 / d, abs=3e-2)


@pytest.mark.parametrize("d", [1, 2])
def test_the_closed_grid_with_a_prescribed_viscosity_errs_by_its_factor(d: int) -> None:
    """-eps d log(1 - N^{-1/d}), which is N^{-2/d} for eps = N^{-1/d}."""
    for m in (128, 1024):
        for eps in (1 / m, m**-0.5):
            expected = -eps * d * np.log1p(-1 / m)
            assert width.prescribed_error(m**d, eps, d) == pytest.approx(expected, rel=0.02)
    tail = _slopes(lambda N, d: width.prescribed_error(N, N ** (-1 / d), d), d, (512, 1024))
    assert tail == pytest.approx(-2 / d, abs=2e-3)


def test_the_gap_of_piecewise_linear_data_is_that_of_quadrature() -> None:
    rng = np.random.default_rng(7)
    for _ in range(10):
        slopes, eps = rng.uniform(-1, 1, 6), rng.uniform(0.02, 1)
        heights = np.r_[0, np.cumsum(slopes)] / 6

        def decay(y: float, h: np.ndarray = heights / eps) -> float:
            return np.exp(-np.interp(y, np.arange(7) / 6, h))

        u = -eps * np.log(quad(decay, 0, 1, points=np.arange(1, 6) / 6)[0])
        u_n = -eps * np.log(np.exp(-heights[1::2] / eps).mean())
        found = cells.width_gap(slopes.tolist(), eps)
        assert found == pytest.approx(abs(u_n - u), abs=1e-10)
        assert found <= cells.gap_bound(slopes.tolist(), eps)


def test_the_bound_is_attained_by_data_that_fall_off_the_atoms() -> None:
    for eps in (0.01, 0.3, 2.0):
        slopes = [1.0, -1.0] * 4
        bound = cells.gap_bound(slopes, eps)
        assert cells.width_gap(slopes, eps) == pytest.approx(bound, rel=1e-12)
        assert bound > cells.small_bound(slopes, eps)
        assert cells.width_gap([-one for one in slopes], eps) < bound
        with mpmath.workdps(40):
            exact = cells.gap_bound([mpmath.mpf(one) for one in slopes], mpmath.mpf(eps))
        assert bound == pytest.approx(float(exact), rel=1e-13)


def test_no_whole_edge_is_refused() -> None:
    with pytest.raises(ValueError, match="N = 10 is not a power 2"):
        width.midpoint_error(10, 2)


@pytest.mark.parametrize(("d", "N"), [(1, 256), (2, 256), (3, 300)])
def test_the_error_of_independent_atoms_is_that_of_samples(d: int, N: int) -> None:
    rng, count = np.random.default_rng(d), 4000
    x = np.full(d, 0.5)
    nodes, weights = np.polynomial.legendre.leggauss(60)
    axis, weight = np.r_[-(nodes + 1), nodes + 1], np.r_[weights, weights] / 4
    one = weight @ np.exp(-(np.abs(axis) / np.sqrt(d) + (0.5 - axis) ** 2 / 4))
    squares = np.empty(count)
    for k in range(count):
        y = rng.uniform(-2, 2, (N, d))
        found = _mean_potential(x, y, np.abs(y).sum(axis=1) / np.sqrt(d))
        squares[k] = (found + d * np.log(one)) ** 2
    error = squares.std() / np.sqrt(count)
    assert width.iid_error(N, d) ** 2 == pytest.approx(squares.mean(), abs=4 * error)


@pytest.mark.parametrize("d", [1, 2, 3, 4])
def test_independent_atoms_reach_their_central_limit(d: int) -> None:
    """N E (u_N - u)^2 tends to the relative variance of a summand."""
    variance = width.summand_moments(np.array([2]), d)[0] - 1
    for N in (2**12, 2**20):
        assert width.iid_error(N, d) ** 2 * N == pytest.approx(variance, rel=30 / N)


@pytest.mark.parametrize(("k", "n"), [(1, 30), (2, 60), (3, 200)])
@pytest.mark.parametrize("p", [1, 2])
def test_the_nearest_atom_is_that_of_raw_atoms(k: int, n: int, p: int) -> None:
    """Drawn on the torus, and in R^12: one circle in each of six planes."""
    rng, count = np.random.default_rng(10 * k + p), 4000
    arcs = rng.uniform(-0.5, 0.5, (count, n, k))
    powers = (np.sqrt((arcs**2).sum(axis=2)).min(axis=1)) ** p
    error = powers.std() / np.sqrt(count)
    assert nearest.torus_error(n, k, p) == pytest.approx(powers.mean(), abs=4 * error)
    angle = 2 * np.pi * arcs[:1000]
    ambient = np.zeros((1000, n, 12))
    ambient[..., : 2 * k : 2] = np.sin(angle) / (2 * np.pi)
    ambient[..., 1 : 2 * k : 2] = np.cos(angle) / (2 * np.pi)
    base = np.zeros(12)
    base[1 : 2 * k : 2] = 1 / (2 * np.pi)
    brute = np.linalg.norm(ambient - base, axis=2).min(axis=1) ** p
    draws = nearest.embedded_error(np.random.default_rng(p), 500, n, k, p)
    spread = np.hypot(brute.std() / np.sqrt(1000), draws.std() / np.sqrt(500))
    assert draws.mean() == pytest.approx(brute.mean(), abs=4 * spread)


def test_the_tropical_potential_errs_by_that_power_of_the_distance() -> None:
    """Data with g(y) + |x - y|^2 / 4t = c + |y - y*|^p: the layer's own object."""
    rng = np.random.default_rng(0)
    x, best, t = rng.normal(size=3), rng.normal(size=3), 0.7
    y = rng.normal(size=(50, 3))
    for p in (1, 2):
        distance = np.linalg.norm(y - best, axis=1)
        g = 0.3 + distance**p - ((x - y) ** 2).sum(axis=1) / (4 * t)
        assert hopf_lax(x, t, y, g) == pytest.approx(0.3 + distance.min() ** p)


def test_exponents_and_constants_of_the_torus() -> None:
    n = np.array([4**8, 4**9])
    for k in (1, 2, 3, 4):
        for p in (1, 2):
            values = [nearest.torus_error(int(one), k, p) for one in n]
            assert np.log(values[1] / values[0]) / np.log(4) == pytest.approx(-p / k, abs=1e-4)
            scaled = nearest.scaled_torus_error(4**12, k, p)
            assert scaled == pytest.approx(nearest.poisson_constant(k, p), rel=1e-6)

            def exceeds(r: float, k: int = k, p: int = p) -> float:
                return p * r ** (p - 1) * np.exp(-nearest.ball_volume(k) * r**k)

            expected = quad(exceeds, 0, np.inf)[0]
            assert nearest.poisson_constant(k, p) == pytest.approx(expected, rel=1e-6)


def test_too_few_atoms_are_refused() -> None:
    with pytest.raises(ValueError, match=r"n = 20 atoms are too few .* for k = 4"):
        nearest.torus_error(20, 4, 1)


def test_the_wasserstein_distance_of_a_grid() -> None:
    fine = (np.arange(100_000) + 0.5) / 100_000
    for m in (5, 16):
        expected = wasserstein_distance(fine, (np.arange(m) + 0.5) / m)
        assert nearest.wasserstein(m, 1) == pytest.approx(expected, rel=1e-3)
    square = (np.sqrt(2) + np.log(1 + np.sqrt(2))) / 6  # of the unit square from its centre
    assert nearest.wasserstein(64, 2) == pytest.approx(square / 8, rel=1e-9)
    for k in (1, 2, 3):
        values = [nearest.wasserstein(m**k, k) for m in (4, 64)]
        assert np.log(values[0] / values[1]) / (k * np.log(16)) == pytest.approx(1 / k, abs=1e-9)


def test_verdicts_at_the_quick_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = verify.run("quadrature", budget="quick", seed=0, workers=1)
    assert result.exit_code == 0
    for claim in result.outcomes:
        expected = Verdict.REFUTED if claim.id in REFUTED else Verdict.HOLDS
        assert claim.verdict is expected, claim.id
        assert {control.verdict for control in claim.controls} <= {Verdict.REFUTED}
        for row in getattr(claim, "exponents", []):
            if claim.id not in REFUTED:
                assert row.estimate == pytest.approx(row.predicted, abs=0.02)


def lopsided_error(N: int, d: int) -> float:
    """Midpoints that are off by a tenth of a part: a seeded fault."""
    m = width.edge(N, d)
    return d * width.kink_error(width.midpoints(m) + 0.4 / m, d)


def test_a_grid_off_its_midpoints_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    theorem = quadrature.THEOREM
    (claim,) = (one for one in theorem.claims if one.id == "midpoint_rule")
    mutant = claim.replaced({"measure": lopsided_error}, claim.place)
    found = verify.run(
        theorem.replaced({"claims": (mutant,)}, theorem.place), budget="quick", workers=1
    )
    assert found.outcomes[0].verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    ("draw", "d"), [(quadrature.width_errors, 1), (quadrature.width_errors_in_the_plane, 2)]
)
def test_the_picture_has_a_line_for_each_kind_of_atoms(draw: Any, d: int, axes: Axes) -> None:
    draw(axes)
    assert axes.lines[-1].get_label() == f"slope -1/{d}"
    slopes = [np.polyfit(*np.log(line.get_data()), 1)[0] for line in axes.lines]
    assert slopes == pytest.approx([-2 / d, -1 / d, -1 / d, -1 / 2, -1 / d], abs=0.06)
