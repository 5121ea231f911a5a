"""A cell that takes too long or too much is reported, in time, and the others are measured."""

import math
import resource
import signal
import time
from pathlib import Path

import numpy as np
import pytest

from verify.errors import InputError
from verify.planning import Plan
from verify.sampling import Limits, Measured, Store, open_executor, sample
from verify.sampling.limits import GRACE
from verify.sampling.measuring import Raised, measure_block
from verify.spec.measure import Measure

from . import measures
from .measures import block, plan

GRID = (8, 16, 32)
SHORT = Limits(seconds=0.3)
TOO_LONG = "a block of 32 replicates took longer than 0.3 s (--cell-timeout)"
MEMORY = Limits(memory=2.0**32)


def measured(measure: Measure, folder: Path, workers: int, limits: Limits) -> Measured:
    with Store(folder / "store.sqlite") as store, open_executor(workers) as team:
        return sample(plan(measure, GRID), 7, store, team, limits=limits)


def check_that_16_alone_failed(found: Measured, error: str) -> None:
    assert [one.label.partition("(")[2] for one in found.samples] == ["n=8)", "n=32)"]
    assert all(len(values) == 64 for values in found.samples.values())
    assert [failure.error for failure in found.failures.values()] == [error]
    assert not found.stopped


@pytest.mark.parametrize("workers", [1, 2])
def test_a_block_that_hangs_is_given_up_and_others_are_kept(tmp_path: Path, workers: int) -> None:
    start = time.monotonic()
    found = measured(measures.sleeps_at_16, tmp_path, workers, SHORT)
    check_that_16_alone_failed(found, TOO_LONG)
    assert time.monotonic() - start < 30, "half of what it would sleep"
    trace = Path(next(iter(found.failures.values())).trace).read_text(encoding="utf-8")
    assert "time.sleep(60)" in trace, "the traceback shows where it hung"


def test_a_worker_that_cannot_be_interrupted_is_ended(tmp_path: Path) -> None:
    check_that_16_alone_failed(measured(measures.stuck_at_16, tmp_path, 2, SHORT), TOO_LONG)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_block_that_exhausts_memory_fails_alone(tmp_path: Path, workers: int) -> None:
    found = measured(measures.greedy_at_16, tmp_path, workers, MEMORY)
    (failure,) = found.failures.values()
    assert failure.error.startswith("MemoryError: Unable to allocate 6.00 GiB")
    check_that_16_alone_failed(found, failure.error)


@pytest.mark.parametrize("bound", [0, -1.0, math.nan])
def test_limits_that_are_none_are_refused(bound: float) -> None:
    with pytest.raises(InputError, match=rf"found {bound} as time-out of a cell; expected"):
        Limits(seconds=bound)
    with pytest.raises(InputError, match=rf"found {bound} as memory limit; expected"):
        Limits(memory=bound)


def test_a_limit_beyond_every_timer_is_none() -> None:
    bounded = measure_block(block(measures.draws), Limits(seconds=1e300, memory=1e300))
    assert np.array_equal(bounded, measure_block(block(measures.draws)))


def test_limits_are_gone_when_a_block_is_done() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGALRM)
    both = Limits(seconds=5, memory=2.0**34)
    for measure in (measures.draws, measures.raises):
        measure_block(block(measure), both)
        assert (resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGALRM)) == before
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_limits_change_no_digit() -> None:
    free, bound = (measure_block(block(measures.draws), one) for one in (Limits(), SHORT))
    assert not isinstance(free, Raised)
    assert not isinstance(bound, Raised)
    assert free.tobytes() == bound.tobytes()


@pytest.mark.parametrize("workers", [1, 2])
def test_time_is_kept_though_a_block_hangs(tmp_path: Path, workers: int) -> None:
    work = Plan({**plan(measures.draws, GRID).replicates,
                 **plan(measures.sleeps_at_16, (16,)).replicates})  # fmt: skip
    with Store(tmp_path / "store.sqlite") as store, open_executor(workers) as team:
        team.submit(abs, 1).result()  # a worker is there
        until = time.monotonic() + 0.5
        found = sample(work, 7, store, team, until=until)
        assert time.monotonic() < until + 2 * GRACE + 1
    assert found.stopped
    assert found.failures == {}
    assert "sleeps_at_16(n=16)" not in [one.label for one in found.samples]
    assert found.samples
