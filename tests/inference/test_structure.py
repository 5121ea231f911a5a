"""What is known of a finite grid: its nodes, and the coverage they buy."""

import numpy as np
import pytest

from verify.inference.exponent import exponent
from verify.inference.family import Family
from verify.inference.points import Points, exact_points, sampled_points
from verify.inference.statistic import Mean
from verify.inference.structure import (
    ALLOWED_FACTOR,
    CORRECTION_CELLS,
    LARGEST_SIZE,
    PLACES,
    SIZE_LIMIT,
    SIZE_SCALE,
    SIZE_STEP,
    SMALLEST_SIZE,
    Term,
    of_bound,
    of_corrections,
)

X = 64 * 2.0 ** np.arange(10)
LOWER = Term(1 / 6, added=True)
KINK = Term(1 / 6, added=False, faster=True)
QUARTER, HALF = Term(0.25, added=True), Term(0.5, added=True)


def _noisy(mean: np.ndarray, rng: np.random.Generator, replicates: int = 256) -> Points:
    samples = [m * rng.lognormal(-0.125, 0.5, replicates) for m in mean]
    return sampled_points(X.tolist(), samples, Mean())


@pytest.mark.parametrize("term", [LOWER, Term(1 / 6, added=True, log=1.5), Term(0.5, True, log=-1)])
def test_an_added_term_has_its_size_at_the_largest_x_and_its_tangent(term: Term) -> None:
    nodes = of_bound(X, term)
    log_sizes = np.log(np.expm1(nodes.offset[:, -1]))
    assert np.diff(log_sizes) == pytest.approx(SIZE_STEP)
    assert LARGEST_SIZE - SIZE_STEP - 1e-9 < log_sizes[-1] < LARGEST_SIZE
    assert np.expm1(nodes.offset[0, 0]) == pytest.approx(np.exp(SMALLEST_SIZE))
    relative = X**-term.gap * np.log(X) ** -term.log
    relative /= relative[-1]
    assert term.relative(X) == pytest.approx(relative, rel=1e-13)
    step, width = 1e-6, SIZE_STEP / np.sqrt(12)
    up, down = (np.log1p(np.exp(log_sizes + s)[:, None] * relative) for s in (step, -step))
    assert nodes.tangent[..., 0] == pytest.approx((up - down) / (2 * step) * width, abs=1e-9)


def test_a_kink_breaks_the_line_inside_the_grid() -> None:
    for faster, sign in ((True, 1), (False, -1)):
        nodes = of_bound(X, Term(0.5, added=False, faster=faster))
        assert nodes.offset.shape == (PLACES, 10)
        assert np.all(nodes.offset[:, -1] == 0)
        assert np.all(sign * nodes.offset[:, 0] < 0)
        slopes = np.diff(nodes.offset, axis=1) / np.log(2)
        assert slopes.max() <= 0.5 + 1e-12
        assert slopes.min() >= -0.5 - 1e-12
        cell = np.log(X[-1] / X[0]) / (PLACES + 1) / np.sqrt(12)
        expected = np.where(nodes.offset != 0, -sign * 0.5 * cell, 0)
        assert nodes.tangent[..., 0] == pytest.approx(expected)


@pytest.mark.parametrize("term", [LOWER, KINK, Term(0.5, added=False)])
def test_the_nodes_of_a_term_are_equally_likely_and_have_mass_one(term: Term) -> None:
    log_prior = of_bound(X, term).log_prior
    assert np.ptp(log_prior) == 0
    assert np.exp(log_prior).sum() == pytest.approx(1)


def _sizes_at_the_smallest_x(nodes, shape: np.ndarray) -> np.ndarray:
    """The constants c of f = 1 + sum of c_j r_j, read back from the nodes by least squares."""
    found, *_ = np.linalg.lstsq(shape, np.expm1(nodes.offset).T, rcond=None)
    return found.T


@pytest.mark.parametrize("corrections", [(HALF,), (QUARTER, HALF), (Term(0.25, True, log=0.5),)])
def test_declared_corrections_have_both_signs_cauchy_priors_and_true_tangents(corrections) -> None:
    scale, count = 0.3, CORRECTION_CELLS[len(corrections)]
    nodes = of_corrections(X, corrections, scale)
    shape = np.stack([term.relative(X) / term.relative(X)[0] for term in corrections], axis=-1)
    sizes = _sizes_at_the_smallest_x(nodes, shape)
    edges = 2 * np.sinh(np.linspace(-1, 1, 2 * count + 1) * np.arcsinh(SIZE_LIMIT))
    index = np.searchsorted(edges, sizes) - 1
    assert {index.min(), index.max()} <= set(range(2 * count))
    assert np.all((sizes > 0).any(axis=0) & (sizes < 0).any(axis=0))
    # A cell's width is its middle's derivative times a step: 1/24 of its square off its edges.
    cells = np.diff(edges)[index]
    cauchys = np.log1p((sizes / SIZE_SCALE) ** 2) + np.log1p((sizes * shape[-1] / scale) ** 2)
    moved = nodes.log_prior - (np.log(cells) - cauchys).sum(axis=1)
    assert moved == pytest.approx(np.full(len(moved), moved[0]), abs=0.01)
    assert np.exp(nodes.log_prior).sum() == pytest.approx(1)
    step = 1e-6
    for j in range(len(corrections)):
        move = step * np.eye(len(corrections))[j]
        rise = np.log1p((sizes + move) @ shape.T) - np.log1p((sizes - move) @ shape.T)
        expected = cells[:, [j]] / np.sqrt(12) * rise / (2 * step)
        # Where f is near 0.1 its log bends: rounding and curvature reach 1e-8 there.
        assert nodes.tangent[..., j] == pytest.approx(expected, rel=0.01, abs=1e-7)


@pytest.mark.parametrize("gap", [0.25, 0.5, 1.0])
def test_declared_corrections_may_be_small_at_the_smallest_x_and_of_either_sign(gap: float) -> None:
    """Else a pure law, and a small correction of either sign, lie outside all declared nodes."""
    at_first = np.expm1(of_corrections(X, (Term(gap, added=True),), 0.25).offset[:, 0])
    assert (at_first > 0).any()
    assert (at_first < 0).any()
    assert at_first[at_first > 0].min() < 0.2
    assert at_first[at_first < 0].max() > -0.2


def test_a_declared_correction_is_kept_where_the_factor_stays_positive() -> None:
    offset = of_corrections(X, (QUARTER, HALF), 0.25).offset
    assert np.log(ALLOWED_FACTOR[0]) < offset.min() < offset.max() < np.log(ALLOWED_FACTOR[1])
    # Corrections of opposite signs: some f falls and then rises, though neither part does.
    steps = np.sign(np.diff(offset, axis=1))
    assert np.any((steps.min(axis=1) < 0) & (steps.max(axis=1) > 0))


@pytest.mark.parametrize(
    ("law", "truth", "terms"),
    [
        (lambda n: n ** (2 / 3) + 3 * n**0.5, 2 / 3, (LOWER,)),
        (lambda n: n ** (2 / 3) + 12 * n**0.5, 2 / 3, (LOWER,)),
        (
            lambda n: n ** (2 / 3) + 20 * n**0.5 / np.log(n),
            2 / 3,
            (Term(1 / 6, added=True, log=1.0),),
        ),
        (lambda n: np.minimum(n ** (2 / 3), np.sqrt(20 * n)), 1 / 2, (KINK,)),
        (lambda n: np.maximum(n ** (2 / 3), 4 * np.sqrt(n)), 2 / 3, (Term(1 / 6, added=False),)),
    ],
    ids=["lower order", "crossover beyond the grid", "lower order with a log", "min", "max"],
)
def test_declared_terms_are_covered_where_least_squares_never_is(law, truth, terms) -> None:
    rng = np.random.default_rng(1)
    covered = 0
    for _ in range(100):
        found = exponent(_noisy(law(X), rng), Family(terms=terms))
        covered += found.low <= truth <= found.high
    assert covered >= 93


def test_an_undeclared_kink_is_the_reason_for_declaring_it() -> None:
    points = exact_points(X.tolist(), np.minimum(X ** (2 / 3), np.sqrt(20 * X)).tolist())
    declared, silent = exponent(points, Family(terms=(KINK,))), exponent(points)
    assert declared.low <= 0.5 <= declared.high
    assert silent.model_rejected or not silent.low <= 0.5 <= silent.high


def test_the_log_of_a_lower_term_is_part_of_its_shape() -> None:
    """n^(2/3) + 400 n^(1/2) / (log n)^2, exact: the right log narrows the interval."""
    y = X ** (2 / 3) + 400 * X**0.5 / np.log(X) ** 2
    points = exact_points(X.tolist(), y.tolist())
    right, wrong = (
        exponent(points, Family(terms=(Term(1 / 6, added=True, log=log),))) for log in (2.0, 0.0)
    )
    assert right.low <= 2 / 3 <= right.high
    assert right.high - right.low < (wrong.high - wrong.low) / 5
