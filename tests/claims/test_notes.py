"""What a row says beside its verdict: tails that the interval does not bear."""

from typing import Any

import msgspec
import numpy as np
import pytest

from tests.spec.specs import exact, rate
from verify import Design, KaplanMeier, censored
from verify.claims import Rate, RateOutcome
from verify.inference import tails
from verify.report.kinds import account
from verify.verdict import Verdict

GRID = Design(sweep={"n": [64 * 2**k for k in range(10)]})


def _pareto(claim: Rate, count: int = 256) -> dict[Any, Any]:
    rng = np.random.default_rng(1)
    return {
        cell: dict(cell.at)["n"] ** 0.5 * (1 + rng.pareto(1.5, count)) for cell in claim.cells()
    }


def _without_notes(outcome: RateOutcome) -> RateOutcome:
    rows = [msgspec.structs.replace(row, notes=[]) for row in outcome.exponents]
    return msgspec.structs.replace(outcome, exponents=rows)


def test_a_mean_without_variance_is_noted_and_the_report_tells_it() -> None:
    claim = rate(designs=(GRID,))
    found = claim.judge(_pareto(claim))
    notes = found.exponents[0].notes
    assert any("tail index" in note and "is infinite" in note for note in notes)
    assert set(notes) <= set(account(found))


@pytest.mark.parametrize("bound", ["n**(1/2)", "n**(3/2)"])
def test_notes_never_change_a_verdict(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = rate(designs=(GRID,), bound=bound)
    found = claim.judge(_pareto(claim))
    monkeypatch.setattr(tails, "warnings", lambda *_, **__: [])
    silent = claim.judge(_pareto(claim))
    assert silent.exponents[0].notes == []
    assert found.exponents[0].notes != []
    assert msgspec.json.encode(_without_notes(found)) == msgspec.json.encode(silent)


def test_the_median_of_the_same_data_needs_no_note() -> None:
    claim = rate(designs=(GRID,), statistic="median")
    found = claim.judge(_pareto(claim, 8192))
    assert (found.verdict, found.exponents[0].notes) == (Verdict.HOLDS, [])


def test_places_are_named_as_the_design_names_them_where_the_variable_tends_to_zero() -> None:
    sweep = Design(sweep={"n": [2.0**-k for k in range(3, 13)]})
    claim = rate(designs=(sweep,), to_zero=("n",))
    samples = {cell: dict(cell.at)["n"] ** 0.5 * np.ones(256) for cell in claim.cells()}
    samples[claim.cells()[2]][0] *= 255
    assert "at 0.03125 carries 50%" in claim.judge(samples).exponents[0].notes[0]


def test_runs_that_were_read_at_every_size_are_heard_as_one_place() -> None:
    """Ten copies of 64 replicates are 64: too few for a tail index."""
    tail = 1 + np.random.default_rng(3).pareto(1.2, 64)
    for together in (False, True):
        claim = rate(designs=(GRID,), together=together)
        samples = {
            cell: np.multiply.outer(tail, np.power(dict(cell.at)["n"], 0.5))
            for cell in claim.cells()
        }
        notes = claim.judge(samples).exponents[0].notes
        assert any("tail index" in note for note in notes) is not together


def test_what_was_computed_has_no_tail() -> None:
    claim = rate(designs=(GRID,), measure=exact)
    samples = {cell: np.array([exact(**dict(cell.at))]) for cell in claim.cells()}
    assert claim.judge(samples).exponents[0].notes == []


@pytest.mark.parametrize(
    ("statistic", "word"), [("sd", "sd"), (KaplanMeier(), "median time to event")]
)
def test_spread_and_censored_times_are_judged_like_any_statistic(statistic: Any, word: str) -> None:
    claim, rng = rate(designs=(GRID,), statistic=statistic), np.random.default_rng(2)
    samples = {}
    for cell in claim.cells():
        time, stop = rng.lognormal(0, 0.2, 8192), rng.lognormal(0.2, 0.2, 8192)
        if statistic != "sd":
            time = censored(np.minimum(time, stop), time <= stop)
        samples[cell] = dict(cell.at)["n"] ** 0.5 * time
    found = claim.judge(samples)
    assert (found.verdict, found.statistic) == (Verdict.HOLDS, word)
    assert claim.replaced({"bound": "n**(2/5)"}, claim.place).judge(samples).verdict == "REFUTED"


def test_a_budget_that_half_the_runs_exceed_is_inconclusive_and_says_where() -> None:
    claim = rate(designs=(GRID,), statistic=KaplanMeier())
    samples = {cell: np.linspace(1, 2, 32) for cell in claim.cells()}
    samples[claim.cells()[4]] = censored(np.full(32, 1.5), np.arange(32) % 2 == 0)
    row = claim.judge(samples).exponents[0]
    assert (row.verdict, row.reason) == (Verdict.INCONCLUSIVE, "measurement")
    assert "median time to event at 1024 is unknown" in row.detail
