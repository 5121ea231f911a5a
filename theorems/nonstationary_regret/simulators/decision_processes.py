"""Small episodic decision processes whose rewards drift and whose transitions stay.

An episode has H steps and begins in state 0.  Action a in state s is paid a reward of mean
means[segment, s, a] and leads to a state with the law moves[s, a]; segments end after `ends`
episodes.  The environments of bandits are made into such processes: their arms become rooms.
"""

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.compiled import compiled

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

SLIP = 0.1
"""The chance that the other action happens."""


def rooms(means: Array) -> Array:
    """Means (L, S) of rooms as those of two actions in each, (L, S, 2): a room pays all alike."""
    return np.repeat(means[:, :, None], 2, axis=2)


def corridor(S: int, slip: float = SLIP) -> Array:
    """Transitions (S, 2, S) of rooms on a circle: action 0 stays, action 1 goes on to the next."""
    stay = np.eye(S)
    on = np.roll(stay, 1, axis=1)
    return np.stack([(1 - slip) * stay + slip * on, slip * stay + (1 - slip) * on], axis=1)


@compiled
def worth(means: Array, moves: Array, H: int) -> tuple[Array, Array]:
    """What actions and states are worth with h = 0, ..., H - 1 steps over, if play after is best.

    Backward induction for one segment, means (S, A); shapes (H, S, A) and (H, S).
    """
    states, actions = means.shape
    found, best, later = np.empty((H, states, actions)), np.empty((H, states)), np.zeros(states)
    for h in range(H - 1, -1, -1):
        for s in range(states):
            for a in range(actions):
                found[h, s, a] = means[s, a]
                for after in range(states):
                    found[h, s, a] += moves[s, a, after] * later[after]
        for s in range(states):
            best[h, s] = found[h, s].max()
        later = best[h]
    return found, best


def uniform_worth(means: Array, moves: Array, H: int) -> float:
    """What an episode of uniform play is worth, exactly."""
    later = np.zeros(len(means))
    for _ in range(H):
        later = (means + moves @ later).mean(axis=1)
    return float(later[0])


def uniform_regret(ends: Whole, means: Array, moves: Array, H: int) -> float:
    """Expected pseudo-regret of uniform play, exactly."""
    short = [worth(one, moves, H)[1][0, 0] - uniform_worth(one, moves, H) for one in means]
    return float(np.diff(ends, prepend=0) @ np.array(short))
