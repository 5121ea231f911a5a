"""The interval for an asymptotic exponent: a mixture over the nuisance family, in closed form.

Given a node of the family the log-log points are linear in the exponent, the constant and the
node's tangents; a power q of log x is one more known column (`mixture`).  Derived here.
"""

import attrs
import numpy as np

from verify.inference.family import Family, dictionary
from verify.inference.mixture import REJECTED_FAMILY, Mixture, Regression, fit, t_to_normal
from verify.inference.points import Array, Points
from verify.inference.range_slope import LEVEL

FEWEST_POINTS = 5
FEWEST_REPLICATES = 8
GENERIC = Family()


@attrs.frozen(eq=False)
class ExponentEstimate:
    """The exponent as n grows: median and interval, under the declared family.

    `fit` is the p-value of the best node of the family against the data; `inflation` is the factor
    on the covariance that makes a poor fit a fair one.
    """

    estimate: float
    low: float
    high: float
    fit: float
    inflation: float
    law: Mixture

    @property
    def model_rejected(self) -> bool:
        """Whether no member of the family describes the data."""
        return self.fit < REJECTED_FAMILY


def exponent(points: Points, family: Family = GENERIC, level: float = LEVEL) -> ExponentEstimate:
    """Estimate p in y = a x^p (log x)^q f(x), with q and f in the family; an interval of `level`.

    Needs K >= FEWEST_POINTS distinct places; with fewer than FEWEST_REPLICATES replicates the
    variances are not known well enough, which is for the caller to judge.
    """
    model = regression(points, points.covariance, family)
    found = fit(model, dictionary(tuple(points.x.tolist()), family))
    widening = t_to_normal(points.replicates, (1 + level) / 2)
    law = attrs.evolve(found.law, sd=widening * found.law.sd)
    low, high = law.quantile((1 - level) / 2), law.quantile((1 + level) / 2)
    return ExponentEstimate(law.quantile(0.5), low, high, found.p_value, found.inflation, law)


def regression(points: Points, covariance: Array, family: Family = GENERIC) -> Regression:
    """The log-log points as values that are linear in the exponent and the constant."""
    log_x = np.log(points.x)
    columns = np.stack([log_x - log_x[-1], np.ones_like(log_x)], axis=1)
    bend = np.log(log_x) if family.logs else np.zeros_like(log_x)
    return Regression(points.log_value, covariance, columns, bend)
