"""Policies that restart at given times as plain Python loops, for `benchmarks.bandits`.

Numbers in lists, names bound once, nothing computed twice: what one writes without a compiler.  The
arguments are those of the compiled kernels, ends and means as lists.  Ties go to the first arm,
unless said: there are few.
"""

import math
from collections import deque
from collections.abc import Iterator, Sequence
from random import random

Means = Sequence[Sequence[float]]


def pieces(
    ends: Sequence[int], means: Means, restarts: Sequence[int]
) -> Iterator[tuple[range, Sequence[float], int, int]]:
    """Rounds between changes and restarts, with their means and the block that they belong to."""
    start, segment, block, first = 0, 0, 0, 0
    for stop in sorted({*ends, *restarts}):
        yield range(start, stop), means[segment], first, restarts[block]
        segment += stop == ends[segment]
        start, block, first = (
            (stop, block + 1, stop) if stop == restarts[block] else (stop, block, first)
        )


def uniform(ends: Sequence[int], means: Means) -> float:
    """Pseudo-regret of uniform play."""
    regret = 0.0
    for rounds, row, _, _ in pieces(ends, means, ends[-1:]):
        best, arms = max(row), len(row)
        for _ in rounds:
            regret += best - row[int(random() * arms)]
    return regret


def ucb1(ends: Sequence[int], means: Means, restarts: Sequence[int], constant: float) -> float:
    """Pseudo-regret of UCB1 that starts anew at `restarts`."""
    sqrt, log, arms, regret = math.sqrt, math.log, len(means[0]), 0.0
    for rounds, row, first, _ in pieces(ends, means, restarts):
        best = max(row)
        if rounds.start == first:
            sums, pulls = [0.0] * arms, [0] * arms
        for t in rounds:
            if t - first < arms:
                arm = t - first
            else:
                scale, highest = constant * log(t - first), -1.0
                for k in range(arms):
                    n = pulls[k]
                    index = sums[k] / n + sqrt(scale / n)
                    if index > highest:
                        highest, arm = index, k
            sums[arm] += random() < row[arm]
            pulls[arm] += 1
            regret += best - row[arm]
    return regret


def moss(ends: Sequence[int], means: Means, restarts: Sequence[int]) -> float:
    """Pseudo-regret of MOSS that starts anew at `restarts`; only the arm pulled gets an index."""
    sqrt, log, arms, regret = math.sqrt, math.log, len(means[0]), 0.0
    for rounds, row, first, last in pieces(ends, means, restarts):
        best, share = max(row), (last - first) / arms
        if rounds.start == first:
            sums, pulls, index = [0.0] * arms, [0] * arms, [math.inf] * arms
        for _ in rounds:
            arm = index.index(max(index))
            sums[arm] += random() < row[arm]
            pulls[arm] += 1
            n = pulls[arm]
            index[arm] = sums[arm] / n + (sqrt(log(share / n) / n) if n < share else 0.0)
            regret += best - row[arm]
    return regret


def sliding_window(ends: Sequence[int], means: Means, window: int, xi: float) -> float:
    """Pseudo-regret of UCB of the last rewards alone."""
    sqrt, log, arms, regret = math.sqrt, math.log, len(means[0]), 0.0
    sums, pulls = [0.0] * arms, [0] * arms
    seen: deque[tuple[int, bool]] = deque()
    for rounds, row, _, _ in pieces(ends, means, ends[-1:]):
        best = max(row)
        for t in rounds:
            scale, highest = xi * log(max(2, min(t, window))), -1.0
            for k in range(arms):
                n = pulls[k]
                index = sums[k] / n + sqrt(scale / n) if n else math.inf
                if index > highest:
                    highest, arm = index, k
            if t >= window:
                old, found = seen.popleft()
                sums[old] -= found
                pulls[old] -= 1
            found = random() < row[arm]
            seen.append((arm, found))
            sums[arm] += found
            pulls[arm] += 1
            regret += best - row[arm]
    return regret


def exp3(
    ends: Sequence[int], means: Means, restarts: Sequence[int], gamma: float, alpha: float
) -> float:
    """Pseudo-regret of exponential weights that start anew at `restarts`."""
    exp, arms, regret = math.exp, len(means[0]), 0.0
    for rounds, row, first, _ in pieces(ends, means, restarts):
        best = max(row)
        if rounds.start == first:
            weights = [1.0] * arms
        for _ in rounds:
            total = sum(weights)
            left = random()
            for arm in range(arms):
                chance = (1 - gamma) * weights[arm] / total + gamma / arms
                left -= chance
                if left < 0:
                    break
            if random() < row[arm]:
                weights[arm] *= exp(gamma / (arms * chance))
            if alpha:
                shared = math.e * alpha / arms * total
                weights = [one + shared for one in weights]
            if weights[arm] > 1e100:
                weights = [one / weights[arm] for one in weights]
            regret += best - row[arm]
    return regret
