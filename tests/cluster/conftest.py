"""A Dask scheduler and two workers, as real processes on the loopback interface."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("distributed")

PATIENCE = 90


class Dask:
    """Processes of one scheduler."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        self.folder = folder
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._start("scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard")
        end = time.monotonic() + PATIENCE
        while not self.file.exists() and time.monotonic() < end:
            time.sleep(0.05)

    def _start(self, kind: str, *words: str, name: str = "scheduler") -> None:
        log = (self.folder / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--scheduler-file",
             str(self.file), *words],
            cwd=self.folder, stdout=log, stderr=log,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([*map(os.path.abspath, sys.path)])},
        )  # fmt: skip

    @property
    def address(self) -> str:
        import json

        return str(json.loads(self.file.read_text(encoding="utf-8"))["address"])

    def work(self, name: str, *words: str) -> None:
        """Start a worker with one thread, and wait until it is there."""
        from distributed import Client

        words = words or ("--nthreads", "1", "--no-nanny", "--no-dashboard")
        self._start("worker", *words, "--host", "127.0.0.1", "--name", name, name=name)
        with Client(self.address, set_as_default=False) as client:
            count = sum(name != "scheduler" for name in self.processes)
            client.wait_for_workers(count, timeout=PATIENCE)

    def close(self) -> None:
        for process in self.processes.values():
            process.kill()
        for process in self.processes.values():
            process.wait()


@pytest.fixture(scope="session")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    """Two workers that all tests share."""
    started = Dask(tmp_path_factory.mktemp("dask"))
    try:
        started.work("one")
        started.work("two")
        yield started
    finally:
        started.close()
