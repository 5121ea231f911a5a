"""How the comparison with other tools reads their numbers, on numbers made by hand."""

import math

import numpy as np
import pytest
from scipy.stats import t as student

from benchmarks.peer_tools import (
    Data,
    declared,
    line,
    near,
    not_rejected,
    undeclared,
    weighted,
    within_margin,
)
from benchmarks.peers import Told, draw, row, shares
from verify.calibration.trial import trial
from verify.calibration.zoo import MAIN, SETTINGS, Law, Setting
from verify.verdict import Verdict

HOLDS, REFUTED, OPEN = Verdict.HOLDS, Verdict.REFUTED, Verdict.INCONCLUSIVE
LOG = MAIN[4]


@pytest.mark.parametrize(
    ("low", "high", "customary", "with_margin"),
    [
        (0.4, 0.54, HOLDS, HOLDS),
        (0.4, 0.56, HOLDS, OPEN),
        (0.51, 0.54, REFUTED, HOLDS),
        (0.51, 0.56, REFUTED, REFUTED),
        (0.1, 0.2, HOLDS, HOLDS),
        (math.nan, math.nan, OPEN, OPEN),
    ],
)
def test_an_interval_is_read_in_two_ways(
    low: float, high: float, customary: Verdict, with_margin: Verdict
) -> None:
    assert not_rejected(low, 0.5) is customary
    assert within_margin(low, high, 0.5) is with_margin


def test_a_number_without_error_passes_below_its_tolerance() -> None:
    assert near(0.79, 0.3, 0.5) is HOLDS
    assert near(0.81, 0.3, 0.5) is REFUTED
    assert near(0.0, 0.05, 0.5) is HOLDS
    assert near(math.inf, 0.3, 0.5) is REFUTED


def hand_made() -> Data:
    """Log means 0, 2, 1 at log n = 0, 1, 2, a slope of 1/2; relative standard errors 1, 1, 1."""
    means, spread = np.exp([0.0, 2.0, 1.0]), np.array([-1.0, 1.0]) * 0.5
    samples = means[:, None] * (1 + spread)
    law = Law("by hand", np.sqrt)
    return Data(law, _Grid(3, 2), samples)


class _Grid(Setting):
    """Places whose logs are 0, 1, 2."""

    @property
    def grid(self) -> np.ndarray:
        return np.asarray(np.exp(np.arange(3.0)))


def test_the_line_is_read_by_its_standard_error_and_by_its_slope() -> None:
    interval, slope = line(hand_made()).values()
    low = 0.5 - 1.96 * math.sqrt(1.5 / 2)  # residuals -1/2, 1, -1/2 with one degree of freedom
    assert [interval(low + off) for off in (1e-9, -1e-9)] == [HOLDS, REFUTED]
    assert [slope(0.2 + off) for off in (1e-9, -1e-9)] == [HOLDS, REFUTED]


def test_the_weighted_line_has_a_student_interval() -> None:
    customary, with_margin = weighted(hand_made()).values()
    half = student.ppf(0.975, 1) * math.sqrt(1.5 / 2)
    assert [customary(0.5 - half + off) for off in (1e-9, -1e-9)] == [HOLDS, REFUTED]
    assert [with_margin(0.45 + half + off) for off in (1e-9, -1e-9)] == [HOLDS, OPEN]


@pytest.mark.parametrize("index", range(3))
def test_verify_is_judged_as_in_the_calibration(index: int) -> None:
    found, data = trial(LOG, SETTINGS[2], 0, index), draw(LOG, SETTINGS[2], 0, index)
    judge = declared(data)["verify"]
    assert (judge(LOG.power) is HOLDS) == found.holds_o
    assert (judge(LOG.power - 0.1) is REFUTED) == found.refuted_o
    assert judge(found.high - 0.05 + 1e-9) is HOLDS
    assert judge(found.high - 0.05 - 1e-9) is not HOLDS


def test_undeclared_logs_are_refuted() -> None:
    assert undeclared(draw(LOG, SETTINGS[2], 0, 0))["verify, nothing declared"](0.5) is REFUTED


def test_a_row_averages_over_laws_and_names_the_worst() -> None:
    good, bad = Told(HOLDS, REFUTED, 0.002), Told(REFUTED, HOLDS, 0.004)
    laws = {"a": [good, good], "b": [good, bad], "c": [bad, Told(OPEN, OPEN, 0.004)]}
    assert shares(laws, "true", REFUTED) == {"a": 0.0, "b": 0.5, "c": 0.5}
    found = row("tool", laws, 0.001)
    assert found[:7] == ("tool", "0.500", "0.333", "0.167", "0.500", "0.333", "0.167")
    assert found[7:] == ("0.50: b", "0.50: b", "3.00", "3.0")
