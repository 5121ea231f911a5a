"""Real command lines, each in a folder of its own; none may show a traceback."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

STORE = Path(".verify/store.sqlite")


class Run(NamedTuple):
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err


def verify(folder: Path, *words: str, **environment: str) -> Run:
    """`python -m verify WORDS...` in `folder`."""
    done = subprocess.run(
        [sys.executable, "-m", "verify", *words],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    run = Run(done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in run.text, run.text
    return run


def quick(folder: Path, *words: str, **environment: str) -> Run:
    """The same at the quick budget in one process."""
    return verify(folder, *words, "--budget", "quick", "--workers", "1", **environment)


def stored(folder: Path, store: Path = STORE) -> list[str]:
    """The cells in the store of a folder, as `measure {variables}`, one for each block."""
    try:
        connection = sqlite3.connect(f"file:{folder / store}?mode=ro", uri=True)
        rows = connection.execute("SELECT measure, variables FROM block").fetchall()
    except sqlite3.OperationalError:  # not there yet
        return []
    connection.close()
    return sorted(f"{measure} {variables}" for measure, variables in rows)
