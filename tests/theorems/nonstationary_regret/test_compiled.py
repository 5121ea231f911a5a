"""Compiled kernels are kept for the state of the source that they were compiled from."""

from pathlib import Path

from numba.core import config

from theorems.nonstationary_regret.simulators import compiled


def test_a_change_of_any_file_gets_a_cache_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    caller, callee = tmp_path / "caller.py", tmp_path / "deep" / "callee.py"
    caller.write_text("import callee\n")
    callee.write_text("x = 1\n")
    before = compiled.cache_of(tmp_path, "")
    assert before == compiled.cache_of(tmp_path, "")
    assert Path(before).parent == tmp_path / "__pycache__"
    callee.write_text("x = 2\n")
    assert compiled.cache_of(tmp_path, "") != before


def test_a_folder_that_the_user_chose_is_used(tmp_path: Path) -> None:
    assert Path(compiled.cache_of(tmp_path, "/elsewhere")).parent == Path("/elsewhere")


def test_kernels_are_kept_there() -> None:
    package = Path(compiled.__file__).parents[1]
    assert Path(config.CACHE_DIR).name == compiled.state(package)
