"""What the engine costs and what workers bring: `python -m benchmarks.engine`.

One table, as Markdown.  All figures are of one run, and the last column compares two of them, so
that a busy machine disturbs both: blocks of a microsecond (how many a second, and the processor
time of this process for each), what the store and the pool add to blocks of 10 ms, what two workers
make of 50 ms of arithmetic, and a Dask cluster of two processes against the pool.  What workers get
of a busy machine is not for the engine to say: look at how many are at it at a time.  About a
minute on two idle processors.
"""

import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from verify.planning import BLOCK, Plan
from verify.sampling import Store, Team, open_cluster, open_executor, sample
from verify.spec.measure import Measure, cell

Array = np.ndarray
Open = Callable[[], AbstractContextManager[Team]]


def short(rng: np.random.Generator, size: int, n: int) -> Array:
    """A few microseconds for a block."""
    return rng.normal(size=size) / n


def resting(rng: np.random.Generator, size: int, n: int) -> Array:
    """10 ms without the processor; returns the seconds that it really took."""
    start = time.perf_counter()
    time.sleep(0.01)
    return np.full(size, time.perf_counter() - start)


def busy(rng: np.random.Generator, size: int, n: int) -> Array:
    """About 50 ms of arithmetic on an idle processor; returns the seconds that it really took."""
    start = time.perf_counter()
    total = 0.0
    for k in range(600_000):
        total += k % 7
    return np.full(size, time.perf_counter() - start)


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.engine")
    parser.add_argument("--blocks", type=int, default=20_000, help="of a microsecond")
    asked = parser.parse_args(arguments)
    few = max(40, asked.blocks // 100)
    print("| what | where | blocks | figure |\n|---|---|---|---|", flush=True)
    one, two = partial(open_executor, 1), partial(open_executor, 2)
    rates = {}
    for name, team in (("in process", one), ("two workers", two)):
        wall, own, _ = timed(short, asked.blocks, team)
        rates[name] = asked.blocks / wall
        row("blocks of a microsecond", name, asked.blocks, f"{rates[name]:,.0f} a second")
        row(
            "processor time of this process",
            name,
            asked.blocks,
            f"{own / asked.blocks * 1e6:.0f} us each",
        )
    for name, team, workers in (("in process", one, 1), ("two workers", two, 2)):
        wall, _, values = timed(resting, few, team)
        inside = sum(float(values[first]) for first in range(0, len(values), BLOCK)) / workers
        row("added to blocks of 10 ms", name, few, f"{wall / inside - 1:.1%}")
    walls = []
    for team in (one, two):
        wall, _, values = timed(busy, few, team)
        walls.append(wall)
    at_it = sum(float(values[first]) for first in range(0, len(values), BLOCK)) / walls[1]
    row("50 ms of arithmetic", "workers at it, of two", few, f"{at_it:.2f} on average")
    row(
        "50 ms of arithmetic",
        "two workers against one",
        few,
        f"{walls[0] / walls[1]:.2f} times as fast",
    )
    with suppress(ImportError), dask() as address:
        there = partial(open_cluster, address)
        wall = timed(busy, few, there)[0]
        row(
            "50 ms of arithmetic",
            "Dask against the pool",
            few,
            f"{walls[1] / wall:.2f} times as fast",
        )
        wall = timed(short, asked.blocks, there)[0]
        ratio = asked.blocks / wall / rates["two workers"]
        row(
            "blocks of a microsecond",
            "Dask against the pool",
            asked.blocks,
            f"{ratio:.2f} times as fast",
        )


def row(what: str, where: str, blocks: int, figure: str) -> None:
    """Print a line of the table."""
    print(f"| {what} | {where} | {blocks:,} | {figure} |", flush=True)


def timed(measure: Measure, blocks: int, team: Open) -> tuple[float, float, Array]:
    """Wall and processor seconds of this process for so many blocks; and their replicates.

    In a new store, with workers that have been started and know the measure.
    """
    with TemporaryDirectory() as folder, Store(Path(folder) / "store") as store, team() as opened:
        sample(plan(measure, 8), 1, store, opened)
        work = plan(measure, blocks)
        begun, own = time.perf_counter(), time.process_time()
        found = sample(work, 0, store, opened)
        wall, own = time.perf_counter() - begun, time.process_time() - own
        return wall, own, np.concatenate(list(found.samples.values()))


def plan(measure: Measure, blocks: int) -> Plan:
    """So many blocks, up to a hundred in each cell."""
    cells, each = -(-blocks // 100), min(blocks, 100)
    return Plan({cell(measure, {"n": n}): each * BLOCK for n in range(1, cells + 1)})


@contextmanager
def dask() -> Iterator[str]:
    """The address of a Dask scheduler with two processes; ImportError without dask.distributed."""
    from distributed import LocalCluster  # noqa: PLC0415 - it may be missing

    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        yield cluster.scheduler_address


if __name__ == "__main__":
    main(sys.argv[1:])
