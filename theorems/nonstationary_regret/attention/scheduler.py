"""The multi-scale scheduler of MASTER (Wei and Luo, 2021) as layers, and as a procedure.

An epoch has blocks of 1, 2, 4, ... rounds.  In a block of 2^n rounds an instance of order m <= n
may start after every 2^m rounds, with probability 2^{-(n - m)/2}, and lasts for 2^m; the one of the
lowest order that covers a round plays it.  Token i, the t-th of its epoch with the word that
restarts, schedules the t-th round; its coordinates noise0, noise1, ... are uniform draws.
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
    Layer,
    Whole,
)

STEEP = 2.0**30
"""Of the comparison of a draw with a probability: exact if they differ by more than 1 / STEEP."""
FAR = 1e6
"""More than any number of tokens."""


def coordinates(orders: int) -> list[str]:
    """What the layers of `layers` write to, and the draws."""
    each = ("noise", "digit", "reached", "divides", "chosen", "starts", "covered", "active")
    return ["epoch", "scaled", "time", *(one for name in each for one in of(name, orders))]


def layers(names: tuple[str, ...], orders: int) -> list[Layer]:
    """Layers that set active0, ..., active{orders - 1} at every token of epochs below 2^orders.

    The number of the epoch; the time in it, its binary digits and the blocks that have begun; what
    divides the time, and the draws; the starts; the instances that go on, by two heads an order,
    and the lowest of them.
    """
    number = [
        heads.total(names, {"epoch": {RESTART: 1}}),
        heads.total(names, {"scaled": {RESTART: 1}}, {SQUARE: 1}),
    ]
    time = heads.epoch(names, "epoch", "scaled", {"time": {ONE: 1}})
    begun: list[Unit] = [
        unit
        for m in range(orders)
        for unit in perceptrons.indicator({"time": 1, ONE: 1 - 2**m}, {f"reached{m}": 1}, 1)
    ]
    digits = perceptrons.bits("time", "digit{}".format, 2**orders - 1)
    running = [
        head
        for m in range(orders)
        for head in heads.window(names, 2**m, {f"covered{m}": {f"starts{m}": 1}})
    ]
    return [
        perceptrons.layer(names, number),
        perceptrons.layer(names, [time], begun + digits),
        perceptrons.layer(names, [], _draws(orders)),
        perceptrons.layer(names, [], _starts(orders)),
        perceptrons.layer(names, running, _lowest(orders)),
    ]


def _draws(orders: int) -> list[Unit]:
    """Whether 2^m divides the time, and whether draw m is below its chance in the running block."""
    units: list[Unit] = []
    for m in range(orders):
        zero: Form = {ONE: 1, **{f"digit{p}": -1 for p in range(m)}}
        units.append((zero, {f"divides{m}": 1}))
        chance: dict[str, float] = {f"noise{m}": -1}
        for n in range(m, orders):  # reached_n less reached_{n + 1} is 1 in block n alone
            before = probability(n - 1, m) if n > m else 0
            chance[f"reached{n}"] = probability(n, m) - before
        units += perceptrons.indicator(chance, {f"chosen{m}": 1}, STEEP)
    return units


def _starts(orders: int) -> list[Unit]:
    """An order starts where it divides the time, is chosen, and is not above that of the block."""
    return [
        ({f"divides{m}": 1, f"chosen{m}": 1, f"reached{m}": 1, ONE: -2}, {f"starts{m}": 1})
        for m in range(orders)
    ]


def _lowest(orders: int) -> list[Unit]:
    """The lowest order that is covered, of those that the block has."""
    units: list[Unit] = []
    for m in range(orders):
        lower = {f"covered{p}": -1.0 for p in range(m)}
        reads: Form = {f"covered{m}": 1, f"reached{m}": FAR, ONE: -FAR, **lower}
        units.append((reads, {f"active{m}": 1}))
    return units


def probability(n: int, m: int) -> float:
    """rho(2^n) / rho(2^m) for rho(t) = t^{-1/2}: the chance of a start of order m in block n."""
    return float(2.0 ** (-(n - m) / 2))


def procedure(restarts: NDArray[np.bool_], noise: Array) -> Whole:
    """The order that plays the round after each token, from the tokens that restart and the draws.

    `restarts` (n,) of which the first is true, `noise` (n, orders); shape (n,).
    """
    end: dict[int, int] = {}
    found, block, start = np.empty(len(restarts), dtype=np.int64), 0, 0
    for i, again in enumerate(restarts):
        if again:
            end, block, start = {}, 0, i
        elif i - start == 2**block:
            end, block, start = {}, block + 1, i
        for m in range(block, -1, -1):
            if (i - start) % 2**m == 0 and noise[i, m] < probability(block, m):
                end[m] = i + 2**m
        found[i] = min(m for m, last in end.items() if i < last)
    return found
