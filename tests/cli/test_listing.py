"""`list` and `--help` read and import little, and show what there is."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from .command_line import Run, verify
from .theorem_text import ROOT, write

HEAVY = {"numpy", "scipy", "sympy", "mpmath", "rich", "threadpoolctl", "matplotlib", "numba"}
MODULES = """
import sys
from verify.cli import main
try:
    main()
finally:
    print(*{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
"""


@pytest.fixture(scope="module")
def project(folder: Path) -> Path:
    """A working folder whose settings name a folder of theorems."""
    (folder / "setup.cfg").write_text("[verify]\npaths =\n    mine\n", encoding="utf-8")
    (folder / "mine").mkdir()
    write(folder / "mine", "trap", "raise SystemExit\n" + ROOT, title="Not to be imported")
    return folder


@pytest.fixture(scope="module")
def listed(project: Path) -> Run:
    return verify(project, "list")


def test_list_shows_the_library_and_the_projects_own_theorems(listed: Run) -> None:
    rows = dict(line.split(maxsplit=1) for line in listed.out.splitlines())
    assert rows["lipschitz_regression"] == "Regression of a Lipschitz function"
    assert rows["trap"] == "Not to be imported"
    assert list(rows) == sorted(rows)
    assert (listed.code, listed.err) == (0, "")


@pytest.mark.parametrize("words", [["--help"], []])
def test_help_names_the_commands_and_how_to_run_a_theorem(folder: Path, words: list[str]) -> None:
    run = verify(folder, *words)
    assert (run.code, run.err) == (0, "")
    assert "Usage: python -m verify" in run.out
    assert "ID:CLAIM" in run.out
    assert {"list", "run"} <= {line.split()[0] for line in run.out.splitlines() if line.strip()}


def test_help_of_run_describes_every_option(folder: Path) -> None:
    run = verify(folder, "run", "--help")
    options = ("--budget", "--seed", "--workers", "--json", "--fresh", "--quiet", "--all")
    assert all(option in run.out for option in (*options, "--allow-inconclusive"))
    assert "[quick|standard|full]" in run.out


def test_version_is_a_number(folder: Path) -> None:
    assert verify(folder, "--version").out.strip().replace(".", "").isdigit()


@pytest.mark.parametrize("word", ["list", "--help"])
def test_nothing_heavy_is_imported(project: Path, word: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MODULES, word], cwd=project, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    imported = set(done.stderr.split())
    assert "verify" in imported
    assert not HEAVY & imported


@pytest.mark.parametrize("word", ["list", "--help"])
def test_the_processor_time_is_reported(project: Path, word: str) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    verify(project, word)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    sys.stdout.write(f"python -m verify {word}: {seconds:.2f} s of processor time\n")


def test_declarations_of_every_shape_are_listed(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").write_text("[verify]\npaths = mine\n", encoding="utf-8")
    (tmp_path / "mine").mkdir()
    shapes = {
        "annotated": 'THEOREM: Theorem = Theorem(id="annotated", title="With a type")',
        "positional": 'THEOREM = Theorem("positional", "By position")',
        "qualified": 'THEOREM = verify.Theorem(id="qualified", title="By module")',
    }
    for name, text in shapes.items():
        (tmp_path / "mine" / f"{name}.py").write_text(f"{text}\n", encoding="utf-8")
    rows = dict(line.split(maxsplit=1) for line in verify(tmp_path, "list").out.splitlines())
    assert rows.get("annotated") == "With a type"
    assert rows.get("positional") == "By position"
    assert rows.get("qualified") == "By module"


def test_what_only_looks_like_a_file_is_passed_over(project: Path, listed: Run) -> None:
    (project / "mine/folder.py").mkdir()
    (project / "mine/.#trap.py").symlink_to("somebody@somewhere.1234")  # as Emacs locks a file
    assert verify(project, "list") == listed


def test_a_narrow_encoding_does_not_end_a_command(tmp_path: Path) -> None:
    name = write(tmp_path, "wide", ROOT, title="x ≤ y, by Hölder")
    (tmp_path / "setup.cfg").write_text("[verify]\npaths = .\n", encoding="utf-8")
    for word in ("list", name):
        run = verify(tmp_path, word, PYTHONIOENCODING="ascii")
        assert run.code == 0
        assert "y, by H" in run.out
