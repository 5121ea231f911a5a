"""Replicates by cost: no dearer than equal ones, fewer where it is dear, better for the slope."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.specs import GRID, exact, measured, rate, theorem
from verify import Design, but
from verify.inference.range_slope import projection
from verify.planning import BLOCK, BUDGETS, plan
from verify.planning.allocation import CAP, FLOOR, allocation
from verify.spec.lint import lint
from verify.spec.measure import Cell, cell

COSTS = st.lists(st.floats(1e-3, 1e6), min_size=1, max_size=20)
EQUAL = st.integers(1, 40).map(lambda blocks: blocks * BLOCK)


def _cells(costs: list[float]) -> dict[Cell, float]:
    return {cell(measured, {"n": k + 1}): cost for k, cost in enumerate(costs)}


def _counts(costs: list[float], equal: int) -> np.ndarray:
    return np.array(list(allocation(_cells(costs), equal).values()))


@settings(deadline=None)
@given(costs=COSTS, equal=EQUAL)
def test_it_costs_no_more_than_equal_counts_and_wastes_less_than_a_block_a_cell(
    costs: list[float], equal: int
) -> None:
    cost, counts = np.array(costs), _counts(costs, equal)
    budget = equal * cost.sum()
    assert cost @ counts <= budget * (1 + 1e-12)
    capped = np.all(counts[cost < cost.max()] == CAP * equal)
    assert cost @ counts >= (budget - BLOCK * cost.sum()) * (1 - 1e-12) or capped


@settings(deadline=None)
@given(costs=COSTS, equal=EQUAL)
def test_counts_are_whole_blocks_within_their_bounds_and_fall_with_the_cost(
    costs: list[float], equal: int
) -> None:
    counts = _counts(costs, equal)
    assert np.all(counts % BLOCK == 0)
    assert np.all((counts >= max(BLOCK, FLOOR * equal)) & (counts <= CAP * equal))
    assert np.all(np.diff(counts[np.argsort(costs, kind="stable")]) <= 0)
    assert np.array_equal(counts, _counts(costs, equal))


@settings(deadline=None)
@given(cost=st.floats(1e-3, 1e6), count=st.integers(1, 20), equal=EQUAL)
def test_cells_of_one_cost_have_the_equal_number(cost: float, count: int, equal: int) -> None:
    assert set(_counts([cost] * count, equal)) == {equal}


def test_inside_its_bounds_it_is_the_inverse_root_of_the_cost() -> None:
    cost = [2.0**k for k in range(6)]
    counts = _counts(cost, 8192)
    assert counts * np.sqrt(cost) / counts[0] == pytest.approx(np.ones(6), rel=0.01)
    assert cost @ counts == pytest.approx(8192 * sum(cost), rel=0.005)


@pytest.mark.parametrize(
    ("power", "line", "weighted"), [(1, 1.41, 2.69), (1.5, 1.65, 3.96), (2, 1.86, 5.21)]
)
def test_the_variance_that_it_saves_at_an_equal_cost_is_the_closed_form(
    power: float, line: float, weighted: float
) -> None:
    """Of slopes through ten doublings; without bounds the weighted ones are 2.7, 6.2 and 15.7."""
    log_x = np.arange(10) * np.log(2)
    cost = np.exp(power * log_x)
    counts, equal = _counts(cost.tolist(), 32 * 8192), np.full(10, 32 * 8192)
    row = projection(log_x)

    def spread(counts: np.ndarray) -> float:
        return float(1 / (counts @ (log_x - np.average(log_x, weights=counts)) ** 2))

    assert (row**2 / equal).sum() / (row**2 / counts).sum() == pytest.approx(line, abs=0.01)
    assert spread(equal) / spread(counts) == pytest.approx(weighted, abs=0.01)


def test_counts_that_ignore_the_cost_are_worse_and_so_are_those_that_ignore_the_slope() -> None:
    """The optimum within a factor: equal counts and counts by inverse cost both lose to it."""
    log_x = np.arange(10) * np.log(2)
    cost = np.exp(log_x)
    row = projection(log_x)
    inverse = 1024 * cost.sum() / (10 * cost)
    variance = [
        (row**2 / counts).sum()
        for counts in (_counts(cost.tolist(), 1024), np.full(10, 1024), inverse)
    ]
    assert variance[0] < 0.75 * min(variance[1:])


def test_exact_cells_and_runs_are_left_as_they_are() -> None:
    run = cell(measured, {"n": (8, 16, 32)})
    costs = {cell(exact, {"n": 8}): 1.0, cell(exact, {"n": 512}): 100.0, run: 1e6}
    costs |= _cells([1.0, 16.0])
    found = list(allocation(costs, 128).values())
    assert found[:3] == [1, 1, 128]
    assert found[3] > 128 > found[4]


def test_a_plan_allocates_by_cost_and_a_shared_cell_has_the_most_that_is_asked() -> None:
    budget = BUDGETS["standard"]
    dear, plain = rate(cost="n**2"), rate(id="again")
    alone = plan(theorem(dear), budget)
    first, last = (cell(measured, {"n": n}) for n in (GRID.grid[0], GRID.grid[-1]))
    assert alone.replicates[first] == 16 * budget.replicates
    assert FLOOR * budget.replicates <= alone.replicates[last] < budget.replicates
    both = plan(theorem(plain, dear), budget)
    assert both.replicates[first] == 16 * budget.replicates
    assert both.replicates[last] == budget.replicates


def test_without_a_cost_every_cell_has_the_number_of_the_budget() -> None:
    work = plan(theorem(rate()), BUDGETS["full"])
    assert set(work.replicates.values()) == {BUDGETS["full"].replicates}


def test_the_designs_of_a_claim_share_one_budget() -> None:
    near = Design(sweep={"n": [2**k for k in range(3, 13)]})
    far = Design(sweep={"n": [2**k for k in range(13, 23)]})
    work = plan(theorem(rate(designs=(near, far), cost="n")), BUDGETS["standard"])
    counts = list(work.replicates.values())
    assert min(counts[:10]) > max(counts[10:])


@pytest.mark.parametrize("cost", ["log(n)", "n - n"])
def test_a_cost_that_is_not_positive_is_a_finding(cost: str) -> None:
    design = Design(sweep={"n": [2**k for k in range(10)]})
    control = but("tenth", "an exponent off by a tenth", bound="n**(2/5)")
    found = lint(theorem(rate(designs=(design,), cost=cost, controls=(control,))))
    assert "cost" in [one.code for one in found]
    if cost == "log(n)":
        assert "cost 0 of measured(n=1)" in str(found[0])
        assert "a positive number for every cell" in str(found[0])
