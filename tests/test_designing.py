"""The guide to experiments is true: its example runs, holds, and saves what is said."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

GUIDE = (Path(__file__).parents[1] / "docs/designing_an_experiment.md").read_text(encoding="utf-8")


def test_the_example_with_a_control_variate_holds(tmp_path: Path) -> None:
    (text,) = re.findall(r"```python\n(import numpy.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "commit.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "verify", "commit.py", "--workers", "1"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "worst_gap: HOLDS" in found.stdout
    ((least, most),) = re.findall(r"divide the variance by (\S+) to (\S+)", found.stdout)
    assert float(least) == pytest.approx(1, abs=0.02)
    assert float(most) == pytest.approx(6.5, rel=0.15), "at T = 64, as the guide says"
