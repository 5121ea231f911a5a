"""Folds of the entropy's critical points: found by continuation, refined, enclosed.

A fold is a point (x, eps) where H_x = H_xx = 0, H_xxx and H_x,eps do not vanish.  Near it two
critical points lie at the distance (8 |H_x,eps / H_xxx| |eps - eps_c|)^{1/2} of each other, on the
side of eps_c where -(eps - eps_c) H_x,eps / H_xxx is positive.  S of `critical_points` has the same
folds, and the same ratio S_eps / S_xx there.
"""

from typing import Any

import attrs
import numpy as np

from theorems.hamilton_jacobi.critical_points import PairSum, pair_sum, sign
from theorems.hamilton_jacobi.layer import Array, entropy, gibbs

ROUNDS = 60
"""Steps of Newton's method after which it has failed."""


@attrs.frozen
class Fold:
    """A fold at x and eps, and H_x,eps / H_xxx there: positive where growing eps merges."""

    x: Any
    eps: Any
    ratio: Any


def fold_near(x: Any, eps: Any, W: Any, b: Any, tolerance: float = 1e-40) -> Fold:
    """The fold that Newton's method for S = S_x = 0 finds from (x, eps), in mpmath or in doubles.

    The last step was smaller than `tolerance`.  ArithmeticError where it does not converge.
    """
    for _ in range(ROUNDS):
        with np.errstate(all="ignore"):  # a singular step ends in no number, and so in no fold
            dx, de = _newton(pair_sum(x, eps, W, b))
        x, eps = x - dx, eps - de
        if max(abs(dx), abs(de)) < tolerance:
            found = pair_sum(x, eps, W, b)
            return Fold(x, eps, found.eps / found.xx)
    raise ArithmeticError(f"no fold found near x = {float(x):g}, eps = {float(eps):g}")


def _newton(found: PairSum) -> tuple[Any, Any]:
    """The Newton step for (S, S_x) in (x, eps), by Cramer's rule."""
    determinant = found.x * found.x_eps - found.eps * found.xx
    dx = (found.value * found.x_eps - found.eps * found.x) / determinant
    de = (found.x * found.x - found.xx * found.value) / determinant
    return dx, de


def enclosed_fold(x: Any, eps: Any, W: Any, b: Any, radius: float = 1e-9) -> Fold:
    """The one fold within `radius` of (x, eps), by Krawczyk's test in balls; its ratio is a ball.

    The image of the box under Newton's method with the slopes at its centre lies inside the box.
    ArithmeticError where it does not.
    """
    kind = type(eps)
    box_x, box_eps = x + kind(0, radius), eps + kind(0, radius)
    at, over = pair_sum(x, eps, W, b), pair_sum(box_x, box_eps, W, b)
    determinant = at.x * at.x_eps - at.eps * at.xx
    inverse = np.array([[at.x_eps, -at.eps], [-at.xx, at.x]]) / determinant
    slope = np.array([[over.x, over.eps], [over.xx, over.x_eps]])
    off = np.array([kind(0, radius)] * 2)
    move = -inverse @ np.array([at.value, at.x]) + (np.eye(2, dtype=int) - inverse @ slope) @ off
    if not all(one.abs_upper() < radius for one in move):
        raise ArithmeticError(f"no fold enclosed at x = {x!r}, eps = {eps!r}")
    found_x, found_eps = x + move[0], eps + move[1]
    found = pair_sum(found_x, found_eps, W, b)
    sign(found.xx)  # a ball that excludes 0
    return Fold(found_x, found_eps, found.eps / found.xx)


def partners(
    fold: Fold, delta: Any, W: Any, b: Any, tolerance: float = 1e-40
) -> tuple[Any, Any, Any]:
    """eps = (1 -+ delta) eps_c on the side of a fold where its critical points are, and both.

    Each by Newton's method from its place in the normal form.
    """
    change = -sign(fold.ratio) * delta * fold.eps
    eps = fold.eps + change
    off = (-2 * fold.ratio * change) ** (type(delta)(1) / 2)
    left, right = (critical_near(fold.x + one, eps, W, b, tolerance) for one in (-off, off))
    return eps, left, right


def critical_near(x: Any, eps: Any, W: Any, b: Any, tolerance: float = 1e-40) -> Any:
    """The critical point of H that Newton's method for S = 0 finds from x."""
    for _ in range(ROUNDS):
        found = pair_sum(x, eps, W, b)
        step = found.value / found.x
        x = x - step
        if abs(step) < tolerance:
            return x
    raise ArithmeticError(f"no critical point found near x = {float(x):g}")


def value(x: Any, eps: Any, W: Any, b: Any) -> Any:
    """H at x on a line, for W and b of shape (N,)."""
    return entropy(np.asarray(W) * x + np.asarray(b), eps)


def slope(x: Any, eps: Any, W: Any, b: Any) -> Any:
    """H_x = -Cov_pi(W, s) / eps^2 with s = W x + b."""
    weight, off_w, off_s = _centred(x, eps, W, b)
    return -(weight * off_w * off_s).sum() / eps**2


def curvature(x: Any, eps: Any, W: Any, b: Any) -> Any:
    """H_xx = -(K_pi(W, W, s) / eps + Var_pi W) / eps^2, K the third joint cumulant."""
    weight, off_w, off_s = _centred(x, eps, W, b)
    return -(weight * off_w * off_w * (off_s / eps + 1)).sum() / eps**2


def _centred(x: Any, eps: Any, W: Any, b: Any) -> tuple[Array, Array, Array]:
    """The weights, and W and s less their means."""
    W = np.asarray(W)
    s = W * x + np.asarray(b)
    weight = gibbs(s, eps)
    return weight, W - (weight * W).sum(), s - (weight * s).sum()
