"""The cheapest experiment that is likely to decide: against all others; and one comes true."""

from math import log2
from typing import Any

import numpy as np
import pytest

from tests.planning.pilots import LAWS, made_up, pilot_of, realised
from tests.spec.specs import GRID, exact, rate
from verify.calibration.zoo import Setting
from verify.planning import recommendation as room
from verify.planning.allocation import allocation
from verify.planning.pilot import read_pilot
from verify.planning.proposal import Change, longer, propose
from verify.planning.recommendation import AIM, LADDER, recommend
from verify.verdict import LEVEL, Relation


@pytest.mark.parametrize("cost", ["1", "n**(1/2)", "n", "n**2"])
@pytest.mark.parametrize("worth", [0.05, 0.08, 0.11, 0.3])
def test_no_other_experiment_that_is_likely_enough_is_cheaper(
    cost: str, worth: float, monkeypatch: Any
) -> None:
    def chance(change: Change) -> float:
        return worth * (change.places + log2(change.replicates))

    monkeypatch.setattr(room, "propose", made_up(chance))
    claim, seen = pilot_of(LAWS["3 n^.5"])
    claim = claim.replaced({"cost": cost}, claim.place)

    def price(change: Change) -> float:
        design = longer(claim, seen.design, change.places)
        return change.replicates * sum(claim.costs_in(design).values())

    every = [Change(places=m, replicates=k) for m in range(9) for k in LADDER]
    enough = [one for one in every if chance(one) >= AIM]
    found = recommend(claim, seen).change
    if enough:
        assert price(found) == min(map(price, enough))
        assert chance(found) >= AIM
    else:
        assert found == Change(places=8, replicates=LADDER[-1])


def test_an_exact_measure_needs_places_alone() -> None:
    claim = rate(measure=exact, controls=())
    samples = {cell: np.array([exact(**dict(cell.at))]) for cell in claim.cells()}
    found = recommend(claim, read_pilot(claim, GRID, samples))
    assert found.change == Change()
    assert set(found.replicates.values()) == {1}
    assert found.forecast.holds == 1.0


def test_replicates_are_allocated_by_cost() -> None:
    claim, seen = pilot_of(LAWS["min(n^(2/3), sqrt(20 n))"])
    claim = claim.replaced({"cost": "n"}, claim.place)
    found = propose(claim, seen, 64, Change(places=2, replicates=4), LEVEL)
    costs = claim.costs_in(found.design)
    assert found.replicates == allocation(costs, 256)
    assert found.forecast.cost == sum(costs[k] * found.replicates[k] for k in costs)
    assert found.forecast.cost <= 256 * sum(costs.values())


def test_a_true_claim_holds_as_often_as_is_forecast_where_it_is_recommended() -> None:
    """Of 50 data sets: .8 less two binomial standard errors; the study has all laws."""
    law = LAWS["5 n^.25"]
    claim, seen = pilot_of(law)
    found = recommend(claim, seen)
    assert found.forecast.holds >= AIM
    setting = Setting(len(found.design.grid), min(found.replicates.values()))
    _, share = realised(law, setting, Relation.THETA, 50)
    assert share >= 0.8 - 2 * np.sqrt(0.8 * 0.2 / 50)


def test_a_law_that_nothing_decides_gets_the_largest_experiment() -> None:
    claim, seen = pilot_of(LAWS["n^(2/3) + 12 n^.5"])
    found = recommend(claim, seen)
    assert found.forecast.holds < AIM
    assert found.change == Change(places=8, replicates=LADDER[-1])
    assert set(found.replicates.values()) == {4096}
