"""The equation of the potential: what is left of it, its proofs, and a computation by hand."""

import mpmath
import pytest
import sympy
from flint import arb, ctx

import verify
from theorems.hamilton_jacobi import hopf_cole, viscous
from verify.claims.exact.simplifiers import simplified
from verify.claims.exact.spot_check import spot_check
from verify.verdict import Verdict

AT = {
    "y": [[-1.5, 0.25], [0.5, 1], [2, -1], [0, 0.5]],
    "g": [1, 0.25, -0.5, 0],
    "x": [0.375, -0.625],
    "t": 0.75,
    "eps": 0.5,
}


def _in(number, at=AT):
    def made(value):
        return [made(one) for one in value] if isinstance(value, list) else number(value)

    return {key: made(value) for key, value in at.items()}


def test_the_equation_is_left_with_nothing_in_sixty_digits() -> None:
    with mpmath.workdps(75):
        at = _in(mpmath.mpf)
        assert abs(viscous.left(at)[0]) < mpmath.mpf(10) ** -60
        assert abs(viscous.left_bare(at)[0] + mpmath.mpf(2) / 3) < mpmath.mpf(10) ** -60


@pytest.mark.parametrize("wrong", [viscous.left_half, viscous.left_twice, viscous.left_layer])
def test_a_wrong_equation_leaves_something(wrong) -> None:
    with mpmath.workdps(30):
        assert abs(wrong(_in(mpmath.mpf))[0]) > 0.01  # and not 1e-30


def test_one_atom_can_be_done_by_hand() -> None:
    """u = x^2 / 4t: u_t + u_x^2 = 0 and eps u_xx = eps / 2t."""
    at = {"y": [[0]], "g": [0], "x": [2], "t": 1, "eps": 1}
    with mpmath.workdps(40):
        time, first, second = viscous.derivatives(viscous.bare, _in(mpmath.mpf, at))
        expected = [-1, 1, mpmath.mpf(1) / 2]
        found = [time, first[0], second[0]]
        assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) < mpmath.mpf(10) ** -30


def test_power_series_in_balls_agree_with_differences_in_mpmath() -> None:
    before, ctx.prec = ctx.prec, 200
    try:
        at = _in(arb)
        assert viscous.enclosed(at).contains(0)
        assert viscous.enclosed(at).rad() < 1e-50
        assert viscous.enclosed_bare(at).overlaps(-arb(2) / 3)
        assert viscous.enclosed_bare(at).rad() < 1e-50
    finally:
        ctx.prec = before


def test_the_proofs_close_and_a_wrong_twin_does_not() -> None:
    assert simplified(hopf_cole.duality_proof()) == "expand"
    for proof in (viscous.viscous_proof, viscous.source_proof):
        for one in proof():
            assert simplified(one) is not None
            assert spot_check(one).holds
    # Without the factor of the kernel the heat equation has a source.
    kernels = viscous._heat(power=False)
    t = sympy.Symbol("t", positive=True)
    assert spot_check(kernels[0] + 1 / t).holds is False


def test_three_atoms_in_one_dimension_directly_in_symbols() -> None:
    """Without the detour by the heat equation."""
    x = sympy.Symbol("x", real=True)
    t, eps = sympy.symbols("t eps", positive=True)
    atoms = [sympy.symbols(f"y{j} g{j}", real=True) for j in range(3)]
    total = sum(sympy.exp(-(g + (x - y) ** 2 / (4 * t)) / eps) for y, g in atoms)
    u = -eps * sympy.log(total)
    left = u.diff(t) + u.diff(x) ** 2 - eps * u.diff(x, 2) + eps / (2 * t)
    assert simplified(left) is not None


def test_verdicts_and_the_counterexample_that_is_printed(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = verify.run("hopf_cole", budget="quick", seed=0, workers=1)
    assert result.exit_code == 0
    verdicts = {one.id: one.verdict for one in result.outcomes}
    assert verdicts.pop("viscous_bare") is Verdict.REFUTED
    assert set(verdicts.values()) == {Verdict.HOLDS}
    for claim in result.outcomes:
        assert {one.verdict for one in claim.controls} <= {Verdict.REFUTED}
    (bare,) = (one for one in result.outcomes if one.id == "viscous_bare")
    assert bare.counterexample.instance["at"] == {
        "y": [[0]], "g": [0], "x": [0], "t": 1, "eps": 1,
    }  # fmt: skip
    assert bare.counterexample.confirmed
    proved = {one.id for one in result.outcomes if one.evidence == "proved"}
    assert proved == {"duality", "viscous", "source"}
