"""What in the tails of the replicates speaks against the interval of a mean: sentences, no verdict.

An interval for a moment of order p rests on the moment of order 2p; a few replicates that carry the
sum, or a tail too heavy for that moment, say that it is not there or not seen yet.
"""

from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from verify.inference.statistic import Mean, RootMeanSquare, StandardDeviation, Statistic

Array = NDArray[np.float64]

SHARE = 0.2
"""The largest part of a sum that one replicate carries without mention."""

FEWEST_AT_A_PLACE, FEWEST_IN_ALL = 8, 100
"""Replicates from which on a share, and a tail, are looked at."""

FALSE_ALARM = 1e-3
"""How often a sweep of exponential replicates may be told of a share."""

LARGEST = 200
"""The most replicates that count as the tail: further in, light tails look heavy."""

CONFIDENCE = 0.97


@attrs.frozen
class _Moment:
    """What a statistic sums: `sizes` to the power `order`."""

    name: str
    order: int
    centred: bool = False

    def sizes(self, replicates: Array) -> Array:
        """Of the summands, shape (R,), not negative."""
        return np.abs(replicates - replicates.mean() if self.centred else replicates)

    def tail(self, sizes: Array) -> Array:
        """Deviations moved by their root mean square, which moves no tail index.

        That puts the exponential back to 0; nearer to its mean it looks too heavy to Hill.
        """
        return sizes + np.sqrt(np.mean(sizes**2)) if self.centred else sizes


_MOMENTS: dict[type[Statistic], _Moment] = {
    Mean: _Moment("sum", 1),
    RootMeanSquare: _Moment("sum of squares", 2),
    StandardDeviation: _Moment("sum of squared deviations", 2, centred=True),
}


def warnings(
    x: Sequence[float], samples: Sequence[Array], statistic: Statistic, *, together: bool = False
) -> list[str]:
    """Sentences on the replicates `samples[k]`, shape (R_k,), at `x[k]`; none for a quantile.

    `together`: replicate r is one run that was read at every x, so that K places tell as one.
    """
    moment = _MOMENTS.get(type(statistic))
    if moment is None:
        return []
    sizes = [moment.sizes(np.asarray(one, dtype=float)) for one in samples]
    copies = len(samples) if together else 1
    heavy = _heavy([moment.tail(one) for one in sizes], moment, copies)
    return _carried(x, sizes, moment) + heavy


def _carried(x: Sequence[float], sizes: Sequence[Array], moment: _Moment) -> list[str]:
    """The place at which one replicate carries most of the sum, if it is too much there."""
    found = [
        (share, place, len(one))
        for place, one in zip(x, sizes, strict=True)
        if len(one) >= FEWEST_AT_A_PLACE
        and (share := _largest_share(one**moment.order)) > _allowed(len(one), len(sizes), moment)
    ]
    return [
        f"one of the {count} replicates at {place:g} carries {share:.0%} of their {moment.name}, "
        "so that the interval may be far too narrow; take more replicates or bound a quantile"
        for share, place, count in sorted(found)[-1:]
    ]


def _largest_share(summands: Array) -> float:
    total = summands.sum()
    return float(summands.max() / total) if total > 0 else 0.0


def _allowed(count: int, places: int, moment: _Moment) -> float:
    """The share that nothing is said of: few replicates of a light tail have a large one too.

    A given one of n exponential replicates is more than r times the sum of the others with the
    probability (1 + r)^-(n - 1) (Fisher, Proc. R. Soc. A 1929).  For squares derived here: the sum
    of the n - 1 others is at least the square of their sum over n - 1, so that a square is more
    than r^2 (n - 1) times the sum of the others with no larger probability.
    """
    others = count - 1
    ratio = np.expm1(np.log(count * places / FALSE_ALARM) / others)
    odds = ratio if moment.order == 1 else ratio**2 * others
    return max(SHARE, float(odds / (1 + odds)))


def _heavy(sizes: Sequence[Array], moment: _Moment, copies: int) -> list[str]:
    """Whether the tail index is below twice the order, so that the variance is infinite.

    By Hill's estimator (Ann. Statist. 1975) at each place, pooled: the logs of a Pareto tail over
    its threshold are exponential with rate `index`, whatever the scale and so the place, and their
    sum has a gamma law.  Of `copies` places that move together it is the sum at one.
    """
    limit = 2 * moment.order
    if sum(map(len, sizes)) < FEWEST_IN_ALL * copies:
        return []
    excesses = np.concatenate([_excesses(one, limit, len(sizes)) for one in sizes])
    count, total = excesses.size / copies, excesses.sum() / copies
    if total == 0:
        return []
    high = gammaincinv(count, CONFIDENCE) / total
    if high >= limit:
        return []
    return [
        f"the largest replicates have the tail index {count / total:.2f}, at most "
        f"{high:.2f} with confidence {CONFIDENCE:.0%}: below {limit} the variance of their "
        f"{moment.name} is infinite and the interval is not to be trusted; bound a quantile, as "
        "with statistic='median'"
    ]


def _excesses(sizes: Array, limit: int, places: int) -> Array:
    """Logs of the largest sizes at a place over the next one; none where that is 0.

    The top e^-limit of them: there an exponential tail falls off faster than x^-limit.
    """
    count = int(min(np.exp(-limit) * len(sizes), np.ceil(LARGEST / places)))
    ordered = np.sort(sizes)[::-1]
    if count == 0 or ordered[count] == 0:
        return np.empty(0)
    return np.asarray(np.log(ordered[:count] / ordered[count]))
