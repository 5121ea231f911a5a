"""What is asked: every limit from both sides, on rows that are made by hand."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from scipy.stats import binom

from verify.calibration import asked as module
from verify.calibration.asked import COVERAGE, ERROR, INSIDE_HOLDS, NEVER, REFUTES, WIDTH_RATIO
from verify.calibration.table import CellRow, Check
from verify.calibration.zoo import MAIN, SETTINGS

from .made import asked, calibration, inside, main, reference

ERRORS = {"false_refuted": "true claims REFUTED", "false_holds": "wrong claims that HOLD"}
CELLS = 42
PLACE = 17
"""The cell of the main list that is spoilt: a law in the second setting."""


def _spoilt(**changes: object) -> list[CellRow]:
    rows = main()
    rows[PLACE] = replace(rows[PLACE], **changes)
    return rows


def _missed(found: Sequence[Check]) -> list[str]:
    return [check.asks for check in found if not check.met]


def test_good_rows_meet_all_that_is_asked() -> None:
    assert len(main()) == CELLS
    assert [_missed(asked(main(), quick=quick)) for quick in (False, True)] == [[], []]
    assert [len(asked(main(), quick=quick)) for quick in (False, True)] == [21, 19]
    assert calibration().passed


def test_the_limits_are_those_that_are_promised() -> None:
    assert (COVERAGE, ERROR, NEVER) == (0.93, 0.03, 0.045)


def test_a_coverage_of_nine_tenths_is_a_miss_and_noise_is_not() -> None:
    assert _missed(asked(_spoilt(coverage=0.925))) == []
    found = asked(_spoilt(coverage=0.90))
    assert _missed(found) == ["coverage not significantly below"]
    (miss,) = (check for check in found if not check.met)
    assert (miss.found, miss.limit) == (0.90, COVERAGE)
    assert miss.where == f"{MAIN[PLACE - len(MAIN)].name}, {SETTINGS[1].label}"


@pytest.mark.parametrize("count", [42, 60, 800])
def test_coverage_is_held_against_its_limit_by_holms_first_step(count: int) -> None:
    for covered in range(int(0.75 * count), int(0.96 * count)):
        met = asked(_spoilt(coverage=covered / count, data_sets=count))[0].met
        assert met == (CELLS * binom.cdf(covered, count, COVERAGE) >= 0.05), covered


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("count", [60, 800])
def test_errors_are_held_against_their_limit_by_holms_first_step(name: str, count: int) -> None:
    for wrong in range(int(0.2 * count)):
        rows = _spoilt(**{name: wrong / count, "data_sets": count})
        (check,) = (
            one for one in asked(rows) if one.asks == f"{ERRORS[name]} not significantly above"
        )
        assert check.met == (CELLS * binom.sf(wrong - 1, count, ERROR) >= 0.05), wrong


def test_the_number_of_cells_counts() -> None:
    """By itself the cell would be a miss, with a chance of about .01; among three it still is."""
    covered = int(binom.ppf(0.01, 800, COVERAGE))
    assert 0.005 < binom.cdf(covered, 800, COVERAGE) < 0.015
    rows = _spoilt(coverage=covered / 800)
    assert _missed(asked(rows)) == []
    alone = [row for row in rows if row.law == rows[PLACE].law]
    assert len(alone) == 3
    assert _missed(asked(alone)) == ["coverage not significantly below"]


def test_the_worst_cell_is_the_least_likely_one_and_not_the_most_extreme() -> None:
    rows = _spoilt(coverage=0.91)
    rows[0] = replace(rows[0], coverage=0.9, data_sets=30)
    assert asked(rows)[0].found == 0.91


@pytest.mark.parametrize("name", ERRORS)
def test_an_estimate_above_never_is_a_miss_although_not_significant(name: str) -> None:
    asks = f"{ERRORS[name]} in any cell, at most"
    assert _missed(asked(_spoilt(**{name: 36 / 800}))) == []
    found = asked(_spoilt(**{name: 37 / 800}))
    assert _missed(found) == [asks]
    assert next(one.found for one in found if one.asks == asks) == 37 / 800
    assert asks not in [one.asks for one in asked(main(), quick=True)]
    assert _missed(asked(_spoilt(**{name: 37 / 800}), quick=True)) == []


def _in(rows: list[CellRow], place: int, **changes: object) -> list[CellRow]:
    """The rows with changes in one setting."""
    points, replicates = SETTINGS[place].points, SETTINGS[place].replicates
    return [
        replace(row, **changes) if (row.points, row.replicates) == (points, replicates) else row
        for row in rows
    ]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_width_is_held_against_its_level(place: int) -> None:
    limit = 1.15 * WIDTH_RATIO[SETTINGS[place]]
    for off in (-1e-6, 1e-6):
        found = asked(_in(main(), place, half_width=0.1 * (limit + off)))
        misses = [(one.asks, one.where) for one in found if not one.met]
        expected = ("width relative to the profile's, at most", SETTINGS[place].label)
        assert misses == ([expected] if off > 0 else [])


def test_the_width_is_a_geometric_mean_over_the_laws() -> None:
    """Two laws with the ratios 8 and 2 have the mean 4; it is relative to each law's profile."""
    rows = [row for row in main() if row.law in {MAIN[0].name, MAIN[1].name}]
    wide = [replace(row, half_width=8 if row.law == MAIN[0].name else 0.2) for row in rows]
    profiles = [reference(1.0 if row.law == MAIN[0].name else 0.1) for row in rows]
    wide = [replace(row, profile=one) for row, one in zip(wide, profiles, strict=True)]
    found = [one.found for one in asked(wide) if one.asks.startswith("width")]
    assert found == pytest.approx([4.0] * 3)


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("side", ["refutes_o", "refutes_omega"])
def test_the_power_to_refute_is_held_against_its_level(place: int, side: str) -> None:
    """The mean over both relations."""
    other = {"refutes_o": "refutes_omega", "refutes_omega": "refutes_o"}[side]
    limit = REFUTES[SETTINGS[place]]
    for off in (-1e-6, 1e-6):
        changes = {side: limit - 0.05 + 2 * off, other: limit + 0.05}
        misses = [
            (one.asks, one.where) for one in asked(_in(main(), place, **changes)) if not one.met
        ]
        expected = ("power to refute a claim wrong by a tenth, at least", SETTINGS[place].label)
        assert misses == ([expected] if off < 0 else [])


def test_power_is_asked_of_the_average_law() -> None:
    assert _missed(asked(_spoilt(refutes_o=0.0, refutes_omega=0.0, holds_o=0.0))) == []


def test_a_true_claim_must_hold_often_enough_in_the_largest_setting_alone() -> None:
    asks = "power to hold a true O claim, at least"
    assert _missed(asked(_in(main(), 2, holds_o=0.4 + 1e-6))) == []
    assert _missed(asked(_in(main(), 2, holds_o=0.4 - 1e-6))) == [asks]
    assert _missed(asked(_in(_in(main(), 0, holds_o=0.0), 1, holds_o=0.0))) == []


@pytest.mark.parametrize("place", [0, 1, 2])
def test_laws_inside_the_family_are_held_against_their_limits(place: int) -> None:
    row = inside()[place]
    limits = {
        "coverage": (COVERAGE, -1, "coverage, at least"),
        "model_rejected": (ERROR, 1, "model rejected, at most"),
        "holds_theta": (INSIDE_HOLDS[row.noise], -1, "power to hold a true Theta, at least"),
    }
    for name, (limit, bad, asks) in limits.items():
        for value, expected in ((limit, []), (limit + bad * 1e-6, [asks])):
            rows = inside()
            rows[place] = replace(row, **{name: value})
            found = asked(main(), rows)
            assert _missed(found) == expected
            assert {one.where for one in found if not one.met} <= {
                f"laws inside the family, noise {row.noise:g}"
            }


def test_there_is_a_level_for_every_setting_and_noise() -> None:
    assert list(WIDTH_RATIO) == list(REFUTES) == list(SETTINGS)
    assert list(INSIDE_HOLDS) == [row.noise for row in inside()]
    assert list(module.HOLDS_O) == [SETTINGS[2]]
