"""A limit on the time of a function of a user, which may never return."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread

REPEAT = 1.0
"""Seconds until the alarm rings again, for a function that took no notice."""


class OverdueError(BaseException):
    """Time is up; no `except Exception` of a user stands in its way."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise OverdueError in what runs within, when so many seconds have passed.

    An alarm of the operating system rings it in Python's own code, and in sleep; a library that
    does not come back to Python cannot be stopped.  There is no limit where there is no alarm
    (Windows, other threads than the main one), or where it is already set for somebody else.
    """
    alarm = hasattr(signal, "setitimer") and current_thread() is main_thread()
    if not alarm or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return
    before = signal.signal(signal.SIGALRM, _overdue)
    signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _overdue(*_: object) -> None:
    raise OverdueError
