"""A million replicates in blocks: `python -m benchmarks.soak [--figure FILE.svg]`.

Measures them in a new process and store, of which the resident memory is read all along; then does
the same again with what is stored, as a run that goes on does, and times that from the start of the
process.  Less than a minute.
"""

import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.engine import short
from verify.planning import Plan
from verify.sampling import Store, open_executor, sample
from verify.spec.measure import cell

CELLS, REPLICATES = 125, 8000
EVERY = 0.05
"""Seconds between two readings of the memory."""

Readings = list[tuple[float, float]]
"""Seconds since the start of the process, and MB that are resident then."""


def main(arguments: Sequence[str]) -> None:
    """Print the figures, and draw the memory."""
    parser = ArgumentParser(prog="python -m benchmarks.soak")
    parser.add_argument("--figure", type=Path, help="where to draw the memory over time")
    parser.add_argument(
        "--store", type=Path, help="measure into this store, as the process that is read"
    )
    asked = parser.parse_args(arguments)
    if asked.store is not None:
        work = Plan({cell(short, {"n": n}): REPLICATES for n in range(1, CELLS + 1)})
        with Store(asked.store) as store, open_executor(1) as team:
            print("ready", flush=True)
            found = sample(work, 0, store, team)
        print(sum(map(len, found.samples.values())), flush=True)
        return
    with TemporaryDirectory() as folder:
        store = Path(folder) / "store.sqlite"
        readings = [observed(store) for _ in range(2)]
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
    for name, found in zip(("measured", "from the store"), readings, strict=True):
        first, last = found[0][1], found[-1][1]
        highest = max(megabytes for _, megabytes in found)
        memory = f"{first:.0f} MB when ready, {last:.0f} at the end, {highest:.0f} at most"
        spent = f"{found[-1][0]:.1f} s with the start"
        print(f"{name}: {CELLS * REPLICATES:,} replicates, {spent}; resident {memory}")
    print(f"store: {size:.1f} MB")
    if asked.figure is not None:
        draw(readings, asked.figure)


def observed(store: Path) -> Readings:
    """The memory of a process that measures into a store, from when it is ready to its end."""
    begun = time.monotonic()
    words = [sys.executable, "-m", "benchmarks.soak", "--store", str(store)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    found: Readings = []
    while process.poll() is None:
        if (memory := resident(process.pid)) is not None:
            found.append((time.monotonic() - begun, memory))
        time.sleep(EVERY)
    if int(process.stdout.readline() or 0) != CELLS * REPLICATES:
        raise SystemExit("the process did not come to its end")
    return found


def resident(process: int) -> float | None:
    """MB that a process has in memory; None when it has ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="utf-8").split()[1])
    except (FileNotFoundError, IndexError, ProcessLookupError):
        return None
    return pages * os.sysconf("SC_PAGESIZE") / 1e6 or None


def draw(readings: list[Readings], file: Path) -> None:
    """The memory over time, of the run that measures and of the one that has all in its store."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load

    figure = Figure(figsize=(6, 3), layout="constrained")
    axes = figure.subplots()
    for name, found in zip(("measured", "from the store"), readings, strict=True):
        axes.plot(*zip(*found, strict=True), label=name)
    axes.set(xlabel="seconds since the start", ylabel="resident memory / MB", ylim=(0, None))
    axes.legend(title="a million replicates")
    figure.savefig(file)


if __name__ == "__main__":
    main(sys.argv[1:])
