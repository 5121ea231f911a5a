"""Reference data with certified answers, and the same in fifty digits.

National Institute of Standards and Technology, Statistical Reference Datasets: NoInt1 (linear,
average difficulty) and DanWood (nonlinear, lower difficulty), https://www.itl.nist.gov/div898/strd
"""

import mpmath
import numpy as np
import pytest
from scipy.optimize import curve_fit

from verify.inference.points import exact_points
from verify.inference.range_slope import projection, range_slope

NO_INTERCEPT_X, NO_INTERCEPT_Y = np.arange(60.0, 71), np.arange(130.0, 141)
CERTIFIED_SLOPE, CERTIFIED_SD = 2.07438016528926, 0.165289256198347e-01

# Daniel and Wood (1980), Fitting Equations to Data, 2nd ed., 428-431: a lamp's radiated energy.
DANWOOD_X = np.array([1.309, 1.471, 1.490, 1.565, 1.611, 1.680])
DANWOOD_Y = np.array([2.138, 3.421, 3.597, 4.340, 4.882, 5.660])
CERTIFIED_FACTOR, CERTIFIED_POWER = 7.6886226176e-01, 3.8604055871


def _exact_slope(x: list[mpmath.mpf], y: list[mpmath.mpf]) -> mpmath.mpf:
    """The least-squares slope by plain sums, in the working precision."""
    n = len(x)
    cross = n * mpmath.fdot(x, y) - mpmath.fsum(x) * mpmath.fsum(y)
    return cross / (n * mpmath.fdot(x, x) - mpmath.fsum(x) ** 2)


def _mp(values: np.ndarray) -> list[mpmath.mpf]:
    return [mpmath.mpf(float(value)) for value in values]


def _mp_log(values: np.ndarray) -> list[mpmath.mpf]:
    return [mpmath.log(value) for value in _mp(values)]


def test_noint1_through_the_origin_is_our_line_on_data_and_their_mirror_image() -> None:
    """Our lines have an intercept, NIST's has none; on (x, y) and (-x, -y) together it is 0."""
    x = np.r_[NO_INTERCEPT_X, -NO_INTERCEPT_X]
    y = np.r_[NO_INTERCEPT_Y, -NO_INTERCEPT_Y]
    slope = projection(x) @ y
    assert slope == pytest.approx(CERTIFIED_SLOPE, rel=1e-14)
    residual = NO_INTERCEPT_Y - slope * NO_INTERCEPT_X
    # The weights of the doubled data are half as large: the slope's variance is 2 sigma^2 sum a^2.
    sd = np.sqrt(residual @ residual / 10 * 2 * (projection(x) @ projection(x)))
    assert sd == pytest.approx(CERTIFIED_SD, rel=1e-13)


def test_noint1_with_an_intercept_is_the_line_of_slope_one() -> None:
    """y = x + 70 exactly: whole numbers, so that the slope has no rounding beyond the weights'."""
    assert projection(NO_INTERCEPT_X) @ NO_INTERCEPT_Y == pytest.approx(1, rel=1e-14)


def test_the_log_log_slope_of_noint1_keeps_its_digits() -> None:
    """x within 17 %: in logs the points lie 27 times as far from 0 as they are wide."""
    with mpmath.workdps(50):
        exact = float(_exact_slope(_mp_log(NO_INTERCEPT_X), _mp_log(NO_INTERCEPT_Y)))
    found = range_slope(exact_points(NO_INTERCEPT_X.tolist(), NO_INTERCEPT_Y.tolist())).estimate
    # The logs, about 4 and 5, are rounded to 2^-51; over a range of .15 that is some 1e-14.
    assert found == pytest.approx(exact, rel=1e-13)


def _by_plain_sums(x: np.ndarray, y: np.ndarray) -> float:
    """The textbook formula, whose two large sums cancel."""
    n = len(x)
    return float((n * (x @ y) - x.sum() * y.sum()) / (n * (x @ x) - x.sum() ** 2))


@pytest.mark.parametrize(("shift", "lost"), [(0, 1e-12), (1e3, 1e-8), (1e6, 1e-2)])
def test_centred_sums_keep_the_digits_that_plain_sums_lose(shift: float, lost: float) -> None:
    """NoInt1's logs, moved far from 0; plain sums lose 1e-12, 1e-7 and then all digits.

    The rounding of the mean must not reach the slope: weights that add up to delta instead of 0
    add delta times the level of y, as large as x's mean times 2^-53 over x's sum of squares.
    """
    x, y = np.log(NO_INTERCEPT_X) + shift, np.log(NO_INTERCEPT_Y)
    with mpmath.workdps(50):
        exact = float(_exact_slope(_mp(x), _mp(y)))
    assert abs(_by_plain_sums(x, y) / exact - 1) > lost
    assert projection(x) @ y == pytest.approx(exact, rel=1e-13)


def _power(x: np.ndarray, factor: float, power: float) -> np.ndarray:
    return factor * x**power


def test_danwood_by_nonlinear_least_squares_is_the_certified_power() -> None:
    start = 1.0, 5.0  # NIST's first start
    (factor, power), _ = curve_fit(_power, DANWOOD_X, DANWOOD_Y, start, xtol=1e-14, ftol=1e-14)
    assert factor == pytest.approx(CERTIFIED_FACTOR, rel=1e-8)
    assert power == pytest.approx(CERTIFIED_POWER, rel=1e-8)


def _weighted_log_slope(x: np.ndarray, y: np.ndarray) -> float:
    """The slope of log y on log x with weights y^2, by least squares on rows times y."""
    design = np.stack([np.log(x), np.ones_like(x)], axis=1) * y[:, None]
    return float(np.linalg.lstsq(design, y * np.log(y), rcond=None)[0][0])


def test_danwood_in_logs_is_another_power_and_why() -> None:
    """NIST minimises sum (y - b1 x^b2)^2, errors of one size; our line minimises the squares of
    log y - log b1 - b2 log x, errors of one relative size.  The powers differ by the noise (.02
    here) times the difference of the weights.

    With weights y^2 both are the same to first order in the residuals, log(y / f) = (y - f) / f -
    ((y - f) / f)^2 / 2: the rest is of second order, and shrinks fourfold as residuals halve.
    """
    ours = range_slope(exact_points(DANWOOD_X.tolist(), DANWOOD_Y.tolist())).estimate
    with mpmath.workdps(50):
        exact = float(_exact_slope(_mp_log(DANWOOD_X), _mp_log(DANWOOD_Y)))
    assert ours == pytest.approx(exact, rel=1e-13)
    differs = abs(ours - CERTIFIED_POWER)
    assert 1e-3 < differs < 0.1
    curve = _power(DANWOOD_X, CERTIFIED_FACTOR, CERTIFIED_POWER)
    weighted = []
    for size in (1, 1 / 2, 1 / 4):
        y = curve + size * (DANWOOD_Y - curve)  # the certified curve stays the least-squares one
        weighted.append(_weighted_log_slope(DANWOOD_X, y) - CERTIFIED_POWER)
    assert abs(weighted[0]) < differs / 20
    assert weighted[0] / weighted[1] == pytest.approx(4, rel=0.1)
    assert weighted[1] / weighted[2] == pytest.approx(4, rel=0.1)
