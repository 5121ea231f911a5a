"""How long a block may take, and how much memory; what is beyond raises where it is measured."""

import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from time import monotonic

import attrs

from verify.errors import InputError

GRACE = 1.0
"""Seconds that a block has beyond its time, before its process is ended."""

LONGEST = 1e8
"""Seconds that a timer can be set to, which is three years."""


@attrs.frozen
class Limits:
    """Of one block: `seconds`, and `memory`, the bytes of address space of its process.

    `left` are the seconds until all measuring has to end, from when a task is sent off.
    Raises InputError for seconds or bytes that are not above 0.
    """

    seconds: float = inf
    memory: float = inf
    left: float = inf

    def __attrs_post_init__(self) -> None:
        for name, value in (("time-out of a cell", self.seconds), ("memory limit", self.memory)):
            if not value > 0:
                raise InputError(f"found {value} as {name}; expected a number above 0")


NO_LIMITS = Limits()


class OutOfTimeError(BaseException):
    """A block takes too long; not an Exception, for a measure may catch those."""


@contextmanager
def within(limits: Limits, end: float) -> Iterator[None]:
    """Raises OutOfTimeError after `limits.seconds`, or at `end` on the clock of `monotonic`.

    Raises MemoryError where the measure does, because there is no more.  Code that never comes back
    to the interpreter is ended with its process, if that is a worker.  Only a process' main thread
    can be interrupted: elsewhere, and on a system without such limits, nothing happens.
    """
    seconds = min(limits.seconds, end - monotonic())
    seconds = inf if seconds > LONGEST else seconds
    if (seconds == inf and limits.memory == inf) or not _can_be_interrupted():
        yield
        return
    with _timed(seconds), _bounded(limits.memory):
        yield


def _can_be_interrupted() -> bool:
    return os.name == "posix" and threading.current_thread() is threading.main_thread()


@contextmanager
def _timed(seconds: float) -> Iterator[None]:
    if seconds == inf:
        yield
        return
    before = signal.signal(signal.SIGALRM, _give_up)
    try:
        # again each second, for a measure that catches everything
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-3), GRACE)
        with _ended(seconds + 1.5 * GRACE):
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _ended(seconds: float) -> Iterator[None]:
    """The process ends after so many seconds, if it is a worker, whatever runs in it."""
    if multiprocessing.parent_process() is None:
        yield
        return
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _give_up(*_: object) -> None:
    raise OutOfTimeError


@contextmanager
def _bounded(memory: float) -> Iterator[None]:
    if memory > sys.maxsize:
        yield
        return
    import resource  # noqa: PLC0415 - absent where there is no such limit

    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
