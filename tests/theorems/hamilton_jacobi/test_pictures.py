"""The picture shows what it says: curves that rise to their limits from the right side."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes

from theorems.hamilton_jacobi.pictures import TEMPERATURES, tropical_layer, tropical_potential


@pytest.mark.parametrize(("draw", "sign"), [(tropical_layer, 1), (tropical_potential, -1)])
def test_f_falls_and_u_rises_to_the_limit(draw: Any, sign: int, axes: Axes) -> None:
    draw(axes)
    curves = [np.asarray(line.get_ydata()).ravel() for line in axes.get_lines()]
    assert len(curves) == len(TEMPERATURES) + 1
    for hot, cold in pairwise(curves):
        assert np.all(sign * (hot - cold) > -1e-12)
    gap = sign * (curves[-2] - curves[-1])
    assert gap.max() <= TEMPERATURES[-1] * np.log(4)
    labels = [line.get_label() for line in axes.get_lines()]
    assert labels[:-1] == ["eps = 1", "eps = 0.3", "eps = 0.1", "eps = 0.03"]
