"""Plans: each cell once, exact cells once only, shares of the declared cost."""

import pytest

from tests.spec.specs import GRID, exact, measured, other, rate, theorem
from verify import Design, but
from verify.planning import BUDGETS, plan
from verify.spec.lint import lint
from verify.spec.measure import cell


def test_claims_and_controls_share_the_cells_of_a_measure() -> None:
    swapped = but("swapped", "another law", measure=other)
    work = plan(theorem(rate(), rate(id="again", controls=(swapped,))), BUDGETS["quick"])
    assert len(work.replicates) == 2 * len(GRID.grid)
    assert set(work.replicates.values()) == {BUDGETS["quick"].replicates}


def test_exact_cells_are_evaluated_once() -> None:
    work = plan(theorem(rate(measure=exact)), BUDGETS["full"])
    assert work.total == len(GRID.grid)


def test_budgets_grow_and_fill_whole_blocks() -> None:
    sizes = [BUDGETS[name].replicates for name in ("quick", "standard", "full")]
    assert sizes == sorted(sizes)
    assert all(size % 32 == 0 for size in sizes)


def test_shares_follow_the_declared_cost_and_add_up_to_one() -> None:
    work = plan(theorem(rate(cost="n**2")), BUDGETS["quick"])
    shares = [work.share(cell(measured, {"n": n})) for n in GRID.grid]
    assert sum(shares) == pytest.approx(1)
    assert shares[1] / shares[0] == pytest.approx(4)
    even = plan(theorem(rate()), BUDGETS["quick"])
    assert even.share(cell(measured, {"n": 8})) == pytest.approx(1 / len(GRID.grid))


@pytest.mark.parametrize(("cost", "words"), [("n**", "column 4"), ("n*J", "'J'")])
def test_a_cost_that_cannot_be_evaluated_is_a_finding(cost: str, words: str) -> None:
    found = lint(theorem(rate(cost=cost)))
    assert [one.code for one in found] == ["cost"]
    assert words in str(found[0])


def test_a_cost_may_depend_on_fixed_variables() -> None:
    design = Design(sweep=GRID.sweep, at={"d": 2})
    claim = rate(measure=exact, designs=(design,), bound="n**(1/(d+1))", cost="n**(d/(d+2))")
    (first, *_), (cost, *_) = zip(*claim.costs().items(), strict=True)
    assert first.label == "exact(d=2, n=8)"
    assert cost == pytest.approx(8**0.5)
