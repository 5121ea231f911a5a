"""`calibrate`: the exit code, the three files, and what is refused before anything is done."""

import subprocess
import sys
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree as ET

import pytest

from tests.calibration.small import sizes
from verify.calibration import study
from verify.calibration.table import Check
from verify.cli import main
from verify.report.calibration import from_json, markdown

from .command_line import verify

FILES = "--json", "c.json", "--markdown", "c.md", "--plot", "c.svg"


def _check(*, met: bool) -> Check:
    return Check(asks="coverage", found=0.5, limit=0.93, met=met, where="a law")


def _calibrate(*words: str, met: bool = True) -> int:
    """The exit code of a tiny calibration in this process, the checks of which come out so."""
    given = ["calibrate", "--quick", "--workers", "1", *words]
    with sizes() as patch:
        patch.setattr(study, "checks", lambda *_: [_check(met=met)])
        patch.setattr(sys, "argv", ["verify", *given])
        with pytest.raises(SystemExit) as ended:
            main(given)
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("met", "code", "word"), [(True, 0, "met "), (False, 1, "MISS")])
def test_the_exit_code_says_whether_a_check_is_missed(
    met: bool, code: int, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _calibrate(met=met) == code
    assert capsys.readouterr().out.strip() == f"{word}  coverage  0.930: 0.500 (a law)"


@pytest.mark.parametrize("met", [True, False])
def test_the_three_files_are_written_whatever_is_found(
    met: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _calibrate(*FILES, "--seed", "4", met=met) == int(not met)
    found = from_json(Path("c.json").read_bytes())
    assert (found.seed, found.quick, found.passed) == (4, True, met)
    assert len(found.cells) == 6
    command = "python -m verify calibrate --quick --workers 1 " + " ".join((*FILES, "--seed", "4"))
    assert Path("c.md").read_text(encoding="utf-8") == markdown(found, command, "c.svg")
    assert ET.parse("c.svg").getroot().get("role") == "img"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["c.json", "c.md", "c.svg"]
    wrote = capsys.readouterr().err.splitlines()
    assert wrote == [f"wrote {name}" for name in ("c.json", "c.svg", "c.md")]


def test_the_page_shows_a_picture_only_if_it_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    for words, shown in (
        (("--markdown", "c.md"), False),
        (("--markdown", "c.md", "--plot", "other/c.svg"), False),
        (("--markdown", "other/c.md", "--plot", "other/c.svg"), True),
    ):
        assert _calibrate(*words) == 0
        assert ("](c.svg)" in Path(words[1]).read_text(encoding="utf-8")) is shown


@pytest.mark.parametrize("option", ["--json", "--markdown", "--plot"])
def test_a_target_that_cannot_be_written_is_refused_before_anything_is_done(
    option: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def never(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a calibration was started")

    monkeypatch.setattr(study, "calibrate", never)
    for name in ("missing/c", "."):
        assert _calibrate(option, name) == 2
        told = capsys.readouterr()
        assert told.err == f"error: {option} {name}: expected a file in a folder that exists\n"
        assert told.out == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--seed", "-1"), "-1 is not in the range x>=0"),
        (("--workers", "0"), "0 is not in the range x>=1"),
        (("theorem",), "unexpected extra argument (theorem)"),
    ],
)
def test_misuse_is_told_on_the_command_line(words: tuple[str, ...], told: str) -> None:
    run = verify(Path(), "calibrate", *words)
    assert run.code == 2
    assert told in run.err


def test_help_tells_what_it_does_without_the_numerical_libraries() -> None:
    code = (
        "import sys\nfrom verify.cli import main\n"
        "try:\n    main(['calibrate', '--help'])\nexcept SystemExit:\n    pass\n"
        "print({'numpy', 'scipy', 'sympy', 'matplotlib'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "set()"
    assert "Measure coverage, wrong verdicts and power" in found.stdout
    for option in ("--quick", "--seed", "--workers", "--json", "--markdown", "--plot"):
        assert option in found.stdout
