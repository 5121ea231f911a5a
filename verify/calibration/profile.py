"""The profile interval: a second estimator, uniform over its family, as an independent reference.

    y = x^p (log x)^q (a + b x^-w)

is linear in a and b once p, q and w are given, so the smallest chi-square at each p is a closed
form of two columns.  The interval holds every p whose profile lies within an F quantile of the
smallest one.  It has no prior, but a hard bound on the correction at the largest x.  Derived here.
"""

import numpy as np
from scipy.special import fdtri

from verify.inference.family import Array, Family
from verify.inference.points import Points
from verify.inference.range_slope import LEVEL, range_slope
from verify.inference.structure import PLACES, Term

POWERS = (0.25, 0.35, 0.5, 0.7, 1.0, 1.5)
SMALLEST, LARGEST = -0.9, 1.0
"""The correction at the largest x, relative to the leading term."""
REACH, STEPS = 1.0, 401


def profile(points: Points, family: Family) -> tuple[float, float]:
    """The interval of level LEVEL for the exponent, within REACH of the slope on the range."""
    centre = range_slope(points).estimate
    grid = centre + np.linspace(-REACH, REACH, STEPS)
    for _ in range(2):  # the second grid spans the interval that the first one found
        chi = _profiled(points, family, grid)
        freedom = max(len(points.x) - 3, 1)
        spread = max(1.0, chi.min() / freedom)
        replicates = min(points.replicates, 1e9)
        inside = grid[chi - chi.min() <= fdtri(1, replicates - 1, LEVEL) * spread]
        step = grid[1] - grid[0]
        grid = np.linspace(inside[0] - step, inside[-1] + step, STEPS)
    return float(inside[0]), float(inside[-1])


def _profiled(points: Points, family: Family, exponents: Array) -> Array:
    """The smallest chi-square over the family at each exponent, shape (P,)."""
    x = points.x
    log_x = np.log(x / x[-1])
    value = np.exp(points.log_value - points.log_value[-1])
    whiten = np.linalg.inv(np.linalg.cholesky(points.covariance)) / value
    best = np.full(len(exponents), np.inf)
    added = [term.gap for term in family.terms if term.added]
    for q in np.linspace(0, family.logs, round(2 * family.logs) + 1):
        log_factor = q * np.log(np.log(x) / np.log(x[-1])) if q else np.zeros(len(x))
        lead = np.exp(np.outer(exponents, log_x) + log_factor)
        for power in (*POWERS, *added):
            top = np.inf if power in added else LARGEST
            columns = lead, lead * np.exp(-power * log_x)
            best = np.minimum(best, _two_columns(whiten, value, *columns, top))
        for term in family.terms:
            if not term.added:
                for bend in _kinks(log_x, term):
                    best = np.minimum(best, _one_column(whiten, value, lead * np.exp(bend)))
    return best


def _kinks(log_x: Array, term: Term) -> Array:
    places = np.linspace(log_x[0], log_x[-1], PLACES + 2)[1:-1]
    before = np.minimum(log_x - places[:, None], 0)
    return (term.gap if term.faster else -term.gap) * before


def _one_column(whiten: Array, value: Array, column: Array) -> Array:
    """The chi-square of a column with a factor that is not negative."""
    target, seen = whiten @ value, column @ whiten.T
    against = np.maximum(seen @ target, 0)
    return np.asarray(target @ target - against**2 / (seen**2).sum(axis=1))


def _two_columns(whiten: Array, value: Array, lead: Array, other: Array, top: float) -> Array:
    """The chi-square of a lead + b other, with b/a between SMALLEST and `top`."""
    target, first, second = whiten @ value, lead @ whiten.T, other @ whiten.T
    a11, a12, a22 = (first**2).sum(1), (first * second).sum(1), (second**2).sum(1)
    b1, b2 = first @ target, second @ target
    determinant = a11 * a22 - a12**2
    a, b = (a22 * b1 - a12 * b2) / determinant, (a11 * b2 - a12 * b1) / determinant
    free = target @ target - (a * b1 + b * b2)
    allowed = (a > 0) & (b >= SMALLEST * a) & (b <= top * a)
    largest = lead + top * other if np.isfinite(top) else other
    edges = (_one_column(whiten, value, end) for end in (lead + SMALLEST * other, largest))
    return np.where(allowed, free, np.minimum(*edges))
