"""Terms that the bound declares: their nodes, and the coverage they buy."""

import numpy as np
import pytest

from verify.inference.exponent import exponent
from verify.inference.family import dictionary
from verify.inference.points import exact_points, sampled_points
from verify.inference.statistic import Mean
from verify.inference.structure import LOG_SIZES, PLACES, Term, nodes

X = 64 * 2.0 ** np.arange(10)
LOWER = Term(1 / 6, added=True)
KINK = Term(1 / 6, added=False, faster=True)


def test_an_added_term_has_its_size_at_the_largest_x_and_its_tangent() -> None:
    log_f, tangent = nodes(X, [LOWER], 1.0)
    assert np.expm1(log_f[:, -1]) == pytest.approx(np.exp(LOG_SIZES))
    step, width = 1e-6, (LOG_SIZES[1] - LOG_SIZES[0]) / np.sqrt(12)
    moved = np.log1p(np.exp(LOG_SIZES + step)[:, None] * (X / X[-1]) ** (-1 / 6))
    assert tangent == pytest.approx((moved - log_f) / step * width, rel=1e-4)


def test_a_kink_breaks_the_line_inside_the_grid() -> None:
    for faster, sign in ((True, 1), (False, -1)):
        log_f, tangent = nodes(X, [Term(0.5, added=False, faster=faster)], 1.0)
        assert log_f.shape == (PLACES, 10)
        assert np.all(log_f[:, -1] == 0)
        assert np.all(sign * log_f[:, 0] < 0)
        slopes = np.diff(log_f, axis=1) / np.log(2)
        assert slopes.max() <= 0.5 + 1e-12
        assert slopes.min() >= -0.5 - 1e-12
        cell = np.log(X[-1] / X[0]) / (PLACES + 1) / np.sqrt(12)
        assert tangent == pytest.approx(np.where(log_f != 0, -sign * 0.5 * cell, 0))


def test_declared_terms_have_half_of_the_prior_mass() -> None:
    plain = dictionary(tuple(X))
    both = dictionary(tuple(X), terms=(LOWER, KINK))
    weight = np.exp(both.log_prior)
    assert len(weight) == len(plain.log_prior) + len(LOG_SIZES) + PLACES
    assert weight[len(plain.log_prior) :].sum() == pytest.approx(weight.sum() / 2)


@pytest.mark.parametrize(
    ("law", "truth", "terms"),
    [
        (lambda n: n ** (2 / 3) + 3 * n**0.5, 2 / 3, (LOWER,)),
        (lambda n: n ** (2 / 3) + 12 * n**0.5, 2 / 3, (LOWER,)),
        (lambda n: np.minimum(n ** (2 / 3), np.sqrt(20 * n)), 1 / 2, (KINK,)),
        (lambda n: np.maximum(n ** (2 / 3), 4 * np.sqrt(n)), 2 / 3, (Term(1 / 6, added=False),)),
    ],
    ids=["lower order", "crossover beyond the grid", "min", "max"],
)
def test_declared_terms_are_covered_where_least_squares_never_is(law, truth, terms) -> None:
    rng = np.random.default_rng(1)
    covered = 0
    for _ in range(100):
        samples = [law(n) * rng.lognormal(-0.125, 0.5, 256) for n in X]
        found = exponent(sampled_points(X.tolist(), samples, Mean()), 0.0, terms)
        covered += found.low <= truth <= found.high
    assert covered >= 93


def test_an_undeclared_kink_is_the_reason_for_declaring_it() -> None:
    points = exact_points(X.tolist(), np.minimum(X ** (2 / 3), np.sqrt(20 * X)).tolist())
    declared, silent = exponent(points, 0.0, (KINK,)), exponent(points)
    assert declared.low <= 0.5 <= declared.high
    assert silent.model_rejected or not silent.low <= 0.5 <= silent.high
