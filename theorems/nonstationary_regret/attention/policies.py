"""Bandit algorithms as transformers: UCB, sliding-window UCB, UCB with a restart test.

A context begins with the word that restarts; a round adds the arm that was pulled, with its reward.
The logit of an arm is its upper confidence bound, its mean reward plus sqrt(beta / N); one without
pulls comes before all others, the first one first.
"""

from collections.abc import Sequence

import numpy as np

from theorems.nonstationary_regret.attention import heads, perceptrons
from theorems.nonstationary_regret.attention.heads import Values
from theorems.nonstationary_regret.attention.perceptrons import Unit
from theorems.nonstationary_regret.attention.transformer import (
    ONE,
    POSITIONAL,
    RESTART,
    Form,
    Layer,
    Transformer,
    matrix,
)

UNPULLED = 100.0
"""The bonus of the last arm without pulls, above all that rewards up to 1 and bonuses give."""
NEVER: Form = {ONE: -1e9}
"""The logit of the word that restarts, of algorithms that never do."""
TIE = 1e-9
"""How much more an arm has than the next one: rounding does not decide between equal indices."""


def of(name: str, arms: int) -> list[str]:
    """A coordinate for each arm."""
    return [f"{name}{k}" for k in range(arms)]


def per_arm(name: str, read: str, arms: int) -> Values:
    """Slots `name`k that take the coordinates `read`k."""
    return {f"{name}{k}": {f"{read}{k}": 1.0} for k in range(arms)}


def stream(arms: int, work: Sequence[str]) -> tuple[str, ...]:
    """The coordinates: 1, i, i^2, the word, its reward by arm and in all, and those of layers."""
    words = (RESTART, *of("arm", arms), *of("gain", arms), "gain")
    return (*POSITIONAL, *words, *work)


def transformer(
    names: tuple[str, ...], arms: int, layers: Sequence[Layer], logits: Sequence[Form]
) -> Transformer:
    """A transformer with the embedding of `stream`; `logits` are the forms read for the words."""
    plain: list[Form] = [{}]
    return Transformer(
        names=names,
        word=matrix(names, [{RESTART: 1}, *({one: 1} for one in of("arm", arms))]),
        reward=matrix(names, plain + [{one: 1, "gain": 1} for one in of("gain", arms)]),
        layers=tuple(layers),
        readout=matrix(names, logits),
    )


def bonuses(arms: int, beta: float, width: int, largest: float) -> list[Unit]:
    """sqrt(beta / N_k) on `width` pieces up to `largest`, and what an arm without pulls gets.

    The pieces are those of all arms: equal counts and means give equal indices, to the last bit.
    """
    root = float(np.sqrt(beta))
    units: list[Unit] = []
    for k in range(arms):
        count, bonus = f"count{k}", f"bonus{k}"
        units += perceptrons.power_law(count, bonus, width, largest, -0.5, root, root)
        units.append(({ONE: 1, count: -1}, {bonus: UNPULLED * (arms - k)}))
    return units


def ucb(arms: int, beta: float, horizon: int, sharpness: float, width: int) -> Transformer:
    """UCB: one layer, that counts by a ReLU head and averages by a softmax head for each arm."""
    names = stream(arms, (*of("count", arms), *of("mean", arms), *of("bonus", arms)))
    counts = heads.total(names, per_arm("count", "arm", arms))
    means = [
        heads.mean(names, {f"arm{k}": 1}, sharpness, {f"mean{k}": {"gain": 1}}) for k in range(arms)
    ]
    one = perceptrons.layer(names, [counts, *means], bonuses(arms, beta, width, horizon))
    return transformer(names, arms, [one], [NEVER, *_indices(arms)])


def _indices(arms: int) -> list[Form]:
    return [{f"mean{k}": 1, f"bonus{k}": 1, ONE: (arms - 1 - k) * TIE} for k in range(arms)]


def sliding_window(arms: int, beta: float, length: int, width: int) -> Transformer:
    """UCB on the last `length` tokens: two heads of exact counts and sums, then a product per arm.

    The sums are multiplied by 1/N, which the perceptron interpolates like the bonus.
    """
    work = [one for name in ("count", "sum", "inverse", "bonus", "mean") for one in of(name, arms)]
    names = stream(arms, work)
    values = {**per_arm("count", "arm", arms), **per_arm("sum", "gain", arms)}
    inverses = [
        unit
        for k in range(arms)
        for unit in perceptrons.power_law(f"count{k}", f"inverse{k}", width, length, -1.0, 1.0, 1.0)
    ]
    units = [*bonuses(arms, beta, width, length), *inverses]
    products = [
        heads.product(names, f"sum{k}", f"inverse{k}", 2.0 * length, f"mean{k}")
        for k in range(arms)
    ]
    layers = [
        perceptrons.layer(names, heads.window(names, length, values), units),
        perceptrons.layer(names, products),
    ]
    return transformer(names, arms, layers, [NEVER, *_indices(arms)])


def restarting(
    beta: float, horizon: int, sharpness: float, width: int, threshold: float
) -> Transformer:
    """UCB of two arms that starts anew when it has been too optimistic.

    A test like the second one of MASTER, over an epoch in place of a block: it restarts after tau
    rounds if the sum of the largest index over them, cut off at 1, exceeds that of the rewards by
    threshold sqrt(tau) or more.  Layers: the number of the epoch; its counts and means; the largest
    index; the sums of the epoch; the indicator.
    """
    arms = 2
    work = ("epoch", "scaled", "rounds", "gains", "least", "best", "optimism", "allowed", "fired")
    each = [one for name in ("count", "mean", "bonus") for one in of(name, arms)]
    names = stream(arms, (*each, *work))
    number = heads.numbers(names, "epoch", "scaled", {RESTART: 1})
    counted = {**per_arm("count", "arm", arms), "rounds": {"arm0": 1, "arm1": 1}}
    tokens = [heads.epoch(names, "epoch", "scaled", {**counted, "gains": {"gain": 1}})]
    tokens += [
        heads.mean(names, {f"arm{k}": 1, "epoch": 1}, sharpness, {f"mean{k}": {"gain": 1}})
        for k in range(arms)
    ]
    index: list[Form] = [{f"mean{k}": 1, f"bonus{k}": 1} for k in range(arms)]
    second = {**index[1], **{name: -weight for name, weight in index[0].items()}}
    largest: list[Unit] = [(index[0], {"least": 1}), (second, {"least": 1})]
    optimism = heads.epoch(names, "epoch", "scaled", {"optimism": {"best": 1}})
    allowed = perceptrons.power_law("rounds", "allowed", width, horizon, 0.5, threshold, 1.0)
    late: Form = {"optimism": 1, "best": -1, "gains": -1, "allowed": -1}
    layers = [
        perceptrons.layer(names, number),
        perceptrons.layer(names, tokens, bonuses(arms, beta, width, horizon)),
        perceptrons.layer(names, [], largest),
        perceptrons.layer(
            names, [], [({"least": 1}, {"best": 1}), ({"least": 1, ONE: -1}, {"best": -1})]
        ),
        perceptrons.layer(names, [optimism], allowed),
        perceptrons.layer(names, [], perceptrons.indicator(late, {"fired": 1}, 1e6)),
    ]
    restart: Form = {ONE: -UNPULLED, "fired": 1e4}
    return transformer(names, arms, layers, [restart, *_indices(arms)])
