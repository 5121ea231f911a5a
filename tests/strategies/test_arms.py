"""Bandits have the gap asked for; means change as often, and by as much, as their data say."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis.strategies import sampled_from

from verify import strategies as st
from verify.strategies import arms

from .assumption import breaks, counterexample, simplest


def has_gap(gap: float, count: int, rounding: float = 0.0) -> Callable[[list[float]], bool]:
    def holds(means: list[float]) -> bool:
        best, second, *_ = sorted(means, reverse=True)
        right = abs(Fraction(best) - Fraction(second) - Fraction(gap)) <= rounding
        return right and len(means) == count and min(means) >= 0 and best <= 1

    return holds


@pytest.mark.parametrize("gap", [0, 0.25, 1, 2.0**-20])
def test_the_smallest_gap_is_exactly_the_one_asked_for_if_it_is_dyadic(gap: float) -> None:
    for count in (2, 3, 10):
        assert counterexample(st.bandits(count, gap), has_gap(gap, count)) is None


@pytest.mark.parametrize("gap", [0.1, 1 / 3, 1e-9])
def test_any_other_gap_is_right_up_to_rounding(gap: float) -> None:
    assert counterexample(st.bandits(4, gap), has_gap(gap, 4, 2.0**-53)) is None


def test_a_gap_may_be_drawn_and_the_best_arm_be_anywhere() -> None:
    drawn = st.bandits(3, sampled_from([0.5, 0.25, 0.125]))
    for gap in (0.5, 0.25, 0.125):
        assert simplest(drawn, has_gap(gap, 3)) == [1.0, 1 - gap, 0.0]
    for arm in range(3):
        assert breaks(drawn, lambda means, arm=arm: max(means) > means[arm])


def test_gaps_are_to_the_best_arm() -> None:
    np.testing.assert_array_equal(st.gaps([0.25, 1.0, 0.5]), [0.75, 0, 0.5])


@pytest.mark.parametrize("grid", [(0.0, 1.0, 1.5), (0.0, 1.0, -0.5)])
def test_means_outside_the_unit_interval_are_noticed(
    grid: tuple[float, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arms, "UNIT", grid)
    assert breaks(st.bandits(4, 0.25), has_gap(0.25, 4))


def test_another_gap_is_noticed() -> None:
    """That of an arm to the next one, in place of the best to the second."""
    wrong = st.bandits(3, 0.25).map(lambda means: [*sorted(means)[:1] * 2, max(means)])
    assert breaks(wrong, has_gap(0.25, 3))


def changes_as_said(
    horizon: int, segments: int, count: int, shortest: int
) -> Callable[[Mapping[str, Any]], bool]:
    """By the path of the means, round by round, in rational arithmetic."""

    def holds(data: Mapping[str, Any]) -> bool:
        path = [[Fraction(mean) for mean in row] for row in st.mean_path(data).tolist()]
        moves = [max(abs(x - y) for x, y in zip(a, b, strict=True)) for a, b in pairwise(path)]
        at = [t for t, move in enumerate(moves, 1) if move]
        return (
            np.shape(path) == (horizon, count)
            and all(0 <= mean <= 1 for row in path for mean in row)
            and len(at) == segments - 1 == st.changes(data)
            and all(b - a >= shortest for a, b in pairwise([0, *at, horizon]))
            and sum(moves) == st.variation(data)
        )

    return holds


@pytest.mark.parametrize("shape", [(1, 1, 1, 1), (12, 12, 1, 1), (60, 5, 3, 8), (40, 4, 2, 10)])
def test_the_means_change_as_often_and_by_as_much_as_said(shape: tuple[int, ...]) -> None:
    drawn = st.change_points(*shape)
    assert counterexample(drawn, changes_as_said(*shape)) is None


def test_all_arms_and_every_length_may_change() -> None:
    drawn = st.change_points(20, segments=2, arms=2)
    found = simplest(drawn, lambda data: data["means"][0][1] != data["means"][1][1])
    assert found == {"lengths": [19, 1], "means": [[0, 0], [0, 1]]}
    assert simplest(drawn, lambda data: data["lengths"][0] == 1)["lengths"] == [1, 19]


def test_the_variation_is_in_the_supremum_norm() -> None:
    data = {"lengths": [1, 2, 1], "means": [[0.5, 0.0], [0.25, 1.0], [0.25, 0.5]]}
    assert (st.changes(data), st.variation(data)) == (2, 1.5)
    assert st.variation({"lengths": [5], "means": [[0.5]]}) == 0


@pytest.mark.parametrize(
    ("fault", "value"),
    [
        ("_changing", lambda means: means),  # neighbours may be the same
        ("UNIT", (0.0, 1.0, 2.0)),
        ("compositions", lambda total, parts: sampled_from([[total] * parts])),
    ],
)
def test_other_changes_are_noticed(
    fault: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arms, fault, value)
    drawn = st.change_points(9, segments=3, shortest=2)
    assert breaks(drawn, changes_as_said(9, 3, 1, 2))
