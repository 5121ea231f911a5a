"""Axes to draw into."""

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure


@pytest.fixture
def axes() -> Axes:
    """Empty ones."""
    return Figure().subplots()
