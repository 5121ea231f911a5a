"""What the words on the command line mean: an id, a package, one claim, a path; and again."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from .command_line import quick, verify
from .theorem_text import DRAWS, ROOT, rate, write


@pytest.fixture(scope="module")
def project(folder: Path) -> Path:
    """A working folder whose settings name a package of two theorems, one with two claims."""
    (folder / "setup.cfg").write_text("[verify]\npaths = papers\n", encoding="utf-8")
    (folder / "papers/pair").mkdir(parents=True)
    write(folder / "papers/pair", "first", ROOT, rate("upper"), rate("lower"))
    write(folder / "papers/pair", "second", DRAWS)
    return folder


def claims(folder: Path, *words: str) -> list[str]:
    """The claims that a command line runs, as `theorem:claim`."""
    run = quick(folder, *words, "--json", "-", "--quiet")
    assert run.code == 0
    found = json.loads(run.out)
    results = found.get("results", [found])
    return [f"{one['theorem']}:{claim['id']}" for one in results for claim in one["claims"]]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("first:lower", "first:lower"),
        ("papers/pair/first.py:upper", "first:upper"),
        ("run second", "second:upper"),
        ("pair", "first:upper first:lower second:upper"),
        ("first first papers/pair/first.py", "first:upper first:lower"),
        ("second pair", "second:upper first:upper first:lower"),
    ],
)
def test_words_mean_theorems_each_once(project: Path, words: str, meant: str) -> None:
    assert claims(project, *words.split()) == meant.split()


def test_an_id_of_the_library_runs_anywhere(tmp_path: Path) -> None:
    assert claims(tmp_path, "lipschitz_regression:lower") == ["lipschitz_regression:lower"]


def test_the_printed_command_repeats_the_run(tmp_path: Path) -> None:
    name = write(tmp_path, "draws", DRAWS)
    (tmp_path / name).rename(tmp_path / "my [own] draws.py")
    first = quick(tmp_path, "my [own] draws.py:upper", "--seed", "11", "--json", "-")
    printed = next(line for line in first.err.splitlines() if "repeat: " in line)
    words = shlex.split(printed.partition("repeat: ")[2])
    assert words[:3] == ["python", "-m", "verify"]
    again = verify(tmp_path, *words[3:], "--fresh")
    assert again.code == first.code == 0
    assert _found(again.out) == _found(first.out)


def _found(text: str) -> Any:
    return json.loads(text)["claims"]


def test_what_a_theorem_says_is_printed_as_it_is_written(tmp_path: Path) -> None:
    title = "Of [bold]norms[/bold] :key: and \\\\alpha"
    run = quick(tmp_path, write(tmp_path, "written", ROOT, title=title))
    assert title.replace("\\\\", "\\") in run.out
