"""A calibration is the same wherever it runs, and says how far it is."""

import pytest

from verify.calibration import study
from verify.calibration.study import calibrate, data_sets
from verify.calibration.table import Calibration, cell_row
from verify.calibration.trial import trial
from verify.calibration.zoo import MAIN, SECOND, SETTINGS
from verify.sampling import open_executor

from .small import sizes


def _small(workers: int, seed: int = 0, chunk: int = 2) -> tuple[Calibration, int]:
    """A calibration and how many data sets it said were done."""
    done: list[int] = []
    with sizes(data_sets=3, inside=3, chunk=chunk), open_executor(workers) as executor:
        found = calibrate(executor, seed=seed, quick=True, advance=done.append)
        assert max(done) <= chunk
        assert sum(done) == data_sets(quick=True)
    return found, sum(done)


def test_the_table_is_the_same_for_any_number_of_processes_and_any_parts() -> None:
    alone, done = _small(1)
    assert done == 2 * 3 * 3 + 3 * 3
    assert _small(2)[0] == alone
    assert _small(1, chunk=100)[0] == alone
    assert _small(1, seed=1)[0].cells != alone.cells


def test_the_rows_are_those_of_the_trials_in_their_order() -> None:
    found, _ = _small(1, seed=5)
    rows = [
        cell_row(zoo, law, setting, [trial(law, setting, 5, index) for index in range(3)])
        for zoo, law in (("main", MAIN[0]), ("second", SECOND[0]))
        for setting in SETTINGS
    ]
    assert found.cells == rows
    assert (found.seed, found.quick) == (5, True)
    assert [row.noise for row in found.inside] == [1e-9, 3e-3, 1e-2]
    assert {row.data_sets for row in found.inside} == {3}


def test_the_checks_are_asked_of_the_main_list_alone() -> None:
    """The second list shows where the interval fails, which is known."""
    seen = []
    with sizes() as patch, open_executor(1) as executor:
        patch.setattr(study, "checks", lambda *given: seen.append(given) or [])
        calibrate(executor, quick=True)
    ((rows, inside, quick),) = seen
    assert {(row.zoo, row.law) for row in rows} == {("main", MAIN[0].name)}
    assert (len(rows), len(inside), quick) == (3, 3, True)


@pytest.mark.parametrize(("quick", "laws", "drawn"), [(True, 60, 150), (False, 800, 600)])
def test_the_number_of_data_sets_is_that_of_the_whole_zoo(
    quick: bool, laws: int, drawn: int
) -> None:
    assert data_sets(quick=quick) == 66 * laws + 3 * drawn
