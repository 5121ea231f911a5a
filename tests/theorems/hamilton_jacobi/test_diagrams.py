"""The pictures show what their titles say."""

from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes

from theorems.hamilton_jacobi import diagrams


def test_the_bifurcation_diagram_marks_three_mergers_and_a_birth(axes: Axes) -> None:
    diagrams.bifurcation_diagram(axes)
    words = sorted(one.get_text() for one in axes.texts)
    assert words == ["birth, 0.5564", "merger, 0.1706", "merger, 0.5017", "merger, 0.5672"]


def test_there_are_fewer_basins_at_a_greater_temperature(axes: Axes) -> None:
    diagrams.basins(axes)
    counts = [int(one.get_text().split(": ")[1].split()[0]) for one in axes.texts]
    assert counts[0] == 16
    assert counts[0] > counts[1] > counts[2]


def test_downhill_leads_to_the_minima() -> None:
    x = np.arange(9)
    height = np.minimum((x - 2) ** 2, (x - 7) ** 2 + 1)[None, :] + 10 * np.arange(3)[:, None]
    assert diagrams.downhill(height).reshape(3, 9)[0].tolist() == [2] * 5 + [7] * 4


@pytest.mark.parametrize("draw", [diagrams.bend_at_a_point, diagrams.largest_bends])
def test_the_hessian_stays_below_its_bound(draw: Any, axes: Axes) -> None:
    draw(axes)
    *profiles, bound = [line for line in axes.lines if len(line.get_xdata()) > 2]
    assert profiles
    for one in profiles:
        assert np.all(one.get_ydata() <= bound.get_ydata() * (1 + 1e-12))
