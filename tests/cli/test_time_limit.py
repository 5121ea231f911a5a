"""`--time-limit`: nothing is begun after it, what is there is judged, what is stored is used."""

import json
from pathlib import Path

import pytest

from .command_line import quick, stored
from .theorem_text import NOISY, write

SLOW = '''
import time


def error(rng, size, n):
    """Takes a tenth of a second for each block."""
    time.sleep(0.1)
    return rng.lognormal(0, 0.5, size) / n**0.5
'''


def test_without_time_nothing_is_measured_and_the_exit_code_is_5(tmp_path: Path) -> None:
    run = quick(tmp_path, write(tmp_path, "slow", SLOW), "--time-limit", "0")
    assert run.code == 5
    assert stored(tmp_path) == []
    assert "time was up before all of its cells had replicates" in run.out
    assert "time was up before the budget was spent" in run.out


def test_what_was_measured_in_time_is_judged_and_kept(tmp_path: Path) -> None:
    """Eight cells take .8 s for the first look, and as long for the next."""
    file = write(tmp_path, "slow", SLOW)
    run = quick(tmp_path, file, "--time-limit", "1", "--json", "found.json")
    assert run.code == 3
    result = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    (claim,) = result["claims"]
    assert result["stopped"]
    assert claim["exponents"][0]["estimate"] == pytest.approx(-0.5, abs=0.3)
    assert claim["reason"] == "width"
    assert 8 <= len(stored(tmp_path)) < 16
    assert claim["replicates"] in (32, 64)


def test_what_is_stored_needs_no_time(tmp_path: Path) -> None:
    file = write(tmp_path, "noisy", NOISY)
    whole = quick(tmp_path, file, "--json", "whole.json")
    again = quick(tmp_path, file, "--time-limit", "0", "--json", "again.json")
    assert again.code == whole.code
    first, second = (
        json.loads((tmp_path / name).read_text(encoding="utf-8"))
        for name in ("whole.json", "again.json")
    )
    assert first["claims"] == second["claims"]
    assert not second["stopped"]


@pytest.mark.parametrize("value", ["-1", "soon"])
def test_a_limit_is_a_number_of_seconds(tmp_path: Path, value: str) -> None:
    run = quick(tmp_path, write(tmp_path, "noisy", NOISY), "--time-limit", value)
    assert run.code == 2
    assert "--time-limit" in run.err
