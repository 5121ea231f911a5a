"""Whatever ends a run, the same command goes on, and ends with the digits of an undisturbed one.

Three kills at random moments; VERIFY_CRASHES=20 makes it twenty.
"""

import os
import random
import resource
import signal
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

import pytest

from . import runs

KILLS = int(os.environ.get("VERIFY_CRASHES", "3"))


@pytest.mark.parametrize("trial", range(KILLS))
def test_a_kill_at_a_random_moment_costs_nothing_that_was_stored(
    folder: Path, undisturbed: str, trial: int
) -> None:
    """The moment: after some of the blocks, and a part of the time that one takes."""
    draw = random.Random(trial)
    process = runs.start(folder)
    assert runs.measuring(folder, draw.randrange(1, runs.BLOCKS))
    time.sleep(draw.uniform(0, 0.03))
    runs.kill(process)
    stored = count(folder)
    before = len(runs.calls(folder))
    assert before - stored <= 12, "no more is lost than was under way"
    assert runs.finish(folder) == undisturbed
    assert len(runs.calls(folder)) - before == runs.BLOCKS - stored


def count(folder: Path) -> int:
    """Blocks in the store."""
    connection = sqlite3.connect(runs.store(folder))
    with suppress(sqlite3.OperationalError):  # killed before there was a table
        (found,) = connection.execute("SELECT count(*) FROM block").fetchone()
        connection.close()
        return int(found)
    return 0


@pytest.mark.parametrize("damage", ["cut", "flipped", "gone"])
def test_a_torn_log_loses_its_end_and_nothing_else(
    folder: Path, undisturbed: str, damage: str
) -> None:
    process = runs.start(folder)
    assert runs.measuring(folder, 16)
    runs.kill(process)
    log = runs.store(folder).with_name(runs.store(folder).name + "-wal")
    content = bytearray(log.read_bytes())
    middle = random.Random(damage).randrange(len(content) // 4, len(content))
    if damage == "flipped":
        content[middle] ^= 1
    log.write_bytes(content[: {"cut": middle, "gone": 0}.get(damage, len(content))])
    assert runs.finish(folder) == undisturbed


def test_a_full_disk_exits_with_4_and_the_run_goes_on_when_there_is_room(
    folder: Path, undisturbed: str
) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))

    process = runs.start(folder, preexec_fn=small)
    _, err = process.communicate(timeout=runs.PATIENCE)
    assert process.returncode == 4
    assert "the store .verify/store.sqlite cannot be used: " in err
    assert "Make room and repeat the command, for what was measured is kept" in err
    assert "Traceback" not in err
    assert runs.finish(folder) == undisturbed


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_ends_a_run_in_order(folder: Path, undisturbed: str, name: str) -> None:
    process = runs.start(folder, "--workers", "2", "--events", "events")
    assert runs.measuring(folder, 5)
    process.send_signal(getattr(signal, name))
    _, err = process.communicate(timeout=runs.PATIENCE)
    assert process.returncode == 130
    assert "what was measured is kept; go on with: python -m verify slow.py" in err
    assert "Traceback" not in err
    assert runs.soon(lambda: runs.is_gone(process.pid))
    assert runs.events(folder)[-1]["event"] == "interrupted"
    assert runs.events(folder)[-1]["unfinished"] == ["slow"]
    assert runs.finish(folder) == undisturbed


@pytest.mark.parametrize("pause", [0.0, 0.1])
def test_ctrl_c_twice_is_no_worse_than_once(folder: Path, undisturbed: str, pause: float) -> None:
    process = runs.start(folder)
    assert runs.measuring(folder, 5)
    for _ in range(2):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        time.sleep(pause)
    _, err = process.communicate(timeout=runs.PATIENCE)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert runs.soon(lambda: runs.is_gone(process.pid))
    assert runs.finish(folder) == undisturbed


def test_a_worker_that_is_killed_is_replaced(folder: Path, undisturbed: str) -> None:
    process = runs.start(folder)
    assert runs.measuring(folder, 5)
    os.kill(runs.calls(folder)[-1].process, signal.SIGKILL)
    out, err = process.communicate(timeout=runs.PATIENCE)
    assert process.returncode == 0, out + err
    assert runs.digest(folder) == undisturbed


def test_a_time_limit_is_kept_and_the_rest_is_measured_later(
    folder: Path, undisturbed: str
) -> None:
    process = runs.start(folder, "--workers", "1", "--time-limit", "0.3")
    process.communicate(timeout=runs.PATIENCE)
    assert process.returncode == 3
    done = runs.calls(folder)
    assert done[-1].ended - done[0].begun < 2
    assert len(done) < runs.BLOCKS
    assert runs.digest(folder) != undisturbed
    assert runs.finish(folder) == undisturbed
    assert len(runs.calls(folder)) == runs.BLOCKS


def test_two_runs_at_once_share_the_work(folder: Path, undisturbed: str) -> None:
    """A block is measured by both only if the second began it before the first could store it."""
    first = runs.start(folder, "--workers", "1", "--json", "first.json")
    second = runs.start(folder, "--workers", "1", "--json", "second.json")
    for process in (first, second):
        out, err = process.communicate(timeout=runs.PATIENCE)
        assert process.returncode == 0, out + err
    assert runs.digest(folder, "first.json") == runs.digest(folder, "second.json") == undisturbed
    done = sorted(runs.calls(folder), key=lambda call: call.begun)
    seen: dict[str, runs.Call] = {}
    for call in done:
        earlier = seen.setdefault(call.block, call)
        overlap = call is earlier or call.begun < earlier.ended + 0.5
        assert overlap, f"{call} was there since {earlier}"
    assert len(seen) == runs.BLOCKS
    assert len(done) < 1.75 * runs.BLOCKS, "they do not walk in step"
