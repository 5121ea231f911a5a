"""Distances of laws from a band: bounds that are never broken, and their constants."""

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from scipy.stats import kstwobign, wasserstein_distance

from verify.inference.approach import bridge
from verify.inference.distance import kolmogorov, largest, massart, trapezoid, wasserstein
from verify.inference.limit import Band
from verify.inference.simultaneous import simultaneous

LEVELS = np.arange(1, 100) / 100
PLACES = ndtri(LEVELS)
ERRORS = simultaneous(bridge(LEVELS), 99, 0.97)
FINE = np.linspace(-8, 8, 40_001)


def _tight(value: np.ndarray, half: float = 0.0) -> Band:
    return Band(value, value - half, value + half)


def test_the_largest_difference_lies_between_what_the_band_allows_and_what_it_demands() -> None:
    band = Band(np.array([0.1, -0.2]), np.array([-0.1, -0.3]), np.array([0.4, -0.1]))
    found = largest(band, ERRORS)
    assert (found.estimate, found.low, found.high) == pytest.approx((0.2, 0.1, 0.4))
    assert found.spread == pytest.approx(0.3)
    assert found.reached == pytest.approx(0.3 * ERRORS.reached / ERRORS.critical)


def test_a_band_that_contains_0_everywhere_demands_nothing() -> None:
    assert largest(_tight(np.zeros(3), 0.1), ERRORS).low == 0


@pytest.mark.parametrize("seed", range(20))
def test_the_kolmogorov_distance_between_the_places_is_never_larger_than_the_bound(
    seed: int,
) -> None:
    """Against mixtures of random steps and normal laws, known exactly at the places alone."""
    rng = np.random.default_rng(seed)
    jumps, sizes = rng.normal(0, 1.5, 3), rng.dirichlet(np.ones(4))

    def law(x: np.ndarray) -> np.ndarray:
        smooth = sizes[3] * ndtr((x - 0.3) / rng_scale)
        return smooth + (sizes[:3, None] * (jumps[:, None] <= x)).sum(axis=0)

    rng_scale = rng.uniform(0.1, 2)
    found = kolmogorov(_tight(law(PLACES) - LEVELS), LEVELS, ERRORS)
    true = np.abs(law(FINE) - ndtr(FINE)).max()
    assert found.low <= true <= found.high + 1e-12
    assert found.high <= true + 0.0101


def test_the_bound_is_attained_by_a_law_that_jumps_just_before_a_place() -> None:
    """Mass that moves from the end of a step to its beginning: the step is the whole gap."""
    found = kolmogorov(_tight(np.zeros(99)), LEVELS, ERRORS)
    assert found.high == pytest.approx(0.01)
    assert found.gap == pytest.approx(0.01)
    assert found.low == 0


def test_the_wasserstein_distance_agrees_with_scipy_on_shifted_laws() -> None:
    places = ndtri(np.arange(1, 2000) / 2000)
    shifted = ndtr(places - 0.5)
    errors = simultaneous(None, len(places), 0.97)
    draws = ndtri((np.arange(20_000) + 0.5) / 20_000)
    estimate = float(np.abs(shifted - ndtr(places)) @ trapezoid(places))
    # The integral stops at the outer quantiles, where less than .001 of .5 is left.
    assert estimate == pytest.approx(wasserstein_distance(draws, draws + 0.5), abs=2e-3)
    assert errors.draws is None


def test_the_error_of_the_wasserstein_distance_is_that_of_the_integral_of_its_errors() -> None:
    """Coverage of both ends, in the worst case for the lower one: the laws are the same."""
    rng = np.random.default_rng(0)
    count, covered = 400, []
    sd = np.sqrt(LEVELS * (1 - LEVELS) / count)
    for _ in range(100):
        share = np.searchsorted(np.sort(rng.standard_normal(count)), PLACES) / count
        found = wasserstein(_tight(share - LEVELS, ERRORS.critical * sd), PLACES, ERRORS, 0.97)
        covered.append(found.low <= 0 <= found.high)
    # 100 data sets have a standard error of .017.
    assert np.mean(covered) >= 0.92


def test_two_laws_that_differ_are_told_apart() -> None:
    sd = np.sqrt(LEVELS * (1 - LEVELS) / 400)
    band = _tight(ndtr(PLACES - 0.5) - LEVELS, ERRORS.critical * sd)
    found = wasserstein(band, PLACES, ERRORS, 0.97)
    assert 0 < found.low < 0.49 < found.high


def test_the_critical_value_of_a_bridge_exceeds_that_of_its_middle() -> None:
    """Weighted by its deviation the bridge is largest near the ends; unweighted, Kolmogorov's."""
    unweighted = np.abs(ERRORS.draws * np.sqrt(LEVELS * (1 - LEVELS))).max(axis=1)
    # Places a hundredth apart see .58 of the root of that less of it (Siegmund's correction).
    expected = kstwobign.ppf(0.97) - 0.5826 * np.sqrt(0.01)
    assert np.quantile(unweighted, 0.97) == pytest.approx(expected, abs=0.03)
    assert ERRORS.critical > 3


def test_massarts_half_width() -> None:
    assert massart(0.95, 1) == pytest.approx(1.3581, abs=1e-4)
    assert massart(0.95, 400) == pytest.approx(1.3581 / 20, abs=1e-5)
    assert massart(0.95, 400, 400) == pytest.approx(2 * massart(0.975, 400))


def test_trapezoidal_weights_integrate_lines_exactly() -> None:
    places = np.array([0.0, 0.5, 2, 3])
    assert trapezoid(places) @ (2 * places + 1) == pytest.approx(9 + 3)
