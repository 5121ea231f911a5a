"""Where a number came from: code, versions, machine, seed and command."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter, process_time

import msgspec

PACKAGES = ("verify-theorems", "numpy", "scipy", "sympy", "mpmath")


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed to repeat a run; times in seconds, of this process and its children.

    `spec` is a digest of the theorem's declaration and of the source of its measures; where data
    that already exist are judged, it is one of their file, `budget` is empty, and no seed counts.
    """

    spec: str
    seed: int
    budget: str
    command: str
    git_commit: str | None
    versions: dict[str, str]
    machine: str
    started: str
    wall_s: float
    cpu_s: float
    samples: int


class Clock:
    """Started when made; knows the wall and processor seconds since then."""

    def __init__(self) -> None:
        self.started = datetime.now(UTC).isoformat(timespec="seconds")
        self._wall, self._cpu = perf_counter(), _cpu_seconds()

    def seconds(self) -> tuple[float, float]:
        """Wall and processor seconds, the latter with those of finished child processes."""
        return round(perf_counter() - self._wall, 3), round(_cpu_seconds() - self._cpu, 3)


def provenance(
    clock: Clock, *, spec: str, seed: int, budget: str, command: str, samples: int, folder: Path
) -> Provenance:
    """The provenance of a run that ends now, of theorems in `folder`."""
    wall, cpu = clock.seconds()
    return Provenance(
        spec=spec,
        seed=seed,
        budget=budget,
        command=command,
        git_commit=_git_commit(folder),
        versions={"python": platform.python_version()} | _versions(),
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        started=clock.started,
        wall_s=wall,
        cpu_s=cpu,
        samples=samples,
    )


def _cpu_seconds() -> float:
    times = os.times()
    return process_time() + times.children_user + times.children_system


def _versions() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # a source tree that was not installed
            found[name] = "unknown"
    return found


def _git_commit(folder: Path) -> str | None:
    """The commit of the checkout that holds `folder`, marked if the tree has changes."""
    try:
        described = subprocess.run(
            ["git", "-C", str(folder), "describe", "--always", "--dirty", "--abbrev=40"],
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return described.stdout.strip() or None
