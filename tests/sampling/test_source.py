"""The digest of a measure's source follows what it imports from its own package, and no more."""

import importlib
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import ModuleType

import pytest

from verify.sampling.source import source_digest

Files = dict[str, str]
Digest = Callable[..., str]

FOLDER = {
    "thm.py": "import near\nfrom pack import inner, name\n\ndef error(n):\n    import late\n",
    "near.py": "import numpy\nimport far\n",
    "far.py": "x = 1\n",
    "late.py": "x = 1\n",
    "pack/__init__.py": "name = 1\n",
    "pack/inner.py": "from . import beside\nfrom .below import deep\n",
    "pack/beside.py": "x = 1\n",
    "pack/below/__init__.py": "",
    "pack/below/deep.py": "from ..above import y\nfrom missing import z\n",
    "pack/above.py": "y = 1\n",
    "unrelated.py": "x = 1\n",
    "pack/unrelated.py": "x = 1\n",
    "data.csv": "n,y\n",
}
"""A theorem run by its path, and its folder."""

PACKAGE = {
    "mine/__init__.py": "",
    "mine/shared.py": "from mine import constants\n",
    "mine/constants.py": "x = 1\n",
    "mine/paper/__init__.py": "",
    "mine/paper/thm.py": "from .sim import f\nfrom ..shared import g\nimport other\n",
    "mine/paper/sim.py": "import mine.tools.fast\n",
    "mine/tools/fast.py": "x = 1\n",
    "mine/unrelated.py": "x = 1\n",
    "other/__init__.py": "x = 1\n",
    "shared.py": "x = 1\n",
}
"""A theorem in an installed package, beside other packages."""


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Digest:
    """The digest of a measure in `module`, among `files`, each time in a new folder."""
    folders = count()

    def of(files: Files, module: str = "thm") -> str:
        folder = tmp_path / str(next(folders))
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        stand_in = ModuleType(module)
        stand_in.__file__ = str(folder / f"{module.replace('.', '/')}.py")
        monkeypatch.setitem(sys.modules, module, stand_in)

        def measure(n: int) -> float:
            return 1 / n

        measure.__module__ = module
        return source_digest(measure)

    return of


def changed(files: Files, name: str) -> Files:
    return files | {name: files[name] + "# another line\n"}


def test_the_digest_does_not_depend_on_where_the_folder_is(digest: Digest) -> None:
    assert digest(FOLDER) == digest(FOLDER)
    assert digest(PACKAGE, "mine.paper.thm") == digest(PACKAGE, "mine.paper.thm")


@pytest.mark.parametrize(
    "name",
    [
        "thm.py",
        "near.py",
        "far.py",
        "late.py",
        "pack/__init__.py",
        "pack/inner.py",
        "pack/beside.py",
        "pack/below/deep.py",
        "pack/above.py",
    ],
)
def test_a_file_run_by_path_follows_its_folder(digest: Digest, name: str) -> None:
    assert digest(changed(FOLDER, name)) != digest(FOLDER)


@pytest.mark.parametrize("name", ["unrelated.py", "pack/unrelated.py", "data.csv"])
def test_files_that_are_not_imported_do_not_count(digest: Digest, name: str) -> None:
    assert digest(changed(FOLDER, name)) == digest(FOLDER)


@pytest.mark.parametrize(
    "name",
    [
        "mine/paper/thm.py",
        "mine/paper/sim.py",
        "mine/shared.py",
        "mine/constants.py",
        "mine/tools/fast.py",
    ],
)
def test_a_module_of_a_package_follows_that_package(digest: Digest, name: str) -> None:
    module = "mine.paper.thm"
    assert digest(changed(PACKAGE, name), module) != digest(PACKAGE, module)


@pytest.mark.parametrize("name", ["other/__init__.py", "shared.py", "mine/unrelated.py"])
def test_other_packages_do_not_count(digest: Digest, name: str) -> None:
    module = "mine.paper.thm"
    assert digest(changed(PACKAGE, name), module) == digest(PACKAGE, module)


def test_the_same_lines_in_another_file_are_another_source(digest: Digest) -> None:
    one = {"thm.py": "import a, b\n", "a.py": "x = 1\n", "b.py": ""}
    assert digest(one) != digest(one | {"a.py": "", "b.py": "x = 1\n"})


def test_modules_that_import_each_other_have_a_digest(digest: Digest) -> None:
    circle = {"thm.py": "import a\n", "a.py": "import thm\n"}
    assert digest(circle) != digest(changed(circle, "a.py"))


def test_an_import_that_is_not_valid_python_still_counts(digest: Digest) -> None:
    late = {"thm.py": "def error(n):\n    import broken\n", "broken.py": "x = (\n"}
    assert digest(late) != digest(changed(late, "broken.py"))


def test_a_reloaded_neighbour_changes_the_digest_of_the_measure_that_uses_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    neighbour, file = tmp_path / "a_simulator_in_a_notebook.py", tmp_path / "uses_a_simulator.py"
    neighbour.write_text("def draw(n):\n    return 1 / n\n", encoding="utf-8")
    text = f"import {neighbour.stem}\n\ndef error(n):\n    return {neighbour.stem}.draw(n)\n"
    file.write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module(file.stem)
    before = source_digest(module.error)
    neighbour.write_text("def draw(n):\n    return 1 / n / n\n", encoding="utf-8")
    importlib.reload(sys.modules[neighbour.stem])
    after = source_digest(module.error)
    assert module.error(2) == 1 / 4
    del sys.modules[file.stem], sys.modules[neighbour.stem]
    assert after != before


def test_a_reloaded_module_has_the_digest_of_what_it_now_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "edited_in_a_notebook.py"
    file.write_text("def error(n):\n    return 1 / n\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module(file.stem)
    before = source_digest(module.error)
    file.write_text("def error(n):\n    return 1 / n / n\n", encoding="utf-8")
    importlib.reload(module)
    after = source_digest(module.error)
    del sys.modules[file.stem]
    assert module.error(2) == 1 / 4
    assert after != before
