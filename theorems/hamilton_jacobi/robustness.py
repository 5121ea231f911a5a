r"""How the temperature of a log-sum-exp layer bounds its Hessian, and what it does not bound.

Setting.  f(x) = eps log sum_j exp((W_j . x + b_j) / eps); its Hessian is the covariance of the W_j
under the weights pi_j, over eps.
Claims.  The Hessian has norm at most max |W_j|^2 / eps, and at most diam(W)^2 / (4 eps), which does
not change when all W_j are shifted and is attained where two of them tie and the others have no
weight.  There it is of order 1/eps.  The Lipschitz constant of f is max |W_j| at every eps.  The
bound falls as eps grows; the Hessian need not: neither at a point nor its largest value over x.
"""

from typing import Any

import numpy as np
from hypothesis.strategies import floats, integers, lists, tuples

from theorems.hamilton_jacobi.layer import Array, exp, gradient, hessian, logits
from verify import Assumption, Design, Identity, Rate, Source, Theorem, but


def curvature(x: Any, W: Any, b: Any, eps: Any) -> Any:
    """The norm of the Hessian of f on a line, its second derivative, for W and b of shape (N,)."""
    return hessian(np.asarray([x]), np.asarray(W)[:, None], np.asarray(b), eps)[0, 0]


def pair_curvature(x: Any, eps: Any) -> Any:
    """The same for the antipodal pair W = -1, 1 with b = 0: 1 / (eps cosh^2(x / eps))."""
    return curvature(x, [-eps / eps, eps / eps], [0 * eps, 0 * eps], eps)


def largest_curvature(m: Any, eps: Any) -> Any:
    """sup over x of f'' for W = -1, 0, 1 and b = -1, 0, -1, the outer atoms m times each.

    With A = 2 m e^{-1/eps} and z = A cosh(x / eps) it is (z + A^2) / (eps (1 + z)^2), z >= A:
    largest at z = 1 - 2 A^2, or at x = 0 where A > 1/2.  Derived here.
    """
    A = 2 * m * exp(-1 / eps)
    return (1 / (4 * (1 - A * A)) if 2 * A <= 1 else A / (1 + A)) / eps
