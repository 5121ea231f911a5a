"""The nuisance family: its nodes, its tangents, its prior."""

import numpy as np
import pytest

from verify.inference.family import (
    CORRECTION_SCALE,
    CURVATURE_WEIGHTS,
    CURVATURES,
    FASTEST_CORRECTION,
    POWER_TILT,
    SLOWEST_CORRECTION,
    TANGENT_WIDENING,
    TOP_LOG_WEIGHT,
    Family,
    _expand,
    _powers,
    dictionary,
)
from verify.inference.structure import (
    ALLOWED_FACTOR,
    SIZE_SCALE,
    Nodes,
    Term,
    linked,
    of_bound,
    of_corrections,
    sizes,
)

GRID = tuple(64 * 2.0 ** np.arange(10))
X = np.asarray(GRID)
LOWER, KINK = Term(1 / 6, added=True), Term(1 / 6, added=False, faster=True)
DECLARED = Term(0.25, added=True), Term(0.5, added=True)


def _log_f(w: float, kappa: float, c: float) -> np.ndarray:
    v = GRID[0] / X
    return np.log(1 + c * v**w + kappa * c**2 * v ** (2 * w))


@pytest.mark.parametrize(("w", "kappa", "c"), [(0.3, 0.7, 1.3), (1.2, -0.4, 0.6), (0.5, 1, -0.8)])
def test_tangents_are_the_derivatives_of_log_f(w: float, kappa: float, c: float) -> None:
    log_f, tangent = linked(*_expand(X, *(np.array([one]) for one in (w, kappa, c))), added=False)
    step = 1e-6
    in_c = (_log_f(w, kappa, c + step) - _log_f(w, kappa, c - step)) / (2 * step)
    in_log_w = (
        _log_f(w * np.exp(step), kappa, c) - _log_f(w * np.exp(-step), kappa, c)
    ) / (2 * step)  # fmt: skip
    in_kappa = (_log_f(w, kappa + step, c) - _log_f(w, kappa - step, c)) / (2 * step)
    assert log_f[0] == pytest.approx(_log_f(w, kappa, c), abs=1e-14)
    numeric = np.stack([in_c, in_log_w, in_kappa], axis=-1)
    assert tangent[0] == pytest.approx(numeric, abs=2e-9)


def test_every_node_stays_within_the_allowed_factor() -> None:
    low, high = np.log(ALLOWED_FACTOR)
    offset = dictionary(GRID, Family()).nodes.offset
    assert offset.min() > low
    assert offset.max() < high
    # The ends themselves lie between nodes: the outermost are factors of .23 and 28.
    assert offset.min() < np.log(0.25)
    assert offset.max() > np.log(25)


def _one_by_one(family: Family) -> Nodes:
    """The generic nodes written out in loops: offsets, scaled tangents and weights."""
    middles = 2 * np.sinh((np.arange(-20, 20) + 0.5) * np.arcsinh(6) / 20)
    size_edges = 2 * np.sinh(np.arange(-20, 21) * np.arcsinh(6) / 20)
    ratio = (family.fastest / family.slowest) ** (1 / 11)
    offsets, tangents, weights = [], [], []
    for w in family.slowest * ratio ** np.arange(12):
        for kappa, curvature_weight in zip(CURVATURES, CURVATURE_WEIGHTS, strict=True):
            for c, cell in zip(middles, np.diff(size_edges), strict=True):
                with np.errstate(invalid="ignore"):
                    log_f = _log_f(w, kappa, c)
                if not np.all((log_f > np.log(0.1)) & (log_f < np.log(30))):
                    continue
                at_first, at_last = c, c * (GRID[0] / GRID[-1]) ** w
                prior = 1 / (1 + (at_first / SIZE_SCALE) ** 2)
                prior /= 1 + (at_last / family.scale) ** 2
                bent = _expand(X, *(np.array([one]) for one in (w, kappa, c)))
                _, tangent = linked(*bent, added=False)
                offsets.append(log_f)
                tangents.append(tangent[0] * [cell, np.log(ratio), 1 / 3])
                weights.append(w**POWER_TILT * curvature_weight * cell * prior)
    weight = np.array(weights)
    widened = TANGENT_WIDENING * np.array(tangents) / np.sqrt(12)
    return Nodes(np.array(offsets), widened, np.log(weight / weight.sum()))


@pytest.mark.parametrize("family", [Family(), Family(slowest=0.5, scale=0.1), Family(slowest=2)])
def test_generic_nodes_are_those_of_a_loop_over_powers_curvatures_and_sizes(
    family: Family,
) -> None:
    """The two Cauchys, the tilt, and cells that have the mass of their size."""
    found, plain = dictionary(GRID, family).nodes, _one_by_one(family)
    assert found.offset == pytest.approx(plain.offset, abs=1e-12)
    # A cell's width is its middle's derivative times a step: 1/24 of (step = 1/8)^2 off its edges.
    assert found.tangent == pytest.approx(plain.tangent, rel=1e-3)
    assert found.log_prior == pytest.approx(plain.log_prior, abs=1e-3)


def test_powers_are_even_in_their_logs_between_the_slowest_and_the_fastest() -> None:
    for slowest, fastest in ((SLOWEST_CORRECTION, 1.5), (0.5, 1.5), (0.75, 1.5), (2, 4)):
        power, cell = _powers(Family(slowest=slowest))
        assert (power[0], power[-1]) == pytest.approx((slowest, fastest))
        assert np.diff(np.log(power)) == pytest.approx(cell[1:])
    assert Family().fastest == FASTEST_CORRECTION


def test_the_scale_is_of_what_is_left_at_the_largest_x() -> None:
    """The priors of two families differ by the ratio of their Cauchys there, by nothing else."""
    wide, narrow = (dictionary(GRID, Family(scale=scale)).nodes for scale in (0.25, 0.05))
    # kappa = 0 alone: the correction at the largest x is then f - 1.
    v = GRID[0] / X
    first, last = np.expm1(wide.offset[:, 0]), np.expm1(wide.offset[:, -1])
    ninths = np.log(np.abs(last / first)) / np.log(v[-1])
    plain = np.isclose(np.expm1(wide.offset[:, 4]), first * v[4] ** ninths, rtol=1e-9)
    assert plain.sum() > 250
    moved = (narrow.log_prior - wide.log_prior)[plain]
    expected = np.log1p((last[plain] / 0.25) ** 2) - np.log1p((last[plain] / 0.05) ** 2)
    assert moved - moved[0] == pytest.approx(expected - expected[0], abs=1e-9)


def test_sizes_have_both_signs_and_cells_that_tile_the_line() -> None:
    size, cell = sizes(20)
    assert size == pytest.approx(-size[::-1])
    edges = 2 * np.sinh(np.linspace(-np.arcsinh(6), np.arcsinh(6), 41))
    assert np.all((edges[:-1] < size) & (size < edges[1:]))
    assert cell == pytest.approx(np.diff(edges), rel=1e-3)


def test_weights_of_curvatures_add_up_to_one_and_are_even() -> None:
    assert CURVATURE_WEIGHTS.sum() == pytest.approx(1)
    assert CURVATURE_WEIGHTS.tolist() == CURVATURE_WEIGHTS[::-1].tolist()
    assert pytest.approx(-CURVATURES[::-1]) == CURVATURES


@pytest.mark.parametrize(
    "family",
    [
        Family(),
        Family(terms=(LOWER,)),
        Family(terms=(LOWER, KINK)),
        Family(corrections=DECLARED),
        Family(terms=(LOWER, KINK), corrections=DECLARED),
    ],
)
def test_what_is_known_has_half_of_the_mass_in_equal_shares(family: Family) -> None:
    nodes = dictionary(GRID, family).nodes
    mass = np.exp(nodes.log_prior)
    known = [len(of_bound(X, term).log_prior) for term in family.terms]
    if family.corrections:
        known.append(len(of_corrections(X, family.corrections, CORRECTION_SCALE).log_prior))
    generic = len(dictionary(GRID, Family()).nodes.log_prior)
    assert len(mass) == generic + sum(known)
    shares = [part.sum() for part in np.split(mass, np.cumsum([generic, *known])[:-1])]
    each = [0.5 / max(len(known), 1)] * len(known)
    assert shares == pytest.approx([0.5 if known else 1, *each], rel=1e-12)


def test_within_their_share_the_nodes_keep_their_own_prior_and_widened_tangents() -> None:
    nodes = dictionary(GRID, Family(terms=(LOWER,), corrections=DECLARED)).nodes
    parts = of_bound(X, LOWER), of_corrections(X, DECLARED, CORRECTION_SCALE)
    at = len(dictionary(GRID, Family()).nodes.log_prior)
    for part in parts:
        here = slice(at, at := at + len(part.log_prior))
        assert nodes.log_prior[here] - np.log(1 / 4) == pytest.approx(part.log_prior, abs=1e-12)
        directions = part.tangent.shape[-1]
        widened = TANGENT_WIDENING * part.tangent
        assert nodes.tangent[here, :, :directions] == pytest.approx(widened)
        assert np.all(nodes.tangent[here, :, directions:] == 0)
    assert at == len(nodes.log_prior)


@pytest.mark.parametrize("logs", [0.0, 0.25, 1.0, 1.75])
def test_log_powers_are_quarters_and_favour_the_declared_one(logs: float) -> None:
    plain, found = dictionary(GRID, Family()), dictionary(GRID, Family(logs=logs))
    assert found.log_power.tolist() == [k / 4 for k in range(round(4 * logs) + 1)]
    weight = np.exp(found.log_weight)
    assert weight[-1] == pytest.approx(TOP_LOG_WEIGHT)
    assert weight[:-1] == pytest.approx(1)
    # The nodes are shared by all powers; they are not repeated.
    assert np.array_equal(found.nodes.offset, plain.nodes.offset)
    assert np.array_equal(found.nodes.log_prior, plain.nodes.log_prior)


@pytest.mark.parametrize("corrections", [(), DECLARED])
def test_corrections_that_are_added_are_those_that_multiply_without_the_log(
    corrections: tuple[Term, ...],
) -> None:
    """Where both exist: f - 1 and f' in the place of log f and f'/f, with one prior."""
    bent = dictionary(GRID, Family(corrections=corrections)).nodes
    added = dictionary(GRID, Family(corrections=corrections, added=True)).nodes
    by_offset = {tuple(np.round(row, 9)): k for k, row in enumerate(added.offset)}
    found = [by_offset.get(tuple(np.round(np.expm1(row), 9))) for row in bent.offset]
    assert None not in found
    factor = np.exp(bent.offset)[..., None]
    assert added.tangent[found] == pytest.approx(bent.tangent * factor, abs=1e-9)
    shift = added.log_prior[found] - bent.log_prior
    generic = len(dictionary(GRID, Family()).nodes.log_prior)
    for part in (shift[:generic], shift[generic:]):
        assert part == pytest.approx(part[:1].repeat(len(part)), abs=1e-9)


def test_corrections_that_are_added_are_even() -> None:
    """A level has no sign: for each node there is its mirror image, with the same prior."""
    nodes = dictionary(GRID, Family(added=True)).nodes
    by_offset = {tuple(np.round(row, 9)): prior for row, prior in
                 zip(nodes.offset, nodes.log_prior, strict=True)}  # fmt: skip
    assert np.abs(nodes.offset).max() < ALLOWED_FACTOR[1] - 1
    for row, prior in list(zip(nodes.offset, nodes.log_prior, strict=True))[::7]:
        assert by_offset[tuple(np.round(-row, 9))] == pytest.approx(prior, abs=1e-9)
