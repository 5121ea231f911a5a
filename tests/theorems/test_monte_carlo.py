"""The simulators of `monte_carlo` have the laws that they claim."""

import numpy as np
import pytest

from theorems.monte_carlo import INDEX, error, stable, stable_error


def test_root_mean_square_error_of_uniform_draws_is_exact() -> None:
    """E |mean|^2 = 1/(3n)."""
    rng = np.random.default_rng(0)
    for n in (1, 7, 64):
        squares = error(rng, 40_000, n) ** 2
        assert squares.mean() == pytest.approx(1 / (3 * n), abs=4 * squares.std() / 200)


@pytest.mark.parametrize("t", [0.2, 1.0, 3.0])
def test_stable_draws_have_their_characteristic_function(t: float) -> None:
    values = np.cos(t * stable(np.random.default_rng(1), (400_000,)))
    error_bar = values.std() / np.sqrt(values.size)
    assert values.mean() == pytest.approx(np.exp(-(t**INDEX)), abs=4 * error_bar)


@pytest.mark.parametrize("n", [2, 64])
def test_mean_of_stable_draws_is_stable_at_every_n(n: int) -> None:
    """n^{1/3} times the error of n draws has the law of one draw: their medians agree."""
    count = 20_000
    one = np.median(stable_error(np.random.default_rng(2), count, 1))
    many = np.median(stable_error(np.random.default_rng(3), count, n)) * n ** (1 / 3)
    # The log of a median of `count` draws has a standard error near 1.2 / sqrt(count).
    assert np.log(many / one) == pytest.approx(0, abs=4 * 1.2 * np.sqrt(2 / count))
