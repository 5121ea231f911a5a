"""Rates: verdicts on data whose law is known."""

from typing import Any

import numpy as np
import pytest

from tests.spec.specs import exact, rate
from verify import Design, Quantile, but
from verify.claims import Rate, RateOutcome
from verify.verdict import Verdict

GRID = Design(sweep={"n": [64 * 2**k for k in range(10)]})


def _sample(claim: Rate, power: float, sigma: float = 0.02, count: int = 256) -> dict[Any, Any]:
    rng = np.random.default_rng(1)
    return {
        cell: dict(cell.at)["n"] ** power * rng.lognormal(0, sigma, count) for cell in claim.cells()
    }


def _judge(power: float, **changes: Any) -> RateOutcome:
    claim = rate(designs=(GRID,), **changes)
    return claim.judge(_sample(claim, power))


def test_the_true_exponent_holds() -> None:
    found = _judge(0.5)
    assert (found.verdict, found.reason) == (Verdict.HOLDS, "holds")
    row = found.exponents[0]
    assert row.low < 0.5 < row.high
    assert row.predicted == 0.5


@pytest.mark.parametrize("shift", [-0.03, 0.03])
def test_a_truth_inside_the_margin_holds_within_it_and_says_by_how_much(shift: float) -> None:
    found = _judge(0.5 + shift)
    assert (found.verdict, found.reason) == (Verdict.HOLDS, "holds_within_margin")
    assert "off the prediction by" in found.exponents[0].detail


@pytest.mark.parametrize("shift", [-0.1, 0.1])
def test_a_truth_off_by_a_tenth_is_refuted(shift: float) -> None:
    assert _judge(0.5 + shift).verdict is Verdict.REFUTED


def test_an_upper_bound_that_is_not_attained_holds_and_says_so() -> None:
    found = _judge(0.3, relation="O")
    assert (found.verdict, found.reason) == (Verdict.HOLDS, "holds_not_tight")
    assert _judge(0.3, relation="Omega").verdict is Verdict.REFUTED


def test_too_few_replicates_are_inconclusive_however_clear_the_slope() -> None:
    claim = rate(designs=(GRID,))
    found = claim.judge(_sample(claim, 0.9, count=7))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, "replicates")


def test_a_shape_outside_the_family_is_inconclusive_however_clear_the_slope() -> None:
    claim = rate(designs=(GRID,))
    samples = {
        cell: values * (1 + 0.3 * (k % 2))
        for k, (cell, values) in enumerate(_sample(claim, 0.9).items())
    }
    assert claim.judge(samples).reason == "model"


def test_a_logarithm_in_the_bound_is_part_of_the_prediction() -> None:
    claim = rate(designs=(GRID,), bound="n**(1/2)*log(n)**2")
    rng = np.random.default_rng(2)
    samples = {}
    for cell in claim.cells():
        n = dict(cell.at)["n"]
        samples[cell] = n**0.5 * np.log(n) ** 2 * rng.lognormal(0, 0.01, 256)
    found = claim.judge(samples)
    row = found.exponents[0]
    assert found.verdict is Verdict.HOLDS
    assert row.range.predicted == pytest.approx(row.range.estimate, abs=0.002)
    assert row.range.predicted > 0.7


def test_each_design_gives_a_row_and_the_worst_row_the_verdict() -> None:
    designs = tuple(Design(sweep=GRID.sweep, at={"d": d}) for d in (1, 2))
    claim = rate(measure=exact, designs=designs, bound="n**(1/2)")
    samples = {
        cell: np.array([exact(**dict(cell.at))]) for cell in claim.cells()
    }  # fmt: skip
    found = claim.judge(samples)
    assert [row.verdict for row in found.exponents] == [Verdict.HOLDS, Verdict.REFUTED]
    assert found.verdict is Verdict.REFUTED
    assert found.evidence == "exact computation"


def test_exponents_depend_on_design_symbols_which_are_listed_as_not_tested_elsewhere() -> None:
    designs = tuple(Design(sweep=GRID.sweep, at={"d": d}) for d in (1, 3))
    claim = rate(measure=exact, designs=designs, bound="n**(1/(d+1))")
    assert [row.predicted for row in claim.judge({}).exponents] == [1 / 2, 1 / 4]
    assert claim.judge({}).not_tested == ["d other than 1, 3"]


def test_whole_numbers_beyond_64_bits_are_a_grid() -> None:
    """Of those numpy makes objects, which have no logarithm."""
    design = Design(sweep={"n": [2**k for k in range(60, 76)]})
    claim = rate(measure=exact, bound="n**(1/2)", designs=(design,))
    samples = {cell: np.array([exact(**dict(cell.at))]) for cell in claim.cells()}
    (row,) = claim.judge(samples).exponents
    assert row.range.predicted == pytest.approx(1 / 2)
    assert row.verdict is Verdict.HOLDS


def test_a_missing_cell_is_named_and_the_other_designs_are_judged() -> None:
    designs = tuple(Design(sweep=GRID.sweep, at={"d": d}) for d in (1, 2))
    claim = rate(measure=exact, designs=designs, bound="n**(1/(d+1))")
    samples = {cell: np.array([exact(**dict(cell.at))]) for cell in claim.cells()}
    del samples[claim.cells()[0]]
    found = claim.judge(samples)
    assert [row.reason for row in found.exponents] == ["measurement", "holds"]
    assert found.exponents[0].estimate is None
    assert "no data for exact(d=1, n=64)" in found.exponents[0].detail
    assert found.exit_code == 4


def test_a_measure_gets_the_variables_that_it_asks_for() -> None:
    """Settings that only the bound needs do not multiply cells."""
    designs = (Design(sweep=GRID.sweep, at={"d": 1}),)
    claim = rate(designs=designs, bound="n**(1/(d+1))")
    assert dict(claim.cells()[0].at) == {"n": 64}


def test_a_statistic_is_declared_by_name_or_as_a_quantile() -> None:
    for statistic, label in (("mean", "mean"), ("rms", "rms"), (Quantile(0.9), "0.9-quantile")):
        found = _judge(0.5, statistic=statistic)
        assert found.statistic == label
        assert found.verdict is Verdict.HOLDS


def test_a_statistic_without_a_logarithm_is_a_failed_measurement() -> None:
    claim = rate(designs=(GRID,))
    samples = {cell: values - 1e9 for cell, values in _sample(claim, 0.5).items()}
    found = claim.judge(samples)
    assert found.reason == "measurement"
    assert "must be positive" in found.exponents[0].detail


def test_expectation_never_changes_a_verdict() -> None:
    for power in (0.3, 0.5):
        plain, expecting = _judge(power), _judge(power, expect=Verdict.REFUTED)
        assert plain.verdict is expecting.verdict
        assert plain.exponents == expecting.exponents


def test_a_variable_that_shrinks_is_judged_as_it_tends_to_zero() -> None:
    """eps^-2 dominates eps^-1 as eps -> 0: the exponent of eps is -2."""
    design = Design(sweep={"eps": [2.0**-k for k in range(3, 13)]})
    claim = rate(
        measure=_hitting_time,
        designs=(design,),
        bound="eps**(-2) + eps**(-1)",
        to_zero=("eps",),
        relation="O",
        controls=(but("tenth", "too small", bound="eps**(-19/10)"),),
    )
    samples = {cell: np.array([_hitting_time(**dict(cell.at))]) for cell in claim.cells()}
    row = claim.judge(samples).exponents[0]
    assert row.predicted == -2
    assert row.low <= -2 <= row.high
    assert row.low < row.estimate < row.high
    assert row.verdict is Verdict.HOLDS
    assert row.range.predicted == pytest.approx(-2, abs=0.1)
    assert row.points[0].x == pytest.approx(2.0**-3)
    assert claim.judge_control(claim.controls[0], samples).verdict is Verdict.REFUTED


def _hitting_time(eps: float) -> float:
    return 3 * eps**-2 * (1 + 0.5 * eps)


def test_variables_that_move_together_give_the_exponent_along_their_ray() -> None:
    ray = {"T": 1, "J": "1/3"}
    design = Design.along(ray, scale=[8**k for k in range(2, 10)], start={"T": 1, "J": 3})
    claim = rate(measure=_regret, designs=(design,), bound="min(sqrt(J*T), T**(2/3))")
    samples = {cell: np.array([_regret(**dict(cell.at))]) for cell in claim.cells()}
    row = claim.judge(samples).exponents[0]
    assert (row.variable, row.design, row.predicted) == ("T", "J ~ T^1/3", 2 / 3)
    assert row.verdict is Verdict.HOLDS
    assert claim.judge(samples).not_tested == []


def _regret(T: int, J: int) -> float:
    return float((J * T) ** 0.5)


def test_the_other_branch_of_a_min_is_part_of_the_family() -> None:
    """A kink inside the grid: least squares would see .58 and refute the truth."""
    claim = rate(
        measure=_capped,
        designs=(Design(sweep=GRID.sweep, at={"J": 20}),),
        bound="min(n**(2/3), sqrt(J*n))",
        controls=(but("tenth", "off by a tenth", bound="min(n**(2/3), J**(1/2)*n**(3/5))"),),
    )
    samples = {cell: np.array([_capped(**dict(cell.at))]) for cell in claim.cells()}
    found = claim.judge(samples)
    row = found.exponents[0]
    assert row.predicted == 0.5
    assert found.verdict is Verdict.HOLDS
    assert row.range.estimate == pytest.approx(row.range.predicted, abs=1e-12)
    assert row.range.estimate > 0.55


def _capped(n: int, J: int) -> float:
    return float(min(n ** (2 / 3), (J * n) ** 0.5))
