"""Bars on a terminal, a line now and then elsewhere, nothing where nobody looks."""

import io
import time

import pytest
from rich.console import Console

from verify.cli.watching import Announcer, Bars, Lines, announcer
from verify.discovery import catalogue, find, load
from verify.planning import BUDGETS, Plan, plan
from verify.spec import Theorem


@pytest.fixture(scope="module")
def work() -> tuple[Theorem, Plan]:
    """Of a theorem of five claims, two of which are decided without being measured."""
    theorem = load(find("lipschitz_regression", catalogue())[0]).drawn(0)
    return theorem, plan(theorem, BUDGETS["quick"])


def console(*, terminal: bool) -> Console:
    return Console(file=io.StringIO(), force_terminal=terminal, width=120)


def said(watcher: Announcer) -> str:
    assert isinstance(watcher.console.file, io.StringIO)
    return watcher.console.file.getvalue()


def test_each_console_has_its_kind() -> None:
    assert isinstance(announcer(console(terminal=True)), Bars)
    assert isinstance(announcer(console(terminal=False)), Lines)
    assert type(announcer(Console(quiet=True))) is Announcer


def test_each_claim_that_is_measured_has_a_bar_which_its_cells_fill(
    work: tuple[Theorem, Plan],
) -> None:
    theorem, cells = work
    with Bars(console(terminal=True)) as bars:
        bars.planned(theorem, cells)
        bars.advanced(cells.replicates)
        tasks = {task.description: task for task in bars._progress.tasks}
    names = ("upper", "upper_everywhere", "lower")
    assert list(tasks) == [f"lipschitz_regression:{name}" for name in names]
    assert all(task.completed == pytest.approx(task.total) for task in tasks.values())
    assert "lipschitz_regression:upper_everywhere" in said(bars)


def test_a_line_now_and_then_has_the_part_and_the_time_left(work: tuple[Theorem, Plan]) -> None:
    theorem, cells = work
    with Lines(console(terminal=False), period=0.02) as lines:
        lines.planned(theorem, cells)
        lines.advanced({cell: count / 4 for cell, count in cells.replicates.items()})  # type: ignore[misc]
        end = time.monotonic() + 10
        while "budget" not in said(lines) and time.monotonic() < end:
            time.sleep(0.01)
    assert "lipschitz_regression: 25% of its budget after 0 s, at most 0 s left" in said(lines)
