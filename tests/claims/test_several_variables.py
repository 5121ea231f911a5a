"""A bound in three variables with two regimes: its exponents from rays that stay in one of them."""

from typing import Any

import numpy as np
import pytest

from tests.spec.specs import rate
from verify import algebra
from verify.spec import Design
from verify.verdict import Verdict

BOUND = "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))"
SCALE = [2.0**k for k in range(15)]
CONE = ["1 <= J", "J <= T", "1 <= V", "V <= T"]
SWITCHING, VARYING = algebra.bound(BOUND).regimes(CONE)
DESIGNS = tuple(
    Design.along(ray, SCALE, start)
    for regime, start in (
        (SWITCHING, {"J": 1, "T": 256, "V": 256}),
        (VARYING, {"J": 256, "T": 256, "V": 1}),
    )
    for ray in regime.rays
)


def regret(rng: np.random.Generator, size: int, T: float, J: float, V: float) -> np.ndarray:
    """The bound itself, with relative noise 1/10."""
    mean = min(np.sqrt(J * T), V ** (1 / 3) * T ** (2 / 3) + np.sqrt(T))
    return mean * rng.lognormal(-0.005, 0.1, size)


def _claim(**changes: Any) -> Any:
    return rate(measure=regret, bound=BOUND, controls=(), **{"designs": DESIGNS, **changes})


@pytest.fixture(scope="module")
def outcome() -> Any:
    claim, rng = _claim(), np.random.default_rng(0)
    return claim.judge({cell: regret(rng, 1024, **dict(cell.at)) for cell in claim.cells()})


def test_all_exponents_hold_along_rays_of_their_regimes(outcome: Any) -> None:
    assert [row.verdict for row in outcome.exponents] == [Verdict.HOLDS] * 6


def test_the_rays_of_a_regime_identify_the_exponents_of_all_variables(outcome: Any) -> None:
    """Growth along a ray is linear in the exponents, and the rays are independent."""
    for regime, rows in ((SWITCHING, outcome.exponents[:3]), (VARYING, outcome.exponents[3:])):
        names = sorted(regime.exponents)
        rays = np.array([[float(ray[name]) for name in names] for ray in regime.rays])
        lead = [float(next(power for power in ray.values() if power)) for ray in regime.rays]
        growth = [row.estimate * power for row, power in zip(rows, lead, strict=True)]
        found = np.linalg.solve(rays, growth)
        assert found == pytest.approx([float(regime.exponents[name]) for name in names], abs=0.08)


def test_every_mutant_of_the_exponents_is_refuted(outcome: Any) -> None:
    for row in outcome.exponents:
        changed = [one for one in row.mutants if not one.change.startswith("log")]
        assert len(changed) == 5
        assert {one.verdict for one in changed} == {Verdict.REFUTED}


def test_the_regimes_meet_where_the_algebra_says() -> None:
    """sqrt(J T) = V^(1/3) T^(2/3) at J = V^(2/3) T^(1/3)."""
    (one, *_) = algebra.bound(BOUND).crossovers(CONE, "J")
    assert "T**(1/3)" in str(one)
    assert "V**(2/3)" in str(one)


def test_every_design_stays_in_one_regime_and_one_that_straddles_two_is_found() -> None:
    assert list(_claim().findings()) == []
    straddling = Design.along({"J": 1}, SCALE, {"J": 4}, at={"T": 2**20, "V": 64})
    (found,) = _claim(designs=(straddling,)).findings()
    assert found.code == "two-regimes"
    # J = V^(2/3) T^(1/3) = 2^4 * 2^(20/3) = 1625; the sqrt(T) beside it makes that 1707
    assert "sqrt(1048576*J) active at J = 1024" in found.found
    assert found.found.endswith("at 2048")
    assert found.where == straddling.place


def test_a_design_towards_zero_is_read_towards_zero() -> None:
    grid = [2.0**-k for k in range(10)]
    shrinking = Design(sweep={"h": grid}, at={})
    claim = rate(bound="max(h, 1/100)", designs=(shrinking,), to_zero=("h",), controls=())
    found = [one for one in claim.findings() if one.code == "two-regimes"]
    assert [one.found for one in found] == ["h active at h = 0.015625, 1/100 at 0.0078125"]
