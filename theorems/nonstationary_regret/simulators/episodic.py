"""Optimistic play of episodic decision processes, in the manner of UCBVI (Azar et al., 2017).

Transitions are not known: both they and the rewards are estimated since the last restart.  The
bonus of the step h of H is that of an index policy times H - h, which bounds what is to come.
"""

import math

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.compiled import compiled
from theorems.nonstationary_regret.simulators.decision_processes import worth
from theorems.nonstationary_regret.simulators.exponential_weights import drawn
from theorems.nonstationary_regret.simulators.index_policies import argmax
from theorems.nonstationary_regret.simulators.rewards import bonus, reward

Array = NDArray[np.float64]
Whole = NDArray[np.int64]


@compiled
def optimistic(
    rng: np.random.Generator,
    ends: Whole,
    means: Array,
    moves: Array,
    H: int,
    restarts: Whole,
    kind: float,
    gaussian: bool,
) -> float:
    """Pseudo-regret of optimistic play that starts anew after `restarts` episodes.

    means (L, S, A), moves (S, A, S); `kind` as in `bonus`, with a pull for each step and an arm for
    each action in each state.  An action costs what it is worth less than the best one, if play
    after it is best; in the mean these sum to the regret.  With S = H = 1 it is `restarted`.
    """
    states, actions = means.shape[1:]
    sums, pulls = np.zeros((states, actions)), np.zeros((states, actions), np.int64)
    seen = np.zeros((states, actions, states))
    index = np.empty((H, states, actions))
    exact, best = worth(means[0], moves, H)
    segment, block, start, regret = 0, 0, 0, 0.0
    for episode in range(ends[-1]):
        if episode == ends[segment]:
            segment += 1
            exact, best = worth(means[segment], moves, H)
        if episode == restarts[block]:
            block, start = block + 1, episode
            sums[:], pulls[:], seen[:] = 0.0, 0, 0.0
        horizon = H * (restarts[block] - start)
        plan(index, sums, pulls, seen, kind, H * (episode - start), horizon)
        s = 0
        for h in range(H):
            a = argmax(rng, index[h, s])
            sums[s, a] += reward(rng, means[segment, s, a], gaussian)
            pulls[s, a] += 1
            regret += best[h, s] - exact[h, s, a]
            after = drawn(rng, moves[s, a]) if states > 1 else 0
            seen[s, a, after] += 1
            s = after
    return regret


@compiled
def plan(
    index: Array, sums: Array, pulls: Whole, seen: Array, kind: float, age: int, horizon: int
) -> None:
    """Put the optimistic worth of each action at each step into `index`, (H, S, A).

    What is passed back is at most the number of steps left; an action that is not known is inf.
    """
    H, states, actions = index.shape
    log_age = math.log(age) if age > 0 and kind > 0 else 0.0
    later = np.zeros(states)
    for s in range(states):
        for a in range(actions):
            n = pulls[s, a]
            width = bonus(kind, n, log_age, horizon, states * actions) if n > 0 else np.inf
            for h in range(H):
                index[h, s, a] = sums[s, a] / max(n, 1) + (H - h) * width
    for h in range(H - 1, -1, -1):
        for s in range(states):
            for a in range(actions):
                come = 0.0
                for after in range(states):
                    come += seen[s, a, after] * later[after]
                index[h, s, a] += come / max(pulls[s, a], 1)
        for s in range(states):
            highest = -np.inf
            for a in range(actions):
                highest = max(highest, index[h, s, a])
            later[s] = min(highest, H - h)
