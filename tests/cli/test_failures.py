"""A measurement that fails exits with 4: it is told which, and all else is reported and kept."""

import json
from pathlib import Path
from typing import Any

import pytest

from .command_line import Run, quick, stored
from .theorem_text import GRID, ROOT, TENTH, rate, write

MEASURES = """
def error(n):
    with open("calls", "a") as calls:
        calls.write(f"{n}\\n")
    return n**-0.5


def raising(n):
    if n == 64:
        raise ValueError("64 is [too] many")
    return n**-0.5


def undefined(rng, size, n):
    return np.where(n == 64, np.nan, n**-0.5 * rng.lognormal(0, 0.01, size))


def misshapen(rng, size, n):
    return np.ones(size + (n == 64)) * n**-0.5


def negative(n):
    return -1.0


def half_raising(n, d):
    return n**-0.5 / (2 - d)


def leaving(n):
    sys.exit(0)
"""
BROKEN = [rate("well"), *(rate(name, measure=name) for name in ("raising", "undefined"))]
BROKEN.append(rate("misshapen", measure="misshapen"))
NEAR = TENTH.replace("2/5", "13/30")
HALVES = ", ".join(GRID.replace("]}", f"]}}, at={{'d': {d}}}") for d in (1, 2))
CELLS = {
    "raising(n=64)": "ValueError: 64 is [too] many",
    "undefined(n=64)": "undefined returned nan; expected finite numbers",
    "misshapen(n=64)": "misshapen returned shape (33,); expected (32,)",
}


@pytest.fixture(scope="module")
def broken(folder: Path) -> Run:
    return quick(folder, write(folder, "broken", MEASURES, *BROKEN), "--json", "broken.json")


@pytest.fixture(scope="module")
def result(folder: Path, broken: Run) -> Any:
    return json.loads((folder / "broken.json").read_text(encoding="utf-8"))


def test_a_measurement_that_fails_exits_with_4(broken: Run) -> None:
    assert broken.code == 4
    assert broken.out.count("not measured") == len(CELLS)
    assert broken.out.count("a measurement failed") == len(CELLS)


@pytest.mark.parametrize("cell", CELLS)
def test_the_cell_the_error_and_a_file_with_the_traceback_are_named(
    folder: Path, broken: Run, result: Any, cell: str
) -> None:
    assert f"not measured {cell}: {CELLS[cell]}" in broken.out
    failure = next(one for one in result["failures"] if one["cell"] == cell)
    assert failure["error"] == CELLS[cell]
    assert f"traceback: {failure['trace']}" in broken.out
    trace = (folder / failure["trace"]).read_text(encoding="utf-8")
    assert trace.startswith("Traceback (most recent call last)")
    assert CELLS[cell].removeprefix("ValueError: ") in trace


def test_other_claims_are_still_reported(broken: Run, result: Any) -> None:
    verdicts = {claim["id"]: (claim["verdict"], claim["reason"]) for claim in result["claims"]}
    failed = ("INCONCLUSIVE", "measurement")
    assert verdicts.pop("well")[0] == "HOLDS"
    assert verdicts == {"raising": failed, "undefined": failed, "misshapen": failed}
    assert "well: HOLDS" in broken.out


@pytest.mark.usefixtures("broken")
def test_other_cells_are_kept_and_not_measured_again(folder: Path) -> None:
    kept = {one for one in stored(folder) if "64" not in one}
    assert len(kept) == 4 * 7
    assert 'broken.error {"n":64}' in stored(folder)
    assert 'broken.raising {"n":64}' not in stored(folder)
    calls = (folder / "calls").read_text(encoding="utf-8")
    assert quick(folder, "broken.py").code == 4
    assert (folder / "calls").read_text(encoding="utf-8") == calls


@pytest.mark.parametrize(
    "claims",
    [
        [rate("upper", TENTH, 'but("other", "it is not", measure=raising)')],
        [rate("upper", NEAR, measure="half_raising", bound="n**(-1/3)", designs=HALVES)],
        [rate(measure="leaving")],
    ],
    ids=["in a control", "in one design of two", "by sys.exit(0)"],
)
def test_a_failure_comes_before_every_verdict(tmp_path: Path, claims: list[str]) -> None:
    name = write(tmp_path, "failing", MEASURES, *claims)
    assert quick(tmp_path, name, "--allow-inconclusive").code == 4


def test_a_rate_without_a_logarithm_says_where_and_what_to_do(tmp_path: Path) -> None:
    run = quick(tmp_path, write(tmp_path, "failing", MEASURES, rate(measure="negative")))
    assert run.code == 4
    assert "at 8 is not a positive finite number" in run.out
    assert "measure a distance, an error or a cost" in run.out


def test_a_traceback_that_cannot_be_kept_does_not_end_the_run(tmp_path: Path) -> None:
    (tmp_path / ".verify").mkdir()
    (tmp_path / ".verify/failures").write_text("in the way", encoding="utf-8")
    run = quick(tmp_path, write(tmp_path, "failing", MEASURES, *BROKEN[:2]))
    assert run.code == 4
    assert "64 is [too] many" in run.text


def test_a_damaged_store_exits_with_4_and_a_way_out_that_works(tmp_path: Path) -> None:
    name, store = write(tmp_path, "sound", ROOT), tmp_path / ".verify/store.sqlite"
    store.parent.mkdir()
    store.write_bytes(b"not a database at all" * 300)
    run = quick(tmp_path, name)
    assert run.code == 4
    assert run.err.startswith("error: the store .verify/store.sqlite cannot be used: ")
    assert "Move the file away to start a new one" in run.err
    assert "store = PATH under [verify] in setup.cfg" in run.err
    (tmp_path / "setup.cfg").write_text("[verify]\nstore = other.sqlite\n", encoding="utf-8")
    assert quick(tmp_path, name).code == 0
