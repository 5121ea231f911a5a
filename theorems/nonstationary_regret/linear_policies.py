"""Linear bandits whose rewards are raised or change sign, and LinUCB, Thompson sampling, MASTER.

In each round K actions a, uniform on [-1, 1]^d, are shown; action a gives s (<a, w> + noise) + c,
w uniform on [0, 1]^d, normal noise of standard deviation DEVIATION, s and c given by the round.  A
policy keeps the mean m and a root S of the covariance of its least squares: S S' is the inverse of
I + sum a a' / variance, and an action takes a multiple of S S'a a'S from S.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.simulators.compiled import compiled
from theorems.nonstationary_regret.simulators.master import (
    SILENT,
    Constants,
    instance_fires,
    rate,
    start_instances,
)

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

DEVIATION = 1.5
UNIFORM, LINUCB, THOMPSON = 0, 1, 2


class Policy(NamedTuple):
    """A base algorithm, with or without MASTER and its constants around it.

    `variance` is that of a reward in the least squares, `width` scales the bonus of LinUCB.  Of
    the constants `bonus` is not used.
    """

    base: int
    variance: float = 1.0
    width: float = 1.0
    scheduled: bool = False
    constants: Constants = SILENT


@compiled
def index(policy: Policy, m: Array, S: Array, actions: Array, z: Array, out: Array) -> None:
    """What the base algorithm thinks of actions (K, d), into `out` (K,); z (d,) is normal."""
    d, along = len(m), np.empty(len(m))
    for k in range(len(actions)):
        out[k] = 0.0
        for i in range(d):
            out[k] += actions[k, i] * m[i]
        if policy.base == LINUCB:
            along[:] = 0.0
            for i in range(d):  # row by row, so that several columns are summed at once
                for j in range(d):
                    along[j] += actions[k, i] * S[i, j]
            square = 0.0
            for j in range(d):
                square += along[j] * along[j]
            out[k] += policy.width * math.sqrt(square)
    if policy.base == THOMPSON:
        drawn = np.zeros(d)
        for i in range(d):
            for j in range(d):
                drawn[i] += S[i, j] * z[j]
        for k in range(len(actions)):
            for i in range(d):
                out[k] += actions[k, i] * drawn[i]


@compiled
def learn(policy: Policy, m: Array, S: Array, action: Array, reward: float) -> None:
    """Put one reward into the mean and the root of the covariance."""
    d = len(m)
    phi, gain = np.zeros(d), np.zeros(d)
    for i in range(d):
        for j in range(d):
            phi[j] += S[i, j] * action[i]
    q, error = policy.variance, reward
    for i in range(d):
        q += phi[i] * phi[i]
        error -= action[i] * m[i]
    for i in range(d):
        for j in range(d):
            gain[i] += S[i, j] * phi[j]
    shrink = 1.0 / (q + math.sqrt(policy.variance * q))
    for i in range(d):
        m[i] += gain[i] * error / q
        for j in range(d):
            S[i, j] -= shrink * gain[i] * phi[j]


@compiled
def forget(m: Array, S: Array) -> None:
    """The state before any reward: mean 0, covariance the identity."""
    m[:] = 0.0
    S[:] = 0.0
    for i in range(len(m)):
        S[i, i] = 1.0


@compiled
def playing(started: Whole, age: int, m: Array, S: Array) -> int:
    """The lowest order of MASTER that goes on at this age of its block; new instances forget."""
    found = -1
    for order in range(len(started) - 1, -1, -1):
        if started[order] >= 0:
            found = order
        if started[order] == age:
            forget(m[order], S[order])
    return found


@compiled
def show(rng: np.random.Generator, actions: Array) -> None:
    """Actions uniform on [-1, 1]^d, into `actions` (K, d)."""
    for k in range(actions.shape[0]):
        for i in range(actions.shape[1]):
            actions[k, i] = 2 * rng.random() - 1


@compiled
def chosen(
    rng: np.random.Generator, policy: Policy, m: Array, S: Array, actions: Array
) -> tuple[int, float]:
    """The action that a base algorithm takes, and what it thinks of it."""
    out, z = np.zeros(len(actions)), np.zeros(len(m))
    if policy.base == UNIFORM:
        return int(rng.random() * len(actions)), 0.0
    if policy.base == THOMPSON:
        for i in range(len(z)):
            z[i] = rng.standard_normal()
    index(policy, m, S, actions, z, out)
    arm = int(np.argmax(out))
    return arm, out[arm]


@compiled
def play(
    rng: np.random.Generator, policy: Policy, scale: Array, shift: Array, d: int, K: int
) -> tuple[Array, int, float]:
    """Pseudo-regret after each round of a run (T,), restarts of MASTER, and what was gained.

    The reward of round t is scale[t] (<a, w> + noise) + shift[t], and its gain scale[t] <a, w>.
    """
    T, c = len(scale), policy.constants
    orders = int(math.log2(T)) + 2 if policy.scheduled else 1
    m, S, unused = np.zeros((orders, d)), np.zeros((orders, d, d)), np.zeros((orders, 1))
    started, before = np.full(orders, -1), np.zeros(orders)
    forget(m[0], S[0])
    n, age, seen, excess, least, restarts = 0, 0, 0.0, 0.0, np.inf, 0
    w, regret, actions, paid, gained = rng.random(d), np.zeros(T), np.empty((K, d)), 0.0, 0.0
    for t in range(T):
        order = 0
        if policy.scheduled:
            start_instances(rng, n, age, c.sparsity, started, unused, unused, before, seen)
            order = playing(started, age, m, S)
        show(rng, actions)
        arm, value = chosen(rng, policy, m[order], S[order], actions)
        best, own = -np.inf, 0.0
        for k in range(K):
            worth = 0.0
            for i in range(d):
                worth += scale[t] * actions[k, i] * w[i]
            best = max(best, worth)
            own = worth if k == arm else own
        paid, gained = paid + (best - own), gained + own
        regret[t] = paid
        reward = own + scale[t] * DEVIATION * rng.standard_normal() + shift[t]
        learn(policy, m[order], S[order], actions[arm], reward)
        if policy.scheduled:
            age, seen = age + 1, seen + reward
            excess, least = excess + value - reward, min(least, value)
            fired = instance_fires(n, age, c, started, before, seen, least)
            fired = fired or excess / age >= (c.second + c.growth * n) * rate(c, age)
            if fired or age == 1 << n:
                restarts, n = restarts + fired, 0 if fired else n + 1
                age, seen, excess, least = 0, 0.0, 0.0, np.inf
                started[:] = -1
    return regret, restarts, gained
