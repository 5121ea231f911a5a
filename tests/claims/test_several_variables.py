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


def test_the_exponents_of_all_variables_have_joint_intervals(outcome: Any) -> None:
    """Six designs in two regimes; the widths are those of the equations, solved for the ends."""
    assert [row.designs for row in outcome.joint] == [3, 3]
    for regime, row in zip((SWITCHING, VARYING), outcome.joint, strict=True):
        assert {one.variable for one in row.exponents} == {"J", "T", "V"}
        for one in row.exponents:
            assert one.predicted == float(regime.exponents[one.variable])
            assert one.low < one.estimate < one.high
            assert one.low <= one.predicted <= one.high


def test_a_joint_region_is_where_the_intervals_along_all_rays_meet(outcome: Any) -> None:
    """For as many rays as variables: the box of the intervals under the inverse of the rays."""
    claim, rng = _claim(), np.random.default_rng(0)
    samples = {cell: regret(rng, 1024, **dict(cell.at)) for cell in claim.cells()}
    assert claim.judge(samples) == outcome
    rows = claim.judge(samples, 1 - 0.03 / 3).exponents[:3]
    names = sorted(SWITCHING.exponents)
    rays = np.array([[float(ray[name]) for name in names] for ray in SWITCHING.rays])
    rays /= [[next(power for power in ray if power)] for ray in rays.tolist()]
    inverse = np.linalg.inv(rays)
    middle = np.array([(row.low + row.high) / 2 for row in rows])
    half = np.array([(row.high - row.low) / 2 for row in rows])
    found = sorted(outcome.joint[0].exponents, key=lambda one: one.variable)
    assert [one.low for one in found] == pytest.approx(inverse @ middle - abs(inverse) @ half)
    assert [one.high for one in found] == pytest.approx(inverse @ middle + abs(inverse) @ half)


def _power(rng: np.random.Generator, size: int, T: float, J: float) -> np.ndarray:
    """T^(1/2) J^(1/4), with little noise."""
    return np.sqrt(T) * J**0.25 * rng.lognormal(0, 0.01, size)


def _wrong_along_one(rng: np.random.Generator, size: int, T: float, J: float) -> np.ndarray:
    """The same, but not where both move together."""
    extra = J**0.4 if J > 1 and T > 256 else 1
    return _power(rng, size, T, J) * extra


def _rays(measure: Any) -> Any:
    designs = (
        Design.along({"T": 1, "J": 0}, SCALE[:10], {"T": 256, "J": 1}),
        Design.along({"J": 1, "T": 0}, SCALE[:10], {"T": 256, "J": 1}),
        Design.along({"T": 1, "J": 1}, SCALE[:10], {"T": 256, "J": 1}),
    )
    claim = rate(measure=measure, bound="T**(1/2) * J**(1/4)", designs=designs, controls=())
    rng = np.random.default_rng(3)
    return claim.judge({cell: measure(rng, 64, **dict(cell.at)) for cell in claim.cells()})


def test_more_rays_than_variables_agree_or_contradict_one_another() -> None:
    (agreed,) = _rays(_power).joint
    found = {one.variable: one for one in agreed.exponents}
    assert found["T"].low < 0.5 < found["T"].high
    assert found["J"].low < 0.25 < found["J"].high
    assert found["T"].high - found["T"].low < 0.1
    (split,) = _rays(_wrong_along_one).joint
    assert {(one.low, one.high) for one in split.exponents} == {(None, None)}


def test_one_variable_or_too_few_rays_have_no_joint_exponents() -> None:
    assert _claim(designs=DESIGNS[:1]).judge({}).joint == []
    rng, claim = np.random.default_rng(0), _claim(designs=DESIGNS[:2])
    samples = {cell: regret(rng, 64, **dict(cell.at)) for cell in claim.cells()}
    assert claim.judge(samples).joint == []


def test_the_values_are_compared_with_the_whole_bound(outcome: Any) -> None:
    """Noise of a tenth over the root of 1,024, at 90 places: within four standard errors."""
    assert outcome.ratio.places == 6 * len(SCALE)
    assert 1 - 0.0125 < outcome.ratio.low < 1 < outcome.ratio.high < 1 + 0.0125


def _with_more(rng: np.random.Generator, size: int, T: float, J: float, K: float) -> np.ndarray:
    """A factor of K that the bound does not know."""
    return K * _power(rng, size, T, J)


def test_a_bound_that_misses_a_variable_shows_in_the_ratio() -> None:
    designs = tuple(
        Design.along({name: 1, other: 0}, SCALE[:10], {"T": 256, "J": 1}, at={"K": number})
        for name, other, number in (("T", "J", 1), ("J", "T", 50))
    )
    claim = rate(measure=_with_more, bound="T**(1/2) * J**(1/4)", designs=designs, controls=())
    rng = np.random.default_rng(3)
    found = claim.judge({cell: _with_more(rng, 64, **dict(cell.at)) for cell in claim.cells()})
    assert found.verdict is Verdict.HOLDS
    assert found.ratio.high / found.ratio.low > 45


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
