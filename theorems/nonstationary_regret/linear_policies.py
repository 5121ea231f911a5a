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

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

DEVIATION = 1.5
UNIFORM, LINUCB, THOMPSON = 0, 1, 2


class Policy(NamedTuple):
    """A base algorithm, and the constants of MASTER around it.

    `variance` is that of a reward in the least squares, `width` scales the bonus of LinUCB; MASTER
    has blocks of up to 2^orders rounds (0: the base algorithm alone), fails its tests at `nine` and
    `three` times t^{-1/2}, and never if they are infinite.
    """

    base: int
    variance: float = 1.0
    width: float = 1.0
    orders: int = 0
    nine: float = math.inf
    three: float = math.inf


@compiled
def index(policy: Policy, m: Array, S: Array, actions: Array, z: Array, out: Array) -> None:
    """What the base algorithm thinks of actions (K, d), into `out` (K,); z (d,) is normal."""
    d = len(m)
    for k in range(len(actions)):
        out[k] = 0.0
        for i in range(d):
            out[k] += actions[k, i] * m[i]
        if policy.base == LINUCB:
            square = 0.0
            for j in range(d):
                part = 0.0
                for i in range(d):
                    part += actions[k, i] * S[i, j]
                square += part * part
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
def schedule(
    rng: np.random.Generator, policy: Policy, start: int, t: int, end: Whole, m: Array, S: Array
) -> int:
    """The order of MASTER that plays round t of an epoch since `start`; new instances forget."""
    if policy.orders == 0:
        return 0
    passed = t - start + 1
    block = int(math.log2(passed))
    for order in range(block, -1, -1):
        if passed % 2**order == 0 and rng.random() < 2.0 ** ((order - block) / 2):
            end[order] = t + 2**order
            forget(m[order], S[order])
    for order in range(block + 1):
        if t < end[order]:
            return order
    return block


@compiled
def play(
    rng: np.random.Generator, policy: Policy, scale: Array, shift: Array, d: int, K: int
) -> tuple[Array, int, float]:
    """Pseudo-regret after each round of a run (T,), restarts of MASTER, and what was gained.

    The reward of round t is scale[t] (<a, w> + noise) + shift[t], and its gain scale[t] <a, w>.
    """
    T, restarts, start, late, least = len(scale), 0, 0, 0.0, np.inf
    size = policy.orders + 1
    m, S, end = np.zeros((size, d)), np.zeros((size, d, d)), np.zeros(size, np.int64)
    total = np.zeros(T + 1)
    for order in range(size):
        forget(m[order], S[order])
    w, regret, out = rng.random(d), np.zeros(T), np.zeros(K)
    actions, z, paid, gained = np.empty((K, d)), np.zeros(d), 0.0, 0.0
    for t in range(T):
        order = schedule(rng, policy, start, t, end, m, S)
        for k in range(K):
            for i in range(d):
                actions[k, i] = 2 * rng.random() - 1
        for i in range(d):
            z[i] = rng.standard_normal() if policy.base == THOMPSON else 0.0
        index(policy, m[order], S[order], actions, z, out)
        arm = int(np.argmax(out))
        if policy.base == UNIFORM:
            arm = int(rng.random() * K)
        best, own = -np.inf, 0.0
        for k in range(K):
            mean = 0.0
            for i in range(d):
                mean += actions[k, i] * w[i]
            best = max(best, scale[t] * mean)
            own = mean if k == arm else own
        paid, gained = paid + (best - scale[t] * own), gained + scale[t] * own
        regret[t] = paid
        reward = scale[t] * (own + DEVIATION * rng.standard_normal()) + shift[t]
        learn(policy, m[order], S[order], actions[arm], reward)
        total[t + 1] = total[t] + reward
        late, least = late + out[arm] - reward, min(least, out[arm])
        failed = late >= policy.three * math.sqrt(t - start + 1)
        for one in range(size):
            if policy.orders > 0 and end[one] == t + 1 and t + 1 - 2**one >= start:
                mean = (total[t + 1] - total[t + 1 - 2**one]) / 2**one
                failed = failed or mean >= least + policy.nine * 2 ** (-one / 2)
        if failed:
            start, late, least, restarts = t + 1, 0.0, np.inf, restarts + 1
            end[:] = 0
    return regret, restarts, gained
