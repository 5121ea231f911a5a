"""Arm pulls per second of each policy, compiled, in plain Python, and vectorised over replicates.

    python -m benchmarks.bandits

The plain loops keep numbers in lists; the vectorised ones play 1,000 replicates side by side, with
a numpy call or more for each round.  All are timed in one run, on one core, after compilation, in
processor time, so that other programs slow down none of them more than another.  Of a policy
without a plain loop the compiled pulls are printed alone.
"""

import math
import random
from collections.abc import Callable
from time import process_time

import numpy as np

from theorems.nonstationary_regret.simulators.adswitch import EXPLORATION, adswitch
from theorems.nonstationary_regret.simulators.decision_processes import corridor, rooms
from theorems.nonstationary_regret.simulators.environments import swap
from theorems.nonstationary_regret.simulators.episodic import optimistic
from theorems.nonstationary_regret.simulators.exponential_weights import exp3
from theorems.nonstationary_regret.simulators.glr_ucb import glr_ucb
from theorems.nonstationary_regret.simulators.index_policies import MOSS, restarted, uniform
from theorems.nonstationary_regret.simulators.master import master, rescaled
from theorems.nonstationary_regret.simulators.sliding_window import sliding_window
from theorems.nonstationary_regret.simulators.two_arms import plays

T, L, GAP = 100_000, 10, 0.05
WINDOW, GAMMA = 2000, 0.02
REPLICATES, ROUNDS = 1000, 2000
PLAIN_ROUNDS = 100_000
SECONDS = 1.0


def rate(play: Callable[[], object], pulls: int) -> float:
    """Pulls per second of processor time, over a second or the first call if that is longer."""
    play()
    count, start = 0, process_time()
    while count == 0 or process_time() - start < SECONDS:
        play()
        count += 1
    return count * pulls / (process_time() - start)


def plain_uniform(rounds: int) -> float:
    """Uniform play as a loop."""
    means, regret = (0.5 + GAP / 2, 0.5 - GAP / 2), 0.0
    for _ in range(rounds):
        regret += means[0] - means[random.getrandbits(1)]
    return regret


def plain_index(rounds: int, kind: float) -> float:
    """UCB1 (kind > 0) and MOSS (kind = 0) as a loop."""
    means, sums, pulls, regret = (0.5 + GAP / 2, 0.5 - GAP / 2), [0.0, 0.0], [0, 0], 0.0
    for t in range(rounds):
        if t < 2:
            arm = t
        else:
            index = []
            for k in (0, 1):
                n = pulls[k]
                log = kind * math.log(t) if kind else max(0.0, math.log(rounds / (2 * n)))
                index.append(sums[k] / n + math.sqrt(log / n))
            arm = 0 if index[0] > index[1] else 1
        sums[arm] += random.random() < means[arm]
        pulls[arm] += 1
        regret += means[0] - means[arm]
    return regret


def plain_window(rounds: int) -> float:
    """Sliding-window UCB as a loop."""
    means, sums, pulls, regret = (0.5 + GAP / 2, 0.5 - GAP / 2), [0.0, 0.0], [0, 0], 0.0
    seen = []
    for t in range(rounds):
        log = 0.5 * math.log(max(2, min(t, WINDOW)))
        index = [
            sums[k] / pulls[k] + math.sqrt(log / pulls[k]) if pulls[k] else math.inf for k in (0, 1)
        ]
        arm = 0 if index[0] > index[1] else 1
        if t >= WINDOW:
            old, found = seen[t - WINDOW]
            sums[old] -= found
            pulls[old] -= 1
        found = random.random() < means[arm]
        seen.append((arm, found))
        sums[arm] += found
        pulls[arm] += 1
        regret += means[0] - means[arm]
    return regret


def plain_exp3(rounds: int) -> float:
    """Exp3 as a loop."""
    means, weights, regret = (0.5 + GAP / 2, 0.5 - GAP / 2), [1.0, 1.0], 0.0
    for _ in range(rounds):
        chance = (1 - GAMMA) * weights[0] / (weights[0] + weights[1]) + GAMMA / 2
        arm = 0 if random.random() < chance else 1
        found = random.random() < means[arm]
        weights[arm] *= math.exp(GAMMA * found / (2 * (chance if arm == 0 else 1 - chance)))
        if weights[arm] > 1e100:
            weights = [one / weights[arm] for one in weights]
        regret += means[0] - means[arm]
    return regret


def vectorised_uniform(rng: np.random.Generator) -> np.ndarray:
    """Uniform play of all replicates, a round at a time."""
    regret = np.zeros(REPLICATES)
    for _ in range(ROUNDS):
        regret += GAP * rng.integers(2, size=REPLICATES)
    return regret


def vectorised_index(rng: np.random.Generator, kind: float) -> np.ndarray:
    """UCB1 and MOSS of all replicates, a round at a time."""
    means, row = np.array([0.5 + GAP / 2, 0.5 - GAP / 2]), np.arange(REPLICATES)
    pulls, sums = np.ones((REPLICATES, 2)), (rng.random((REPLICATES, 2)) < means).astype(float)
    for t in range(2, ROUNDS):
        log = kind * math.log(t) if kind else np.maximum(0, np.log(ROUNDS / (2 * pulls)))
        arm = (sums / pulls + np.sqrt(log / pulls)).argmax(axis=1)
        sums[row, arm] += rng.random(REPLICATES) < means[arm]
        pulls[row, arm] += 1
    return GAP * pulls[:, 1]


def vectorised_window(rng: np.random.Generator) -> np.ndarray:
    """Sliding-window UCB of all replicates, a round at a time."""
    means, row = np.array([0.5 + GAP / 2, 0.5 - GAP / 2]), np.arange(REPLICATES)
    arms = np.zeros((ROUNDS, REPLICATES), int)
    found, pulls, sums = np.zeros(arms.shape), np.zeros((REPLICATES, 2)), np.zeros((REPLICATES, 2))
    for t in range(ROUNDS):
        log = 0.5 * math.log(max(2, min(t, WINDOW)))
        if t >= WINDOW:
            sums[row, arms[t - WINDOW]] -= found[t - WINDOW]
            pulls[row, arms[t - WINDOW]] -= 1
        often = np.maximum(pulls, 1e-9)
        arms[t] = (sums / often + np.sqrt(log / often)).argmax(axis=1)
        found[t] = rng.random(REPLICATES) < means[arms[t]]
        sums[row, arms[t]] += found[t]
        pulls[row, arms[t]] += 1
    return GAP * arms.sum(axis=0)


def vectorised_exp3(rng: np.random.Generator) -> np.ndarray:
    """Exp3 of all replicates, a round at a time."""
    means, row = np.array([0.5 + GAP / 2, 0.5 - GAP / 2]), np.arange(REPLICATES)
    logs, regret = np.zeros((REPLICATES, 2)), np.zeros(REPLICATES)
    for _ in range(ROUNDS):
        chance = (1 - GAMMA) / (1 + np.exp(logs[:, 1] - logs[:, 0])) + GAMMA / 2
        arm = (rng.random(REPLICATES) >= chance).astype(int)
        found = rng.random(REPLICATES) < means[arm]
        logs[row, arm] += GAMMA * found / (2 * np.where(arm == 0, chance, 1 - chance))
        regret += GAP * arm
    return regret


def main() -> None:
    """Print the table."""
    rng = np.random.default_rng(0)
    random.seed(0)
    last, means = swap(rng, T, L, GAP)
    length = np.full(1, T)
    side = REPLICATES * ROUNDS
    rows = {
        "uniform play": (
            lambda: uniform(rng, last, means),
            lambda: plain_uniform(PLAIN_ROUNDS),
            lambda: vectorised_uniform(rng),
        ),
        "UCB1": (
            lambda: restarted(rng, last, means, last, 0.5, False),
            lambda: plain_index(PLAIN_ROUNDS, 0.5),
            lambda: vectorised_index(rng, 0.5),
        ),
        "MOSS": (
            lambda: restarted(rng, last, means, last, MOSS, False),
            lambda: plain_index(PLAIN_ROUNDS, MOSS),
            lambda: vectorised_index(rng, MOSS),
        ),
        "MOSS, two arms, jumps": (
            lambda: plays(rng, length, GAP, MOSS),
            lambda: plain_index(PLAIN_ROUNDS, MOSS),
            lambda: vectorised_index(rng, MOSS),
        ),
        "UCB1, two arms, jumps": (
            lambda: plays(rng, length, GAP, 0.5),
            lambda: plain_index(PLAIN_ROUNDS, 0.5),
            lambda: vectorised_index(rng, 0.5),
        ),
        "sliding-window UCB": (
            lambda: sliding_window(rng, last, means, WINDOW, 0.5, False),
            lambda: plain_window(PLAIN_ROUNDS),
            lambda: vectorised_window(rng),
        ),
        "Exp3": (
            lambda: exp3(rng, last, means, last, GAMMA, 0.0, False),
            lambda: plain_exp3(PLAIN_ROUNDS),
            lambda: vectorised_exp3(rng),
        ),
        "GLR-UCB": (lambda: glr_ucb(rng, last, means, 0.5, False), None, None),
        "AdSwitch": (lambda: adswitch(rng, last, means, EXPLORATION, False), None, None),
        "MASTER": (lambda: master(rng, last, means, rescaled(T, 2), False), None, None),
        "episodes of one step": (
            lambda: optimistic(rng, last, rooms(means), corridor(2), 1, last, MOSS, False),
            None,
            None,
        ),
    }
    print("| policy | pulls/s | plain Python | ratio | vectorised numpy | ratio |")
    print("|---|---|---|---|---|---|")
    for name, (compiled, plain, vectorised) in rows.items():
        ours = rate(compiled, T)
        cells = []
        for other, pulls in ((plain, PLAIN_ROUNDS), (vectorised, side)):
            theirs = rate(other, pulls) if other else math.nan
            cells += [f"{theirs:.2e}", f"{ours / theirs:.0f}"] if other else ["-", "-"]
        print(f"| {name} | {ours:.2e} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
