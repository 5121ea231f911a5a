"""The worst-case search finds what random points miss, and the same in every process."""

from typing import Any

import numpy as np
import pytest

from tests.claims.inequalities import (
    CURVE,
    entropy,
    flat,
    gap,
    inequality,
    judged,
    parabola,
    powers,
    ridge,
    shallow,
    third,
)
from verify.claims.inequality import search as searching
from verify.claims.inequality.bounded import Bounded
from verify.claims.inequality.box import assigned, coordinates, numbers
from verify.claims.inequality.island import Climb, Island, evolve, polish, population
from verify.claims.inequality.scale import Scale
from verify.claims.inequality.search import fewest, searched
from verify.claims.inequality.simplicity import CALLS, simplest
from verify.verdict import Verdict

SEEDS = range(12)
BUDGET = 20_000


def _island(number: int = 0, evaluations: int = 400, **changes: Any) -> Island:
    claim = inequality(**changes)
    begin = tuple(one.low for one in coordinates(claim.box))
    return Island(claim, "high", number, {}, begin, evaluations)


def test_as_many_random_points_find_the_ridge_two_times_out_of_twelve() -> None:
    """They fall into 1.35e-5 of the cube with a chance of 24 %."""
    found = [
        (ridge(*np.random.default_rng(seed).uniform(-2, 2, (5, BUDGET))) > 1).any()
        for seed in SEEDS
    ]
    assert sum(found) == 2


def test_a_search_finds_it_every_time() -> None:
    """With a fifth of the evaluations."""
    begin = {"high": [dict.fromkeys(CURVE, 0.0)]}
    claim = inequality(value=ridge, high=1, box=CURVE, evaluations=BUDGET // 5)
    found = [searched(claim.replaced({"seed": seed}, "here"), begin) for seed in SEEDS]
    assert all(one.evaluations <= BUDGET // 5 for one in found)
    assert sum(one.peaks[0].excess > 0 for one in found) == 12
    assert min(one.peaks[0].excess for one in found) == pytest.approx(0.05, rel=1e-6)


def test_a_violation_on_a_ridge_is_refuted_at_a_short_instance() -> None:
    found = judged(inequality(value=ridge, high=1, box=CURVE, evaluations=4000))
    assert found.verdict is Verdict.REFUTED
    assert all(round(x, 2) == x for x in found.counterexample.instance.values())
    assert judged(inequality(value=ridge, high=1.051, box=CURVE)).verdict is Verdict.HOLDS


def test_a_sharp_valley_is_found_to_the_last_digits() -> None:
    found = judged(inequality(value=shallow, low=0, high=None, box={"x": (0.0, 1.0)}))
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample.excess <= 1e-12
    right = judged(inequality(value=third, low=0, high=None, box={"x": (0.0, 1.0)}))
    assert (right.verdict, right.extremes[0].attained) == (Verdict.HOLDS, True)


def test_one_bound_that_is_attained_does_not_hide_the_other() -> None:
    """0 is attained at every point with a 0 in it, and the high one is not violated by much."""
    claim = inequality(value=powers, low=0, high=8.99, box={"x": (-3, 3, 3)}, instances=1)
    found = judged(claim)
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample.side == "high"


def test_two_processes_find_the_same_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = inequality(value=gap, low=0, high=entropy, box={"z": (-5, 5, 2), "eps": (0.01, 2)})
    begin = {side: [{"z": [0.0, 1.0], "eps": 1.0}] for side in ("low", "high")}
    alone = searched(claim, begin)
    started: list[int] = []
    before = searching._apart

    def counted(islands: Any, workers: int) -> Any:
        started.append(workers)
        return before(islands, workers)

    monkeypatch.setattr(searching, "SERIAL", 0.0)
    monkeypatch.setattr(searching, "_apart", counted)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert searched(claim, begin) == alone
    assert started == [2]


def test_a_plateau_is_searched_with_all_evaluations() -> None:
    found = evolve(_island(value=flat, high=1, box={"x": (1, 2)}))
    assert 300 <= found.evaluations <= 400
    assert found.excess == -0.5


def test_every_second_island_searches_in_logarithms() -> None:
    wide = {"box": {"a": (1e-6, 1.0), "b": (0.5, 4)}}
    bounds = _island(1, **wide).bounds
    assert Scale.of(bounds, logs=False).logs.tolist() == [False, False]
    scale = Scale.of(bounds, logs=True)
    assert scale.logs.tolist() == [True, False]
    point = np.array([1e-3, 2.0])
    assert scale.outward(scale.inward(point)) == pytest.approx(point)
    assert evolve(_island(1, **wide)).excess == pytest.approx(0, abs=1e-6)


def test_a_point_is_never_outside_of_the_box() -> None:
    climb = Climb(_island(), 1)
    climb(np.array([0.0, 9.0]))
    assert climb.peak().data == {"a": 0.5, "b": 4.0}


def test_a_polish_spends_no_more_than_it_has() -> None:
    island = _island(value=ridge, high=1, box=CURVE)
    rough = evolve(island)
    fine = polish(island, rough, 60)
    assert fine.evaluations <= 60
    assert fine.excess >= rough.excess


def test_coordinates_of_a_box_and_back() -> None:
    box = {"z": (-5, 5, 2), "eps": (0.01, 2)}
    assert [(one.name, one.low, one.high) for one in coordinates(box)] == [
        ("z", -5.0, 5.0), ("z", -5.0, 5.0), ("eps", 0.01, 2.0)
    ]  # fmt: skip
    data = assigned(box, [1.0, 2.0, 0.5])
    assert data == {"z": [1.0, 2.0], "eps": 0.5}
    assert numbers(box, data) == [1.0, 2.0, 0.5]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 30])
def test_the_fewest_evaluations_are_enough(count: int) -> None:
    assert population(count) % count == 0
    claim = inequality(value=powers, low=0, high=None, box={"x": (-1, 1, count)})
    claim = claim.replaced({"evaluations": fewest(count)}, "here")
    found = searched(claim, {"low": [{"x": [0.5] * count}]})
    assert found.evaluations > 4 * population(count)


@pytest.mark.parametrize(
    ("start", "fails", "simple"),
    [
        ([0.7312, 1.9], lambda a, b: a > 0.25, [1.0, 1.0]),
        ([0.7312, 1.9], lambda a, b: 0.7 < a < 0.76, [0.75, 1.0]),
        ([0.7312, 1.9], lambda a, b: a * b > 1.3, [1.0, 2.0]),
        ([3.9999, 3.9999], lambda a, b: a + b > 7.99, [4.0, 4.0]),
        ([0.73123, 1.9], lambda a, b: a == 0.73123, [0.73123, 1.0]),
        ([0.5 + 1e-9, 1.9], lambda a, b: 0.5 < a < 0.5 + 1e-8, [0.500000001, 1.0]),
    ],
)
def test_a_counterexample_becomes_simple(start: Any, fails: Any, simple: list[float]) -> None:
    box, asked = {"a": (0.5, 4), "b": (0.5, 4)}, []

    def counted(one: dict[str, Any]) -> bool:
        asked.append(one)
        return bool(fails(**one))

    found = simplest(box, assigned(box, start), counted)
    assert found == assigned(box, simple)
    assert len(asked) <= CALLS


def test_what_is_not_simpler_stays() -> None:
    box, start = {"a": (0.5, 4), "b": (0.5, 4)}, {"a": 0.7312, "b": 1.9}
    assert simplest(box, start, lambda one: one == start) == start


def test_a_noisy_search_uses_common_random_numbers() -> None:
    island = _island(value=parabola, high=0.25, box={"x": (0, 1)})
    climb = Climb(island, 9)
    first, again = climb(np.array([0.3])), climb(np.array([0.3]))
    assert first == again
    apart = climb(np.array([0.4])) - climb(np.array([0.3]))
    assert apart == pytest.approx(-(0.24 - 0.21) / 0.25)


def test_a_search_reads_doubles_without_a_check() -> None:
    found = Bounded(inequality()).quick({"a": 1.0, "b": 1.0})
    assert (found.holds, found.size) == (True, 0.0)
