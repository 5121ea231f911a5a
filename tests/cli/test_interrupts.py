"""An interrupt exits with 130, keeps what was measured, leaves no process, and can be resumed."""

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from .command_line import Run, stored, verify
from .theorem_text import rate, write

PATIENCE = 20
"""Seconds within which a thing must have happened; it takes a fraction of one."""

SLOW = """
def error(n):
    with open("calls", "a") as calls:
        calls.write(f"{n}\\n")
    while n >= 32 and not os.path.exists("go"):
        time.sleep(0.05)
    return n**-0.5
"""
ITSELF = """
def error(n):
    if n >= 32:
        raise KeyboardInterrupt
    return n**-0.5
"""


def wait_for(condition: Callable[[], bool]) -> bool:
    """Whether `condition` becomes true in time."""
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def group_is_empty(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


class Interrupted(NamedTuple):
    """A run that was interrupted, what it had measured, and the run that went on from there."""

    run: Run
    alone: bool
    kept: list[str]
    resumed: Run
    calls: list[str]


@pytest.fixture(scope="module", params=["1", "2"])
def interrupted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Interrupted:
    folder = tmp_path_factory.mktemp("interrupted")
    words = [write(folder, "slow", SLOW, rate()), "--workers", request.param]
    process = subprocess.Popen(
        [sys.executable, "-m", "verify", *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert wait_for(lambda: bool(stored(folder)))
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: every process of the run
        out, err = process.communicate(timeout=PATIENCE)
        alone = wait_for(lambda: group_is_empty(process.pid))
    finally:
        if not group_is_empty(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
    kept = stored(folder)
    (folder / "go").touch()
    resumed = verify(folder, *words)
    calls = (folder / "calls").read_text(encoding="utf-8").split()
    return Interrupted(Run(process.returncode, out, err), alone, kept, resumed, calls)


def test_an_interrupt_exits_with_130_and_no_traceback(interrupted: Interrupted) -> None:
    assert interrupted.run.code == 130
    assert "Traceback" not in interrupted.run.text
    assert "KeyboardInterrupt" not in interrupted.run.text
    assert "interrupted: what was measured is kept" in interrupted.run.err


def test_an_interrupt_leaves_no_process_behind(interrupted: Interrupted) -> None:
    assert interrupted.alone


def test_an_interrupt_prints_the_command_that_goes_on(interrupted: Interrupted) -> None:
    assert "python -m verify slow.py --workers" in interrupted.run.err


def test_what_was_measured_is_kept_and_only_the_rest_is_measured(interrupted: Interrupted) -> None:
    kept = [one.rpartition(":")[2].rstrip("}") for one in interrupted.kept]
    assert kept
    assert set(kept) <= {"8", "16"}
    assert [interrupted.calls.count(n) for n in kept] == [1] * len(kept)


def test_the_same_command_again_completes_the_run(interrupted: Interrupted) -> None:
    assert interrupted.resumed.code == 0
    assert "upper: HOLDS" in interrupted.resumed.out


def test_a_fresh_run_goes_on_without_measuring_afresh(tmp_path: Path) -> None:
    name = write(tmp_path, "itself", ITSELF)
    run = verify(tmp_path, name, "--workers", "1", "--fresh", "--json", "run")
    assert run.code == 130
    printed = next(line for line in run.err.splitlines() if "python -m verify" in line)
    words = shlex.split(printed[printed.index("python -m verify") :])
    assert words[3:] == ["itself.py", "--workers", "1", "--json", "run"]
