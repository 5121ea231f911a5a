"""The README is true: its example runs, its table is what a run prints, its commands are CI's."""

import re
import subprocess
import sys
from pathlib import Path

import verify
from verify.report.decisive import decisions

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_example_runs_and_holds(tmp_path: Path) -> None:
    (text,) = re.findall(r"```python\n(import numpy.*?)```", README, re.DOTALL)
    (tmp_path / "my_rate.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "verify", "my_rate.py"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "root: HOLDS" in found.stdout


def test_the_table_is_what_the_quick_budget_prints(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = verify.run("lipschitz_regression", budget="quick", workers=1)
    rows = re.findall(r"\| ([12]) \| -1/[34] \| (-0\.\d+) \| \[(-0\.\d+), (-0\.\d+)\] \|", README)
    found = [
        (place[-1], *(f"{value:.4f}" for value in (row.estimate, row.low, row.high)))
        for claim in result.outcomes[:3]
        for row in (one.row for one in decisions(claim))
        for place in [row.instance.design if row.instance else row.design]
    ]
    assert rows == found
