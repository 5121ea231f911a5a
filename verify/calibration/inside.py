"""Laws drawn inside the nuisance family, between its nodes: what the interval should be made for.

On ten doublings, with power, curvature and size of the correction uniform, and no more than a
quarter of it left at the largest n.
"""

from zlib import crc32

import attrs
import numpy as np

from verify.calibration.zoo import FIRST, MARGIN, Array, Setting
from verify.inference.exponent import exponent
from verify.inference.family import FASTEST_CORRECTION, SLOWEST_CORRECTION
from verify.inference.points import Points
from verify.inference.structure import ALLOWED_FACTOR
from verify.verdict import Interval, Relation, Verdict, judge

NOISES = 1e-9, 3e-3, 1e-2
"""Standard deviations of the logs of the points; the first is that of an exact computation."""
POWER, POINTS = 0.5, 10
LARGEST_SIZE, LARGEST_REMAINDER = 3.0, 0.25


def drawn(rng: np.random.Generator, noise: float) -> Points:
    """The points of one law, with normal errors of the logs of known sd `noise`."""
    x = Setting(POINTS, 1).grid
    log_value = POWER * np.log(x) + _log_factor(rng, FIRST / x)
    variance = np.full(POINTS, noise**2)
    observed = log_value + noise * rng.standard_normal(POINTS)
    return Points(x, observed, variance, variance, np.inf)


def _log_factor(rng: np.random.Generator, v: Array) -> Array:
    """log f of a law that the family allows, by rejection."""
    lowest, highest = ALLOWED_FACTOR
    while True:
        w = rng.uniform(SLOWEST_CORRECTION, FASTEST_CORRECTION)
        kappa, c = rng.uniform(-1, 1), rng.uniform(-LARGEST_SIZE, LARGEST_SIZE)
        f = 1 + c * v**w + kappa * c**2 * v ** (2 * w)
        small = abs(c) * v[-1] ** w <= LARGEST_REMAINDER
        if small and f.min() > lowest and f.max() < highest:
            return np.asarray(np.log(f))


@attrs.frozen
class InsideTrial:
    """What became of one law: is it covered, rejected as a model, and does Theta hold."""

    covered: bool
    model_rejected: bool
    holds_theta: bool
    width: float


def inside_trial(noise: float, seed: int, index: int) -> InsideTrial:
    """The law number `index` at a relative noise; it depends on nothing else."""
    key = (crc32(repr(noise).encode()), index)
    points = drawn(np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key)), noise)
    found = exponent(points)
    below = found.law.cdf(POWER)
    interval = Interval(found.low, found.high, below, 1 - below)
    held = judge(interval, POWER, Relation.THETA, MARGIN).verdict is Verdict.HOLDS
    return InsideTrial(
        covered=found.low <= POWER <= found.high,
        model_rejected=found.model_rejected,
        holds_theta=held and not found.model_rejected,
        width=found.high - found.low,
    )
