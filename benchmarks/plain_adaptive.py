"""Policies that restart by themselves, LinUCB and episodes as plain Python loops.

As in `benchmarks.plain_policies`; sums of rewards are kept so that a test reads two of them.
"""

import math
from collections.abc import Sequence
from operator import mul
from random import gauss, random

from benchmarks.plain_policies import Means, pieces
from theorems.nonstationary_regret.linear_policies import DEVIATION
from theorems.nonstationary_regret.simulators.adswitch import EXPLORATION, SEPARATION
from theorems.nonstationary_regret.simulators.glr_ucb import CONFIDENCE, EVERY
from theorems.nonstationary_regret.simulators.master import Constants


def changed(totals: Sequence[float], beta: float) -> bool:
    """Whether the first or last 2^i values have another mean than the others."""
    n, w = len(totals) - 1, 1
    while w <= n // 2:
        bound = beta * (1 / w + 1 / (n - w))
        for split in (w, n - w):
            apart = totals[split] / split - (totals[n] - totals[split]) / (n - split)
            if apart * apart > bound:
                return True
        w *= 2
    return False


def glr_ucb(ends: Sequence[int], means: Means) -> float:
    """Pseudo-regret of GLR-UCB without exploration."""
    sqrt, log, arms, regret, start = math.sqrt, math.log, len(means[0]), 0.0, 0
    beta = CONFIDENCE * log(ends[-1]) / EVERY
    sums, pulls, totals = [0.0] * arms, [0] * arms, [[0.0] for _ in range(arms)]
    for rounds, row, _, _ in pieces(ends, means, ends[-1:]):
        best = max(row)
        for t in rounds:
            scale, highest = CONFIDENCE * log(max(2, t - start)), -1.0
            for k in range(arms):
                n = pulls[k]
                index = sums[k] / n + sqrt(scale / n) if n else math.inf
                if index > highest:
                    highest, arm = index, k
            sums[arm] += random() < row[arm]
            pulls[arm] += 1
            regret += best - row[arm]
            if pulls[arm] % EVERY == 0:
                totals[arm].append(sums[arm] / EVERY)
                if changed(totals[arm], beta):
                    start = t + 1
                    sums, pulls, totals = [0.0] * arms, [0] * arms, [[0.0] for _ in range(arms)]
    return regret


def adswitch(ends: Sequence[int], means: Means) -> float:
    """Pseudo-regret of AdSwitch."""
    T, arms, regret, episodes = ends[-1], len(means[0]), 0.0, 1
    beta = CONFIDENCE * math.log(T)
    rested, totals = [-random() for _ in range(arms)], [[0.0] for _ in range(arms)]
    bad: dict[int, tuple[float, float]] = {}
    owed = [0] * arms
    for rounds, row, _, _ in pieces(ends, means, ends[-1:]):
        best = max(row)
        for t in rounds:
            chance = EXPLORATION * math.sqrt(episodes / (arms * T * beta))
            for k, (gap, _) in bad.items():
                u = random()
                if u < chance / 2:
                    owed[k] = max(owed[k], len(totals[k]) - 1 + checked(u, chance, gap, beta))
            oldest = math.inf
            for k in range(arms):
                if rested[k] < oldest and (k not in bad or len(totals[k]) <= owed[k]):
                    oldest, arm = rested[k], k
            own = totals[arm]
            own.append(own[-1] + (random() < row[arm]))
            rested[arm] = t
            regret += best - row[arm]
            anew = False
            if arm in bad:
                anew = moved(own, *bad[arm], beta)
            elif (len(own) - 1) % EVERY == 0:
                anew = changed(own, beta)
                if not anew:
                    evict(totals, bad, arm, beta)
            if anew:
                episodes += 1
                totals, owed = [[0.0] for _ in range(arms)], [0] * arms
                bad.clear()
    return regret


def checked(u: float, chance: float, gap: float, beta: float) -> int:
    """Pulls of the longest check that starts."""
    d = 0.5
    if d < gap / 2:
        return 0
    while u < chance * d / 2 and d >= gap:
        d /= 2
    return math.ceil(beta) * round(1 / (d * d))


def moved(totals: Sequence[float], gap: float, level: float, beta: float) -> bool:
    """Whether the last rewards of a bad arm are off what is remembered of it."""
    w = math.ceil(beta)
    while w < len(totals):
        if abs((totals[-1] - totals[-1 - w]) / w - level) > gap / 4 + math.sqrt(beta / w):
            return True
        w *= 2
    return False


def evict(
    totals: Sequence[Sequence[float]], bad: dict[int, tuple[float, float]], arm: int, beta: float
) -> None:
    """Remember a good arm as bad if another one is separated from it."""
    w = 1
    while w < len(totals[arm]):
        own = (totals[arm][-1] - totals[arm][-1 - w]) / w
        for k, other in enumerate(totals):
            if k not in bad and w < len(other):
                apart = (other[-1] - other[-1 - w]) / w - own
                if apart > 0 and apart * apart * w > SEPARATION * beta:
                    bad[arm] = apart, own
                    return
        w *= 2


def master(ends: Sequence[int], means: Means, c: Constants) -> float:
    """Pseudo-regret of MASTER on top of UCB1; the shortest instance comes first."""
    sqrt, arms, regret = math.sqrt, len(means[0]), 0.0
    n, age, seen, excess, least = 0, 0, 0.0, 0.0, math.inf
    alive: list = []
    for rounds, row, _, _ in pieces(ends, means, ends[-1:]):
        best = max(row)
        for _ in rounds:
            m, started = 0, []
            while m <= n and age % (1 << m) == 0:  # those of these orders are over
                if m == n or random() < c.sparsity * 2 ** ((m - n) / 2):
                    started.append((m, seen, [0.0] * arms, [0] * arms))
                m += 1
            alive = started + alive if started else alive
            _, _, sums, pulls = alive[0]
            highest = -1.0
            for k in range(arms):
                N = pulls[k]
                index = min(1.0, sums[k] / N + sqrt(c.bonus / N)) if N else 1.0
                if index > highest:
                    highest, arm, ties = index, k, 1
                elif index == highest:  # at 1 there are many ties, so that they count
                    ties += 1
                    arm = k if random() * ties < 1 else arm
            found = random() < row[arm]
            sums[arm] += found
            pulls[arm] += 1
            regret += best - row[arm]
            least = min(least, highest)
            seen += found
            excess += highest - found
            age += 1
            fired = excess / age >= (c.second + c.growth * n) * (
                sqrt(c.scale / age) + c.linear / age
            )
            while alive and age % (1 << alive[0][0]) == 0:
                m, before, _, _ = alive.pop(0)
                size = 1 << m
                above = c.first * (sqrt(c.scale / size) + c.linear / size)
                fired = fired or (seen - before) / size >= least + above
            if fired or age == 1 << n:
                n, alive = (0 if fired else n + 1), []
                age, seen, excess, least = 0, 0.0, 0.0, math.inf
    return regret


def linucb(T: int, d: int, K: int, width: float) -> float:
    """Pseudo-regret of LinUCB where nothing changes; S is a list of columns."""
    m, columns = [0.0] * d, [[float(i == j) for i in range(d)] for j in range(d)]
    w, regret = [random() for _ in range(d)], 0.0
    for _ in range(T):
        actions = [[2 * random() - 1 for _ in range(d)] for _ in range(K)]
        index = []
        for action in actions:
            parts = [sum(map(mul, action, column)) for column in columns]
            index.append(sum(map(mul, action, m)) + width * math.sqrt(sum(map(mul, parts, parts))))
        worth = [sum(map(mul, action, w)) for action in actions]
        arm = index.index(max(index))
        regret += max(worth) - worth[arm]
        action, reward = actions[arm], worth[arm] + DEVIATION * gauss(0.0, 1.0)
        phi = [sum(map(mul, action, column)) for column in columns]
        gain = [sum(map(mul, phi, line)) for line in zip(*columns, strict=True)]
        q = 1.0 + sum(map(mul, phi, phi))
        step, shrink = (reward - sum(map(mul, action, m))) / q, 1.0 / (q + math.sqrt(q))
        m = [one + step * g for one, g in zip(m, gain, strict=True)]
        for column, part in zip(columns, phi, strict=True):
            by = shrink * part
            column[:] = [one - by * g for one, g in zip(column, gain, strict=True)]
    return regret


def episodes(ends: Sequence[int], means: Means, moves: Sequence, H: int) -> float:
    """Pseudo-regret of optimistic play, MOSS, without a restart; means[segment][s][a]."""
    S, A, regret, horizon = len(moves), len(moves[0]), 0.0, H * ends[-1]
    sums, pulls = [[0.0] * A for _ in range(S)], [[0] * A for _ in range(S)]
    seen = [[[0] * S for _ in range(A)] for _ in range(S)]
    for rounds, row, _, _ in pieces(ends, means, ends[-1:]):
        exact = exact_worth(row, moves, H)
        for _ in rounds:
            index = plan(sums, pulls, seen, H, horizon)
            s = 0
            for h in range(H):
                a = index[h][s].index(max(index[h][s]))
                sums[s][a] += random() < row[s][a]
                pulls[s][a] += 1
                regret += max(exact[h][s]) - exact[h][s][a]
                left, after = random(), 0
                while after < S - 1 and left >= moves[s][a][after]:
                    left -= moves[s][a][after]
                    after += 1
                seen[s][a][after] += 1
                s = after
    return regret


def exact_worth(means: Means, moves: Sequence, H: int) -> list[list[list[float]]]:
    """What actions are worth at each step if play after is best."""
    later, found = [0.0] * len(means), []
    for _ in range(H):
        found.append(
            [
                [mean + sum(map(mul, move, later)) for mean, move in zip(row, to, strict=True)]
                for row, to in zip(means, moves, strict=True)
            ]
        )
        later = [max(one) for one in found[-1]]
    return found[::-1]


def plan(sums: Sequence, pulls: Sequence, seen: Sequence, H: int, horizon: int) -> list:
    """The optimistic worth of each action at each step."""
    S, A = len(sums), len(sums[0])
    later, found, width = [0.0] * S, [], [[math.inf] * A for _ in range(S)]
    for s in range(S):
        for a in range(A):
            n = pulls[s][a]
            if n:
                width[s][a] = math.sqrt(max(0.0, math.log(horizon / (S * A * n))) / n)
    for left in range(1, H + 1):
        index = [
            [
                (sums[s][a] + sum(map(mul, seen[s][a], later))) / max(1, pulls[s][a])
                + left * width[s][a]
                for a in range(A)
            ]
            for s in range(S)
        ]
        found.append(index)
        later = [min(max(one), left) for one in index]
    return found[::-1]
