"""Runs of a theorem that takes its time, to be disturbed; and the digest of what they end with."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tests.cli.command_line import STORE
from tests.cli.theorem_text import rate, write
from verify.result import Result

PATIENCE = 60
"""Seconds within which a thing must have happened; it takes a few."""

SLOW = '''
def error(rng, size, n):
    """Sleeps, for other processes to use the processors; notes when it began and ended."""
    begun = time.time()
    time.sleep(0.04)
    with open("calls", "a") as calls:
        calls.write(f"{os.getpid()} {n} {rng.bit_generator.state['state']['state']} "
                    f"{begun} {time.time()}\\\\n")
    return n**-0.5 * rng.lognormal(0, 0.12, size)
'''.replace("\\\\n", "\\n")
GRID = 'Design(sweep={"n": [8 * 2**k for k in range(12)]})'
BLOCKS = 12 * 2
"""Of the theorem at the quick budget, which decides it at the second of three looks."""


class Call(NamedTuple):
    """A block that was measured: by which process, which block, from when to when."""

    process: int
    block: str
    begun: float
    ended: float


def prepare(folder: Path) -> None:
    """Write the theorem."""
    folder.mkdir(exist_ok=True)
    write(folder, "slow", SLOW, rate(designs=GRID))


def start(folder: Path, *words: str, **options: Any) -> subprocess.Popen[str]:
    """Begin a run, in a group of processes of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "verify", "slow.py", "--quiet", "--budget", "quick",
         "--json", "found.json", *(words or ("--workers", "2"))],
        cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True, **options,
    )  # fmt: skip


def finish(folder: Path, *words: str) -> str:
    """Run to the end, in one process unless told, and give the digest of what was found."""
    process = start(folder, *(words or ("--workers", "1")))
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, out + err
    return digest(folder)


def digest(folder: Path, name: str = "found.json") -> str:
    """Of the result that a run wrote."""
    return msgspec.json.decode((folder / name).read_bytes(), type=Result).digest


def calls(folder: Path) -> list[Call]:
    """What was measured so far."""
    path = folder / "calls"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    parts = [line.split() for line in lines if line.count(" ") == 4]
    return [Call(int(p), f"{n} {state}", float(b), float(e)) for p, n, state, b, e in parts]


def soon(condition: Callable[[], bool]) -> bool:
    """Whether `condition` becomes true in time."""
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


def measuring(folder: Path, count: int = 1) -> bool:
    """Wait until so many blocks were measured."""
    return soon(lambda: len(calls(folder)) >= count)


def is_gone(group: int) -> bool:
    """Whether no process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def kill(process: subprocess.Popen[str]) -> None:
    """kill -9 of the run itself; its workers see to themselves."""
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE)
    assert soon(lambda: is_gone(process.pid)), "workers are left"


def events(folder: Path) -> list[dict[str, Any]]:
    """What a run told."""
    text = (folder / "events").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def store(folder: Path) -> Path:
    """Where the blocks are."""
    return folder / STORE
