"""The theorem file of the manual's page on inequalities, run as it stands."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from .command_line import verify

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(
    r"```(?:python|text)\n(.*?)```", (ROOT / "docs/inequalities.md").read_text("utf-8"), re.DOTALL
)


class Shown(NamedTuple):
    """What a run printed, and what it says of the claim."""

    out: str
    claim: dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the file."""
    made = tmp_path_factory.mktemp("inequalities")
    (made / "softmax.py").write_text(BLOCKS[0], encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def shown(folder: Path) -> Shown:
    """In one process."""
    run = verify(folder, "softmax.py", "--json", "found.json", "--workers", "1")
    assert run.code == 0, run.err
    (claim,) = json.loads((folder / "found.json").read_text(encoding="utf-8"))["claims"]
    return Shown(run.out, claim)


def test_it_prints_what_the_page_says(shown: Shown) -> None:
    """But for the number of evaluations, which depends on the version of scipy."""
    printed, page = (re.sub(r"of [\d,]+ eval", "of N eval", one) for one in (shown.out, BLOCKS[1]))
    assert page.rstrip() in printed


def test_the_counterexample_of_the_page_is_that_of_the_control(folder: Path, shown: Shown) -> None:
    control = shown.claim["controls"][0]
    assert control["counterexample"]["code"] == BLOCKS[2].rstrip()
    done = subprocess.run(
        [sys.executable, "-c", BLOCKS[2]], cwd=folder, capture_output=True, text=True, check=True
    )
    value, low, high = map(float, done.stdout.split())
    assert low == 0
    assert value / high == pytest.approx(10 / 9)


def test_show_says_what_is_searched_and_how_it_is_judged(folder: Path) -> None:
    run = verify(folder, "show", "softmax.py")
    assert "  claim: 0 <= gap(z, eps) <= entropy(z, eps)\n" in run.out
    assert "  box: -5 <= z <= 5, 4 numbers\n" in run.out
    assert "  box: 0.01 <= eps <= 2\n" in run.out
    assert "  worst case: a search of 4,000 evaluations\n" in run.out
    assert "  arithmetic: doubles, to 12 digits\n" in run.out


def test_a_mutated_file_is_refuted(folder: Path) -> None:
    text = BLOCKS[0].replace("return eps * log(len(z))", "return eps * log(len(z)) * 0.99")
    (folder / "mutated.py").write_text(text, encoding="utf-8")
    run = verify(folder, "mutated.py", "--workers", "1")
    assert run.code == 1
    assert "gap: REFUTED (expected HOLDS)" in run.out
    assert "      from mutated import gap, entropy  # run beside mutated.py" in run.out
