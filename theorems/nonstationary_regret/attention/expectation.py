"""The exact expected regret of policies that know of two arms only what each of them gave.

The state is (n0, s0, n1, s1): pulls and rewards of the arms.  A policy is a table of the arm it
pulls there; forwards over the states, the chance of each of them is a sum of products.
"""

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.attention.decoding import embed, empty, through, times
from theorems.nonstationary_regret.attention.packing import Packed
from theorems.nonstationary_regret.attention.reference import first_best
from theorems.nonstationary_regret.simulators.compiled import compiled

Table = NDArray[np.int8]
"""The arm at (n0, s0, n1, s1), shape (T, T, T, T), where n0 + n1 < T."""
KINDS = 5
"""Of tokens: the word that restarts, and each arm with either reward."""


def transformer_table(net: Packed, T: int) -> Table:
    """What a transformer of one layer plays after every number of pulls and rewards.

    Raises ValueError for one whose keys or values know the position: the order then counts.
    """
    if len(net.heads) != 2 or net.key[:, :, 1:3].any() or net.value[:, :, 1:3].any():
        raise ValueError("a table needs one layer, whose keys and values do not read positions")
    return _transformer_table(net, T)


@compiled
def _transformer_table(net: Packed, T: int) -> Table:
    table, kept = np.zeros((T, T, T, T), np.int8), empty(net, KINDS)
    for kind in range(KINDS):
        h = embed(net, (kind + 1) // 2, 1.0 if kind in (2, 4) else 0.0, 1)
        for m in range(len(net.softmax)):
            times(net.key[m], h, kept.key[m, kind])
            times(net.value[m], h, kept.value[m, kind])
            kept.size[m] = KINDS
    found = np.empty(len(net.readout))
    for n0 in range(T):
        for n1 in range(T - n0):
            h = embed(net, 0, 0.0, 1 + n0 + n1)
            for s0 in range(n0 + 1):
                for s1 in range(n1 + 1):
                    for m in range(len(net.softmax)):
                        kept.often[m, 0] = 1.0
                        kept.often[m, 1], kept.often[m, 2] = n0 - s0, s0
                        kept.often[m, 3], kept.often[m, 4] = n1 - s1, s1
                    times(net.readout, through(net, kept, 0, h), found)
                    table[n0, s0, n1, s1] = np.argmax(found) - 1
    return table


@compiled
def ucb_table(beta: float, T: int) -> Table:
    """What UCB with the bonus sqrt(beta / N) plays after every number of pulls and rewards."""
    table, sums, pulls = np.zeros((T, T, T, T), np.int8), np.zeros(2), np.zeros(2, np.int64)
    for n0 in range(T):
        for n1 in range(T - n0):
            pulls[0], pulls[1] = n0, n1
            for s0 in range(n0 + 1):
                for s1 in range(n1 + 1):
                    sums[0], sums[1] = s0, s1
                    table[n0, s0, n1, s1] = first_best(sums, pulls, beta)[0]
    return table


@compiled
def expected_regret(table: Table, first: float, second: float, slip: float) -> float:
    """Expected regret of T rounds at those means, if each choice is turned with chance `slip`."""
    T = len(table)
    chance, mean = np.zeros((T + 1, T + 1, T + 1)), np.array([first, second])  # n0, s0, s1
    chance[0, 0, 0], regret, best = 1.0, 0.0, mean.max()
    for t in range(T):
        later = np.zeros((T + 1, T + 1, T + 1))
        for n0 in range(t + 1):
            for s0 in range(n0 + 1):
                for s1 in range(t - n0 + 1):
                    p, own = chance[n0, s0, s1], table[n0, s0, t - n0, s1]
                    if p == 0:
                        continue
                    for arm in range(2):
                        q = p * ((1 - slip) if arm == own else slip)
                        win = q * mean[arm]
                        regret += q * (best - mean[arm])
                        if arm == 0:
                            later[n0 + 1, s0 + 1, s1] += win
                            later[n0 + 1, s0, s1] += q - win
                        else:
                            later[n0, s0, s1 + 1] += win
                            later[n0, s0, s1] += q - win
        chance = later
    return regret
