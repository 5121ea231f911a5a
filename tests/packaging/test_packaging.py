"""Wheel and sdist hold what is needed and no more, and other packages' theorems are found."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


def _run(folder: Path, *words: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _install(source: Path, target: Path) -> None:
    options = ("--quiet", "--no-deps", "--disable-pip-version-check", "--target", str(target))
    _run(source.parent, "-m", "pip", "install", *options, str(source))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tracked files: building writes beside its sources."""
    folder = tmp_path_factory.mktemp("checkout")
    files = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, files.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def built(checkout: Path) -> dict[str, Path]:
    """The sdist, and the wheel that is built from it."""
    _run(checkout, "-m", "build", "--outdir", "dist", ".")
    return {file.suffix: file for file in (checkout / "dist").iterdir()}


def test_the_wheel_holds_the_packages_and_their_data_alone(built: dict[str, Path]) -> None:
    names = zipfile.ZipFile(built[".whl"]).namelist()
    assert {name.split("/")[0].partition("-")[0] for name in names} == {
        "verify",
        "theorems",
        "verify_theorems",
    }
    for needed in (
        "verify/py.typed",
        "verify/report/schema.json",
        "verify/cli/new_theorem.py.txt",
        "theorems/references.bib",
        "theorems/lipschitz_regression.py",
    ):
        assert needed in names
    templates = (ROOT / "verify/report/templates").iterdir()
    assert {str(file.relative_to(ROOT)) for file in templates} <= set(names)


def test_the_sdist_leaves_tests_and_reports_out(built: dict[str, Path]) -> None:
    with tarfile.open(built[".gz"]) as archive:
        parts = {Path(name).parts[1] for name in archive.getnames() if len(Path(name).parts) > 1}
    assert not parts & {"tests", "reports", "docs", "benchmarks"}
    assert {"verify", "theorems", "setup.cfg", "pyproject.toml", "README.md", "LICENSE"} <= parts


def test_the_installed_wheel_runs_away_from_the_checkout(
    built: dict[str, Path], tmp_path: Path
) -> None:
    _install(built[".whl"], tmp_path / "site")
    where = {"PYTHONPATH": str(tmp_path / "site")}
    code = "import verify, theorems; print(verify.__file__, *theorems.__path__)"
    found = _run(tmp_path, "-P", "-c", code, **where)
    assert found.split() == [
        str(tmp_path / "site/verify/__init__.py"),
        str(tmp_path / "site/theorems"),
    ]
    words = ("-P", "-m", "verify", "lipschitz_regression", "--budget", "quick")
    assert "HOLDS, as expected" in _run(tmp_path, *words, **where)
    assert "minoza2026" in _run(tmp_path, "-P", "-m", "verify", "cite", "theorems", **where)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another project, installed from a copy of its sources."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(HERE / "third_party", folder / "third_party")
    _install(folder / "third_party", folder / "site")
    return folder


def test_theorems_of_another_package_and_of_a_projects_paths_are_found_and_run(
    project: Path,
) -> None:
    where = {"PYTHONPATH": str(project / "site")}
    listed = _run(project / "third_party", "-m", "verify", "list", **where)
    names = [line.split()[0] for line in listed.splitlines()]
    assert {"square_root", "cube_root", "draft_rate", "monte_carlo"} <= set(names)
    for name, theorems in (("rates", 2), ("draft_rate", 1)):
        words = ("-m", "verify", name, "--budget", "quick")
        out = _run(project / "third_party", *words, **where)
        assert out.count("HOLDS, as expected") == theorems


def test_elsewhere_the_projects_own_paths_are_not_seen(project: Path, tmp_path: Path) -> None:
    listed = _run(tmp_path, "-m", "verify", "list", PYTHONPATH=str(project / "site"))
    assert "square_root" in listed
    assert "draft_rate" not in listed


def test_another_packages_theorem_passes_the_battery(project: Path) -> None:
    code = (
        "from verify.testing import check_theorem\n"
        "from rates.square_root import THEOREM\n"
        "if __name__ == '__main__':\n    check_theorem(THEOREM)\n"
    )
    script = project / "check.py"
    script.write_text(code, encoding="utf-8")
    _run(project, str(script), PYTHONPATH=str(project / "site"))
