"""Theorems are found in packages, in the project's paths, and by path; none is imported to list."""

import sys
from pathlib import Path

import pytest

from verify.discovery import Entry, catalogue, find, load
from verify.errors import InputError

MINIMAL = 'from verify import Theorem\nTHEOREM = Theorem(id="{id}", title="A title")\n'


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_library_is_found_by_its_entry_point() -> None:
    found = {entry.id: entry.module for entry in catalogue()}
    assert found["lipschitz_regression"] == "theorems.lipschitz_regression"
    assert found["monte_carlo"] == "theorems.monte_carlo"


def test_listing_imports_nothing(tmp_path: Path) -> None:
    _write(tmp_path / "trap.py", "raise SystemExit\n" + MINIMAL.format(id="trap"))
    entry = next(one for one in catalogue([tmp_path]) if one.id == "trap")
    assert entry == Entry("trap", "A title", tmp_path / "trap.py", None)


def test_files_without_a_theorem_are_passed_over(tmp_path: Path) -> None:
    _write(tmp_path / "simulator.py", "x = 1\n")
    assert catalogue([tmp_path]) == catalogue()


def test_two_theorems_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("one", "two"):
        _write(tmp_path / f"{name}.py", MINIMAL.format(id="same"))
    with pytest.raises(InputError, match=r"the id 'same': .*one\.py and .*two\.py; rename"):
        catalogue([tmp_path])


def test_a_name_is_an_id_or_a_group_or_a_path(tmp_path: Path) -> None:
    file = _write(tmp_path / "paper" / "first.py", MINIMAL.format(id="first"))
    _write(tmp_path / "paper" / "second.py", MINIMAL.format(id="second"))
    entries = catalogue([tmp_path])
    assert [one.id for one in find("first", entries)] == ["first"]
    assert [one.id for one in find("paper", entries)] == ["first", "second"]
    assert [one.id for one in find(str(file), entries)] == ["first"]


def test_an_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean 'monte_carlo'"):
        find("montecarlo", catalogue())
    with pytest.raises(InputError, match="did you mean 'list'"):
        find("lst", catalogue(), ["list"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1\n", "declares no theorem; expected THEOREM = Theorem"),
        ("def f(:\n", r"broken\.py:1: not valid Python"),
    ],
)
def test_a_file_that_declares_nothing_says_so(tmp_path: Path, text: str, words: str) -> None:
    file = _write(tmp_path / "broken.py", text)
    with pytest.raises(InputError, match=words):
        find(str(file), [])


def test_a_module_that_raises_is_named_with_its_line(tmp_path: Path) -> None:
    file = _write(tmp_path / "raising.py", "\nimport nowhere_to_be_found\n" + MINIMAL)
    with pytest.raises(InputError, match=r"raising\.py:2: importing raised ModuleNotFoundError"):
        load(find(str(file), [])[0])
    assert "raising" not in sys.modules


def test_a_file_may_not_hide_a_module_that_is_loaded(tmp_path: Path) -> None:
    file = _write(tmp_path / "json.py", MINIMAL.format(id="json_rate"))
    import json

    with pytest.raises(InputError, match="a module 'json' is loaded already; rename the file"):
        load(find(str(file), [])[0])
    assert sys.modules["json"] is json


def test_a_theorem_of_another_kind_is_refused(tmp_path: Path) -> None:
    file = _write(tmp_path / "other_kind.py", "Theorem = dict\nTHEOREM = Theorem(id='x')\n")
    with pytest.raises(InputError, match=r"THEOREM is \{'id': 'x'\}; expected Theorem"):
        load(find(str(file), [])[0])
