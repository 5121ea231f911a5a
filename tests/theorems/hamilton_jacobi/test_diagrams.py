"""The pictures show what their titles say."""

import numpy as np

from theorems.hamilton_jacobi import diagrams


def test_the_bifurcation_diagram_marks_three_mergers_and_a_birth() -> None:
    (axis,) = diagrams.bifurcation_diagram().axes
    words = sorted(one.get_text() for one in axis.texts)
    assert words == ["birth, 0.5564", "merger, 0.1706", "merger, 0.5017", "merger, 0.5672"]


def test_there_are_fewer_basins_at_a_greater_temperature() -> None:
    titles = [axis.get_title() for axis in diagrams.basins().axes]
    counts = [int(one.split(": ")[1].split()[0]) for one in titles]
    assert counts[0] == 16
    assert counts[0] > counts[1] > counts[2]


def test_downhill_leads_to_the_minima() -> None:
    x = np.arange(9)
    height = np.minimum((x - 2) ** 2, (x - 7) ** 2 + 1)[None, :] + 10 * np.arange(3)[:, None]
    assert diagrams.downhill(height).reshape(3, 9)[0].tolist() == [2] * 5 + [7] * 4


def test_the_hessian_stays_below_its_bound_in_both_panels() -> None:
    for axis in diagrams.hessian_profile().axes:
        *profiles, bound = [line for line in axis.lines if len(line.get_xdata()) > 2]
        for one in profiles:
            assert np.all(one.get_ydata() <= bound.get_ydata() * (1 + 1e-12))
