"""`compare`, `reproduce`, `cells`, `--events`, and what an interrupted run leaves in --json."""

import json
from pathlib import Path
from typing import Any

import pytest

from .command_line import quick, stored, verify
from .theorem_text import DRAWS, ROOT, rate, write

STOPS = "def error(n):\n    raise KeyboardInterrupt\n"


@pytest.fixture(scope="module")
def ran(folder: Path) -> Path:
    """A folder with a theorem, its result, and the events of the run."""
    name = write(folder, "drawn", DRAWS, rate())
    assert quick(folder, name, "--json", "old.json", "--events", "events").code == 0
    return folder


def test_events_tell_a_run_from_its_plan_to_its_digest(ran: Path) -> None:
    lines = (ran / "events").read_text(encoding="utf-8").splitlines()
    events: list[dict[str, Any]] = [json.loads(line) for line in lines]
    assert [one["event"] for one in events] == ["planned", "measured", "judged", "finished"]
    assert events[0]["replicates"] == 8 * 128
    assert (events[2]["claim"], events[2]["verdict"], events[2]["done"]) == ("upper", "HOLDS", True)
    assert len(events[3]["digest"]) == 32
    assert all(one["time"].endswith("+00:00") for one in events)


def test_a_result_is_reproduced_to_the_last_digit(ran: Path) -> None:
    before = stored(ran)
    run = verify(ran, "reproduce", "old.json", "drawn.py", "--workers", "1")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("drawn: the same digits, ")
    assert stored(ran) == before, "nothing is taken from the store, or added to it"


def test_a_theorem_that_is_not_announced_has_to_be_named(ran: Path) -> None:
    run = verify(ran, "reproduce", "old.json")
    assert run.code == 2
    assert "name its file: verify reproduce old.json FILE.py" in run.err


def test_other_digits_exit_with_1_and_are_told(ran: Path, tmp_path: Path) -> None:
    (tmp_path / "old.json").write_bytes((ran / "old.json").read_bytes())
    write(tmp_path, "drawn", DRAWS.replace("-0.5", "-0.51"), rate())
    run = verify(tmp_path, "reproduce", "old.json", "drawn.py", "--workers", "1")
    assert run.code == 1
    assert "drawn: NOT the same; beyond 1e-09 relative" in run.out
    assert "exponent of n" in run.out
    assert "came about with declaration or source: " in run.out


def test_a_result_compared_with_itself_and_with_another(ran: Path, tmp_path: Path) -> None:
    same = verify(ran, "compare", "old.json", "old.json")
    assert (same.code, same.out) == (0, "no difference\n")
    name = write(tmp_path, "drawn", DRAWS.replace("-0.5", "-0.7"), rate())
    assert quick(tmp_path, name, "--json", "new.json").code == 1
    other = verify(ran, "compare", "old.json", str(tmp_path / "new.json"))
    assert other.code == 1
    assert "drawn:upper  verdict: HOLDS (" in other.out
    assert "SIGNIFICANT" in other.out
    assert other.out.rstrip().endswith("significant")


def test_cells_are_listed_exported_and_pruned(ran: Path) -> None:
    listed = verify(ran, "cells").out.splitlines()
    assert listed[0].split() == ["measure", "seed", "source", "cells", "blocks", "MB"]
    assert listed[1].split()[:2] + listed[1].split()[3:] == ["drawn.error", "0", "8", "8", "0.00"]
    for file in ("cells.csv", "cells.parquet"):
        assert f"wrote 256 rows to {file}" in verify(ran, "cells", "export", file).err
    csv = (ran / "cells.csv").read_text(encoding="utf-8").splitlines()
    assert csv[0] == "measure,seed,source,replicate,n,column,value"
    assert len(csv) == 257
    assert "would remove 0 blocks" in verify(ran, "cells", "prune", "drawn.py", "--dry-run").out
    write(ran, "drawn", DRAWS + "# edited\n", rate())
    assert "removed 8 blocks" in verify(ran, "cells", "prune", "drawn.py").out
    assert stored(ran) == []
    write(ran, "drawn", DRAWS, rate())


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["cells"], "there is no store at .verify/store.sqlite"),
        (["cells", "prune"], "name theorems whose outdated cells go, or pass --measure or --seed"),
        (["cells", "export", "cells.xls"], "expected .csv or .parquet"),
        (
            ["cells", "export", "none/cells.csv"],
            "none/cells.csv: expected a file in a folder",
        ),
        (["compare", "none.json", "none.json"], "none.json"),
    ],
)
def test_a_wrong_question_is_refused(tmp_path: Path, words: list[str], error: str) -> None:
    run = verify(tmp_path, *words)
    assert run.code == 2
    assert error in run.err


def test_what_an_interrupted_run_finished_is_in_its_json(tmp_path: Path) -> None:
    names = [write(tmp_path, "first", ROOT), write(tmp_path, "second", STOPS)]
    names.append(write(tmp_path, "third", ROOT))
    run = quick(tmp_path, *names, "--json", "found.json")
    assert run.code == 130
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert [one["theorem"] for one in found["results"]] == ["first"]
    assert found["unfinished"] == ["second", "third"]
    assert verify(tmp_path, "report", "found.json").code == 0
