"""Where blocks are measured: this process, or a pool of others; BLAS always on one thread."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from threading import Thread
from typing import Any

from threadpoolctl import threadpool_limits

ONE_THREAD = {
    f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "BLIS", "NUMEXPR")
}
"""Environment under which linear algebra gives the same last bits for any number of workers."""


class InProcess(Executor):
    """An executor that runs each call at once, where it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The finished future of `fn(*args, **kwargs)`."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Pool(ProcessPoolExecutor):
    """Other processes, which leave interrupts to this one from their first instruction on.

    A worker is started when a call is submitted, and inherits what is held back then.
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of `fn(*args, **kwargs)` in a worker."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def processors() -> int:
    """How many processors this process may use, as far as the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def open_executor(workers: int) -> Iterator[Executor]:
    """An executor of `workers` processes; with one worker, this process itself."""
    if workers == 1:
        with threadpool_limits(limits=1):
            yield InProcess()
        return
    before, others = dict(os.environ), set(multiprocessing.active_children())
    os.environ.update(ONE_THREAD)
    context = multiprocessing.get_context("spawn")
    pool = Pool(workers, mp_context=context, initializer=_settle_in)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown()
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
