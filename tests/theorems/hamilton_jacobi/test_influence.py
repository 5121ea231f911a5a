"""The measures of `influence` against brute force, closed forms and known numbers."""

import mpmath
import numpy as np
import pytest
from flint import arb
from scipy.special import lambertw

import verify
from tests.theorems.hamilton_jacobi.proofs import _proofs_in_this_process  # noqa: F401
from theorems.hamilton_jacobi import census, merging, normal_forms, removal
from theorems.hamilton_jacobi.folds import curvature, value
from theorems.hamilton_jacobi.influence import CONFIGURATIONS, THEOREM
from theorems.hamilton_jacobi.layer import entropy, gibbs, initial_data, layer, logits
from verify.spec.lint import lint
from verify.verdict import Verdict

REFUTED = {"folds_merge", "symmetric_fold", "critical_scale"}


def test_leaving_one_out_by_brute_force() -> None:
    """Forty atoms in five dimensions, each left out in turn, as a reader would do it."""
    rng = np.random.default_rng(0)
    W, b, x, eps = rng.normal(size=(40, 5)), rng.normal(size=40), rng.normal(size=5), 0.7
    g = initial_data(W, b, 1.0)[1]
    pi = gibbs(logits(x, W, b), eps)
    mean = pi @ g
    for j in range(40):
        rest = np.arange(40) != j
        without = layer(x, W[rest], b[rest], eps)
        expected = -eps * np.log1p(-pi[j])
        assert layer(x, W, b, eps) - without == pytest.approx(expected, abs=1e-8)
        other = gibbs(logits(x, W[rest], b[rest]), eps) @ g[rest]
        assert mean - other == pytest.approx(pi[j] * (g[j] - mean) / (1 - pi[j]), abs=1e-8)
        moved = b + 1e-6 * (np.arange(40) == j)
        slope = (layer(x, W, moved, eps) - layer(x, W, b, eps)) / 1e-6
        assert slope == pytest.approx(pi[j], abs=1e-5)


def test_the_remainder_is_that_of_the_removal() -> None:
    W = np.arange(17)[:, None] / 16
    b = -(W[:, 0] ** 2)
    x = np.array([0.3])
    rest = np.arange(17) != 8
    pi = gibbs(logits(x, W, b), 1.0)[8]
    change = layer(x, W, b, 1.0) - layer(x, W[rest], b[rest], 1.0)
    assert removal.remainder(16) == pytest.approx(change - pi, rel=1e-9)


def test_four_atoms_are_the_only_small_set_with_a_birth() -> None:
    births = [
        y
        for y in CONFIGURATIONS
        if any(change > 0 for change, _ in census.fold_changes(tuple(y), 53))
    ]
    assert births == [[0, 1, 2, 4]]
    assert census.fold_changes((0, 1, 2, 4), 53) == ((-2, 1), (-2, 1), (2, -1), (-2, 1))


def test_no_small_set_has_a_symmetry_or_a_twin() -> None:
    shapes = [tuple(y) for y in CONFIGURATIONS]
    mirrored = [tuple(y[-1] - place for place in reversed(y)) for y in shapes]
    assert not set(shapes) & set(mirrored)
    assert len(shapes) == 9


def test_the_normal_form_of_a_fold() -> None:
    """The prefactors of gap and curvature by its two constants, from H_x ~ a e + c x^2 / 2."""
    with mpmath.workdps(50):
        fold, W, b = normal_forms.known_fold(0)
        assert abs(fold.eps - mpmath.mpf("0.133589176041")) < 1e-12
        third = mpmath.diff(lambda x: value(x, fold.eps, W, b), fold.x, 3)
        half = mpmath.sqrt(2 * fold.ratio * fold.eps)  # of the distance over delta^{1/2}
        expected = float(abs(third)) * float(half) ** 3 * 2 / 3, float(abs(third) * half)
    assert normal_forms.fold_gap(1e-9, 0) / 1e-9**1.5 == pytest.approx(expected[0], rel=1e-4)
    assert normal_forms.fold_curvature(1e-9, 0) / 1e-9**0.5 == pytest.approx(expected[1], rel=1e-3)
    assert normal_forms.fold_prefactor(1e-9, 0) == pytest.approx(1, abs=1e-8)


def test_the_pitchfork_is_where_its_closed_form_says() -> None:
    eps = 1 / (4 * (1 + lambertw(2 / np.e).real))
    assert eps == pytest.approx(0.170875265987, abs=1e-12)
    assert normal_forms.pitchfork_eps(arb(1), arb(1)).overlaps(arb(eps, 1e-14))
    assert float(normal_forms.pitchfork_eps(mpmath.mpf(3), mpmath.mpf(2))) == pytest.approx(
        4.5 * eps
    )


def test_the_branches_of_the_pitchfork_by_their_own_closed_form() -> None:
    """With theta = x / (2 eps), q = 1 / (4 eps) = theta coth(theta) + W(2 theta e^-.. / sinh)."""
    theta = 0.02
    own = theta / np.tanh(theta)
    q = own + lambertw(2 * theta / np.sinh(theta) * np.exp(-own)).real
    x, eps = theta / (2 * q), 1 / (4 * q)
    delta = 1 - eps * 4 * (1 + lambertw(2 / np.e).real)
    assert normal_forms.pitchfork_distance(delta) == pytest.approx(x, rel=1e-8)
    W, b = np.array([-0.5, 0, 0.5]), np.array([-0.25, 0, -0.25])
    assert normal_forms.pitchfork_curvature(delta) == pytest.approx(
        abs(curvature(x, eps, W, b)), rel=1e-7
    )
    gap = value(x, eps, W, b) - value(0, eps, W, b)
    assert normal_forms.pitchfork_gap(delta) == pytest.approx(gap, rel=1e-4)


def test_the_entropy_of_a_product_is_a_sum() -> None:
    rng = np.random.default_rng(1)
    y, z, eps = rng.normal(size=5), rng.normal(size=4), 0.3
    W = np.array([(p, q) for p in y for q in z]) / 2
    x = np.array([0.2, -0.4])
    whole = entropy(logits(x, W, -(W**2).sum(axis=1)), eps)
    parts = value(0.2, eps, y / 2, -(y**2) / 4) + value(-0.4, eps, z / 2, -(z**2) / 4)
    assert whole == pytest.approx(parts, rel=1e-12)


def test_the_middle_of_a_pair_bends_as_the_entropy_does() -> None:
    y = np.array([-7, -5, -1, 1, 5, 7]) / 6
    for eps in (0.05, 0.15, 0.4):
        bend = curvature(0.0, eps, y / 2, -(y**2) / 4)
        assert merging.bend(y, eps) == pytest.approx(4 * eps**2 * bend, rel=1e-10)


def test_a_chain_of_pairs_has_half_of_its_basins_after_the_merging() -> None:
    """Counted with certainty for the six atoms in the middle of a line."""
    from theorems.hamilton_jacobi.critical_points import critical_points

    eps = merging.pair_merging(1, 1)
    y = [2 * k + off for k in range(-3, 4) for off in (-1 / 3, 1 / 3)]
    W = np.array([arb(one) / 2 for one in y])
    for side, expected in ((0.99, 6), (1.01, 3)):
        found = critical_points(arb(eps * side), W, -W * W)
        minima = [x for x, kind in found if kind == -1 and abs(float(x.mid())) < 3]
        assert len(minima) == expected


def test_basins_of_a_ring_are_those_of_a_long_line() -> None:
    jitter = [0.1, -0.2, 0.05, 0.25]
    y = np.array([k + jitter[k % 4] for k in range(-20, 24)])
    x = np.linspace(0, 4, 4001)[:-1] + 1e-4
    for eps in (0.03, 0.2, 0.3):
        slope = np.array([
            value(p + 1e-5, eps, y / 2, -(y**2) / 4) - value(p, eps, y / 2, -(y**2) / 4) for p in x
        ])  # fmt: skip
        rising = slope > 0
        minima = int((rising & ~np.roll(rising, 1)).sum())
        assert merging.basins(4, jitter, eps / 16) == minima


def test_a_regular_ring_never_merges() -> None:
    """Its basins stay one to an atom, by its symmetry, at twice the scale of the pairs too."""
    for eps in (0.05, 0.15, 0.3):
        assert merging.basins(8, [0.0] * 8, eps / 64) == 8


@pytest.mark.usefixtures("_proofs_in_this_process")
def test_it_comes_out_as_expected_at_the_quick_budget(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert lint(THEOREM) == []
    result = verify.run("influence", budget="quick", seed=0, workers=1)
    assert result.exit_code == 0
    verdicts = {one.id: one.verdict for one in result.outcomes}
    assert {name for name, found in verdicts.items() if found is Verdict.REFUTED} == REFUTED
    assert set(verdicts.values()) == {Verdict.HOLDS, Verdict.REFUTED}
    for one in result.outcomes:
        assert {control.verdict for control in one.controls} <= {Verdict.REFUTED}
    proved = {one.id for one in result.outcomes if one.evidence == "proved"}
    assert proved == {"derivative", "removed", "removed_mean", "pairs", "pitchfork"}
