"""Where a number came from: code, versions, machine, seed and command."""

import os
import platform
import subprocess
from collections.abc import Sequence
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
    `measured_on` has the processor and the kernel of linear algebra, which the last bits depend on,
    of each kind of machine that was there to measure; `workers` is how many processes were.
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
    measured_on: list[str] = []
    workers: int = 0


class Clock:
    """Started when made; knows the wall and processor seconds since then."""

    def __init__(self) -> None:
        self.started = datetime.now(UTC).isoformat(timespec="seconds")
        self._wall, self._cpu = perf_counter(), _cpu_seconds()

    def seconds(self) -> tuple[float, float]:
        """Wall and processor seconds, the latter with those of finished child processes."""
        return round(perf_counter() - self._wall, 3), round(_cpu_seconds() - self._cpu, 3)


def provenance(
    clock: Clock,
    *,
    spec: str,
    seed: int,
    budget: str,
    command: str,
    samples: int,
    folder: Path,
    measured_on: Sequence[str] = (),
    workers: int = 0,
) -> Provenance:
    """The provenance of a run that ends now, of theorems in `folder`."""
    wall, cpu = clock.seconds()
    return Provenance(
        spec=spec,
        seed=seed,
        budget=budget,
        command=command,
        git_commit=_git_commit(folder),
        versions=versions(),
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        started=clock.started,
        wall_s=wall,
        cpu_s=cpu,
        samples=samples,
        measured_on=list(measured_on),
        workers=workers,
    )


def hardware() -> str:
    """The processor here, and each library of linear algebra that is loaded: kernel and threads."""
    from threadpoolctl import threadpool_info  # noqa: PLC0415

    loaded = {
        f"{one['internal_api']} {one['version']} {one.get('architecture', '')}".strip()
        + f" on {one['num_threads']} thread{'s' * (one['num_threads'] != 1)}"
        for one in threadpool_info()
        if one["user_api"] == "blas"
    }
    return "; ".join([_processor(), *sorted(loaded)])


def _processor() -> str:
    """The model of the processor, as the system calls it."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        text = ""
    for line in text.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.processor() or platform.machine()


def _cpu_seconds() -> float:
    times = os.times()
    return process_time() + times.children_user + times.children_system


def versions(packages: Sequence[str] = PACKAGES) -> dict[str, str]:
    """The versions of Python and of packages."""
    found = {"python": platform.python_version()}
    for name in packages:
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
