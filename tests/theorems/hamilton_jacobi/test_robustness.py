"""The measures of `robustness` against brute force and closed forms, and its verdicts."""

import math

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

import verify
import verify.testing
from tests.theorems.hamilton_jacobi.proofs import _proofs_in_this_process  # noqa: F401
from theorems.hamilton_jacobi import sensitivity
from theorems.hamilton_jacobi.layer import layer
from theorems.hamilton_jacobi.robustness import THEOREM
from verify.spec.lint import lint
from verify.verdict import Verdict


def test_the_spectral_norm_is_that_of_second_differences() -> None:
    rng = np.random.default_rng(0)
    atoms, x, eps, step = rng.normal(size=(6, 4)), rng.normal(size=3), 0.8, 1e-4
    W, b = atoms[:, :-1], atoms[:, -1]
    e = step * np.eye(3)
    second = np.array([
        [
            layer(x + e[i] + e[j], W, b, eps) - layer(x + e[i] - e[j], W, b, eps)
            - layer(x - e[i] + e[j], W, b, eps) + layer(x - e[i] - e[j], W, b, eps)
            for i in range(3)
        ]
        for j in range(3)
    ]) / (4 * step**2)  # fmt: skip
    expected = np.linalg.norm(second, 2)
    assert sensitivity.spectral(x, atoms, eps) == pytest.approx(expected, rel=1e-5)


def test_both_bounds_on_many_random_layers() -> None:
    """Two thousand layers of up to five dimensions and twelve atoms; some come close."""
    rng = np.random.default_rng(1)
    ratios = []
    for _ in range(2000):
        d, count = rng.integers(1, 6), rng.integers(2, 13)
        atoms = rng.normal(size=(count, d + 1))
        x, eps = rng.normal(size=d), 10 ** rng.uniform(-2, 1)
        W = atoms[:, :-1]
        spread = ((W[:, None] - W) ** 2).sum(axis=-1).max() / (4 * eps)
        norm = sensitivity.spectral(x, atoms, eps)
        ratios.append((norm / sensitivity.widest(atoms, eps), norm / spread))
    assert np.max(ratios) <= 1 + 1e-12
    assert np.max(ratios, axis=0)[1] > 0.9


def test_an_antipodal_pair_attains_both() -> None:
    pair = [[1.0, 0.5, 0.0], [-1.0, -0.5, 0.0]]
    for eps in (0.1, 1.0):
        norm = sensitivity.spectral([0.0, 0.0], pair, eps)
        assert norm == pytest.approx(sensitivity.widest(pair, eps), rel=1e-14)
    assert sensitivity.three_bend(0.0, 1.5, 1.0, [0.0, 0.0, 0.0], 0.3) == pytest.approx(
        sensitivity.three_spread(1.5, 0.3) * 8 / 9, rel=1e-12
    )  # a third and two thirds


def test_the_pair_has_its_largest_curvature_where_two_u_tanh_u_is_one() -> None:
    """At x = 0.5 f'' is u sech^2(u) / x with u = x / eps; it peaks at eps = 0.6479."""
    for eps in (0.2, 0.6, 2.0):
        expected = 1 / (eps * np.cosh(0.5 / eps) ** 2)
        assert sensitivity.pair_bend(0.5, eps) == pytest.approx(expected, rel=1e-12)
    peak = minimize_scalar(lambda eps: -sensitivity.pair_bend(0.5, eps), bounds=(0.2, 2),
                           options={"xatol": 1e-10}).x  # fmt: skip
    u = 0.5 / peak
    assert peak == pytest.approx(0.647918, abs=1e-5)
    assert 2 * u * math.tanh(u) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("m", [1, 2, 5])
def test_the_largest_curvature_is_that_of_a_scan(m: int) -> None:
    W = np.array([-1.0] * m + [0.0] + [1.0] * m)
    b = np.abs(W) * -1
    for eps in (0.15, 0.3, 0.45, 0.7, 1.5):
        start = np.linspace(0, 2, 401)
        x = start[np.argmax([sensitivity.bend(one, W, b, eps) for one in start])]
        fine = np.linspace(x - 0.01, x + 0.01, 401)
        scanned = max(sensitivity.bend(one, W, b, eps) for one in fine)
        assert sensitivity.largest_bend(m, eps) == pytest.approx(scanned, rel=1e-5)
        assert sensitivity.largest_bend(m, eps) >= scanned * (1 - 1e-12)


@pytest.mark.parametrize(("m", "rise"), [(1, 0), (2, 0.05), (5, 0.21), (20, 0.49), (1000, 1.08)])
def test_how_much_the_largest_curvature_rises(m: int, rise: float) -> None:
    eps = np.geomspace(0.05, 3, 4000)
    values = np.array([sensitivity.largest_bend(m, one) for one in eps])
    lowest_so_far = np.minimum.accumulate(values)
    assert (values / lowest_so_far).max() - 1 == pytest.approx(rise, abs=0.01)


def test_ties_and_slopes_have_their_closed_forms() -> None:
    others = [[0.3, 0.5, 0.2]]
    for eps in (2.0**-8, 2.0**-12):
        assert sensitivity.tied_hessian(eps, others) == pytest.approx(
            (4 + 1 / 4) / (4 * eps), rel=1e-9
        )
    atoms = [[0.3, 0.5, 0.9, 0.2], [0.31, 0.49, 0.8, 0.1]]
    for eps in (0.1, 1.0, 100.0):
        assert sensitivity.steepest(eps, atoms) == pytest.approx(
            sensitivity.longest(atoms), rel=1e-12
        )
    assert [sensitivity.looseness(c) for c in (0.0, 1.0, 9.0)] == pytest.approx([1, 4, 100])


def test_it_is_listed_though_its_measures_live_elsewhere() -> None:
    verify.testing.is_listed_as_it_is(THEOREM)


@pytest.mark.usefixtures("_proofs_in_this_process")
def test_it_comes_out_as_expected_at_the_quick_budget(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert lint(THEOREM) == []
    result = verify.run("robustness", budget="quick", seed=0, workers=1)
    assert result.exit_code == 0
    outcomes = {one.id: one for one in result.outcomes}
    false = {name for name, one in outcomes.items() if one.verdict is Verdict.REFUTED}
    assert false == {"monotone_at_a_point", "monotone_over_all_points"}
    assert {one.verdict for one in outcomes.values()} == {Verdict.HOLDS, Verdict.REFUTED}
    for one in result.outcomes:
        assert {control.verdict for control in one.controls} <= {Verdict.REFUTED}
    proved = {name for name, one in outcomes.items() if one.evidence == "proved"}
    assert proved == {"hessian", "diameter", "shift", "slope", "monotone_bound"}
    assert outcomes["diameter"].extremes[0].attained
    _check_by_hand(outcomes["monotone_at_a_point"].counterexample.instance)


def _check_by_hand(at: dict[str, float]) -> None:
    """The counterexample with 1 / (eps cosh^2(x / eps)), and nothing of this package."""

    def bend(eps: float) -> float:
        return 1 / (eps * math.cosh(at["x"] / eps) ** 2)

    assert at["rise"] > 0
    assert bend(at["eps"] + at["rise"]) > bend(at["eps"])
