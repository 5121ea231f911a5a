"""The map of regimes: its branches, where they meet, and cells that are simulated directly."""

import numpy as np
import pytest

from theorems.nonstationary_regret.regimes import KAPPAS, MOST, at_gaps, largest
from theorems.nonstationary_regret.regret_crossover import (
    APART,
    KAPPA,
    constrained,
    crossover_in_segments,
    crossover_in_variation,
)

T = 2.0**20


def _slope(x: np.ndarray, y: np.ndarray) -> float:
    return float(np.polyfit(np.log(x), np.log(y), 1)[0])


def _meeting(x: np.ndarray, y: np.ndarray, plateau: float) -> float:
    """Where the power law through (x, y) reaches a constant."""
    slope, offset = np.polyfit(np.log(x), np.log(y), 1)
    return float(np.exp((np.log(plateau) - offset) / slope))


def test_the_worst_gap_is_the_one_that_is_declared() -> None:
    f = at_gaps()
    assert 0.47 < f.max() < 0.5
    assert KAPPAS[np.argmax(f)] == pytest.approx(KAPPA, rel=0.15)
    near = f[(KAPPAS > KAPPA / 1.1) & (KAPPAS < KAPPA * 1.1)]
    assert near.min() > 0.98 * f.max()


def test_without_variation_it_is_stationary_and_with_much_of_it_all_segments_are_used() -> None:
    best, at = largest(np.array(T), np.array([1e-9, 1e9]))
    assert best == pytest.approx(at_gaps().max() * np.sqrt([T, MOST * T]), rel=1e-3)
    assert list(at) == [1, MOST]


def test_crossovers_in_the_variation_are_where_the_bound_says() -> None:
    place = crossover_in_variation(T, MOST)
    below = np.geomspace(place / 40, place / APART, 20)
    found = largest(np.array(T), below)[0]
    plateau = float(largest(np.array(T), np.array(place * APART))[0])
    assert _slope(below, found) == pytest.approx(1 / 3, abs=0.05)
    assert float(largest(np.array(T), np.array(100 * place))[0]) == pytest.approx(plateau, rel=0.01)
    assert 1 / APART < _meeting(below, found, plateau) / place < APART


def test_crossovers_in_the_segments_are_where_the_bound_says() -> None:
    V = np.array(1.0)
    place = crossover_in_segments(T, 1.0)
    below = np.unique(np.geomspace(3, place / APART, 12).astype(int))
    found = np.array([largest(np.array(T), V, int(J))[0] for J in below])
    beyond = [float(largest(np.array(T), V, int(J))[0]) for J in (APART * place, 8 * place)]
    assert beyond[1] == pytest.approx(beyond[0], rel=0.01)
    assert _slope(below, found) == pytest.approx(1 / 2, abs=0.05)
    assert 1 / APART < _meeting(below, found, beyond[0]) / place < APART


@pytest.mark.parametrize("V", [0.05, 0.3, 4.0])
def test_the_map_is_what_a_simulation_of_its_worst_cell_gives(V: float) -> None:
    best, at = largest(np.array(T), np.array(V))
    rows = constrained(np.random.default_rng(0), 2000, int(T), MOST, V, float(at))
    columns = np.column_stack([np.ones(len(rows)), rows[:, 1:]])
    coefficients, *_ = np.linalg.lstsq(columns, rows[:, 0], rcond=None)
    residual = rows[:, 0] - columns @ coefficients
    error = residual.std() / np.sqrt(len(rows))
    assert float(best) == pytest.approx(coefficients[0], rel=0.03, abs=4 * error)
