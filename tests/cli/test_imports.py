"""A theorem file that cannot be imported exits with 2, at the line that is wrong."""

from pathlib import Path

import pytest

from .command_line import quick, verify
from .theorem_text import DRAWS, HEAD, ROOT, rate, write


def test_a_syntax_error_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("x = 1\ndef error(n:\n", encoding="utf-8")
    run = quick(tmp_path, "broken.py")
    assert run.code == 2
    assert run.err.startswith("error: broken.py:2: not valid Python: ")


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("import nowhere\n", "ModuleNotFoundError: No module named 'nowhere'"),
        ("x = undefined\n", "NameError: name 'undefined' is not defined"),
        ("raise KeyError('deep')\n", "KeyError: 'deep'"),
        ("sys.exit(0)\n", "SystemExit: 0"),
    ],
)
def test_an_import_that_raises_is_told_with_its_line(tmp_path: Path, line: str, error: str) -> None:
    run = quick(tmp_path, write(tmp_path, "raising", line + ROOT))
    assert run.code == 2
    assert f"raising.py:{HEAD.count(chr(10)) + 1}: importing raised {error}" in run.err


def test_a_syntax_error_in_an_imported_file_is_told_with_both_places(tmp_path: Path) -> None:
    (tmp_path / "simulator.py").write_text("\n" * 40 + "x = (\n", encoding="utf-8")
    run = quick(tmp_path, write(tmp_path, "importing", "import simulator\n" + ROOT))
    assert run.code == 2
    assert f"importing.py:{HEAD.count(chr(10)) + 1}: importing raised SyntaxError" in run.err
    assert "simulator.py, line 41" in run.err


def test_a_name_that_is_not_a_theorem_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.py").write_text("THEOREM = dict(id='other')\n", encoding="utf-8")
    run = quick(tmp_path, "other.py")
    assert run.code == 2
    assert "other.py: THEOREM is {'id': 'other'}; expected Theorem(...)" in run.err


def test_a_file_named_like_a_loaded_module_is_asked_to_be_renamed(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    write(tmp_path / "mine", "click")
    run = quick(tmp_path, "mine/click.py")
    assert run.code == 2
    assert "mine/click.py: a module 'click' is loaded already; rename the file" in run.err


def test_a_file_may_use_its_neighbours_in_every_process(tmp_path: Path) -> None:
    """By path from elsewhere, from a file whose name is not an identifier."""
    mine = tmp_path / "my files"
    mine.mkdir()
    (mine / "simulator.py").write_text(HEAD + DRAWS, encoding="utf-8")
    name = write(mine, "beside", "from simulator import error\n", rate())
    (mine / name).rename(mine / "2-beside it.py")
    run = verify(tmp_path, "my files/2-beside it.py", "--budget", "quick", "--workers", "2")
    assert run.code == 0


def test_a_link_to_a_theorem_file_uses_the_neighbours_of_the_file(tmp_path: Path) -> None:
    """As `python` does with a link to a script."""
    for name in ("kept", "links"):
        (tmp_path / name).mkdir()
    (tmp_path / "kept/simulator.py").write_text(ROOT, encoding="utf-8")
    write(tmp_path / "kept", "sound", "from simulator import error\n", rate())
    (tmp_path / "links/link.py").symlink_to("../kept/sound.py")
    assert verify(tmp_path, "links/link.py", "--workers", "2").code == 0
