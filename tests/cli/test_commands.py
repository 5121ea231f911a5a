"""The commands about a theorem beside its run: `show`, `plan`, `cite`, `new`."""

from pathlib import Path

import pytest

from .command_line import quick, stored, verify
from .theorem_text import DRAWS, rate, write


def test_show_prints_what_a_theorem_says(tmp_path: Path) -> None:
    run = verify(tmp_path, "show", write(tmp_path, "draws", DRAWS))
    assert (run.code, run.err) == (0, "")
    for words in ("draws  A small theorem", "(iid) the draws are independent", "exponent -1/2"):
        assert words in run.out
    assert "but tenth: an exponent off by a tenth" in run.out


def test_plan_counts_the_cells_and_measures_none(tmp_path: Path) -> None:
    name = write(tmp_path, "draws", DRAWS, rate("upper"), rate("again"))
    run = verify(tmp_path, "plan", name, "--budget", "quick")
    assert run.code == 0
    assert "draws: 8 cells, 1,024 replicates at budget quick" in run.out
    assert run.out.count("128 x error(n=") == 8
    assert stored(tmp_path) == []


def test_cite_prints_each_work_once(tmp_path: Path) -> None:
    run = verify(tmp_path, "cite", "lipschitz_regression", "lipschitz_regression")
    assert run.code == 0
    assert run.out.count("@") == 1
    assert "minoza2026" in run.out


def test_a_new_theorem_runs_as_it_is_told(tmp_path: Path) -> None:
    written = verify(tmp_path, "new", "fresh_one")
    assert written.code == 0
    words = written.out.partition("python -m verify ")[2].split()
    assert words == ["fresh_one.py"]
    assert verify(tmp_path, *words, "--workers", "1").code == 0
    assert quick(tmp_path, *words).code == 0
    before = (tmp_path / "fresh_one.py").read_bytes()
    again = verify(tmp_path, "new", "fresh_one")
    assert again.code == 2
    assert "fresh_one.py exists already; choose another id" in again.err
    assert (tmp_path / "fresh_one.py").read_bytes() == before


@pytest.mark.parametrize("name", ["2x", "list", "numpy"])
def test_a_new_theorem_needs_a_free_name(tmp_path: Path, name: str) -> None:
    run = verify(tmp_path, "new", name)
    assert run.code == 2
    assert repr(name) in run.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["show", "plan", "cite"])
def test_a_malformed_theorem_is_refused_by_every_command(tmp_path: Path, command: str) -> None:
    name = write(tmp_path, "malformed")
    text = (tmp_path / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace("source=", "sorce="), encoding="utf-8")
    run = verify(tmp_path, command, name)
    assert run.code == 2
    assert "did you mean 'source'?" in run.err


@pytest.mark.parametrize("word", ["reproduce", "fitt"])
def test_only_commands_that_exist_are_suggested(tmp_path: Path, word: str) -> None:
    run = verify(tmp_path, word)
    assert run.code == 2
    suggested = run.err.partition("did you mean '")[2].partition("'")[0]
    assert suggested != word
    if suggested:
        assert verify(tmp_path, suggested, "--help").code == 0


OPEN = DRAWS.replace("0.01", "0.5")
"""With more noise than the quick budget can bear, and not much more."""


def test_a_pilot_tells_what_a_budget_is_likely_to_decide(tmp_path: Path) -> None:
    file = write(tmp_path, "open", OPEN)
    plain = verify(tmp_path, "plan", file, "--budget", "quick")
    assert stored(tmp_path) == []
    found = verify(tmp_path, "plan", file, "--budget", "quick", "--pilot")
    assert found.code == 0
    assert found.out.startswith(plain.out)
    assert "upper: this budget is not likely to decide it along n (" in found.out
    assert "would decide it" in found.out
    assert len(stored(tmp_path)) == 8


def test_a_run_says_so_before_it_spends_a_budget_that_cannot_decide(tmp_path: Path) -> None:
    file = write(tmp_path, "open", OPEN)
    found = quick(tmp_path, file)
    assert found.out.index("upper: this budget is not likely") < found.out.index("INCONCLUSIVE")
    assert found.out.count("would decide it") >= 2, "before, and in the verdict"
    assert "not likely" not in quick(tmp_path, file, "--quiet").text
