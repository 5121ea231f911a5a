"""Where blocks are measured: this process, or a pool of others; BLAS always on one thread."""

import multiprocessing
import os
import signal
from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from threading import Thread
from typing import Any

from threadpoolctl import threadpool_limits

from verify.provenance import hardware
from verify.sampling.batch import Outcome, measure_batch, measure_sent, sent
from verify.sampling.block import Block
from verify.sampling.limits import Limits

ONE_THREAD = {
    f"{library}_NUM_THREADS": "1"
    for library in ("OPENBLAS", "OMP", "MKL", "BLIS", "NUMEXPR", "NUMBA")
}
"""Environment under which arithmetic gives the same last bits for any number of workers."""


class Team(Executor):
    """An executor that measures blocks: how many at once, and how they get there."""

    @property
    @abstractmethod
    def workers(self) -> int:
        """How many tasks it works on at a time."""

    @property
    def hardware(self) -> list[str]:
        """What it measures on: each kind of machine once."""
        return [hardware()]

    @property
    def depth(self) -> int:
        """How many tasks are worth handing over: enough to keep it busy, few to lose."""
        return 2 * self.workers + 2

    @abstractmethod
    def measure(self, blocks: Sequence[Block], limits: Limits) -> Future[list[Outcome]]:
        """What becomes of some blocks; BrokenExecutor in the future if their worker is lost."""


class InProcess(Team):
    """This process, which runs each call at once, where it is submitted."""

    workers = depth = 1

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The finished future of `fn(*args, **kwargs)`."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future

    def measure(self, blocks: Sequence[Block], limits: Limits) -> Future[list[Outcome]]:
        """The finished future of what becomes of some blocks."""
        return self.submit(measure_batch, blocks, limits)


class Pool(Team):
    """Other processes, which leave interrupts to this one from their first instruction on.

    A worker is started when a call is submitted, and inherits what is held back then.  When one is
    lost, the futures of what was under way raise BrokenExecutor, and the next call starts new ones.
    """

    workers = 0

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of `fn(*args, **kwargs)` in a worker."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return self._pool.submit(fn, *args, **kwargs)
        except BrokenProcessPool:
            self._start()
            return self._pool.submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def measure(self, blocks: Sequence[Block], limits: Limits) -> Future[list[Outcome]]:
        """What becomes of some blocks in a worker."""
        return self.submit(measure_sent, sent(blocks), limits)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers at once, whatever they do."""
        del wait, cancel_futures
        workers = list((self._pool._processes or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.kill()
        self._pool.shutdown()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(self.workers, mp_context=context, initializer=_settle_in)


def processors() -> int:
    """How many processors this process may use, as far as the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def open_executor(workers: int) -> Iterator[Team]:
    """An executor of `workers` processes; with one worker, this process itself."""
    before = dict(os.environ)
    os.environ.update(ONE_THREAD)
    try:
        with threadpool_limits(limits=1), InProcess() if workers == 1 else Pool(workers) as team:
            yield team
    finally:
        os.environ.clear()
        os.environ.update(before)


def _settle_in() -> None:
    """A worker ends when its parent does."""
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
