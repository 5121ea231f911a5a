"""Bad pulls of MOSS on two Bernoulli arms, exactly, by recursion over all that can be seen.

What MOSS does depends on (n_0, s_0, n_1, s_1), the pulls and rewards of both arms; their law after
t pulls is a table for each n_0 of the chances of (s_0, s_1).
"""

import numpy as np


def bad_pulls(horizon: int, gap: float) -> float:
    """E n_1 at the horizon, means 1/2 +- gap/2; each arm is pulled once, ties are broken evenly."""
    chance = 0.5 + gap / 2, 0.5 - gap / 2
    tables = {1: np.outer([1 - chance[0], chance[0]], [1 - chance[1], chance[1]])}
    for t in range(2, horizon):
        grown: dict[int, np.ndarray] = {}
        for n, table in tables.items():
            first = _index(n, horizon)[:, None] - _index(t - n, horizon)[None, :]
            share = np.where(first > 1e-12, 1.0, np.where(first < -1e-12, 0.0, 0.5))
            _add(grown, n + 1, table * share, chance[0], axis=0)
            _add(grown, n, table * (1 - share), chance[1], axis=1)
        tables = grown
    return sum((horizon - n) * float(table.sum()) for n, table in tables.items())


def _index(n: int, horizon: int) -> np.ndarray:
    """Of an arm with n rewards, for each sum of them."""
    return np.arange(n + 1) / n + np.sqrt(max(0.0, np.log(horizon / (2 * n))) / n)


def _add(
    tables: dict[int, np.ndarray], n: int, table: np.ndarray, chance: float, axis: int
) -> None:
    pad = [[0, 0], [0, 0]]
    pad[axis] = [0, 1]
    grown = np.pad(table * (1 - chance), pad)
    pad[axis] = [1, 0]
    grown += np.pad(table * chance, pad)
    tables[n] = tables.get(n, 0) + grown
