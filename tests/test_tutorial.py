"""The tutorial, followed command by command from an empty folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"<!-- (tutorial|tutorial-refuted) -->\n```sh\n(.*?)```", re.DOTALL)


def test_the_tutorial_works_as_written(tmp_path: Path) -> None:
    """The package comes from a wheel of this checkout; everything else as a newcomer has it."""
    wheels, folder = tmp_path / "wheels", tmp_path / "empty"
    folder.mkdir()
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(wheels)]
    subprocess.run([*build, str(ROOT)], check=True, cwd=tmp_path)
    blocks = BLOCK.findall((ROOT / "docs/tutorial.md").read_text(encoding="utf-8"))
    assert len(blocks) == 6
    found = []
    for kind, commands in blocks:
        done = subprocess.run(
            ["bash", "-euc", commands],
            cwd=folder,
            env=os.environ | {"PIP_FIND_LINKS": str(wheels)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode == 0) is (kind == "tutorial"), done.stdout + done.stderr
        found.append(done)
    assert "root: HOLDS" in found[1].stdout
    assert "wide-margin" in found[3].stderr
    assert "root: REFUTED" in found[5].stdout
    assert found[5].returncode == 1
    assert (folder / "first.html").stat().st_size > 10_000
    assert (folder / "third.html").is_file()
