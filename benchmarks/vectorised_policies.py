"""Policies vectorised over replicates in numpy, for the table of `benchmarks.bandits`.

All replicates play in one environment, a numpy call or more for each round; returned are their
pseudo-regrets, shape (R,).  Ties go to the first arm.
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.linear_policies import DEVIATION
from theorems.nonstationary_regret.simulators.glr_ucb import CONFIDENCE, EVERY

Array = NDArray[np.float64]
Whole = NDArray[np.int64]


def rounds(ends: Whole, means: Array) -> Iterator[tuple[int, Array]]:
    """Each round with its means."""
    for t in range(ends[-1]):
        yield t, means[np.searchsorted(ends, t, side="right")]


def lost(chosen: Array | list[Array], ends: Whole, means: Array) -> Array:
    """Pseudo-regret of the arms chosen in each round."""
    segment = np.searchsorted(ends, np.arange(len(chosen)), side="right")
    gaps = means.max(axis=1, keepdims=True) - means
    return gaps[segment[:, None], np.asarray(chosen)].sum(axis=0)


def uniform(rng: np.random.Generator, R: int, ends: Whole, means: Array) -> Array:
    """Uniform play: rounds do not depend on each other, so that it takes one call."""
    return lost(rng.integers(means.shape[1], size=(ends[-1], R)), ends, means)


def index_policy(
    rng: np.random.Generator, R: int, ends: Whole, means: Array, restarts: Whole, kind: float
) -> Array:
    """UCB1 (kind > 0) and MOSS (kind = 0) that start anew at `restarts`."""
    arms, row, start, block, chosen = means.shape[1], np.arange(R), 0, 0, []
    sums, pulls = np.zeros((R, arms)), np.zeros((R, arms))
    for t, mean in rounds(ends, means):
        if t == restarts[block]:
            start, block = t, block + 1
            sums[:], pulls[:] = 0.0, 0.0
        if t - start < arms:
            arm = np.full(R, t - start)
        elif kind > 0:
            arm = (sums / pulls + np.sqrt(kind * math.log(t - start) / pulls)).argmax(axis=1)
        else:
            share = (restarts[block] - start) / arms
            arm = (sums / pulls + np.sqrt(np.log(np.maximum(1, share / pulls)) / pulls)).argmax(
                axis=1
            )
        sums[row, arm] += rng.random(R) < mean[arm]
        pulls[row, arm] += 1
        chosen.append(arm)
    return lost(chosen, ends, means)


def sliding_window(
    rng: np.random.Generator, R: int, ends: Whole, means: Array, window: int, xi: float
) -> Array:
    """UCB of the last rewards alone."""
    arms, row, chosen, seen = means.shape[1], np.arange(R), [], []
    sums, pulls = np.zeros((R, arms)), np.zeros((R, arms))
    for t, mean in rounds(ends, means):
        if t >= window:
            sums[row, chosen[t - window]] -= seen[t - window]
            pulls[row, chosen[t - window]] -= 1
        often = np.maximum(pulls, 1e-9)  # an arm that is not in the window comes first
        scale = xi * math.log(max(2, min(t, window)))
        arm = (sums / often + np.sqrt(scale / often)).argmax(axis=1)
        found = rng.random(R) < mean[arm]
        sums[row, arm] += found
        pulls[row, arm] += 1
        chosen.append(arm)
        seen.append(found)
    return lost(chosen, ends, means)


def exp3(
    rng: np.random.Generator,
    R: int,
    ends: Whole,
    means: Array,
    restarts: Whole,
    gamma: float,
    alpha: float,
) -> Array:
    """Exponential weights that start anew at `restarts`."""
    arms, row, block, chosen, weights = means.shape[1], np.arange(R), 0, [], np.empty(0)
    for t, mean in rounds(ends, means):
        if t == 0 or t == restarts[block]:
            weights, block = np.ones((R, arms)), block + (t > 0)
        total = weights.sum(axis=1, keepdims=True)
        chance = (1 - gamma) * weights / total + gamma / arms
        arm = (rng.random((R, 1)) >= chance.cumsum(axis=1)[:, :-1]).sum(axis=1)
        found = rng.random(R) < mean[arm]
        weights[row, arm] *= np.exp(gamma * found / (arms * chance[row, arm]))
        if alpha:
            weights += math.e * alpha / arms * total
        if t % 64 == 0:  # a weight grows at most by e in a round
            weights /= weights.max(axis=1, keepdims=True)
        chosen.append(arm)
    return lost(chosen, ends, means)


def glr_ucb(rng: np.random.Generator, R: int, ends: Whole, means: Array) -> Array:
    """GLR-UCB without exploration: of the replicates whose test is due, all at once."""
    T, arms, row, chosen = int(ends[-1]), means.shape[1], np.arange(R), []
    sums, pulls, start = np.zeros((R, arms)), np.zeros((R, arms), int), np.zeros(R, int)
    totals = np.zeros((R, arms, T // EVERY + 1))
    for t, mean in rounds(ends, means):
        often = np.maximum(pulls, 1e-9)
        scale = CONFIDENCE * np.log(np.maximum(2, t - start))[:, None]
        arm = (sums / often + np.sqrt(scale / often)).argmax(axis=1)
        sums[row, arm] += rng.random(R) < mean[arm]
        pulls[row, arm] += 1
        chosen.append(arm)
        due = np.flatnonzero(pulls[row, arm] % EVERY == 0)
        if len(due):
            n = pulls[due, arm[due]] // EVERY
            totals[due, arm[due], n] = sums[due, arm[due]] / EVERY
            anew = due[changed(totals[due, arm[due]], n, CONFIDENCE * math.log(T) / EVERY)]
            sums[anew], pulls[anew], start[anew] = 0.0, 0, t + 1
    return lost(chosen, ends, means)


def changed(totals: Array, n: Whole, beta: float) -> NDArray[np.bool_]:
    """Whether the first or last 2^i of n values have another mean than the others, (R,)."""
    row, found, w = np.arange(len(n)), np.zeros(len(n), bool), 1
    while 2 * w <= n.max():
        some = row[2 * w <= n]
        size = n[some]
        for split in (np.full(len(size), w), size - w):
            before, all_of_them = totals[some, split], totals[some, size]
            apart = before / split - (all_of_them - before) / (size - split)
            found[some] |= apart**2 > beta * (1 / w + 1 / (size - w))
        w *= 2
    return found


def linucb(rng: np.random.Generator, R: int, T: int, d: int, K: int, width: float) -> Array:
    """LinUCB where nothing changes."""
    m, S, row = np.zeros((R, d)), np.tile(np.eye(d), (R, 1, 1)), np.arange(R)
    w, regret = rng.random((R, d)), np.zeros(R)
    for _ in range(T):
        actions = rng.uniform(-1, 1, (R, K, d))
        parts = actions @ S
        index = (actions @ m[:, :, None])[:, :, 0] + width * np.sqrt((parts**2).sum(axis=2))
        worth = (actions @ w[:, :, None])[:, :, 0]
        arm = index.argmax(axis=1)
        action, phi = actions[row, arm], parts[row, arm]
        regret += worth.max(axis=1) - worth[row, arm]
        reward = worth[row, arm] + DEVIATION * rng.standard_normal(R)
        gain = (S @ phi[:, :, None])[:, :, 0]
        q = 1.0 + (phi**2).sum(axis=1)
        m += gain * ((reward - (action * m).sum(axis=1)) / q)[:, None]
        S -= gain[:, :, None] * (phi / (q + np.sqrt(q))[:, None])[:, None, :]
    return regret
