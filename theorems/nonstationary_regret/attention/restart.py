"""The two tests of MASTER (Wei and Luo, 2021) as layers, which come after those of `scheduler`.

A round of a block has a reward R and the optimistic value g of its instance.  The first test fires
at the end of an instance of order m if the mean of all rewards during it is at least min g, over
the block so far, + first rate(2^m); the second one after t rounds of a block of order n if the
mean of g - R over them is at least (second + growth n) rate(t).  `simulators.master` is the same
as a procedure, with the same `Constants`.

A token has the coordinate `optimism` (g).  The minimum is not formed: a head adds up (x - g_j)_+
over the block, which is positive if and only if some g_j is below x.  The decision that follows
these sums is a perceptron alone.
"""

import numpy as np

from theorems.nonstationary_regret.attention import heads, perceptrons
from theorems.nonstationary_regret.attention.perceptrons import Unit
from theorems.nonstationary_regret.attention.policies import of
from theorems.nonstationary_regret.attention.transformer import (
    ONE,
    RESTART,
    Form,
    Head,
    Layer,
)
from theorems.nonstationary_regret.simulators.master import Constants, rate

STEEP = 2.0**30
"""Of comparisons: exact if their sides, divided by i in the first test, differ by more than its
inverse."""
MASKED = 4.0
"""More than a mean of rewards and a value in [0, 1] can differ by."""


def coordinates(orders: int) -> list[str]:
    """What the layers of `layers` read and write beside those of the scheduler."""
    each = ("ended", "earned", "above", "failed", "lasted")
    own = ("optimism", "begins", "block", "scaled_block", "excess", "allowed", "second", "restarts")
    return [*own, *(one for name in each for one in of(name, orders))]


def layers(names: tuple[str, ...], orders: int, horizon: int, c: Constants) -> list[Layer]:
    """Layers that set `restarts` to 1 where a test fires, for epochs of up to `horizon` rounds.

    What the time decides, and windows; the number of the block; its sums and the tests; which of
    them count; whether one does.
    """
    windows = [head for m in range(orders) for head in _instance(names, m)]
    blocks = heads.numbers(names, "block", "scaled_block", {"begins": 1, RESTART: 1})
    excess = heads.epoch(names, "block", "scaled_block", {"excess": {"optimism": 1, "gain": -1}})
    above = [_above(names, m, c.first * rate(c, 2**m)) for m in range(orders)]
    return [
        perceptrons.layer(names, windows, _begins(orders) + _lasted(orders) + _allowed(horizon, c)),
        perceptrons.layer(names, blocks),
        perceptrons.layer(names, [excess, *above], _tests(orders)),
        perceptrons.layer(names, [], _either(orders)),
        perceptrons.layer(names, [], [({"restarts": 1, ONE: -1}, {"restarts": -1})]),
    ]


def _instance(names: tuple[str, ...], m: int) -> list[Head]:
    """Sums over the last 2^m tokens, and whether an instance of order m started before them."""
    started, earned = {f"ended{m}": {f"starts{m}": 1.0}}, {f"earned{m}": {"gain": 0.5**m}}
    longer = heads.window(names, 2**m + 1, started)
    less = {f"ended{m}": {f"starts{m}": -1.0}}
    return [*longer, *heads.window(names, 2**m, {**less, **earned})]


def _begins(orders: int) -> list[Unit]:
    """Whether the round of a token, the (time - 1)-th of its epoch, is the first of a block."""
    return [
        ({"time": 1, ONE: late - 2**m - 1}, {"begins": weight})
        for m in range(orders)
        for late, weight in ((1, 1.0), (0, -2.0), (-1, 1.0))
    ]


def _lasted(orders: int) -> list[Unit]:
    """Whether the epoch has had 2^m rounds."""
    return [
        unit
        for m in range(orders)
        for unit in perceptrons.indicator({"time": 1, ONE: -(2**m)}, {f"lasted{m}": 1}, 1)
    ]


def _allowed(horizon: int, c: Constants) -> list[Unit]:
    """What the sum of g - R has to reach at each time of an epoch; at the restart itself 1."""
    values = [1.0]
    for r in range(1, horizon + 1):
        n = r.bit_length() - 1
        age = r - 2**n + 1
        values.append((c.second + c.growth * n) * age * rate(c, age))
    finite = np.minimum(values, 2.0 * horizon)  # never reached, and infinite constants are allowed
    return perceptrons.interpolation("time", "allowed", np.arange(1.0, horizon + 2), finite)


def _above(names: tuple[str, ...], m: int, beyond: float) -> Head:
    """The sum over the rounds of the block of (x - g_j)_+, x the mean less `beyond`."""
    query: Form = {f"earned{m}": 1, ONE: -min(beyond, MASKED), "block": -MASKED}
    key: Form = {"optimism": -1, "block": MASKED, RESTART: -MASKED}
    return heads.head(names, [(query, {ONE: 1}), ({ONE: 1}, key)], {f"above{m}": {ONE: 1}})


def _tests(orders: int) -> list[Unit]:
    """The second test, and whether the mean of an order is above the least optimistic value."""
    late: Form = {"excess": 1, "allowed": -1}
    units = perceptrons.indicator(late, {"second": 1}, STEEP)
    for m in range(orders):
        units += perceptrons.indicator({f"above{m}": 1}, {f"failed{m}": 1}, STEEP)
    return units


def _either(orders: int) -> list[Unit]:
    """How many fired: the second test, and the first one for orders that have ended."""
    units: list[Unit] = [({"second": 1}, {"restarts": 1})]
    for m in range(orders):
        at_end: Form = {f"ended{m}": 1, f"lasted{m}": 1, f"failed{m}": 1, ONE: -2}
        units.append((at_end, {"restarts": 1}))
    return units
