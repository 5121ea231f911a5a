"""Random contexts, and what layers set by hand find in them, beside the same by counting."""

from collections.abc import Mapping

import numpy as np

from theorems.nonstationary_regret.attention import heads, perceptrons, policies, restart, scheduler
from theorems.nonstationary_regret.attention.policies import of, per_arm
from theorems.nonstationary_regret.attention.procedure import Context
from theorems.nonstationary_regret.attention.transformer import (
    RESTART,
    Array,
    Layer,
    Transformer,
    Whole,
    after,
    embedded,
)
from theorems.nonstationary_regret.simulators.master import Constants

RESTARTS = 0.02
"""The share of tokens that restart, in contexts with epochs."""


def random_context(n: int, arms: int, restarts: float, seed: int) -> tuple[Whole, Array]:
    """Words (n,), the first of which restarts, and rewards 0 and 1."""
    rng = np.random.default_rng(seed)
    words = np.where(rng.random(n) < restarts, 0, 1 + rng.integers(arms, size=n))
    words[0] = 0
    return words, np.where(words > 0, rng.integers(2, size=n), 0).astype(float)


def last_stream(
    model: Transformer, words: Whole, rewards: Array, inputs: Mapping[str, Array]
) -> Array:
    """The stream (n, D) after the layers, with given coordinates (n,) beside the words."""
    stream = embedded(model, words, rewards)
    for name, column in inputs.items():
        stream[:, model.names.index(name)] = column
    for layer in model.layers:
        stream = after(layer, stream)
    return stream


def of_layers(
    names: tuple[str, ...], arms: int, layers: list[Layer], words: Whole, rewards: Array
) -> Array:
    """The stream (n, D) after layers alone, without a read-out."""
    return last_stream(
        policies.transformer(names, arms, layers, [{}] * (arms + 1)), words, rewards, {}
    )


def columns(stream: Array, names: tuple[str, ...], wanted: list[str]) -> Array:
    """The columns of a stream by their names, (n, len(wanted))."""
    return stream[:, [names.index(one) for one in wanted]]


def one_hot(words: Whole, rewards: Array, arms: int) -> Array:
    """Pulls and rewards by arm at each token, (n, 2 arms)."""
    pulled = words[:, None] == np.arange(1, arms + 1)
    return np.concatenate([pulled, pulled * rewards[:, None]], axis=1)


def window_heads(n: int, length: int, seed: int, arms: int = 3) -> Array:
    """Counts and sums by arm of the last `length` tokens, by two ReLU heads, (n, 2 arms)."""
    names = policies.stream(arms, (*of("count", arms), *of("sum", arms)))
    words, rewards = random_context(n, arms, 0.0, seed)
    values = {**per_arm("count", "arm", arms), **per_arm("sum", "gain", arms)}
    layers = [perceptrons.layer(names, heads.window(names, length, values))]
    return columns(of_layers(names, arms, layers, words, rewards), names, list(values))


def window_counts(n: int, length: int, seed: int, arms: int = 3) -> Array:
    """The same by counting."""
    sums = np.cumsum(one_hot(*random_context(n, arms, 0.0, seed), arms), axis=0)
    sums[length:] -= sums[:-length].copy()
    return sums


def epoch_heads(n: int, seed: int, arms: int = 3) -> Array:
    """Counts and sums by arm over the epoch of each token, by two layers, (n, 2 arms)."""
    work = ("epoch", "scaled", *of("count", arms), *of("sum", arms))
    names = policies.stream(arms, work)
    words, rewards = random_context(n, arms, RESTARTS, seed)
    values = {**per_arm("count", "arm", arms), **per_arm("sum", "gain", arms)}
    layers = [
        perceptrons.layer(names, heads.numbers(names, "epoch", "scaled", {RESTART: 1})),
        perceptrons.layer(names, [heads.epoch(names, "epoch", "scaled", values)]),
    ]
    return columns(of_layers(names, arms, layers, words, rewards), names, list(values))


def epoch_counts(n: int, seed: int, arms: int = 3) -> Array:
    """The same by counting."""
    words, rewards = random_context(n, arms, RESTARTS, seed)
    sums = np.cumsum(one_hot(words, rewards, arms), axis=0)
    return sums - sums[np.maximum.accumulate(np.where(words == 0, np.arange(n), 0))]


def master_model(orders: int, c: Constants) -> Transformer:
    """Scheduler and tests of MASTER for 2^orders - 1 tokens, without a base algorithm."""
    names = policies.stream(1, (*scheduler.coordinates(orders), *restart.coordinates(orders)))
    layers = [
        *scheduler.layers(names, orders, c.sparsity),
        *restart.layers(names, orders, 2**orders - 1, c),
    ]
    return policies.transformer(names, 1, layers, [{"restarts": 1}, {}])


def master(run: Context, c: Constants) -> tuple[Array, Array]:
    """The order that plays next as a unit vector (n, orders), and whether a test fires, (n,).

    Both by layers, at every token of a context of MASTER.
    """
    orders = run.noise.shape[1]
    noise = dict(zip(of("noise", orders), run.noise.T, strict=True))
    model = master_model(orders, c)
    stream = last_stream(model, run.words, run.rewards, {"optimism": run.optimism, **noise})
    active = columns(stream, model.names, of("active", orders))
    return active, columns(stream, model.names, ["restarts"])[:, 0]


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
    stream = of_layers(names, arms, layers, words, rewards.astype(float))
    return float(stream[-1, -1])
