"""A proof in a process of its own, which is ended when its time is up: a simplifier can hang."""

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from verify.claims.exact.attempt import Attempt

SECONDS = 10.0
"""Time for a proof, from when its process has loaded what it needs."""

LOADING = 120.0


def apart(
    attempt: Callable[[Callable[[], Any]], Attempt],
    proof: Callable[[], Any],
    seconds: float = SECONDS,
) -> Attempt:
    """What `attempt` makes of a proof within so many seconds; open where it takes longer."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, attempt, proof), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(LOADING):
            return Attempt("open", f"not proved: its process did not start in {LOADING:g} s")
        ours.recv()
        if not ours.poll(seconds):
            return Attempt("open", f"not proved: stopped after {seconds:g} s")
        found: Attempt = ours.recv()
    except EOFError:
        return Attempt("open", "not proved: its process ended before it had an answer")
    else:
        return found
    finally:
        process.kill()
        process.join()
        ours.close()


def _answer(
    channel: Connection,
    attempt: Callable[[Callable[[], Any]], Attempt],
    proof: Callable[[], Any],
) -> None:
    """Say that everything is loaded, then what became of the proof."""
    import sympy  # noqa: F401, PLC0415 - its loading is not the proof's time

    channel.send(None)
    channel.send(attempt(proof))
