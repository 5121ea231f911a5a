"""The theorem file of the manual's page on identities, run as it stands."""

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
    r"```(?:python|text)\n(.*?)```", (ROOT / "docs/identities.md").read_text("utf-8"), re.DOTALL
)


class Shown(NamedTuple):
    """What a run printed, and what it says of the claim."""

    out: str
    claim: dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the file."""
    made = tmp_path_factory.mktemp("identities")
    (made / "burgers.py").write_text(BLOCKS[0], encoding="utf-8")
    return made


def _run(folder: Path, *words: str) -> Shown:
    run = verify(folder, "burgers.py", "--json", "found.json", *words)
    assert run.code == 0, run.err
    (claim,) = json.loads((folder / "found.json").read_text(encoding="utf-8"))["claims"]
    return Shown(run.out, claim)


@pytest.fixture(scope="module")
def shown(folder: Path) -> Shown:
    """In one process."""
    return _run(folder, "--workers", "1")


def test_it_prints_what_the_page_says(shown: Shown) -> None:
    """But for the size of what is left by rounding, which the draws of another version change."""
    assert _without_sizes(BLOCKS[1].rstrip()) in _without_sizes(shown.out)


def _without_sizes(text: str) -> str:
    return re.sub(r"residual [\d.]+e-\d+", "residual SIZE", text)


def test_the_workers_and_the_budget_change_nothing(folder: Path, shown: Shown) -> None:
    assert _run(folder, "--workers", "2", "--budget", "quick").claim == shown.claim


def test_the_counterexample_of_the_page_is_that_of_the_control(folder: Path, shown: Shown) -> None:
    (control,) = shown.claim["controls"]
    assert control["counterexample"]["code"] == BLOCKS[2].rstrip()
    done = subprocess.run(
        [sys.executable, "-c", BLOCKS[2]], cwd=folder, capture_output=True, text=True, check=True
    )
    assert done.stdout == "(mpf('0.125'), mpf('0.375'))\n"


def test_show_says_what_is_drawn_and_how_it_is_judged(folder: Path) -> None:
    run = verify(folder, "show", "burgers.py")
    assert "  claim: residual(x, t, k, nu) = 0\n" in run.out
    assert "  given: 64 instances of x, drawn from floats(min_value=-2, max_value=2)\n" in run.out
    assert "  vanishes: to 30 digits, mpmath\n" in run.out
    assert "  proof: proof\n" in run.out


def test_a_mutated_file_is_refuted(folder: Path) -> None:
    text = BLOCKS[0].replace("found = terms(x, t, k, nu, 2)", "found = terms(x, t, k, nu, 2.001)")
    (folder / "mutated.py").write_text(text.replace("proof=proof,", ""), encoding="utf-8")
    run = verify(folder, "mutated.py", "--workers", "1")
    assert run.code == 1
    assert "burgers: REFUTED (expected HOLDS)" in run.out
    assert "      from mutated import residual  # run beside mutated.py" in run.out
