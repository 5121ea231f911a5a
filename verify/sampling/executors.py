"""Where blocks are measured: this process, or a pool of others; BLAS always on one thread."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
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
        with threadpool_limits(limits=1):
            future.set_result(fn(*args, **kwargs))
        return future


@contextmanager
def open_executor(workers: int) -> Iterator[Executor]:
    """An executor of `workers` processes; with one worker, this process itself."""
    if workers == 1:
        yield InProcess()
        return
    before = dict(os.environ)
    os.environ.update(ONE_THREAD)
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown()
        os.environ.clear()
        os.environ.update(before)


def _leave_interrupts() -> None:
    """An interrupt from the keyboard is for the parent, which decides what to keep."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
