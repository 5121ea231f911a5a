"""The slope on the range: reference data, exactness, coverage."""

from importlib.resources import files

import numpy as np
import pytest

from verify.inference.points import exact_points, sampled_points
from verify.inference.range_slope import LEVEL, projection, range_slope
from verify.inference.statistic import Mean


def test_norris_to_twelve_digits() -> None:
    """NIST StRD, linear regression of lower difficulty; the certified slope."""
    text = files("scipy.stats.tests").joinpath("data/nist_linregress/Norris.dat").read_text()
    lines = text.splitlines()
    first = next(k for k, line in enumerate(lines) if line.split() == ["Data:", "y", "x"]) + 1
    y, x = np.array(
        [[float(word) for word in line.split()] for line in lines[first:] if line.strip()]
    ).T
    assert len(x) == 36
    assert projection(x) @ y == pytest.approx(1.00211681802045, rel=1e-12)


def test_exact_power_law_has_its_slope_and_no_width() -> None:
    x = 3.0 ** np.arange(1, 9)
    slope = range_slope(exact_points(x.tolist(), (5 * x**-0.75).tolist()))
    assert slope.estimate == pytest.approx(-0.75, rel=1e-13)
    assert slope.low == slope.high == slope.estimate


def test_interval_covers_at_its_level() -> None:
    rng = np.random.default_rng(7)
    x = 64 * 2.0 ** np.arange(10)
    covered = 0
    for _ in range(1000):
        samples = [rng.lognormal(0, 0.5, 32) * n**0.5 for n in x]
        slope = range_slope(sampled_points(x.tolist(), samples, Mean()))
        covered += slope.low <= 0.5 <= slope.high
    # Nominal .97; a binomial sd is .0054, and skewed noise costs a little at 32 replicates.
    assert LEVEL - 0.03 <= covered / 1000 <= LEVEL + 0.02
