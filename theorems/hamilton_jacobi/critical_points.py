r"""The critical points of the entropy H of the weights along a line, counted with certainty.

On a line H_x = -S / (eps sum_j exp(s_j / eps))^2 with s_j = W_j x + b_j and the sum over pairs
S = sum_{i<j} (W_i - W_j)^2 (x - c_ij) exp((s_i + s_j) / eps), c_ij the place where s_i = s_j.  So
H_x and S have opposite signs, and S can be divided by any positive function: by the largest of its
exponentials, so that nothing underflows however small eps is.  Beyond the outermost c_ij all terms
have one sign, so that every critical point lies between them.  Derived here.

Numbers are doubles, or of mpmath, or balls; W and b have shape (N,), the W_j distinct.
"""

from itertools import combinations
from typing import Any

import attrs
import numpy as np

from theorems.hamilton_jacobi.layer import Array, exp, weights

SPLIT = 0.4871
"""Where an interval is divided; halves would put a symmetric critical point on an end."""

NARROWEST = 1e-12
"""Width of an interval, relative to the first, at which a count gives up."""


@attrs.frozen
class PairSum:
    """S over the largest of its exponentials at a point, with derivatives in x and in eps there."""

    value: Any
    x: Any
    xx: Any
    eps: Any
    x_eps: Any


def pair_sum(x: Any, eps: Any, W: Any, b: Any) -> PairSum:
    """S at x, divided by the exponential of the pair that is largest there."""
    W, b = np.asarray(W), np.asarray(b)
    i, j = _pairs(len(W))
    total = (W * x + b)[i] + (W * x + b)[j]
    top = int(np.argmax([middle(one) for one in total]))
    rate = (W[i] + W[j] - (W[i] + W[j])[top]) / eps
    power = rate * x + (b[i] + b[j] - (b[i] + b[j])[top]) / eps
    u = W[i] - W[j]
    gap = u * x + (b[i] - b[j])
    e = u * exp(power)
    first = u + gap * rate
    return PairSum(
        value=(gap * e).sum(),
        x=(first * e).sum(),
        xx=((first + u) * rate * e).sum(),
        eps=-(gap * power * e).sum() / eps,
        x_eps=-((first * power + gap * rate) * e).sum() / eps,
    )


def slopes(x: Array, eps: float, W: Array, b: Array) -> Array:
    """S over its largest exponential at many x (K,), in doubles: the signs are those of -H_x."""
    i, j = _pairs(len(W))
    s = W * np.asarray(x)[:, None] + b
    power = (s[:, i] + s[:, j]) / eps
    e = np.exp(power - power.max(axis=1, keepdims=True))
    value: Array = ((W[i] - W[j]) * (s[:, i] - s[:, j]) * e).sum(axis=1)
    return value


def crossings(W: Any, b: Any) -> Array:
    """The places where two of the s_j agree; all critical points lie between the outermost."""
    W, b = np.asarray(W), np.asarray(b)
    i, j = _pairs(len(W))
    found: Array = (b[j] - b[i]) / (W[i] - W[j])
    return found


def critical_points(eps: Any, W: Any, b: Any) -> list[tuple[Any, int]]:
    """Every critical point of H, in balls: an interval that has just one, and its kind.

    Of W, b and eps in balls; the kind is 1 for a maximum and -1 for a minimum.  Between the
    outermost crossings each interval is shown to have none, or to have S monotone, or is divided.
    Raises ArithmeticError where that does not end: at a degenerate critical point.
    """
    W, b = np.asarray(W), np.asarray(b)
    places = [middle(one) for one in crossings(W, b)]
    margin = (1 + max(places) - min(places)) / 16
    low, high = middle(min(places) - margin), middle(max(places) + margin)
    found, open_ = [], [(low, high)]
    while open_:
        left, right = open_.pop()
        kind = _kind(left, right, eps, W, b)
        if kind is None:
            if right - left < NARROWEST * (high - low):
                raise ArithmeticError(f"not decided between x = {left!r} and {right!r}")
            between = middle(left + SPLIT * (right - left))
            open_ += [(between, right), (left, between)]
        elif kind:
            found.append((left.union(right), kind))
    return found


def _kind(left: Any, right: Any, eps: Any, W: Array, b: Array) -> int | None:
    """0 for an interval without a critical point, its kind for just one, None if undecided."""
    value, slope = _mean_values(left.union(right), eps, W, b)
    if not value.contains(0):
        return 0
    ends = [pair_sum(end, eps, W, b).value for end in (left, right)]
    if slope.contains(0) or any(end.contains(0) for end in ends):
        return None
    return (sign(ends[1]) - sign(ends[0])) // 2


def _mean_values(x: Any, eps: Any, W: Array, b: Array) -> tuple[Any, Any]:
    """Enclosures of S and S_x over a ball x by the mean value theorem; S over one exponential."""
    over, centre, off = pair_sum(x, eps, W, b), pair_sum(x.mid(), eps, W, b), x - x.mid()
    return centre.value + over.x * off, centre.x + over.xx * off


def on_line(y: Any, g: Any, t: Any) -> tuple[Array, Array]:
    """W and b, of shape (N,), of atoms on a line."""
    W, b = weights(np.asarray(y)[:, None], np.asarray(g), t)
    return W[:, 0], b


def sign(value: Any) -> int:
    """1 or -1; ArithmeticError for a ball that contains 0."""
    if value > 0:
        return 1
    if value < 0:
        return -1
    raise ArithmeticError(f"the sign of {value!r} is not decided")


def middle(value: Any) -> Any:
    """The midpoint of a ball, exactly; any other number itself."""
    return value.mid() if hasattr(value, "mid") else value


def _pairs(count: int) -> tuple[Array, Array]:
    """The first and the second index of each pair, two arrays."""
    first, second = zip(*combinations(range(count), 2), strict=True)
    return np.array(first), np.array(second)
