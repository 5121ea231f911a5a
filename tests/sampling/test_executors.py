"""Linear algebra runs on one thread wherever blocks are measured, and nothing is left behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from verify.sampling import Team, open_executor
from verify.sampling.executors import ONE_THREAD

from . import measures

PATIENCE = 10
"""Seconds within which a process must have ended; most end in a fraction of one."""


def soon(condition: Callable[[], bool]) -> bool:
    """Whether `condition` becomes true within PATIENCE."""
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def running(process: int) -> bool:
    """Whether the process exists and is not a zombie."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def fail() -> None:
    raise ValueError("seven")


def fail_while_measuring(workers: list[int]) -> None:
    with open_executor(2) as executor:
        workers.append(executor.submit(os.getpid).result())
        executor.submit(measures.nap, 60)
        fail()


def test_one_worker_is_this_process(one_worker: Team) -> None:
    assert one_worker.submit(os.getpid).result() == os.getpid()


def test_two_workers_are_other_processes(two_workers: Team) -> None:
    assert two_workers.submit(os.getpid).result() != os.getpid()


def test_linear_algebra_has_one_thread_in_every_worker(two_workers: Team) -> None:
    futures = [two_workers.submit(measures.threads_of_linear_algebra) for _ in range(8)]
    assert {frozenset(future.result()) for future in futures} == {frozenset({1})}


def test_linear_algebra_has_one_thread_in_this_process_while_it_measures(
    one_worker: Team,
) -> None:
    before = measures.threads_of_linear_algebra()
    assert one_worker.submit(measures.threads_of_linear_algebra).result() == {1}
    assert measures.threads_of_linear_algebra() == before


def test_workers_leave_interrupts_to_the_parent(two_workers: Team) -> None:
    os.kill(two_workers.submit(os.getpid).result(), signal.SIGINT)
    assert two_workers.submit(abs, -1).result() == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_call_raises_is_in_its_future(workers: int) -> None:
    with open_executor(workers) as executor:
        future = executor.submit(fail)
        with pytest.raises(ValueError, match="seven"):
            future.result()


def test_a_pool_sets_the_environment_for_its_workers_and_restores_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    before = dict(os.environ)
    with open_executor(2):
        assert ONE_THREAD.items() <= os.environ.items()
    assert dict(os.environ) == before
    with pytest.raises(ValueError, match="seven"), open_executor(2):
        fail()
    assert dict(os.environ) == before


def test_an_exception_ends_the_pool_at_once_and_nobody_elses_process() -> None:
    mine = multiprocessing.get_context("spawn").Process(target=measures.nap, args=(60,))
    mine.start()
    try:
        workers: list[int] = []
        with pytest.raises(ValueError, match="seven"):
            fail_while_measuring(workers)
        assert soon(lambda: not any(map(running, workers)))
        assert mine.is_alive()
    finally:
        mine.kill()
        mine.join()


def test_workers_end_when_their_parent_is_killed() -> None:
    program = """
import os, signal
from tests.sampling import measures
from verify.sampling import Team, open_executor
if __name__ == "__main__":
    with open_executor(2) as executor:
        workers = {executor.submit(os.getpid).result() for _ in range(20)}
        print(*workers, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, start_new_session=True,
    )  # fmt: skip
    assert parent.stdout is not None
    workers = [int(word) for word in parent.stdout.readline().split()]
    assert workers
    try:
        assert soon(lambda: not any(map(running, workers)))
    finally:
        parent.stdout.close()
        for worker in filter(running, workers):
            os.kill(worker, signal.SIGKILL)
        parent.wait()
