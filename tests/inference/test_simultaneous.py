"""Critical values of several errors at once, against closed forms and numerical integrals."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtr, ndtri
from scipy.stats import norm

from verify.inference.simultaneous import DRAWS, POWER, drawn_errors, simultaneous


@pytest.mark.parametrize("level", [0.9, 0.97])
@pytest.mark.parametrize("count", [1, 2, 50])
def test_independent_errors_have_a_closed_form(count: int, level: float) -> None:
    found = simultaneous(None, count, level)
    inside = ndtr(found.critical) - ndtr(-found.critical)
    assert inside**count == pytest.approx(level)
    assert ndtr(found.reached) ** count == pytest.approx(POWER)


def test_the_simulation_agrees_with_the_closed_form() -> None:
    drawn, closed = simultaneous(np.eye(8), 8, 0.97), simultaneous(None, 8, 0.97)
    # A quantile at .97 of DRAWS has a standard error of .01 here.
    assert drawn.critical == pytest.approx(closed.critical, abs=0.04)
    assert drawn.reached == pytest.approx(closed.reached, abs=0.04)


def test_errors_that_are_one_and_the_same_have_the_pointwise_value() -> None:
    found = simultaneous(np.ones((5, 5)), 5, 0.97)
    assert found.critical == pytest.approx(ndtri(0.985), abs=0.04)


def test_equicorrelated_errors_have_the_value_of_an_integral() -> None:
    """Given the common part they are independent: a second way, by quadrature."""
    rho, count = 0.6, 6
    found = simultaneous(np.full((count, count), rho) + (1 - rho) * np.eye(count), count, 0.97)

    def inside(common: float) -> float:
        ends = [(sign * found.critical - np.sqrt(rho) * common) / np.sqrt(1 - rho)
                for sign in (1, -1)]  # fmt: skip
        return float(norm.pdf(common) * (ndtr(ends[0]) - ndtr(ends[1])) ** count)

    # The level of a simulated quantile has a standard error of sqrt(.97 * .03 / DRAWS) = .0012.
    assert quad(inside, -8, 8)[0] == pytest.approx(0.97, abs=0.005)


def test_drawn_errors_have_the_correlation_and_are_the_same_every_time() -> None:
    correlation = np.array([[1, 0.9, -0.3], [0.9, 1, 0], [-0.3, 0, 1]])
    draws = drawn_errors(correlation)
    assert draws.shape == (DRAWS, 3)
    assert np.corrcoef(draws.T) == pytest.approx(correlation, abs=0.03)
    assert np.array_equal(draws, drawn_errors(correlation))


def test_a_correlation_that_is_not_of_full_rank_is_no_obstacle() -> None:
    root = np.random.default_rng(0).standard_normal((20, 3))
    root /= np.linalg.norm(root, axis=1)[:, None]
    found = simultaneous(root @ root.T, 20, 0.97)
    assert ndtri(0.985) < found.critical < simultaneous(None, 20, 0.97).critical
