"""What is said of a claim that is open: the chance of its budget, and what would decide it."""

from typing import Any

import numpy as np
import pytest

from tests.spec.specs import GRID, exact, rate, theorem
from verify import Corollary, Design
from verify.planning import Advice, Budget, Plan, advise
from verify.planning.outlook import ENOUGH
from verify.sampling import Measured
from verify.sequential import examine, pilot

BUDGET = Budget("small", 128)


def samples(claim: Any, noise: float, count: int = 32, power: float = 0.5) -> dict[Any, Any]:
    rng = np.random.default_rng(1)
    return {
        cell: rng.lognormal(0, noise, 1024)[:count] * dict(cell.at)["n"] ** power
        for cell in claim.cells()
    }


def advice(claim: Any, noise: float, equal: int = 128) -> Advice | None:
    drawn = samples(claim, noise)
    return advise(claim, claim.judge(drawn), drawn, equal, 0.985)


def test_a_budget_that_cannot_decide_is_told_with_what_would() -> None:
    found = advice(rate(), noise=0.5)
    assert found is not None
    assert found.chance < ENOUGH
    assert not found.hopeful
    assert found.outlook.startswith("this budget is not likely to decide it along n (")
    assert any("more doublings would decide it" in sentence for sentence in found.sentences)
    assert found.told == [f"along n {sentence}" for sentence in found.sentences]


def test_one_that_can_is_told_as_such_and_nothing_else() -> None:
    found = advice(rate(), noise=0.3, equal=8192)
    assert found is not None
    assert found.hopeful
    assert found.sentences == []
    forecast = f"(half-width {found.half_width:.2g}; {100 * found.chance:.0f} % if it is true)"
    assert found.outlook == f"this budget is likely to decide it along n {forecast}"
    assert 0.005 < found.half_width < 0.05, "inside the margin"


def test_of_several_designs_the_widest_is_meant() -> None:
    short = Design(sweep={"n": GRID.grid[:6]}, at={"d": 2})
    long = Design(sweep={"n": GRID.grid}, at={"d": 1})
    claim = rate(bound="n**(1/2)", designs=(long, short))
    found = advice(claim, noise=0.5)
    assert found is not None
    assert found.along == "n, d=2"


def test_nothing_is_said_of_what_is_decided_or_not_measured_or_no_rate() -> None:
    assert advice(rate(), noise=0.001) is None
    claim = rate()
    assert advise(claim, claim.judge({}), {}, 128, 0.985) is None
    corollary = Corollary("half", scope="-", bound="n**(1/2)", along={"n": 1}, growth="1/2")
    assert advise(corollary, corollary.judge({}), {}, 128, 0.985) is None


def test_a_claim_that_is_refuted_along_one_design_needs_no_advice_on_another() -> None:
    clear = Design(sweep={"n": GRID.grid}, at={"d": 1})
    open_ = Design(sweep={"n": GRID.grid[:6]}, at={"d": 2})
    claim = rate(measure=by_dimension, bound="n**(1/2)", designs=(clear, open_))
    rng = np.random.default_rng(1)
    drawn = {cell: by_dimension(rng, 32, **dict(cell.at)) for cell in claim.cells()}
    outcome = claim.judge(drawn)
    assert [row.verdict for row in outcome.exponents] == ["REFUTED", "INCONCLUSIVE"]
    assert outcome.exponents[1].reason == "width"
    assert advise(claim, outcome, drawn, 128, 0.985) is None


def by_dimension(rng: np.random.Generator, size: int, n: int, d: int) -> np.ndarray:
    """Grows like n in dimension 1 with little noise, and like its root with much in 2."""
    return rng.lognormal(0, 0.01 if d == 1 else 0.5, size) * n ** (1 / d)


# In a run.


def drawing(noise: float) -> Any:
    def draw(work: Plan, before: Measured) -> Measured:
        (claim,) = theorem(rate()).claims
        whole = samples(claim, noise, 1024)
        new = {cell: whole[cell][:count] for cell, count in work.replicates.items()}
        return Measured({**before.samples, **new})

    return draw


def test_an_open_claim_says_what_would_decide_it() -> None:
    (found,) = examine(theorem(rate()), BUDGET, drawing(0.5)).outcomes
    assert found.reason == "width"
    assert found.would_decide
    (decided,) = examine(theorem(rate()), BUDGET, drawing(0.01)).outcomes
    assert decided.would_decide == []


@pytest.mark.parametrize(("noise", "told"), [(0.5, ["upper"]), (0.01, [])])
def test_expectations_are_told_once_and_before_the_budget_is_spent(
    noise: float, told: list[str]
) -> None:
    heard: list[str] = []
    drawn: list[int] = []
    draw = drawing(noise)

    def counting(work: Plan, before: Measured) -> Measured:
        drawn.append(max(work.replicates.values()))
        return draw(work, before)  # type: ignore[no-any-return]

    def foresee(claim: Any, expected: Advice) -> None:
        heard.append(claim.id)
        assert drawn == [32]
        assert not expected.hopeful

    examine(theorem(rate()), BUDGET, counting, foresee)
    assert heard == told


def test_a_pilot_measures_a_block_of_each_cell() -> None:
    drawn: list[Plan] = []
    draw = drawing(0.5)

    def counting(work: Plan, before: Measured) -> Measured:
        drawn.append(work)
        return draw(work, before)  # type: ignore[no-any-return]

    found = pilot(theorem(rate()), BUDGET, counting)
    assert [set(work.replicates.values()) for work in drawn] == [{32}]
    assert isinstance(found["upper"], Advice)


def test_an_exact_claim_that_is_open_is_told_what_would_decide_it() -> None:
    """Five places of an exact power, with a margin that they cannot reach."""
    narrow = Design(sweep={"n": [8, 16, 32, 64, 128]})
    claim = rate(measure=exact, designs=(narrow,), margin=0.01)
    values = {cell: np.array([exact(**dict(cell.at))]) for cell in claim.cells()}
    outcome = claim.judge(values)
    assert outcome.reason == "width"
    found = advise(claim, outcome, values, 128, 0.985)
    assert found is not None
    assert any("more doublings" in sentence for sentence in found.sentences)
