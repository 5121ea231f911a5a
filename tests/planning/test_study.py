"""The tables of the documentation are those of the study: its closed forms, and what they say."""

import re
from pathlib import Path

import numpy as np
import pytest

from benchmarks import planner as study
from verify.calibration.zoo import FIRST, MAIN, Setting
from verify.planning.allocation import allocation
from verify.spec.measure import Cell

PAGE = (Path(__file__).parents[2] / "docs/statistics.md").read_text(encoding="utf-8")
SECTION = PAGE.split("## What a plan forecasts")[1].split("\n## ")[0]
ROWS = [
    [part.strip() for part in line.strip("|").split("|")]
    for line in SECTION.splitlines()
    if line.startswith("| ")
]


def _below(head: str) -> list[list[str]]:
    """The rows of the table whose first column is called so."""
    starts = [k for k, row in enumerate(ROWS) if row[0] == head]
    ends = [k for k, row in enumerate(ROWS) if row[0] in ("doublings", "law")] + [len(ROWS)]
    return [row for k in starts for row in ROWS[k + 1 : min(end for end in ends if end > k)]]


def test_what_allocation_buys_is_the_closed_form() -> None:
    rows = _below("doublings")
    assert len(rows) == 2 * len(study.POWERS)
    for points, cost, line, weighted, *_ in rows:
        x, power = Setting(int(points), 1).grid, float(cost.removeprefix("n^"))
        costs = {Cell(study.drawn, (("n", n),)): (n / FIRST) ** power for n in x.tolist()}
        counts = np.array(list(allocation(costs, 1024).values()), dtype=float)
        equal = np.full(len(x), 1024.0)
        for told, variance in ((line, study._line_variance), (weighted, study._weighted_variance)):
            assert float(told) == pytest.approx(variance(x, equal) / variance(x, counts), abs=0.006)


def test_forecasts_of_the_width_are_as_near_as_is_said() -> None:
    rows = [row for row in _below("law") if row[1] in [one.label for one in study.FORECASTS]]
    assert len(rows) == len(study.SHAPES) * len(study.FORECASTS)
    ratios = [float(row[3]) / float(row[2]) for row in rows]
    assert max(max(ratio, 1 / ratio) for ratio in ratios) < 1.3
    off = [
        np.mean([abs(float(row[k]) - float(row[base])) for row in rows for base, k in columns])
        for columns in (((5, 6), (9, 10)), ((5, 7), (9, 11)), ((5, 8), (9, 12)))
    ]
    assert off[0] < min(off[1:])
    told = re.findall(r"off by (\.\d+) on average|curve by (\.\d+)|bound by (\.\d+)", SECTION)
    assert [f"{one:.2f}"[1:] for one in off] == ["".join(groups) for groups in told]


def test_as_many_laws_hold_at_what_is_recommended_as_is_said() -> None:
    rows = [row for row in _below("law") if len(row) == 9]
    assert [row[0] for row in rows] == [law.name for law in MAIN]
    found = tuple(sum(float(row[k]) >= 0.8 for row in rows) for k in (4, 8))
    told = re.search(r"for (\d+) of the 14 laws as O, and for (\d+) as Theta", SECTION)
    assert told is not None
    assert found == tuple(map(int, told.groups()))
    assert min(found) >= 10


def test_a_row_is_made_as_it_is_printed() -> None:
    row = study.held_row(12, 1, 0.8)
    assert row.startswith("| 5 n^.25 | ")
    assert row.count("|") == study.HELD_HEAD.count("|")
