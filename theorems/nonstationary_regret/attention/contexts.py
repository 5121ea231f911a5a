"""Random contexts, and what layers set by hand find in them, beside the same by counting."""

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.attention import heads, perceptrons, policies, restart, scheduler
from theorems.nonstationary_regret.attention.policies import of, per_arm
from theorems.nonstationary_regret.attention.transformer import (
    RESTART,
    SQUARE,
    Array,
    Layer,
    Transformer,
    Whole,
    after,
    embedded,
)

LATTICE = 2**20
"""Uniform draws are (k + 1/2) / LATTICE: no chance of the scheduler is within 1e-8 of one."""


def random_context(n: int, arms: int, restarts: float, seed: int) -> tuple[Whole, Array]:
    """Words (n,), the first of which restarts, and rewards 0 and 1."""
    rng = np.random.default_rng(seed)
    words = np.where(rng.random(n) < restarts, 0, 1 + rng.integers(arms, size=n))
    words[0] = 0
    return words, np.where(words > 0, rng.integers(2, size=n), 0).astype(float)


def last_stream(
    names: tuple[str, ...], arms: int, layers: list[Layer], words: Whole, rewards: Array,
    inputs: dict[str, Array],
) -> Array:  # fmt: skip
    """The stream (n, D) after the layers, with given coordinates (n,) beside the words."""
    model: Transformer = policies.transformer(names, arms, layers, [{}] * (arms + 1))
    stream = embedded(model, words, rewards)
    for name, column in inputs.items():
        stream[:, names.index(name)] = column
    for layer in layers:
        stream = after(layer, stream)
    return stream


def columns(stream: Array, names: tuple[str, ...], wanted: list[str]) -> Array:
    """The columns of a stream by their names, (n, len(wanted))."""
    return stream[:, [names.index(one) for one in wanted]]


def one_hot(words: Whole, rewards: Array, arms: int) -> Array:
    """Pulls and rewards by arm at each token, (n, 2 arms)."""
    pulled = words[:, None] == np.arange(1, arms + 1)
    return np.concatenate([pulled, pulled * rewards[:, None]], axis=1)


def window_counts(n: int, length: int, seed: int, arms: int = 3) -> tuple[Array, Array]:
    """Counts and sums by arm of the last `length` tokens, by heads and by counting, (n, 2 arms)."""
    names = policies.stream(arms, (*of("count", arms), *of("sum", arms)))
    words, rewards = random_context(n, arms, 0.0, seed)
    values = {**per_arm("count", "arm", arms), **per_arm("sum", "gain", arms)}
    layers = [perceptrons.layer(names, heads.window(names, length, values))]
    stream = last_stream(names, arms, layers, words, rewards, {})
    sums = np.cumsum(one_hot(words, rewards, arms), axis=0)
    sums[length:] -= sums[:-length].copy()
    return columns(stream, names, list(values)), sums


def epoch_counts(n: int, seed: int, arms: int = 3) -> tuple[Array, Array]:
    """The same over the epoch of each token."""
    work = ("epoch", "scaled", *of("count", arms), *of("sum", arms))
    names = policies.stream(arms, work)
    words, rewards = random_context(n, arms, 0.02, seed)
    values = {**per_arm("count", "arm", arms), **per_arm("sum", "gain", arms)}
    number = [
        heads.total(names, {"epoch": {RESTART: 1}}),
        heads.total(names, {"scaled": {RESTART: 1}}, {SQUARE: 1}),
    ]
    layers = [
        perceptrons.layer(names, number),
        perceptrons.layer(names, [heads.epoch(names, "epoch", "scaled", values)]),
    ]
    stream = last_stream(names, arms, layers, words, rewards, {})
    sums = np.cumsum(one_hot(words, rewards, arms), axis=0)
    sums -= sums[np.maximum.accumulate(np.where(words == 0, np.arange(n), 0))]
    return columns(stream, names, list(values)), sums


def schedules(n: int, seed: int) -> tuple[Array, Array]:
    """The order that plays next at each token, by layers and by the procedure, as unit vectors."""
    orders = n.bit_length()
    names = policies.stream(1, scheduler.coordinates(orders))
    words, rewards = random_context(n, 1, 0.01, seed)
    draws = np.random.default_rng([seed, 1]).integers(LATTICE, size=(n, orders))
    noise = (draws + 0.5) / LATTICE
    inputs = dict(zip(of("noise", orders), noise.T, strict=True))
    stream = last_stream(names, 1, scheduler.layers(names, orders), words, rewards, inputs)
    expected = scheduler.procedure(words == 0, noise)
    return columns(stream, names, of("active", orders)), np.eye(orders)[expected]


def tests_failed(n: int, seed: int, nine: float, three: float) -> tuple[Array, Array]:
    """Whether a test of MASTER fails at each token, by layers and by the procedure, (n,)."""
    orders = n.bit_length()
    names = policies.stream(1, restart.coordinates(orders))
    words, rewards = random_context(n, 1, 0.01, seed)
    rng = np.random.default_rng([seed, 1])
    optimism = (0.5 + rng.random(n) / 2) * (words > 0)
    starts: NDArray[np.bool_] = rng.random((n, orders)) < 0.3
    flags = dict(zip(of("starts", orders), starts.T.astype(float), strict=True))
    layers = restart.layers(names, orders, n, nine, three)
    inputs = {"optimism": optimism, **flags}
    stream = last_stream(names, 1, layers, words, rewards, inputs)
    expected = restart.procedure(words == 0, rewards, optimism, starts, nine, three)
    return columns(stream, names, ["restarts"])[:, 0], expected.astype(float)


def softmax_mean(pulls: list[int], gains: list[int], sharpness: float) -> float:
    """The mean reward of arm 0 by a softmax head, after so many pulls of the arms, and gains."""
    arms = len(pulls)
    names = policies.stream(arms, ("mean",))
    words = np.r_[0, np.repeat(np.arange(1, arms + 1), pulls)]
    rewards = np.r_[
        0, np.concatenate([np.arange(n) < s for n, s in zip(pulls, gains, strict=True)])
    ]
    one = heads.mean(names, {"arm0": 1}, sharpness, {"mean": {"gain": 1}})
    layers = [perceptrons.layer(names, [one])]
    stream = last_stream(names, arms, layers, words, rewards.astype(float), {})
    return float(stream[-1, -1])
