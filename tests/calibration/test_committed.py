"""The committed calibration is that of the present estimator, and its page that of its rates."""

from pathlib import Path

import pytest

from verify.calibration.asked import checks
from verify.calibration.inside import NOISES
from verify.calibration.table import Calibration
from verify.calibration.trial import trial
from verify.calibration.zoo import SETTINGS, ZOOS
from verify.report.calibration import from_json, markdown

FOLDER = Path(__file__).parents[2] / "reports"
COMMAND = (
    "python -m verify calibrate --json reports/calibration.json "
    "--markdown reports/calibration.md --plot reports/calibration.svg"
)
AGAIN = "run `make calibration` and commit what it writes"


@pytest.fixture(scope="module")
def found() -> Calibration:
    return from_json((FOLDER / "calibration.json").read_bytes())


def test_it_is_passed_and_of_the_standard_size(found: Calibration) -> None:
    assert found.passed
    assert not found.quick
    assert found.seed == 0
    assert min(row.data_sets for row in (*found.cells, *found.inside)) >= 600


def test_it_has_every_law_setting_and_noise(found: Calibration) -> None:
    expected = [
        (zoo, law.name, setting.points, setting.replicates)
        for zoo, laws in ZOOS.items()
        for setting in SETTINGS
        for law in laws
    ]
    cells = [(row.zoo, row.law, row.points, row.replicates) for row in found.cells]
    assert cells == expected, AGAIN
    assert [row.noise for row in found.inside] == list(NOISES), AGAIN


def test_the_first_data_set_of_every_cell_gives_the_interval_that_is_recorded(
    found: Calibration,
) -> None:
    laws = {(zoo, law.name): law for zoo, of_zoo in ZOOS.items() for law in of_zoo}
    settings = {(one.points, one.replicates): one for one in SETTINGS}
    for row in found.cells:
        setting = settings[row.points, row.replicates]
        one = trial(laws[row.zoo, row.law], setting, found.seed, 0)
        assert (one.low, one.high) == pytest.approx(row.first, abs=1e-5), (row.law, AGAIN)


def test_the_checks_are_those_that_are_asked_today(found: Calibration) -> None:
    main = [row for row in found.cells if row.zoo == "main"]
    asked = list(checks(main, found.inside, found.quick))
    assert [(one.asks, one.where, one.met) for one in asked] == [
        (one.asks, one.where, one.met) for one in found.checks
    ], AGAIN
    numbers = [number for one in asked for number in (one.found, one.limit)]
    recorded = [number for one in found.checks for number in (one.found, one.limit)]
    assert numbers == pytest.approx(recorded, abs=1e-5), AGAIN


def test_the_page_says_what_the_rates_say(found: Calibration) -> None:
    page = (FOLDER / "calibration.md").read_text(encoding="utf-8")
    assert page == markdown(found, COMMAND, "calibration.svg"), AGAIN
    assert "](calibration.svg)" in page


def test_the_picture_is_there(found: Calibration) -> None:
    picture = (FOLDER / "calibration.svg").read_text(encoding="utf-8")
    assert all(row.law in picture for row in found.cells), AGAIN
