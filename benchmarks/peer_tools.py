"""The tools that `benchmarks.peers` compares, and how the answers of each are customarily read.

Each takes a data set and says of a claim O(n^p0) what its users would say: HOLDS, REFUTED, or
INCONCLUSIVE where there is no answer.  A tool may be read in two ways: an interval that is read
with a margin shows what is due to the rule, and what to the estimate.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from math import isnan, nan
from warnings import catch_warnings, simplefilter

import attrs
import numpy as np
from scipy.stats import linregress

from verify.calibration.trial import _claims
from verify.calibration.zoo import MARGIN, Array, Law, Setting
from verify.claims.rate.nuisance import plain
from verify.claims.rate.rows import judge_exponent
from verify.inference.exponent import exponent
from verify.inference.points import sampled_points
from verify.inference.statistic import Mean
from verify.verdict import Relation, Verdict

NORMAL_95 = 1.96
FOLKLORE, CLASS_TOLERANCE = 0.3, 0.05
"""How far above the claimed exponent a slope, and that of a class, is let pass."""

Judge = Callable[[float], Verdict]
"""What is said of the claim O(n^p0); INCONCLUSIVE stands for any lack of an answer."""


@attrs.frozen
class Data:
    """Replicates of a law, shape (K, R)."""

    law: Law
    setting: Setting
    samples: Array


def not_rejected(low: float, p0: float) -> Verdict:
    """The customary reading of an interval: whatever it does not exclude is confirmed."""
    if isnan(low):
        return Verdict.INCONCLUSIVE
    return Verdict.HOLDS if p0 >= low else Verdict.REFUTED


def within_margin(low: float, high: float, p0: float) -> Verdict:
    """The reading of `verify`: confirmed is what the interval does not exceed by the margin."""
    if isnan(low) or isnan(high):
        return Verdict.INCONCLUSIVE
    if high <= p0 + MARGIN:
        return Verdict.HOLDS
    return Verdict.REFUTED if low > p0 else Verdict.INCONCLUSIVE


def near(estimate: float, tolerance: float, p0: float) -> Verdict:
    """The reading of a number without an error."""
    return Verdict.HOLDS if estimate < p0 + tolerance else Verdict.REFUTED


def line(data: Data) -> dict[str, Judge]:
    """A least-squares line through the logs of the means."""
    found = linregress(np.log(data.setting.grid), np.log(data.samples.mean(axis=1)))
    return {
        "scipy linregress, 95 % interval": partial(
            not_rejected, found.slope - NORMAL_95 * found.stderr
        ),
        "scipy linregress, slope within .3": partial(near, found.slope, FOLKLORE),
    }


def weighted(data: Data) -> dict[str, Judge]:
    """The line, weighted by the standard errors of the logs of the means."""
    from statsmodels.api import WLS, add_constant  # type: ignore  # noqa: PLC0415

    mean, error = mean_and_error(data.samples)
    design = add_constant(np.log(data.setting.grid))
    low, high = WLS(np.log(mean), design, weights=(mean / error) ** 2).fit().conf_int(0.05)[1]
    return {
        "statsmodels WLS, 95 % interval": partial(not_rejected, low),
        "statsmodels WLS, read with a margin": partial(within_margin, low, high),
    }


def nonlinear(data: Data) -> dict[str, Judge]:
    """The correction to scaling a v^p (1 + b v^-w), v = n/n_1, from the line's a and p."""
    from lmfit import Model  # type: ignore  # noqa: PLC0415

    mean, error = mean_and_error(data.samples)
    v = data.setting.grid / data.setting.grid[0]
    start = linregress(np.log(v), np.log(mean))
    model = Model(lambda v, a, p, b, w: a * v**p * (1 + b * v**-w))
    # b above -1 keeps the model positive; without a range for w the two powers can swap places
    given = model.make_params(
        a=np.exp(start.intercept),
        p=start.slope,
        b={"value": 0.1, "min": -1},
        w={"value": 0.5, "min": 0.1, "max": 2},
    )
    with catch_warnings():
        simplefilter("ignore")
        fit = model.fit(mean, given, v=v, weights=1 / error)
    known = fit.success and fit.params["p"].stderr is not None
    half = NORMAL_95 * fit.params["p"].stderr if known else nan
    low, high = fit.params["p"].value - half, fit.params["p"].value + half
    return {
        "lmfit, 95 % interval": partial(not_rejected, low),
        "lmfit, read with a margin": partial(within_margin, low, high),
    }


def classified(data: Data) -> dict[str, Judge]:
    """The class of complexity with the smallest squared residuals."""
    from big_o import complexities, infer_big_o_class  # type: ignore  # noqa: PLC0415

    # cubes of n = 10^6 beside a constant are singular in its least squares; no law is near them
    classes = [one for one in complexities.ALL_CLASSES if one is not complexities.Cubic]
    best, _ = infer_big_o_class(data.setting.grid, data.samples.mean(axis=1), classes)
    power = {
        complexities.Constant: 0.0,
        complexities.Logarithmic: 0.0,
        complexities.Linear: 1.0,
        complexities.Linearithmic: 1.0,
        complexities.Quadratic: 2.0,
        complexities.Exponential: np.inf,
    }
    found = power[type(best)] if type(best) in power else float(best.coefficients()[1])
    return {"big-O, exponent of the class": partial(near, found, CLASS_TOLERANCE)}


def declared(data: Data) -> dict[str, Judge]:
    """`verify`, told the bound with its lower-order terms, and the most logs there may be."""
    return {"verify": _verified(data, data.law)}


def undeclared(data: Data) -> dict[str, Judge]:
    """`verify`, told what the peers are told: nothing of logs, kinks and lower-order terms."""
    power = Fraction(data.law.power).limit_denominator(12)
    bare = attrs.evolve(data.law, bound=f"n**({power})", logs=0.0)
    return {"verify, nothing declared": _verified(data, bare)}


def _verified(data: Data, law: Law) -> Judge:
    claims, family = _claims(law, data.setting)
    asked, grid = claims[Relation.O], data.setting.grid.tolist()
    points = sampled_points(grid, list(data.samples), Mean(), together=law.together)
    found = exponent(plain(asked, asked.designs[0], points), family)
    return lambda p0: judge_exponent(found, points, p0, asked)[0].verdict


def mean_and_error(samples: Array) -> tuple[Array, Array]:
    """The means of the replicates, and their standard errors."""
    error = samples.std(axis=1, ddof=1) / np.sqrt(samples.shape[1])
    return samples.mean(axis=1), error


TOOLS = line, weighted, nonlinear, classified, declared, undeclared
