"""Arm pulls per second of each policy, compiled, as a plain Python loop, and vectorised in numpy.

    python -m benchmarks.bandits

One run on one core, after compilation.  For each policy the compiled kernel, the plain loop
(`plain_policies`, `plain_adaptive`) and the numpy version, which plays 500 replicates side by side
(`vectorised_policies`), take turns of at least SLICE seconds, ROUNDS times; what is printed
are medians over the rounds of pulls per second of processor time, and of the ratios within rounds,
so that other programs slow none of them down more than another.  Two arms at KAPPA (L / T)^{1/2},
where regret is near its worst: one segment for UCB1 and MOSS, L = 10 for the others, all of
T = 100,000 rounds for the kernels, 1,000,000 by jumps; the loops, whose cost of a pull does not
depend on it, have 20,000 and the numpy versions 1,000.  LinUCB has ten actions in dimension 32 and
1,000, 100 and 50 rounds, in numpy 50 replicates; of episodes, three steps in two rooms, each step
counts as a pull, and there are 1,000.
That all versions of a policy have the same mean regret is checked by tests/test_bandits.py.
"""

from collections.abc import Callable
from functools import partial
from statistics import median
from time import process_time
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks import plain_adaptive as adaptive
from benchmarks import plain_policies as plain
from benchmarks import vectorised_policies as columns
from theorems.nonstationary_regret import linear_policies
from theorems.nonstationary_regret.simulators.adswitch import EXPLORATION, adswitch
from theorems.nonstationary_regret.simulators.decision_processes import corridor, rooms
from theorems.nonstationary_regret.simulators.environments import Environment, swap
from theorems.nonstationary_regret.simulators.episodic import optimistic
from theorems.nonstationary_regret.simulators.exponential_weights import (
    exp3,
    exp3s_rates,
    rexp3_rates,
)
from theorems.nonstationary_regret.simulators.glr_ucb import glr_ucb
from theorems.nonstationary_regret.simulators.index_policies import (
    MOSS,
    blocks,
    restarted,
    uniform,
)
from theorems.nonstationary_regret.simulators.master import master, rescaled
from theorems.nonstationary_regret.simulators.sliding_window import sliding_window, window_of
from theorems.nonstationary_regret.simulators.two_arms import plays

KAPPA, L, BLOCK, UCB1, XI = 5.0, 10, 2000, 0.5, 0.5
HORIZON, DIMENSION, ACTIONS = 3, 32, 10
ROUNDS, SLICE = 5, 0.04

OWN_TIMES = "each replicate restarts, checks or starts instances at its own times"
OWN_PLANS = "each replicate plans anew in every episode, by loops over steps and states"

Play = Callable[[], object]


class Sizes(NamedTuple):
    """Rounds of the kernels, of the plain loops and of the numpy versions, and replicates there."""

    T: int = 100_000
    short: int = 20_000
    wide: int = 1000
    replicates: int = 500


class Versions(NamedTuple):
    """Three ways to play a policy, each with the pulls of one call; or why there is no third."""

    compiled: tuple[Play, int]
    plain: tuple[Play, int]
    vectorised: tuple[Play, int] | str


def listed(environment: Environment) -> tuple[list[int], list[list[float]]]:
    """An environment for the plain loops."""
    return environment[0].tolist(), environment[1].tolist()


def stationary(rng: np.random.Generator, sizes: Sizes) -> dict[str, Versions]:
    """Policies that never restart, where nothing changes."""
    T, short, wide, R = sizes
    last, means = swap(rng, T, 1, KAPPA * T**-0.5)
    one, end, (loop, rows) = np.array([wide]), np.array([T]), listed((np.array([short]), means))
    gap, tenfold = KAPPA * (10 * T) ** -0.5, np.array([10 * T])
    loops = {
        UCB1: partial(plain.ucb1, loop, rows, loop, UCB1),
        MOSS: partial(plain.moss, loop, rows, loop),
    }
    found = {
        "uniform play": Versions(
            (partial(uniform, rng, last, means), T),
            (partial(plain.uniform, loop, rows), short),
            (partial(columns.uniform, rng, R, one, means), R * wide),
        )
    }
    for name, kind in (("UCB1", UCB1), ("MOSS", MOSS)):
        others = (
            (loops[kind], short),
            (partial(columns.index_policy, rng, R, one, means, one, kind), R * wide),
        )
        steps = partial(restarted, rng, last, means, end, kind, False)
        found[name] = Versions((steps, T), *others)
        jumps = partial(plays, rng, tenfold, gap, kind)
        found[f"{name}, two arms, by jumps"] = Versions((jumps, 10 * T), *others)
    return found


def restarting(rng: np.random.Generator, sizes: Sizes) -> dict[str, Versions]:
    """Policies with restarts, a window or sharing, where the arms change places."""
    T, short, wide, R = sizes
    last, means = swap(rng, T, L, KAPPA * (L / T) ** 0.5)
    few, rows = listed((np.array([short // 2, short]), means[:2]))
    ends, two = np.array([wide // 2, wide]), means[:2]
    window, (gamma, alpha) = window_of(T, L), exp3s_rates(T, L, 2)
    block, mixing = rexp3_rates(T, 1.0, 2)
    one, end, short_blocks = ends[-1:], last[-1:], blocks(short, BLOCK).tolist()
    return {
        "MOSS, oracle restart": Versions(
            (partial(restarted, rng, last, means, last, MOSS, False), T),
            (partial(plain.moss, few, rows, few), short),
            (partial(columns.index_policy, rng, R, ends, two, ends, MOSS), R * wide),
        ),
        "MOSS, periodic restart": Versions(
            (partial(restarted, rng, last, means, blocks(T, BLOCK), MOSS, False), T),
            (partial(plain.moss, few, rows, short_blocks), short),
            (partial(columns.index_policy, rng, R, ends, two, ends, MOSS), R * wide),
        ),
        "sliding-window UCB": Versions(
            (partial(sliding_window, rng, last, means, window, XI, False), T),
            (partial(plain.sliding_window, few, rows, window, XI), short),
            (partial(columns.sliding_window, rng, R, ends, two, wide // 10, XI), R * wide),
        ),
        "Exp3.S": Versions(
            (partial(exp3, rng, last, means, end, gamma, alpha, False), T),
            (partial(plain.exp3, few, rows, few[-1:], gamma, alpha), short),
            (partial(columns.exp3, rng, R, ends, two, one, gamma, alpha), R * wide),
        ),
        "Rexp3": Versions(
            (partial(exp3, rng, last, means, blocks(T, block), mixing, 0.0, False), T),
            (partial(plain.exp3, few, rows, blocks(short, block).tolist(), mixing, 0.0), short),
            (partial(columns.exp3, rng, R, ends, two, ends, mixing, 0.0), R * wide),
        ),
        "GLR-UCB": Versions(
            (partial(glr_ucb, rng, last, means, 0.0, False), T),
            (partial(adaptive.glr_ucb, few, rows), short),
            (partial(columns.glr_ucb, rng, R, ends, two), R * wide),
        ),
        "AdSwitch": Versions(
            (partial(adswitch, rng, last, means, EXPLORATION, False), T),
            (partial(adaptive.adswitch, few, rows), short),
            OWN_TIMES,
        ),
        "MASTER": Versions(
            (partial(master, rng, last, means, rescaled(T, 2), False), T),
            (partial(adaptive.master, few, rows, rescaled(short, 2)), short),
            OWN_TIMES,
        ),
    }


def richer(rng: np.random.Generator, sizes: Sizes) -> dict[str, Versions]:
    """Linear bandits, and episodes of three steps in two rooms, a step counted as a pull."""
    T, short, wide, R = sizes[0] // 100, sizes[1] // 200, sizes[2] // 20, sizes[3] // 10
    d, K, moves = DIMENSION, ACTIONS, corridor(2)
    still = np.ones(T), np.zeros(T)
    last, means = swap(rng, T, 2, KAPPA * (2 / T) ** 0.5)
    few, rows = listed((np.array([10 * short]), rooms(means[:1])))
    episodes = partial(optimistic, rng, last, rooms(means), moves, HORIZON, last[-1:], MOSS, False)
    loops = partial(adaptive.episodes, few, rows, moves.tolist(), HORIZON)
    linucb = linear_policies.Policy(linear_policies.LINUCB)
    return {
        "LinUCB": Versions(
            (partial(linear_policies.play, rng, linucb, *still, d, K), T),
            (partial(adaptive.linucb, short, d, K, 1.0), short),
            (partial(columns.linucb, rng, R, wide, d, K, 1.0), R * wide),
        ),
        "optimistic episodes": Versions(
            (episodes, HORIZON * T), (loops, HORIZON * 10 * short), OWN_PLANS
        ),
    }


def policies(rng: np.random.Generator, sizes: Sizes) -> dict[str, Versions]:
    """What is timed, by name."""
    return {**stationary(rng, sizes), **restarting(rng, sizes), **richer(rng, sizes)}


def rate(play: Play, pulls: int) -> float:
    """Pulls per second of processor time, over calls that take a SLICE together."""
    count, start = 0, process_time()
    while process_time() - start < SLICE:
        play()
        count += 1
    return count * pulls / (process_time() - start)


def line(name: str, versions: Versions, reasons: list[str]) -> str:
    """A row of the table, with a mark for the reason of a version that there is not."""
    timed = [one for one in versions if not isinstance(one, str)]
    for play, _ in timed:
        play()
    rates = np.array([[rate(*one) for one in timed] for _ in range(ROUNDS)])
    cells = [f"{median(rates[:, 0]):.1e}"]
    for theirs in rates.T[1:]:
        cells += [f"{median(theirs):.1e}", f"{median(rates[:, 0] / theirs):.3g}"]
    if isinstance(versions.vectorised, str):
        if versions.vectorised not in reasons:
            reasons.append(versions.vectorised)
        cells += [f"none ({reasons.index(versions.vectorised) + 1})", ""]
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    reasons: list[str] = []
    print("| policy | pulls/s | plain Python | ratio | vectorised numpy | ratio |")
    print("|---|---|---|---|---|---|")
    with threadpool_limits(1):
        for name, versions in policies(np.random.default_rng(0), Sizes()).items():
            print(line(name, versions, reasons), flush=True)
    print()
    for number, reason in enumerate(reasons, 1):
        print(f"({number}) {reason}")


if __name__ == "__main__":
    main()
