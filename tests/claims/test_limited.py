"""A residual that does not return is stopped, and whoever has an alarm of his own keeps it."""

import signal
from collections.abc import Iterator
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.claims.identities import identity, judged
from verify.claims.exact.limited import OverdueError, limited
from verify.verdict import Reason, Verdict

SOON = 0.1


def spinning(n: int) -> int:
    """Does not return for an instance of the first few."""
    while n > 3:
        pass
    return 0


def sleeping(n: int) -> int:
    """Waits."""
    sleep(60 if n > 3 else 0)
    return 0


def stubborn(n: int) -> int:
    """Takes every exception for its own."""
    try:
        return spinning(n)
    except Exception:
        return 0


def slipping(n: int) -> int:
    """Wrong from a million on, and not to be computed just below: what shrinking tries."""
    return int(n >= 10**6) if n >= 10**6 or n < 10**5 else spinning(n)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("verify.claims.exact.arithmetic.SECONDS", SOON)
    yield
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


@pytest.mark.parametrize("residual", [spinning, sleeping, stubborn])
def test_a_residual_that_does_not_return_is_a_failed_measurement(residual: Any) -> None:
    began = monotonic()
    found = judged(identity(residual=residual, given={"n": st.integers(0, 10**6)}))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.MEASUREMENT)
    assert found.detail == f"{residual.__name__} was stopped after 0.1 s"
    assert found.exit_code == 4
    assert monotonic() - began < 5


def test_an_instance_that_hangs_while_it_is_shrunk_is_no_counterexample() -> None:
    found = judged(identity(residual=slipping, given={"n": st.integers(0, 10**9)}, instances=8))
    assert found.counterexample is not None
    assert 10**6 <= found.counterexample.instance["n"] < 10**6 + 10


def test_what_returns_in_time_is_not_touched() -> None:
    with limited(SOON):
        pass
    sleep(2 * SOON)


def test_one_that_takes_no_notice_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.claims.exact.limited.REPEAT", SOON)
    told = []

    def patient() -> None:
        while len(told) < 2:
            try:
                sleep(60)
            except OverdueError:
                told.append(True)

    with limited(SOON):
        patient()
    assert told == [True, True]


def test_the_alarm_of_somebody_else_is_left_alone() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _: heard.append(number))
    signal.setitimer(signal.ITIMER_REAL, 2 * SOON)
    try:
        with limited(SOON / 10):
            sleep(3 * SOON)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert heard == [signal.SIGALRM]


def test_in_another_thread_there_is_no_limit() -> None:
    done: list[bool] = []

    def work() -> None:
        with limited(SOON / 10):
            sleep(SOON)
            done.append(True)

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
