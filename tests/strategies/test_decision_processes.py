"""Decision processes have rows of probabilities, rewards in [0,1] and the mixing asked for."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis.strategies import floats

from verify import strategies as st
from verify.strategies import decision_processes, grids

from .assumption import breaks, counterexample, simplest


def is_a_process(*shape: int, mixing: float = 0.0) -> Callable[[Mapping[str, Any]], bool]:
    """Of the shape (S, A) or (H, S, A); the sums of rows are 1 in any order, without rounding."""

    def holds(data: Mapping[str, Any]) -> bool:
        p, r = st.mdp(data)
        return bool(
            p.shape == (*shape, shape[-2])
            and r.shape == shape
            and np.all(p.sum(axis=-1) == 1)
            and np.all(np.cumsum(p[..., ::-1], axis=-1)[..., -1] == 1)
            and np.all((mixing <= p) & (p <= 1) & (p >= 0))
            and np.all((r >= 0) & (r <= 1))
            and 0 <= data.get("discount", 0) < 1
        )

    return holds


@pytest.mark.parametrize(("states", "actions", "mixing"), [(1, 1, 1), (3, 2, 0.1), (7, 3, 1 / 8)])
def test_transitions_and_rewards_are_in_range(states: int, actions: int, mixing: float) -> None:
    for least in (0, mixing):
        drawn = st.mdps(states, actions, discount=0.9, mixing=least)
        held = is_a_process(states, actions, mixing=least)
        assert counterexample(drawn, held) is None
        assert counterexample(drawn, lambda data: data["discount"] == 0.9) is None


def test_episodes_have_a_process_for_each_step() -> None:
    drawn = st.episodic_mdps(3, 2, horizon=4, mixing=0.2)
    assert counterexample(drawn, is_a_process(4, 3, 2, mixing=0.2)) is None
    assert breaks(drawn, lambda data: data["rewards"][0] == data["rewards"][1])


def test_the_discount_may_be_drawn() -> None:
    drawn = st.mdps(2, 1, discount=floats(0, 0.99))
    assert counterexample(drawn, is_a_process(2, 1)) is None
    assert simplest(drawn, lambda data: data["discount"] >= 0.25)["discount"] in (0.25, 0.5)


def test_the_simplest_process_that_moves_and_pays() -> None:
    found = simplest(
        st.mdps(2, 1, discount=0.5),
        lambda data: data["transitions"][0][0][1] > 0 and data["rewards"][1][0] > 0,
    )
    assert found["rewards"] == [[0.0], [1.0]]
    assert found["transitions"] == [[[1023 / 1024, 1 / 1024]], [[1.0, 0.0]]]


@pytest.mark.parametrize(
    ("fault", "value"),
    [
        ("PARTS", 1000),  # rows are rounded
        ("ceil", int),  # the least probability is below the mixing
        ("UNIT", (0.0, 1.25)),
        ("compositions", lambda total, parts: grids.compositions(total + 1, parts)),
    ],
)
def test_another_table_is_noticed(
    fault: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decision_processes, fault, value)
    drawn = st.mdps(6, 2, discount=0.5, mixing=0.1)
    assert breaks(drawn, is_a_process(6, 2, mixing=0.1))
