"""MASTER's own schedule and tests along a context: the kernels of `simulators.master`, by steps."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.attention.transformer import Array, Whole
from theorems.nonstationary_regret.simulators.master import (
    Constants,
    instance_fires,
    rate,
    start_instances,
)


class Context(NamedTuple):
    """A token for each round, and one for each restart; arrays (n,), and `noise` (n, orders).

    Word 0 restarts, at first and after a test has fired.  `active` is the order of the instance
    that plays the round after the token, `first` and `second` are whether a test fires at it.
    """

    words: Whole
    rewards: Array
    optimism: Array
    noise: Array
    active: Whole
    first: NDArray[np.bool_]
    second: NDArray[np.bool_]


def fair(n: int, c: Constants, seed: int) -> Context:
    """A run of MASTER on fair rewards, with optimistic values that are uniform on [1/2, 1]."""
    rng = np.random.default_rng(seed)
    rewards = rng.integers(2, size=n).astype(float)
    return context(rewards, 0.5 + rng.random(n) / 2, c, seed)


def context(rewards: Array, optimism: Array, c: Constants, seed: int) -> Context:
    """A run of MASTER where the round of a token has that reward and optimistic value, (n,) each.

    A token that restarts has none.  `noise` has what the scheduler draws, from a generator in the
    same state.
    """
    n, orders = len(rewards), len(rewards).bit_length()
    drawn, twin = np.random.default_rng([seed, 1]), np.random.default_rng([seed, 1])
    found = Context(
        words=np.ones(n, np.int64),
        rewards=rewards.copy(),
        optimism=optimism.copy(),
        noise=np.random.default_rng([seed, 2]).random((n, orders)),
        active=np.empty(n, np.int64),
        first=np.zeros(n, bool),
        second=np.zeros(n, bool),
    )
    started, before, unused = np.full(orders, -1), np.zeros(orders), np.zeros((orders, 1))
    block, age, seen, excess, least, again = 0, 0, 0.0, 0.0, np.inf, True
    for i in range(n):
        if again:
            found.words[i], found.rewards[i], found.optimism[i] = 0, 0.0, 0.0
        else:
            age += 1
            seen += found.rewards[i]
            excess += found.optimism[i] - found.rewards[i]
            least = min(least, found.optimism[i])
            found.first[i] = instance_fires(block, age, c, started, before, seen, least)
            allowed = (c.second + c.growth * block) * rate(c, age)
            found.second[i] = excess / age >= allowed
        if again or age == 2**block:
            block = 0 if again else block + 1
            age, seen, excess, least = 0, 0.0, 0.0, np.inf
            started[:] = -1
        again = bool(found.first[i] or found.second[i])
        for m in range(block):
            if age % 2**m == 0:
                found.noise[i, m] = twin.random()
        start_instances(drawn, block, age, c.sparsity, started, unused, unused, before, seen)
        found.active[i] = np.flatnonzero(started >= 0)[0]
    return found
