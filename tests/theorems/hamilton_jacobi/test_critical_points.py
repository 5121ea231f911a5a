"""Critical points, folds and their continuation, against derivatives, scans and known folds."""

from functools import partial
from itertools import pairwise
from typing import Any

import mpmath
import numpy as np
import pytest
from flint import arb, ctx

from theorems.hamilton_jacobi.continuation import branches, folds
from theorems.hamilton_jacobi.critical_points import (
    critical_points,
    crossings,
    pair_sum,
    slopes,
)
from theorems.hamilton_jacobi.folds import (
    curvature,
    enclosed_fold,
    fold_near,
    partners,
    slope,
    value,
)

FOUR = [0, 2, 3, 4]
FIVE = ["-0.59102061", "0.72134311", "1.01593529", "1.41450792", "1.83374733"]


def _line(y: list[Any], number: Any = float, g: Any = None) -> tuple[np.ndarray, np.ndarray]:
    """W and b at t = 1, by their definition."""
    places = [number(one) for one in y]
    heights = [number(one) for one in g or [0] * len(y)]
    b = [-h - p * p / 4 for p, h in zip(places, heights, strict=True)]
    return np.array([p / 2 for p in places]), np.array(b)


def _count(eps: float, y: list[Any]) -> int:
    return len(critical_points(arb(eps), *_line(y, arb)))


def test_the_sum_over_pairs_and_its_derivatives_are_those_of_the_entropy() -> None:
    """With H_x = -S / (eps Z)^2, and S_x, S_xx, S_eps, S_x,eps by differences in 40 digits."""
    with mpmath.workdps(40):
        W, b = _line(["-1", "0.3", "1.1", "2"], mpmath.mpf, ["0", "0.2", "-0.1", "0"])
        x, eps = mpmath.mpf("0.37"), mpmath.mpf("0.61")
        top = max((p + q for p, q in _pairs(W * x + b)))
        i, j = max(
            ((i, j) for i in range(4) for j in range(i)),
            key=lambda one: (W * x + b)[one[0]] + (W * x + b)[one[1]],
        )

        def plain(x: Any, eps: Any) -> Any:
            s = W * x + b
            return sum(
                (W[k] - W[m]) * (s[k] - s[m]) * mpmath.exp((s[k] + s[m] - s[i] - s[j]) / eps)
                for k in range(4)
                for m in range(k)
            )

        found = pair_sum(x, eps, W, b)
        for name, order in (("x", (1, 0)), ("xx", (2, 0)), ("eps", (0, 1)), ("x_eps", (1, 1))):
            expected = mpmath.diff(plain, (x, eps), order)
            assert abs(getattr(found, name) - expected) < 1e-15 * (1 + abs(expected))
        total = sum(mpmath.exp(one / eps) for one in W * x + b)
        rise = mpmath.diff(lambda place: value(place, eps, W, b), x)
        assert abs(rise + found.value * mpmath.exp(top / eps) / (eps * total) ** 2) < 1e-15


def _pairs(s: np.ndarray) -> list[tuple[Any, Any]]:
    return [(s[i], s[j]) for i in range(len(s)) for j in range(i)]


def test_slope_and_curvature_are_derivatives_of_the_entropy() -> None:
    with mpmath.workdps(30):
        W, b = _line(FOUR, mpmath.mpf)
        for place in ("0.2", "1.7", "3.1"):
            x, eps = mpmath.mpf(place), mpmath.mpf("0.4")
            first, second = (mpmath.diff(partial(value, eps=eps, W=W, b=b), x, n) for n in (1, 2))
            assert abs(slope(x, eps, W, b) - first) < 1e-20
            assert abs(curvature(x, eps, W, b) - second) < 1e-15


def test_signs_do_not_underflow() -> None:
    """At eps = 1e-6 a weight between two crossings is exp(-10^5); H_x is 0 in doubles."""
    W, b = _line(FOUR)
    x = np.linspace(-1.003, 5, 601)
    assert np.all(np.isfinite(slopes(x, 1e-6, W, b)))
    changes = np.flatnonzero(np.diff(np.sign(slopes(x, 1e-6, W, b))))
    assert len(changes) == 5


@pytest.mark.parametrize("seed", range(6))
def test_certified_counts_are_those_of_a_fine_scan(seed: int) -> None:
    rng = np.random.default_rng(seed)
    y = np.sort(rng.uniform(-3, 3, rng.integers(2, 7)))
    g = rng.uniform(-0.3, 0.3, len(y))
    W, b = _line(list(y), float, list(g))
    ends = crossings(W, b)
    x = np.linspace(ends.min() - 0.01, ends.max() + 0.013, 200_001)
    for eps in (0.05, 0.3, 1.0):
        found = critical_points(arb(eps), *_line(list(y), arb, list(g)))
        scanned = x[np.flatnonzero(np.diff(np.sign(slopes(x, eps, W, b))))]
        assert len(found) == len(scanned)
        for (ball, _), place in zip(found, scanned, strict=True):
            assert ball.overlaps(arb(place, 1e-4))
        kinds = [kind for _, kind in found]
        assert kinds == [(-1) ** k for k in range(len(kinds))]  # maxima and minima by turns


def test_the_number_of_critical_points_of_four_atoms_at_whole_places() -> None:
    """It falls to 1 at eps = 0.5017, rises to 3 at 0.5564 and falls again at 0.5672."""
    assert [_count(eps, FOUR) for eps in (0.05, 0.3, 0.53, 0.55, 0.56, 0.58, 5)] == [
        5, 3, 1, 1, 3, 1, 1,
    ]  # fmt: skip


def test_the_birth_can_be_seen_in_three_values_of_the_entropy() -> None:
    """At eps = 0.56 there are a minimum and two maxima; at 0.55 H falls across all three places."""
    W, b = _line(FOUR)
    early = [value(x, 0.55, W, b) for x in (1.87, 2.06, 2.45)]
    late = [value(x, 0.56, W, b) for x in (1.87, 2.06, 2.45)]
    assert early[0] < early[1] < early[2]
    assert late[0] > late[1] < late[2]


def test_a_degenerate_critical_point_is_not_counted() -> None:
    W, b = _line([-1, 0, 1], arb)
    eps = 1 / (4 * (1 + (2 * arb(-1).exp()).lambertw()))
    with pytest.raises(ArithmeticError, match="not decided between"):
        critical_points(eps, W, b)


@pytest.mark.parametrize(
    ("y", "g", "x", "eps", "merges"),
    [
        (["-1", "0.1", "1"], ["0", "0.03", "0"], "0.2203059385", "0.133589176", True),
        (FIVE, None, "0.565714022148", "0.206789062646", False),
        (FIVE, None, None, "0.18197439085", True),
        (FIVE, None, None, "0.222128165351", True),
        (FOUR, None, "1.9474409405", "0.5563739680", False),
        (FOUR, None, "2.2516375285", "0.5672340803", True),
    ],
)
def test_known_folds_are_found_by_continuation_refined_and_enclosed(
    y: list[Any], g: Any, x: str | None, eps: str, merges: bool
) -> None:
    W, b = _line(y, float, g)
    found = [one for curve in branches(W, b, 0.02, 3) for one in folds(curve, W, b)]
    near = min(found, key=lambda one: abs(one.eps - float(eps)))
    assert near.eps == pytest.approx(float(eps), abs=1e-9)
    with mpmath.workdps(40):
        fine = fold_near(mpmath.mpf(near.x), mpmath.mpf(near.eps), *_line(y, mpmath.mpf, g), 1e-30)
        assert abs(fine.eps - mpmath.mpf(eps)) < 1e-9
        assert x is None or abs(fine.x - mpmath.mpf(x)) < 1e-9
        assert (fine.ratio > 0) is merges
        text = [mpmath.nstr(one, 35) for one in (fine.x, fine.eps, fine.ratio)]
    with ctx.workprec(150):
        W_ball, b_ball = _line(y, arb, g)
        enclosed = enclosed_fold(arb(text[0]), arb(text[1]), W_ball, b_ball, 1e-20)
        for ball, digits in zip((enclosed.x, enclosed.eps, enclosed.ratio), text, strict=True):
            assert ball.overlaps(arb(digits, 1e-18))
    with pytest.raises(ArithmeticError, match="no fold enclosed"):
        enclosed_fold(arb(near.x) + 1e-6, arb(near.eps), *_line(y, arb, g))


def test_newton_says_where_it_fails() -> None:
    W, b = _line([0, 1])  # two atoms have no fold
    with pytest.raises(ArithmeticError, match="no fold found near"):
        fold_near(0.4, 0.3, W, b, tolerance=1e-12)


def test_partners_are_the_counted_critical_points() -> None:
    with mpmath.workdps(50):
        W, b = _line(FOUR, mpmath.mpf)
        fold = fold_near(mpmath.mpf("1.9474"), mpmath.mpf("0.55637"), W, b)
        eps, left, right = partners(fold, mpmath.mpf("1e-3"), W, b)
        assert eps > fold.eps  # it is a birth
    found = [ball for ball, _ in critical_points(arb(float(eps)), *_line(FOUR, arb))]
    assert len(found) == 3
    for ball, place in zip(found[:2], (left, right), strict=True):
        assert ball.overlaps(arb(float(place), 1e-9))


@pytest.mark.parametrize("seed", range(5))
def test_the_folds_of_continuation_explain_every_change_of_the_count(seed: int) -> None:
    """Random heights: at each of 12 eps, certified counts differ by the folds between."""
    rng = np.random.default_rng(seed)
    y = sorted(rng.choice(40, 4, replace=False) / 10)
    g = list(rng.uniform(0, 0.05, 4))
    W, b = _line(y, float, g)
    ladder = np.geomspace(0.01, 3, 12)
    found = [one for c in branches(W, b, 0.01, 3) for one in folds(c, W, b)]
    counts = [len(critical_points(arb(eps), *_line(y, arb, g))) for eps in ladder]
    for (low, high), (before, after) in zip(pairwise(ladder), pairwise(counts), strict=True):
        inside = [one for one in found if low < one.eps < high]
        assert after - before == sum(-2 * int(np.sign(one.ratio)) for one in inside)
