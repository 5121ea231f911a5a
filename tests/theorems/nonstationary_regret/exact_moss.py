"""Bad pulls of MOSS on two Bernoulli arms, exactly, by recursion over all that can be seen.

What MOSS does depends on (n_0, s_0, n_1, s_1), the pulls and rewards of both arms; their law after
t pulls is a table for each n_0 of the chances of (s_0, s_1).
"""

import numpy as np


def bad_pulls(horizon: int, gap: float) -> float:
    """E n_1 at the horizon, means 1/2 +- gap/2; each arm is pulled once, ties are broken evenly."""
    chance = 0.5 + gap / 2, 0.5 - gap / 2
    tables = {1: np.outer([1 - chance[0], chance[0]], [1 - chance[1], chance[1]])}
    index = [_index(n, horizon) for n in range(1, horizon)]
    for t in range(2, horizon):
        grown = {n: np.zeros((n + 1, t - n + 2)) for n in range(1, t + 1)}
        for n, table in tables.items():
            ahead = index[n - 1][:, None] - index[t - n - 1][None, :]
            second = table * ((ahead < 1e-12) * 0.5 + (ahead < -1e-12) * 0.5)
            first = table - second
            grown[n + 1][1:] += first * chance[0]
            grown[n + 1][:-1] += first * (1 - chance[0])
            grown[n][:, 1:] += second * chance[1]
            grown[n][:, :-1] += second * (1 - chance[1])
        tables = grown
    return sum((horizon - n) * float(table.sum()) for n, table in tables.items())


def _index(n: int, horizon: int) -> np.ndarray:
    """Of an arm with n rewards, for each sum of them."""
    return np.arange(n + 1) / n + np.sqrt(max(0.0, np.log(horizon / (2 * n))) / n)
