"""The picture shows what it says: curves that rise to their limits from the right side."""

from itertools import pairwise

import numpy as np

from theorems.hamilton_jacobi.pictures import TEMPERATURES, tropical_limit


def test_f_falls_and_u_rises_to_the_limit() -> None:
    figure = tropical_limit()
    for axes, sign in zip(figure.axes, (1, -1), strict=True):
        curves = [np.asarray(line.get_ydata()).ravel() for line in axes.get_lines()]
        assert len(curves) == len(TEMPERATURES) + 1
        for hot, cold in pairwise(curves):
            assert np.all(sign * (hot - cold) > -1e-12)
        gap = sign * (curves[-2] - curves[-1])
        assert gap.max() <= TEMPERATURES[-1] * np.log(4)
    labels = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert labels == ["eps = 1", "eps = 0.3", "eps = 0.1", "eps = 0.03", "maximum"]
