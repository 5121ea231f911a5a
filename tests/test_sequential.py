"""Looks share one level, stop what is decided, and stay right where it is close."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pytest
from scipy.special import ndtri

from benchmarks.sequential import story
from tests.spec.specs import GRID, exact, measured, other, rate, theorem
from verify import Corollary, but
from verify.calibration.zoo import MAIN, MARGIN, Law, Setting
from verify.outcome import Outcome
from verify.planning import BLOCK, Budget, Plan, looks, spending
from verify.result import Failure
from verify.sampling import Measured
from verify.sequential import Draw, examine
from verify.spec import Cell
from verify.spec.measure import convention
from verify.verdict import LEVEL, Interval, Relation, Verdict, judge

WIDE = Budget("wide", 256)
SHORT = Setting(10, 512)
SCHEDULE = looks(1024, BLOCK)


def test_looks_are_doublings_and_share_the_level_in_proportion_to_what_is_new() -> None:
    found = looks(1024, BLOCK)
    assert [look.fraction for look in found] == [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1]
    shares = [(1 - look.level) / (1 - LEVEL) for look in found]
    assert shares == pytest.approx([1 / 32, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2])


def test_one_look_has_the_whole_level() -> None:
    (only,) = looks(BLOCK, BLOCK)
    assert (only.fraction, only.level) == (1, LEVEL)
    assert spending(0) == 1


# The loop.


def drawing(kept: list[Plan], noise: float = 0.02, others: float = 0.02) -> Draw:
    """Draws from the measures of the specs, in this process, and keeps the plans."""

    def values(cell: Cell, count: int) -> np.ndarray:
        if not convention(cell.measure).random:
            return np.array([cell.measure(**dict(cell.at))])
        n = dict(cell.at)["n"]
        power, sd = (0.9, others) if cell.measure is other else (0.5, noise)
        return np.random.default_rng(n).lognormal(0, sd, 1024)[:count] * n**power

    def draw(work: Plan, before: Measured) -> Measured:
        kept.append(work)
        new = {cell: values(cell, count) for cell, count in work.replicates.items()}
        return Measured({**before.samples, **new}, before.failures)

    return draw


def verdicts(outcomes: list[Outcome]) -> list[str]:
    return [str(one.verdict) for one in outcomes]


def test_a_claim_that_is_decided_is_left_alone_and_the_others_go_on() -> None:
    near = but("near", "an exponent off by a tenth", bound="n**(4/5)")
    noisy = rate(id="noisy", measure=other, bound="n**(9/10)", controls=(near,))
    plans: list[Plan] = []
    found = examine(theorem(rate(), noisy), WIDE, drawing(plans, others=0.2))
    first, second = found.outcomes
    assert verdicts(found.outcomes) == ["HOLDS", "HOLDS"]
    assert first.replicates < second.replicates == max(plans[-1].replicates.values())
    assert {cell.measure for cell in plans[0].replicates} == {measured, other}
    assert {cell.measure for cell in plans[-1].replicates} == {other}


def test_the_budget_is_never_exceeded_and_each_look_doubles_it() -> None:
    plans: list[Plan] = []
    found = examine(theorem(rate(bound="n**(13/25)")), WIDE, drawing(plans, noise=0.5))
    counts = [max(plan.replicates.values()) for plan in plans]
    assert all(b == 2 * a for a, b in pairwise(counts))
    assert counts[-1] == found.outcomes[0].replicates <= WIDE.replicates
    assert found.samples == counts[-1] * len(GRID.grid)


def test_a_claim_waits_for_its_controls() -> None:
    drifting = but("drifting", "another law", measure=other, bound="n**(4/5)")
    found = examine(theorem(rate(controls=(drifting,))), WIDE, drawing([], others=0.6))
    alone = examine(theorem(rate(controls=())), WIDE, drawing([]))
    assert alone.outcomes[0].replicates < found.outcomes[0].replicates


def test_what_is_exact_is_judged_once_and_as_if_there_were_no_looks() -> None:
    plans: list[Plan] = []
    claim = rate(measure=exact, bound="n**(1/2)", relation="O")
    corollary = Corollary("half", scope="-", bound="n**(1/2)", along={"n": 1}, growth="1/2")
    found = examine(theorem(claim, corollary), WIDE, drawing(plans))
    samples = {cell: np.array([exact(**dict(cell.at))]) for cell in claim.cells()}
    assert len(plans) == 1
    assert found.outcomes[0].exponents[0].low == claim.judge(samples).exponents[0].low
    assert [one.replicates for one in found.outcomes] == [1, 0]


def test_a_claim_without_a_cell_that_failed_is_not_drawn_for_again() -> None:
    plans: list[Plan] = []
    draw = drawing(plans)

    def failing(work: Plan, before: Measured) -> Measured:
        drawn = draw(work, before)
        cell = next(iter(work.replicates))
        left = {one: values for one, values in drawn.samples.items() if one != cell}
        return Measured(left, {cell: Failure(cell.label, "ValueError: no", "-")})

    found = examine(theorem(rate()), WIDE, failing)
    assert len(plans) == 1
    assert found.outcomes[0].reason == "measurement"


# Time.


def stopping(draw: Draw, after: int, left: Callable[[int], bool] = lambda _: True) -> Draw:
    """Time is up in the look number `after`, with the cells that are `left`, by their places."""
    seen: list[Plan] = []

    def stopped(work: Plan, before: Measured) -> Measured:
        seen.append(work)
        if len(seen) < after:
            return draw(work, before)
        cells = [cell for k, cell in enumerate(work.replicates) if left(k)]
        part = Plan({cell: work.replicates[cell] for cell in cells})
        return Measured(draw(part, before).samples, stopped=True)

    return stopped


def test_when_time_is_up_all_that_is_left_of_the_level_is_used() -> None:
    """At the third look 1/16 of it is spent; what is there is judged at 15/16 of it."""
    claim = rate(bound="n**(13/25)", margin=0.001, controls=())
    found = examine(theorem(claim), WIDE, stopping(drawing([], noise=0.5), after=2))
    (row,) = found.outcomes[0].exponents
    samples = found.measured.samples
    assert found.outcomes[0].replicates == 64
    spent = 1 / 8
    assert row.low == claim.judge(samples, spending(1 - spent)).exponents[0].low
    assert row.low > claim.judge(samples, looks(256, BLOCK)[1].level).exponents[0].low


def test_cells_that_time_kept_from_being_measured_are_no_failure() -> None:
    found = examine(theorem(rate()), WIDE, stopping(drawing([]), 1, left=lambda k: k < 4))
    (outcome,) = found.outcomes
    assert (outcome.verdict, outcome.reason) == (Verdict.INCONCLUSIVE, "time")
    assert [control.reason for control in outcome.controls] == ["time"]
    assert outcome.exit_code == 3


# Error rates.

PATHS = 40_000


def errors(levels: Sequence[float]) -> float:
    """How often an upper bound that is false by the margin HOLDS at a look, at its boundary.

    The estimate is normal with a variance of one over the replicates, and its interval is exact.
    """
    rng, counts = np.random.default_rng(0), [round(1024 * look.fraction) for look in SCHEDULE]
    new = np.diff([0, *counts])
    total = (rng.standard_normal((PATHS, len(new))) * np.sqrt(new)).cumsum(axis=1)
    high = total / counts + ndtri((1 + np.array(levels)) / 2) / np.sqrt(counts)
    held = [Verdict.HOLDS in map(_verdict, path) for path in np.sign(high).tolist()]
    return float(np.mean(held))


def _verdict(high: float) -> Verdict:
    """The verdict on p <= 0 at the margin 1, where p is 1."""
    interval = Interval(-np.inf, 1 + high, 0.5, 0.5)
    return judge(interval, 0, Relation.O, 1).verdict


def test_the_looks_together_err_no_more_than_one_interval_without_them() -> None:
    """A tail of it is .015; three standard errors of the simulation are .0018."""
    assert errors([look.level for look in SCHEDULE]) <= 0.015 + 0.0018
    assert errors([LEVEL] * len(SCHEDULE)) > 0.04, "the seeded fault: each look takes it all"


@pytest.mark.parametrize("law", [MAIN[0], MAIN[9]], ids=lambda law: law.name)
def test_real_claims_are_decided_early_and_rightly(law: Law) -> None:
    """`python -m benchmarks.sequential` has more laws, data sets and replicates."""
    far = [story(law, 1 / 4, SHORT, 0, index) for index in range(20)]
    assert {one.verdict for one in far} == {Verdict.REFUTED}
    assert np.mean([one.share for one in far]) < 0.2
    close = [story(law, MARGIN, SHORT, 0, index) for index in range(20)]
    assert Verdict.HOLDS not in {one.verdict for one in close}
    assert np.mean([one.share for one in close]) > np.mean([one.share for one in far])
