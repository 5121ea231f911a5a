"""The number of workers, the form of a number and the system change no digit."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from .command_line import quick, stored, verify
from .theorem_text import DRAWS, ROOT, rate, write

UNSIZED = "\n\ndef one(rng, n):\n    return n**-0.5 * rng.lognormal(0, 0.01)\n"


def claims(folder: Path, *words: str) -> Any:
    run = verify(folder, *words, "--budget", "quick", "--json", "-", "--quiet")
    assert run.code == 0
    return json.loads(run.out)["claims"]


def test_one_and_two_workers_print_the_same_digits(tmp_path: Path) -> None:
    name = write(tmp_path, "draws", DRAWS + UNSIZED, rate("many"), rate("single", measure="one"))
    alone = claims(tmp_path, name, "--workers", "1")
    assert claims(tmp_path, name, "--workers", "2", "--fresh") == alone


def test_a_wider_grid_adds_cells_to_the_store_and_measures_no_other(tmp_path: Path) -> None:
    calls = DRAWS.replace("    return", "    open('calls', 'a').write(f'{n} ')\n    return")
    grid = 'Design(sweep={"n": [int(n) for n in os.environ["GRID"].split()]})'
    name = write(tmp_path, "grown", calls, rate(designs=grid))
    assert quick(tmp_path, name, GRID="8 16 32 64 128 256").code == 0
    before = stored(tmp_path)
    (tmp_path / "calls").unlink()
    assert quick(tmp_path, name, GRID="8 12 16 32 64 128 256 512").code == 0
    assert set(before) < set(stored(tmp_path))
    assert set((tmp_path / "calls").read_text().split()) == {"12", "512"}


def test_a_grid_of_numpy_integers_gives_the_same_digits(tmp_path: Path) -> None:
    other = rate(designs='Design(sweep={"n": list(2 ** np.arange(3, 11))})')
    found = claims(tmp_path, write(tmp_path, "draws", DRAWS, other), "--workers", "1")
    plain = write(tmp_path, "draws", DRAWS)
    assert claims(tmp_path, plain, "--workers", "1", "--fresh") == found


def test_an_edited_measure_is_measured_again(tmp_path: Path) -> None:
    assert quick(tmp_path, write(tmp_path, "edited", ROOT)).code == 0
    edited = ROOT.replace("n**-0.5", "n**-0.25")
    assert quick(tmp_path, write(tmp_path, "edited", edited)).code == 1
    assert len(stored(tmp_path)) == 16


def test_a_cell_under_which_workers_die_exits_with_4_and_others_are_judged(tmp_path: Path) -> None:
    dying = ROOT + "\n\ndef other(n):\n    return os._exit(1) if n == 1024 else n**-0.5\n"
    name = write(tmp_path, "dying", dying, rate("well"), rate("ill", measure="other"))
    run = verify(tmp_path, name, "--workers", "2")
    assert run.code == 4
    assert "not measured other(n=1024): a worker process died while measuring it" in run.out
    assert "well: HOLDS" in run.out
    assert len(stored(tmp_path)) == 15


def test_a_system_that_does_not_tell_its_processors_will_do(tmp_path: Path) -> None:
    """macOS has no `os.sched_getaffinity`."""
    program = "import os\ndel os.sched_getaffinity\nfrom verify.cli import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", program, write(tmp_path, "sound", ROOT), "--quiet"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
