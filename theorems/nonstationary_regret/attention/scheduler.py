"""The multi-scale scheduler of MASTER (Wei and Luo, 2021) as layers.

An epoch has blocks of 1, 2, 4, ... rounds.  In a block of 2^n rounds an instance of order m < n
may start after every 2^m rounds, with probability sparsity 2^{-(n - m)/2}, and lasts for 2^m; one
of order n always does.  The one of the lowest order that covers a round plays it.  Token i, the
t-th of its epoch with the word that restarts, schedules the t-th round; its coordinates noise0,
noise1, ... are uniform draws.  `simulators.master` is the same as a procedure.
"""

from theorems.nonstationary_regret.attention import heads, perceptrons
from theorems.nonstationary_regret.attention.perceptrons import Unit
from theorems.nonstationary_regret.attention.policies import of
from theorems.nonstationary_regret.attention.transformer import (
    ONE,
    RESTART,
    Form,
    Layer,
)

STEEP = 2.0**30
"""Of the comparison of a draw with a probability: exact if they differ by more than 1 / STEEP."""
FAR = 1e6
"""More than any number of tokens."""


def coordinates(orders: int) -> list[str]:
    """What the layers of `layers` write to, and the draws."""
    each = ("noise", "digit", "reached", "divides", "chosen", "starts", "covered", "active")
    return ["epoch", "scaled", "time", *(one for name in each for one in of(name, orders))]


def layers(names: tuple[str, ...], orders: int, sparsity: float = 1.0) -> list[Layer]:
    """Layers that set active0, ..., active{orders - 1} at every token of epochs below 2^orders.

    The number of the epoch; the time in it, its binary digits and the blocks that have begun; what
    divides the time, and the draws; the starts; the instances that go on, by two heads an order,
    and the lowest of them.
    """
    number = heads.numbers(names, "epoch", "scaled", {RESTART: 1})
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
        perceptrons.layer(names, [], _draws(orders, sparsity)),
        perceptrons.layer(names, [], _starts(orders)),
        perceptrons.layer(names, running, _lowest(orders)),
    ]


def _draws(orders: int, sparsity: float) -> list[Unit]:
    """Whether 2^m divides the time, and whether draw m is below its chance in the running block."""
    units: list[Unit] = []
    for m in range(orders):
        zero: Form = {ONE: 1, **{f"digit{p}": -1 for p in range(m)}}
        units.append((zero, {f"divides{m}": 1}))
        chance: dict[str, float] = {f"noise{m}": -1}
        for n in range(m, orders):  # reached_n less reached_{n + 1} is 1 in block n alone
            before = probability(n - 1, m, sparsity) if n > m else 0
            chance[f"reached{n}"] = probability(n, m, sparsity) - before
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


def probability(n: int, m: int, sparsity: float) -> float:
    """The chance of a start of order m in block n: rho(2^n) / rho(2^m) with rho(t) = t^{-1/2}."""
    return float(sparsity * 2.0 ** (-(n - m) / 2)) if m < n else 1.0
