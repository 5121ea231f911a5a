"""The limit of a curve along a sweep, less its target: a mixture at every place, one band for all.

    y_k / unit = theta + c v^w + kappa c^2 v^(2w) + error,   v = x_1 / x_k,

with the corrections of the family of an exponent, here added to a level.  Given a node the values
are linear in theta and the tangents (`mixture`).  The band has the quantiles of each mixture at the
level that the largest of J correlated errors calls for.  Derived here.
"""

from functools import lru_cache

import attrs
import numpy as np
from scipy.special import ndtr

from verify.inference.approach import Approach
from verify.inference.curve import signal
from verify.inference.family import Family, dictionary
from verify.inference.mixture import (
    REJECTED_FAMILY,
    Fit,
    Mixture,
    Regression,
    fit,
    mixture,
    t_to_normal,
)
from verify.inference.points import MODELLING_FLOOR, Array
from verify.inference.range_slope import LEVEL
from verify.inference.simultaneous import Simultaneous, simultaneous

MOST_DOUBLINGS = 20
"""Of the replicates, in the search for a number that would decide."""


@attrs.frozen(eq=False)
class Band:
    """A difference at J places, with a band of a level for all of them at once."""

    estimate: Array
    low: Array
    high: Array

    @property
    def half(self) -> Array:
        """The larger of the two sides of the band (J,)."""
        return np.maximum(self.high - self.estimate, self.estimate - self.low)


@attrs.frozen(eq=False)
class LimitEstimate:
    """The limit less the target at J places, and the same difference at the end of the sweep.

    `fit` is the smallest p-value of a place times their number; `tail` is the mass of a place's law
    below its upper end; `fits` are what was found at each place, in units of `unit`.
    """

    limit: Band
    last: Band
    fit: float
    errors: Simultaneous
    tail: float
    unit: float
    fits: tuple[Fit, ...]

    @property
    def model_rejected(self) -> bool:
        """Whether at some place no member of the family describes the values."""
        return self.fit < REJECTED_FAMILY


def limit(
    approach: Approach, family: Family, unit: float = 1.0, level: float = LEVEL
) -> LimitEstimate:
    """Extrapolate every place of a curve; the corrections have their prior in units of `unit`."""
    count = approach.value.shape[1]
    errors = simultaneous(approach.correlation, count, level)
    tail = float(ndtr(errors.critical))
    widening = t_to_normal(approach.replicates, tail)
    value, variance = approach.value / unit, approach.variance / unit**2
    fits = _fits(approach.x.tobytes(), value.tobytes(), variance.tobytes(), family)
    laws = [_difference(fits[j].law, approach, unit, widening, j) for j in range(count)]
    found = np.array([[law.quantile(p) for p in (0.5, 1 - tail, tail)] for law in laws])
    poorest = count * min(one.p_value for one in fits)
    band = Band(*(unit * found.T))
    return LimitEstimate(band, _last(approach, errors, widening), poorest, errors, tail, unit, fits)


@lru_cache(maxsize=8)
def _fits(x: bytes, value: bytes, variance: bytes, family: Family) -> tuple[Fit, ...]:
    """The law of every place, in units; kept, for the controls of a claim have its values."""
    place = np.frombuffer(x)
    nodes = dictionary(tuple(place.tolist()), family)
    values, variances = (np.frombuffer(one).reshape(len(place), -1) for one in (value, variance))
    return tuple(fit(_model(*one), nodes) for one in zip(values.T, variances.T, strict=True))


def model(approach: Approach, unit: float, place: int, more: float = 1.0) -> Regression:
    """The values at one place of the curve, linear in their limit, with `more` replicates."""
    variance = approach.variance[:, place] / unit**2 / more
    return _model(approach.value[:, place] / unit, variance)


def _model(value: Array, variance: Array) -> Regression:
    covariance = np.diag(variance + MODELLING_FLOOR**2)
    return Regression(value, covariance, np.ones((len(value), 1)), np.zeros(len(value)))


def _difference(
    law: Mixture, approach: Approach, unit: float, widening: float, place: int, more: float = 1.0
) -> Mixture:
    """The law of the limit less the target, whose error is independent of that of the limit."""
    error = approach.target.variance[place] / unit**2 / more
    sd = widening * np.sqrt(law.sd**2 + error)
    return attrs.evolve(law, mean=law.mean - approach.target.value[place] / unit, sd=sd)


def _last(approach: Approach, errors: Simultaneous, widening: float) -> Band:
    """The difference at the end of the sweep, where nothing is extrapolated."""
    value = approach.value[-1] - approach.target.value
    sd = np.sqrt(approach.variance[-1] + approach.target.variance)
    half = errors.critical * widening * sd
    return Band(value, value - half, value + half)


def replicates_needed(
    approach: Approach, family: Family, found: LimitEstimate, largest: float
) -> float | None:
    """How many replicates bring the widest half of the band down to `largest`; None if no number.

    The estimator is run on the fitted values at the widest place as if their errors had fewer, or
    more, replicates behind them: what does not shrink, the modelling floor and the prior's part,
    is then counted.  The number of replicates is found up to an eighth of a doubling.
    """
    widest = int(np.argmax(found.limit.half))
    nodes = dictionary(tuple(approach.x.tolist()), family)
    one = found.fits[widest]
    inflated = model(approach, found.unit, widest, 1 / one.inflation)
    smooth, _ = signal(inflated, nodes, one.law)

    def half(more: float) -> float:
        told = attrs.evolve(model(approach, found.unit, widest, more), value=smooth)
        law, _ = mixture(told, nodes)
        widening = t_to_normal(more * approach.replicates, found.tail)
        law = _difference(law, approach, found.unit, widening, widest, more)
        ends = law.quantile(1 - found.tail), law.quantile(0.5), law.quantile(found.tail)
        return float(found.unit * np.diff(ends).max())

    if half(2.0**MOST_DOUBLINGS) > largest:
        return None
    low, high = -float(MOST_DOUBLINGS), float(MOST_DOUBLINGS)
    while high - low > 1 / 8:
        middle = (low + high) / 2
        low, high = (low, middle) if half(2.0**middle) <= largest else (middle, high)
    return float(approach.replicates * 2.0**high)
