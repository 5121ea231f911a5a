"""Eight identities, each with a twin that is wrong in one place."""

from collections.abc import Sequence
from math import comb, factorial
from typing import Any

import mpmath
from hypothesis import strategies as st

from verify import Identity, but

from .functions import cosh, divergence, dot, entropy, exp, gibbs, lse, sinh, sqrt

NUMBER, SIZE = st.floats(-2, 2), st.floats(0.25, 4)
THREE = st.lists(NUMBER, min_size=3, max_size=3)
PAIRS = st.lists(st.lists(NUMBER, min_size=2, max_size=2), min_size=3, max_size=3)


def _hopf_cole(x: Any, w: Any, b: Any, t: Any, eps: Any, curvature: int) -> Any:
    """f + u - |x|^2/4t of an LSE layer f and of the viscous solution u from its dictionary."""
    f = lse([dot(x, one) + c for one, c in zip(w, b, strict=True)], eps)
    y = [[2 * t * a for a in one] for one in w]
    g = [-c - dot(one, one) / (curvature * t) for one, c in zip(y, b, strict=True)]
    far = [dot(d, d) for d in ([p - q for p, q in zip(x, one, strict=True)] for one in y)]
    u = -lse([-h - r / (4 * t) for h, r in zip(g, far, strict=True)], eps)
    return f + u - dot(x, x) / (4 * t), 1 + abs(f) + abs(u)


def hopf_cole(x: Any, w: Any, b: Any, t: Any, eps: Any) -> Any:
    return _hopf_cole(x, w, b, t, eps, 4)


def hopf_cole_twin(x: Any, w: Any, b: Any, t: Any, eps: Any) -> Any:
    """With |y|^2/2t in the initial data."""
    return _hopf_cole(x, w, b, t, eps, 2)


def duality(z: Sequence[Any], eps: Any) -> Any:
    """LSE - (<pi, z> + eps H(pi)): the entropic maximum is attained at the Gibbs weights."""
    p = gibbs(z, eps)
    return lse(z, eps) - dot(p, z) - eps * entropy(p), 1 + abs(lse(z, eps))


def duality_twin(z: Sequence[Any], eps: Any) -> Any:
    """With the sign of the entropy changed."""
    p = gibbs(z, eps)
    return lse(z, eps) - dot(p, z) + eps * entropy(p), 1 + abs(lse(z, eps))


def slope(z: Sequence[Any], eps: Any) -> Any:
    """d LSE / d eps - H(pi), by a difference quotient of many digits."""
    return mpmath.diff(lambda e: lse(z, e), eps) - entropy(gibbs(z, eps))


def slope_twin(z: Sequence[Any], eps: Any) -> Any:
    """With eps H(pi)."""
    return mpmath.diff(lambda e: lse(z, e), eps) - eps * entropy(gibbs(z, eps))


def _product(alpha: Any, decay: Any, t: Any, forces: Sequence[Any], rate: int) -> Any:
    """u v - alpha^2 exp(-rate decay t) of u' = -(G + decay) u/2, v' = (G - decay) v/2."""
    u = v = alpha
    for force in forces:
        u, v = u * exp(-(force + decay) * t / 2), v * exp((force - decay) * t / 2)
    expected = alpha**2 * exp(-rate * decay * t * len(forces))
    return u * v - expected, alpha**2


def product(alpha: Any, decay: Any, t: Any, forces: Sequence[Any]) -> Any:
    return _product(alpha, decay, t, forces, 1)


def product_twin(alpha: Any, decay: Any, t: Any, forces: Sequence[Any]) -> Any:
    """With twice the decay."""
    return _product(alpha, decay, t, forces, 2)


def flow(theta: Any, alpha: Any, decay: Any, t: Any, force: Any) -> Any:
    """w' + sqrt(w^2 + alpha^4 exp(-2 decay t)) G + decay w, for w = alpha_t^2 sinh theta."""
    a = alpha**2 * exp(-decay * t)
    w, moved = a * sinh(theta), -decay * a * sinh(theta) - a * cosh(theta) * force
    root = sqrt(w**2 + alpha**4 * exp(-2 * decay * t))
    return moved + root * force + decay * w, 1 + abs(moved)


def flow_twin(theta: Any, alpha: Any, decay: Any, t: Any, force: Any) -> Any:
    """With the decay outside of the root."""
    a = alpha**2 * exp(-decay * t)
    w, moved = a * sinh(theta), -decay * a * sinh(theta) - a * cosh(theta) * force
    root = sqrt(w**2 + alpha**4) * exp(-2 * decay * t)
    return moved + root * force + decay * w, 1 + abs(moved)


def flow_proof() -> Any:
    """The same in symbols, w' by the chain rule."""
    from sympy import diff, exp, sinh, sqrt, symbols

    theta, decay, t, force = symbols("theta decay t force", real=True)
    alpha = symbols("alpha", positive=True)
    w = alpha**2 * exp(-decay * t) * sinh(theta)
    moved = diff(w, t) - diff(w, theta) * force
    return moved + sqrt(w**2 + alpha**4 * exp(-2 * decay * t)) * force + decay * w


def _odds(table: Sequence[Any]) -> Any:
    a, b, c, d = table
    return a * d / (b * c)


def fitted(table: Sequence[Any], row: Any, column: Any) -> Any:
    """The odds ratio of a 2 x 2 table after a sweep of proportional fitting, less that before."""
    a, b, c, d = table
    up, down = row / (a + b), (1 - row) / (c + d)
    a, b, c, d = a * up, b * up, c * down, d * down
    left, right = column / (a + c), (1 - column) / (b + d)
    return _odds([a * left, b * right, c * left, d * right]) - _odds(table), _odds(table)


def fitted_twin(table: Sequence[Any], row: Any, column: Any) -> Any:
    """With what is missing added in equal parts."""
    a, b, c, d = table
    up, down = (row - a - b) / 2, (1 - row - c - d) / 2
    a, b, c, d = a + up, b + up, c + down, d + down
    left, right = (column - a - c) / 2, (1 - column - b - d) / 2
    fit = [a + left, b + right, c + left, d + right]
    return fit[0] * fit[3] - _odds(table) * fit[1] * fit[2]


def fitted_proof() -> Any:
    """The same in symbols."""
    from sympy import symbols

    a, b, c, d, row, column = symbols("a b c d row column", positive=True)
    return fitted([a, b, c, d], row, column)[0]


def _regret(rewards: Sequence[Any], logits: Sequence[Any], beta: Any) -> Any:
    """J(pi*) - J(pi) for J = E r - beta KL(. || uniform), then pi and pi*."""
    uniform = [type(beta)(1) / len(rewards)] * len(rewards)
    best, other = gibbs(rewards, beta), gibbs(logits, type(beta)(1))
    values = [dot(p, rewards) - beta * divergence(p, uniform) for p in (best, other)]
    return values[0] - values[1], other, best


def regret(rewards: Sequence[Any], logits: Sequence[Any], beta: Any) -> Any:
    """J(pi*) - J(pi) - beta KL(pi || pi*)."""
    lost, other, best = _regret(rewards, logits, beta)
    return lost - beta * divergence(other, best), 1 + beta


def regret_twin(rewards: Sequence[Any], logits: Sequence[Any], beta: Any) -> Any:
    """With the divergence the other way."""
    lost, other, best = _regret(rewards, logits, beta)
    return lost - beta * divergence(best, other), 1 + beta


def _spline(x: Any, k: int, *, binomial: bool) -> Any:
    """The cardinal B-spline of order k from truncated powers."""
    weights = [(-1) ** j * (comb(k, j) if binomial else 1) for j in range(k + 1)]
    powers = [max(x - j, 0 * x) ** (k - 1) for j in range(k + 1)]
    return dot(weights, powers) / factorial(k - 1)


def unity(x: Any, k: Any) -> Any:
    """The sum of the translates of a B-spline, less 1."""
    return sum(_spline(x + i, int(k), binomial=True) for i in range(int(k))) - 1


def unity_twin(x: Any, k: Any) -> Any:
    """With coefficients 1 and -1."""
    return sum(_spline(x + i, int(k), binomial=False) for i in range(int(k))) - 1


def _known(name: str, right: Any, twin: Any, given: dict[str, Any], **changes: Any) -> Identity:
    wrong = but("twin", twin.__doc__ or "changed", residual=twin)
    return Identity(
        name, residual=right, given=given, scope="the formula", controls=(wrong,), **changes
    )


TABLE = st.lists(st.floats(0.125, 1), min_size=4, max_size=4)
SHARE = st.floats(0.125, 0.875)
LAYER = {"z": THREE, "eps": SIZE}

IDENTITIES = (
    _known(
        "hopf_cole",
        hopf_cole,
        hopf_cole_twin,
        {"x": st.lists(NUMBER, min_size=2, max_size=2), "w": PAIRS, "b": THREE, "t": SIZE}
        | {"eps": SIZE},
    ),
    _known("entropic_duality", duality, duality_twin, LAYER),
    _known("entropy_is_the_slope", slope, slope_twin, LAYER, arithmetic="mpmath", instances=16),
    _known(
        "conserved_product",
        product,
        product_twin,
        {"alpha": SIZE, "decay": SIZE, "t": st.floats(0, 1), "forces": THREE},
    ),
    _known(
        "decay_inside_the_root",
        flow,
        flow_twin,
        {"theta": NUMBER, "alpha": SIZE, "decay": SIZE, "t": st.floats(0, 1), "force": NUMBER},
        proof=flow_proof,
    ),
    _known(
        "odds_ratio",
        fitted,
        fitted_twin,
        {"table": TABLE, "row": SHARE, "column": SHARE},
        proof=fitted_proof,
    ),
    _known(
        "regret_is_divergence",
        regret,
        regret_twin,
        {"rewards": THREE, "logits": THREE, "beta": SIZE},
    ),
    _known("partition_of_unity", unity, unity_twin, {"x": st.floats(0, 1), "k": st.integers(2, 5)}),
)
