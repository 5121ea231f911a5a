"""Gaps, viscous limits and the semiring against closed forms and brute force; the verdicts."""

import math
from fractions import Fraction
from itertools import pairwise

import mpmath
import numpy as np
import pytest
from scipy.integrate import dblquad, quad
from scipy.special import erfcx

import verify
from theorems.hamilton_jacobi import deformation, entropic, gaps, layer, tropical
from verify.claims.exact.simplifiers import simplified
from verify.verdict import Verdict

LINES = [[0, 0], [1, 0], [-2, 1], [3, -4]]


def _gap(x: float, eps: float) -> float:
    top = max(a * x + b for a, b in LINES)
    return eps * math.log(sum(math.exp((a * x + b - top) / eps) for a, b in LINES))


def test_break_points_are_exact() -> None:
    assert tropical.break_points(LINES) == [Fraction(1, 3), Fraction(2)]
    assert tropical.break_points([[0, 0], [1, 0], [-1, 0]]) == [0]


@pytest.mark.parametrize("eps", [0.5, 0.05])
def test_the_gaps_are_those_of_a_grid_and_of_quadrature(eps: float) -> None:
    edges = [-40 * eps - 1, *map(float, tropical.break_points(LINES)), 40 * eps + 3]
    whole = sum(quad(_gap, a, b, args=(eps,), epsabs=1e-13)[0] for a, b in pairwise(edges))
    assert tropical.total_gap(eps, LINES) == pytest.approx(whole, rel=1e-9)
    grid = max(_gap(x, eps) for x in [*np.linspace(-5, 5, 5001), *edges[1:-1]])
    assert tropical.largest_gap(eps, LINES) == pytest.approx(grid, rel=1e-12)


def test_ties_of_two_and_of_all_have_closed_forms() -> None:
    """log N eps at a tie of N; two lines enclose eps^2 pi^2 / (6 |W_1 - W_2|)."""
    for many in (2, 3, 5):
        lines = [[k, 0] for k in range(many)]
        assert tropical.largest_gap(1e-3, lines) == pytest.approx(1e-3 * math.log(many))
    found = tropical.total_gap(0.01, [[0, 0], [3, 1]])
    assert found == pytest.approx(1e-4 * math.pi**2 / 18, rel=1e-12)


def test_the_exponent_of_a_generic_gap_is_that_of_mpmath() -> None:
    for place in range(6):
        z = tropical.planted(place).tolist()
        for eps in (0.25, 2.0**-8):
            with mpmath.workdps(400):
                total = sum(mpmath.exp((mpmath.mpf(one) - max(z)) / eps) for one in z)
                expected = float(-eps * mpmath.log(mpmath.log(total)))
            assert tropical.generic_exponent(eps, place) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("r", [0.0, 1.0])
def test_smooth_data_against_quadrature_in_the_plane(r: float) -> None:
    eps, t = 0.1, 1.0

    def rise(y2: float, y1: float) -> float:
        return float(tropical.height(np.array([y1, y2]), r, t)) - best

    s = tropical.minimiser(r, t)
    best = float(tropical.height(np.array([s, 0.0]), r, t))
    mass = dblquad(lambda b, a: math.exp(-rise(b, a) / eps), -3, 4, -3.5, 3.5, epsabs=1e-10)[0]
    expected = -math.log(mass / (4 * math.pi * eps * t))
    assert tropical.smooth_excess(eps, r, t) == pytest.approx(expected, rel=1e-7)


def test_quadratic_data_have_their_limit_at_every_eps() -> None:
    """g = a |y|^2 / 2: (d / 2) log(1 + 2ta), the closed form that the limit is of."""
    a, t, x = 1.0, 1.0, 0.5
    for eps in (1.0, 0.1, 0.01):
        mass = quad(
            lambda y, eps=eps: math.exp(-(a * y * y / 2 + (x - y) ** 2 / (4 * t)) / eps), -9, 9,
            points=[x / 3], epsabs=0, epsrel=1e-12,
        )[0]  # fmt: skip
        u = -eps * math.log(mass / math.sqrt(4 * math.pi * eps * t))
        excess = (u - a * x * x / (2 * (1 + 2 * t * a))) / eps
        assert excess == pytest.approx(math.log(3) / 2, abs=1e-9)  # 0.5493061443
    assert tropical.smooth_limit(0) == pytest.approx(math.log(3))


def test_kinked_data_have_the_closed_form_and_the_logarithm() -> None:
    for eps in (1, 0.1, 1e-4):
        expected = -math.log(erfcx(math.sqrt(1 / eps)))
        assert tropical.kinked_excess(eps, 1) == pytest.approx(expected, abs=1e-12)
    for d in (1, 2, 3):
        assert tropical.kink_coefficient(2.0**-20, d) == pytest.approx(d / 2, abs=1e-4)
        assert abs(tropical.smooth_coefficient(2.0**-14, d)) < 1e-4


def test_a_pure_power_is_not_what_the_kink_shows() -> None:
    """The local exponent of u_eps - u_0 itself is still below .92 at eps = 1e-6."""
    low, high = (eps * tropical.kinked_excess(eps, 1) for eps in (1e-6, 2e-6))
    assert 0.85 < math.log2(high / low) < 0.95


@pytest.mark.parametrize("N", [1, 2, 5, 100, 101, 4096])
def test_a_grid_of_atoms_is_its_sum(N: int) -> None:
    for eps in (1, 0.1, 1e-3):
        y = tropical.EDGE * ((2 * np.arange(N) + 1) / N - 1)
        z = -(np.abs(y) + (tropical.PLACE - y) ** 2 / 4) / eps
        plain = -eps * (z.max() + math.log(np.exp(z - z.max()).sum()))
        assert tropical.grid_potential(N, eps) == pytest.approx(plain, rel=1e-13)


def test_many_atoms_are_an_integral() -> None:
    for eps in (1, 0.25, 0.01):
        mass = quad(
            lambda y, eps=eps: math.exp(-(abs(y) + (tropical.PLACE - y) ** 2 / 4) / eps),
            -tropical.EDGE, tropical.EDGE, points=[0], epsabs=0, epsrel=1e-12,
        )[0]  # fmt: skip
        expected = -eps * math.log(mass / 4)
        assert tropical.many_atoms(eps) == pytest.approx(expected, rel=1e-10)
        assert tropical.mean_potential(2**15, eps) == pytest.approx(expected, rel=1e-6)


def test_the_bare_sum_is_log_2_low_along_the_diagonal() -> None:
    found = tropical.grid_potential(2**20, 1 / 20)
    assert tropical.bare_diagonal(1 / 20) == pytest.approx(found, abs=1e-10)
    assert tropical.bare_diagonal(1e-6) == pytest.approx(0.0225 - math.log(2), abs=2e-5)


def test_hopf_lax_is_the_minimum_over_a_fine_grid() -> None:
    y = np.linspace(-2, 2, 4001)
    assert min(np.abs(y) + (0.3 - y) ** 2 / 4) == pytest.approx(tropical.HOPF_LAX, abs=1e-12)


def test_no_place_of_the_simplex_has_more_free_energy() -> None:
    rng = np.random.default_rng(0)
    z, eps = rng.normal(size=6), 0.4
    f = layer.log_sum_exp(z, eps)
    for q in rng.dirichlet(np.ones(6), 500):
        assert entropic.free_energy(q, z, eps) < f
    assert entropic.free_energy(layer.gibbs(z, eps), z, eps) == pytest.approx(f, rel=1e-14)


def test_the_bounds_of_a_gap_by_hand() -> None:
    """Logits 0, -1, -1 at eps = 1: log(1 + 2/e), between log(1 + 1/e) and itself."""
    z = [-1.0, 0.0, -1.0]
    assert gaps.gap(z, 1.0) == pytest.approx(math.log(1 + 2 / math.e))
    assert gaps.top_bound(z, 1.0) == pytest.approx(gaps.gap(z, 1.0))
    assert gaps.pair_bound(z, 1.0) == pytest.approx(math.log(1 + 1 / math.e))
    assert gaps.entropy_bound(z, 0.5) == pytest.approx(math.log(3) / 2)
    assert gaps.gap([2.0] * 4, 0.5) == pytest.approx(math.log(4) / 2)
    z = np.random.default_rng(0).normal(size=6)
    assert gaps.gap(z.tolist(), 0.3) == pytest.approx(layer.log_sum_exp(z, 0.3) - z.max())


def test_a_deep_network_is_its_layers() -> None:
    rng = np.random.default_rng(0)
    W, b, x = rng.normal(size=18), rng.normal(size=9), rng.normal(size=2)
    first, second = W[:12].reshape(2, 3, 2), W[12:].reshape(3, 2)

    def network(join) -> float:
        hidden = np.array(
            [join(part @ x + c) for part, c in zip(first, b[:6].reshape(2, 3), strict=True)]
        )
        return join(second @ hidden + b[6:])

    expected = abs(network(lambda z: layer.log_sum_exp(z, 0.5)) - network(max))
    found = gaps.deep_error(W.tolist(), b.tolist(), x.tolist(), 0.5)
    assert found == pytest.approx(expected, rel=1e-12)
    slope = np.abs(second).sum(axis=1).max()
    assert gaps.depth_bound(W.tolist(), 0.5) == pytest.approx(0.5 * math.log(3) * (1 + slope))


def test_the_proofs_close() -> None:
    for proof in (entropic.missed_proof, entropic.heated_proof, deformation.isomorphism_proof):
        found = proof()
        for one in found if isinstance(found, list) else [found]:
            assert simplified(one) is not None


def test_the_semiring_and_what_is_none() -> None:
    a = mpmath.mpf(1)
    assert deformation.homomorphism(a, a, mpmath.mpf(2)) == pytest.approx(2 * math.log(2))
    assert max(map(abs, deformation.isomorphism(a, 2 * a, a))) < 1e-14
    assert abs(deformation.isomorphism_without_heat(a, a, 2 * a)) > 0.1


def test_verdicts(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = verify.run("deformation", budget="quick", seed=0, workers=1)
    assert result.exit_code == 0
    refuted = {one.id for one in result.outcomes if one.verdict is Verdict.REFUTED}
    assert refuted == {"bare_diagram", "homomorphism"}
    assert all(one.verdict is Verdict.HOLDS for one in result.outcomes if one.id not in refuted)
    for claim in result.outcomes:
        assert {one.verdict for one in claim.controls} <= {Verdict.REFUTED}
    found = {one.id: one for one in result.outcomes}
    assert {found[one].evidence for one in ("gap", "top_gap", "divergence", "heating")} == {
        "proved"
    }
    for one in ("gap", "top_gap", "depth", "free_energy"):
        assert found[one].worst_ratio == pytest.approx(1, abs=1e-9)
    assert found["homomorphism"].counterexample.instance == {"a": 0, "b": 0, "eps": 1}
    assert found["bare_diagram"].estimate == pytest.approx(0.0225 - math.log(2), abs=1e-3)
    assert found["diagram"].estimate == pytest.approx(0.0225, abs=1e-3)
