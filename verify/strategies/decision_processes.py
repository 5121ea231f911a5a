"""Tabular Markov decision processes."""

from collections.abc import Mapping
from math import ceil
from typing import Any

import numpy as np
from hypothesis.strategies import SearchStrategy, fixed_dictionaries, lists, sampled_from
from numpy.typing import NDArray

from verify.strategies.grids import UNIT, compositions
from verify.strategies.naming import named
from verify.strategies.parameters import fixed_or_drawn, real, whole

Array = NDArray[np.float64]

PARTS = 1024
"""Probabilities are multiples of 1/PARTS."""


@named
def mdps(
    states: int, actions: int, discount: float | SearchStrategy[float], mixing: float = 0.0
) -> SearchStrategy[dict[str, Any]]:
    """Discounted decision processes with rewards in [0,1] and all transitions >= mixing.

    Data: {"transitions": P[s][a][s'] in multiples of 1/1024, so that rows sum to 1 without
    rounding, "rewards": r[s][a] in multiples of 1/64, "discount": a number in [0,1), given or
    drawn}.  Shrinks to rewards 0 and transitions to state 0, as far as `mixing` allows.  InputError
    for counts below 1, more than 1024 states, a discount outside [0,1), or a mixing that is not in
    [0, 1/states] or that so many states cannot have on this grid.
    """
    tables = _tables("mdps", states, actions, mixing)
    return fixed_dictionaries({**tables, "discount": fixed_or_drawn(discount, _discount)})


@named
def episodic_mdps(
    states: int, actions: int, horizon: int, mixing: float = 0.0
) -> SearchStrategy[dict[str, Any]]:
    """Decision processes of `horizon` steps, each with its own rewards and transitions, as `mdps`.

    Data: {"transitions": P[h][s][a][s'], "rewards": r[h][s][a]}.
    """
    steps = whole("episodic_mdps: horizon", horizon, 1)
    tables = _tables("episodic_mdps", states, actions, mixing)
    return fixed_dictionaries({name: _repeated(one, steps) for name, one in tables.items()})


def mdp(data: Mapping[str, Any]) -> tuple[Array, Array]:
    """Transitions (..., S, A, S) and rewards (..., S, A); with a horizon H, (...) is (H,)."""
    return np.array(data["transitions"]), np.array(data["rewards"])


def _tables(
    kind: str, states: int, actions: int, mixing: float
) -> dict[str, SearchStrategy[list[Any]]]:
    states = whole(f"{kind}: states", states, 1, PARTS)
    actions = whole(f"{kind}: actions", actions, 1)
    highest = PARTS // states
    least = ceil(
        PARTS
        * real(
            f"{kind}: mixing",
            mixing,
            f"a number from 0 to {highest}/{PARTS}, for {states} states",
            lambda one: 0 <= one <= highest / PARTS,
        )
    )
    row = compositions(PARTS - states * least, states).map(
        lambda found: [(least + extra) / PARTS for extra in found]
    )
    return {
        "transitions": _repeated(_repeated(row, actions), states),
        "rewards": _repeated(_repeated(sampled_from(UNIT), actions), states),
    }


def _repeated(one: SearchStrategy[Any], times: int) -> SearchStrategy[list[Any]]:
    return lists(one, min_size=times, max_size=times)


def _discount(value: float) -> float:
    return real("mdps: discount", value, "a number in [0,1)", lambda gamma: 0 <= gamma < 1)
