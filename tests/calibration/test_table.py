"""Rates from trials that are made by hand."""

import pytest

from verify.calibration.table import Calibration, Check, cell_row, inside_row
from verify.calibration.zoo import MAIN, SETTINGS

from .made import a_trial, an_inside_trial

RATES = {
    "coverage": "covered",
    "model_rejected": "model_rejected",
    "false_refuted": "false_refuted",
    "false_holds": "false_holds",
    "refutes_o": "refuted_o",
    "refutes_omega": "refuted_omega",
    "holds_o": "holds_o",
    "holds_omega": "holds_omega",
    "holds_theta": "holds_theta",
}
OF_PROFILE = {
    "coverage": "profile_covered",
    "refutes_o": "profile_refuted_o",
    "refutes_omega": "profile_refuted_omega",
}


@pytest.mark.parametrize("name", RATES)
def test_a_rate_is_the_share_of_the_trials_and_of_no_other_question(name: str) -> None:
    trials = [a_trial(**{RATES[name]: index < 3}) for index in range(4)]
    row = cell_row("main", MAIN[1], SETTINGS[1], trials)
    assert {one: getattr(row, one) for one in RATES} == dict.fromkeys(RATES, 0.0) | {name: 0.75}
    assert (row.profile.coverage, row.profile.refutes_o, row.profile.refutes_omega) == (0, 0, 0)


@pytest.mark.parametrize("name", OF_PROFILE)
def test_the_rates_of_the_profile_are_apart(name: str) -> None:
    trials = [a_trial(**{OF_PROFILE[name]: index == 0}) for index in range(4)]
    row = cell_row("main", MAIN[1], SETTINGS[1], trials)
    expected = dict.fromkeys(OF_PROFILE, 0.0) | {name: 0.25}
    assert {one: getattr(row.profile, one) for one in OF_PROFILE} == expected
    assert [getattr(row, one) for one in RATES] == [0.0] * 9


def test_a_row_says_what_it_is_of() -> None:
    row = cell_row("second", MAIN[1], SETTINGS[1], [a_trial(0.1, 0.2), a_trial(0.3, 0.7)])
    assert (row.zoo, row.law, row.points, row.replicates) == ("second", MAIN[1].name, 10, 256)
    assert row.data_sets == 2
    assert row.first == (0.1, 0.2)


def test_half_widths_are_geometric_means() -> None:
    """Of 2, 8 and 4: 4, where the mean is 4.67."""
    wide = [a_trial(0, width, profile_width=3 * width) for width in (2.0, 8.0, 4.0)]
    row = cell_row("main", MAIN[0], SETTINGS[0], wide)
    assert row.half_width == pytest.approx(2)
    assert row.profile.half_width == pytest.approx(6)
    inner = inside_row(1e-2, [an_inside_trial(width) for width in (2.0, 8.0)])
    assert inner.half_width == pytest.approx(2)


@pytest.mark.parametrize(
    ("name", "field"),
    [("coverage", "covered"), ("model_rejected", "model_rejected"), ("holds_theta",) * 2],
)
def test_rates_of_laws_inside_the_family(name: str, field: str) -> None:
    row = inside_row(3e-3, [an_inside_trial(**{field: index < 1}) for index in range(4)])
    rates = {one: getattr(row, one) for one in ("coverage", "model_rejected", "holds_theta")}
    assert rates == dict.fromkeys(rates, 0.0) | {name: 0.25}
    assert (row.noise, row.data_sets) == (3e-3, 4)


def test_one_check_that_is_missed_is_enough() -> None:
    def found(*met: bool) -> bool:
        checks = [Check(asks="a", found=0.0, limit=0.0, met=one, where="") for one in met]
        return Calibration(seed=0, quick=True, cells=[], inside=[], checks=checks).passed

    assert found(True, True)
    assert not found(True, False, True)
