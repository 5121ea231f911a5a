"""A wrong command line or setting exits with 2, says what to do, and measures nothing."""

from pathlib import Path

import pytest

from .command_line import quick, stored, verify
from .theorem_text import write

WORDS = {
    "run": "name the theorems to run, or pass --all; `list` shows them",
    "sound.py --all": "name the theorems to run, or pass --all",
    "lipschitz_regresion": "no theorem is called 'lipschitz_regresion'; "
    "did you mean 'lipschitz_regression'? (`python -m verify list` shows all",
    "sound.py:uper": "sound has no claim 'uper'; did you mean 'upper'?",
    "sound.py:": "sound has no claim ''",
    "missing.py": "missing.py is not a file",
    "plain.py": "plain.py declares no theorem; expected THEOREM = Theorem(id=..., ...)",
    "sound.py --bugdet quick": "--bugdet",
    "sound.py --budget quik": "'quik' is not one of 'quick', 'standard', 'full'",
    "sound.py --seed -1": "-1 is not in the range x>=0",
    "sound.py --workers 0": "0 is not in the range x>=1",
    "sound.py --json nowhere/result.json": "--json nowhere/result.json: ",
    "sound.py --json /proc/result.json": "--json /proc/result.json: ",
}

SETTINGS = {
    "[verify]\nstor = x\n": "setup.cfg: unknown setting 'stor' in [verify]; did you mean 'store'?",
    "[verify]\npaths = gone\n": "setup.cfg: [verify] paths names gone, which is not there",
    "[verify\n": "setup.cfg cannot be read: File contains no section headers",
}


@pytest.mark.parametrize("words", WORDS)
def test_wrong_words_exit_with_2_before_anything_is_measured(tmp_path: Path, words: str) -> None:
    write(tmp_path, "sound")
    (tmp_path / "plain.py").write_text("x = 1\n", encoding="utf-8")
    run = verify(tmp_path, *words.split())
    assert run.code == 2
    assert run.out == ""
    assert WORDS[words] in run.err
    assert stored(tmp_path) == []


@pytest.mark.parametrize("text", SETTINGS)
def test_wrong_settings_exit_with_2(tmp_path: Path, text: str) -> None:
    name = write(tmp_path, "sound")
    (tmp_path / "setup.cfg").write_text(text, encoding="utf-8")
    run = quick(tmp_path, name)
    assert run.code == 2
    assert SETTINGS[text] in run.err
    assert not (tmp_path / ".verify").exists()


def test_the_settings_of_other_tools_are_left_alone(tmp_path: Path) -> None:
    text = "[metadata]\nname = x%y\n[tool:pytest]\nstor = x\n[verify]\nstore = kept/here.sqlite\n"
    (tmp_path / "setup.cfg").write_text(text, encoding="utf-8")
    assert quick(tmp_path, write(tmp_path, "sound")).code == 0
    assert len(stored(tmp_path, Path("kept/here.sqlite"))) == 8
