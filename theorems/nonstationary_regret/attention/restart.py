"""The two tests of MASTER (Wei and Luo, 2021) as layers, and as a procedure.

Round t of an epoch has a reward R_t and the optimistic value g_t of its instance.  The first test
fails at the end of an instance of order m if the mean of all rewards during it is at least
min g + nine rho(2^m), over the epoch; the second one if the mean of g - R over the epoch is at
least three rho(t).  `nine` and `three` scale a function rho(t) = t^{-1/2}.

A token has the coordinates `optimism` (g), `starts`m (an instance of order m starts after it) and
`rounds` (in the epoch so far); the minimum is not formed: a head adds up (x - g_j)_+ over the
epoch, which is positive if and only if some g_j is below x.
"""

import numpy as np
from numpy.typing import NDArray

from theorems.nonstationary_regret.attention import heads, perceptrons
from theorems.nonstationary_regret.attention.perceptrons import Unit
from theorems.nonstationary_regret.attention.policies import of
from theorems.nonstationary_regret.attention.transformer import (
    ONE,
    RESTART,
    SQUARE,
    Array,
    Form,
    Head,
    Layer,
)

STEEP = 2.0**30
MASKED = 4.0
"""More than a mean of rewards and a value in [0, 1] can differ by."""


def coordinates(orders: int) -> list[str]:
    """What the layers of `layers` read and write."""
    each = ("starts", "ended", "earned", "above", "failed", "lasted")
    own = ("optimism", "epoch", "scaled", "rounds", "excess", "allowed", "second", "restarts")
    return [*own, *(one for name in each for one in of(name, orders))]


def layers(
    names: tuple[str, ...], orders: int, horizon: int, nine: float, three: float
) -> list[Layer]:
    """Layers that set `restarts` to 1 where a test fails, for epochs of up to `horizon` rounds."""
    number = [
        heads.total(names, {"epoch": {RESTART: 1}}),
        heads.total(names, {"scaled": {RESTART: 1}}, {SQUARE: 1}),
    ]
    rounds: Form = {ONE: 1, RESTART: -1}
    sums = {"rounds": rounds, "excess": {"optimism": 1, "gain": -1}}
    windows = [head for m in range(orders) for head in _instance(names, m)]
    t = np.arange(horizon + 1.0)
    allowed = perceptrons.interpolation("rounds", "allowed", t, np.r_[1, three * np.sqrt(t[1:])])
    return [
        perceptrons.layer(names, number),
        perceptrons.layer(
            names,
            [heads.epoch(names, "epoch", "scaled", sums), *windows],
            allowed + _lasted(orders),
        ),
        perceptrons.layer(names, [_above(names, m, nine) for m in range(orders)], _tests(orders)),
        perceptrons.layer(names, [], _either(orders)),
        perceptrons.layer(names, [], [({"restarts": 1, ONE: -1}, {"restarts": -1})]),
    ]


def _instance(names: tuple[str, ...], m: int) -> list[Head]:
    """Sums over the last 2^m tokens, and whether an instance of order m started before them."""
    started, earned = {f"ended{m}": {f"starts{m}": 1.0}}, {f"earned{m}": {"gain": 0.5**m}}
    longer = heads.window(names, 2**m + 1, started)
    less = {f"ended{m}": {f"starts{m}": -1.0}}
    return [*longer, *heads.window(names, 2**m, {**less, **earned})]


def _lasted(orders: int) -> list[Unit]:
    """Whether the epoch has had 2^m rounds."""
    return [
        unit
        for m in range(orders)
        for unit in perceptrons.indicator({"rounds": 1, ONE: 1 - 2**m}, {f"lasted{m}": 1}, 1)
    ]


def _above(names: tuple[str, ...], m: int, nine: float) -> Head:
    """The sum over the rounds of the epoch of (x - g_j)_+, x the mean less nine rho(2^m)."""
    query: Form = {f"earned{m}": 1, ONE: -nine * 2 ** (-m / 2), "epoch": -MASKED}
    key: Form = {"optimism": -1, "epoch": MASKED, RESTART: -MASKED}
    return heads.head(names, [(query, {ONE: 1}), ({ONE: 1}, key)], {f"above{m}": {ONE: 1}})


def _tests(orders: int) -> list[Unit]:
    """The second test, and whether the mean of an order is above the least optimistic value."""
    late: Form = {"excess": 1, "allowed": -1}
    units = perceptrons.indicator(late, {"second": 1}, STEEP)
    for m in range(orders):
        units += perceptrons.indicator({f"above{m}": 1}, {f"failed{m}": 1}, STEEP)
    return units


def _either(orders: int) -> list[Unit]:
    """How many failed: the second test, and the first one for orders that have ended."""
    units: list[Unit] = [({"second": 1}, {"restarts": 1})]
    for m in range(orders):
        at_end: Form = {f"ended{m}": 1, f"lasted{m}": 1, f"failed{m}": 1, ONE: -2}
        units.append((at_end, {"restarts": 1}))
    return units


def procedure(
    restarts: NDArray[np.bool_],
    rewards: Array,
    optimism: Array,
    starts: NDArray[np.bool_],
    nine: float,
    three: float,
) -> NDArray[np.bool_]:
    """Whether a test fails at each token (n,); `starts` is (n, orders), and token 1 restarts."""
    failed, start = np.zeros(len(restarts), dtype=bool), 0
    for i, again in enumerate(restarts):
        start = i if again else start
        t, g = i - start, optimism[start + 1 : i + 1]
        if t == 0:
            continue
        second = np.sum(g - rewards[start + 1 : i + 1]) >= three * np.sqrt(t)
        first = any(
            starts[i - 2**m, m]
            and rewards[i - 2**m + 1 : i + 1].mean() >= g.min() + nine / np.sqrt(2.0**m)
            for m in range(starts.shape[1])
            if 2**m <= t
        )
        failed[i] = first or second
    return failed
