"""Compiled kernels are kept for the state of the source that they were compiled from."""

from pathlib import Path
from typing import Any

from numba.core import config

from theorems.nonstationary_regret.simulators import compiled
from theorems.nonstationary_regret.simulators.index_policies import uniform


def _twice(x: float) -> float:
    return 2 * x


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


def _kept(kernel: Any) -> Path:
    return Path(kernel.stats.cache_path)


def test_kernels_are_kept_there_whatever_numba_has_read_since() -> None:
    package = Path(compiled.__file__).parents[1]
    assert compiled.state(package) in _kept(uniform).parts
    vars(config)["CACHE_DIR"] = ""
    assert compiled.state(package) in _kept(compiled.compiled(_twice)).parts
