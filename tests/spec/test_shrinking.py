"""The smallest instance on which something fails: admissible, deterministic, within bounds."""

from typing import Any

import pytest
from hypothesis import strategies as st

from verify.errors import InputError
from verify.spec.instance import TRIES, draw
from verify.spec.known import Known
from verify.spec.shrinking import CALLS, replayed, smallest

WHOLE = {"n": st.integers(0, 10**6)}


def test_it_is_the_smallest_that_fails() -> None:
    found = smallest(WHOLE, 64, 0, lambda one: one["n"] >= 1234)
    assert found is not None
    assert found.data == {"n": 1234}


def test_it_is_one_that_the_strategies_draw() -> None:
    odd = {"n": st.integers(0, 10**6).map(lambda n: 2 * n + 1), "text": st.sampled_from("abc")}
    found = smallest(odd, 64, 0, lambda one: one["n"] >= 1234 and one["text"] != "a")
    assert found is not None
    assert found.data == {"n": 1235, "text": "b"}


def test_its_choices_draw_it_again() -> None:
    odd = {"n": st.integers(0, 10**6).filter(lambda n: n % 2 == 1), "xs": st.lists(st.floats(0, 1))}
    found = smallest(odd, 64, 0, lambda one: one["n"] >= 1234 and len(one["xs"]) > 1)
    assert found is not None
    assert found.data == {"n": 1235, "xs": [0.0, 0.0]}
    assert replayed(odd, found) == found.data
    again = smallest(odd, 64, 1, lambda one: one["n"] >= 1234, found)
    assert again is not None
    assert again.data == found.data


def test_from_a_known_instance_that_does_not_fail_nothing_is_found() -> None:
    found = smallest(WHOLE, 64, 0, lambda one: one["n"] >= 1234)
    assert found is not None
    assert smallest(WHOLE, 64, 0, lambda one: one["n"] < 9, found) is None


def test_a_strategy_that_fails_on_the_way_is_no_matter() -> None:
    """What was found stands, and without choices, as those that came last are of the failure."""

    def picky(n: int) -> int:
        if n < 1000:
            raise ValueError("too small")
        return n

    given = {"n": st.integers(0, 10**6).map(picky)}
    begun = Known.of({"n": 5000}, _choices_of(5000))
    found = smallest(given, 64, 0, lambda one: one["n"] >= 5000, begun)
    assert found is not None
    assert found.data["n"] == 5000
    with pytest.raises(InputError, match="drawing 'n' raised ValueError: too small"):
        replayed(given, Known.of({"n": 7}, _choices_of(7)))


def _choices_of(wanted: int) -> bytes:
    found = smallest(WHOLE, 64, 0, lambda one: one["n"] >= wanted)
    assert found is not None
    return found.choices


def test_nothing_is_found_where_nothing_fails() -> None:
    asked: list[Any] = []
    assert smallest({"n": st.integers(0, 3)}, 8, 0, asked.append) is None  # type: ignore[arg-type]
    assert sorted(one["n"] for one in asked) == [0, 1, 2, 3]


def test_it_starts_from_the_first_draw_that_fails() -> None:
    """Where nothing smaller fails, it is that draw."""
    drawn = [row["n"].data for row in draw(WHOLE, 64, 5)]
    wanted = drawn[7]
    found = smallest(WHOLE, 64, 5, lambda one: one["n"] == wanted)
    assert found is not None
    assert found.data == {"n": wanted}


def test_it_is_the_same_every_time_and_each_instance_is_tried_once() -> None:
    asked: list[list[float]] = [[], []]
    values = {"x": st.floats(-100, 100)}
    found = [
        smallest(
            values, 64, 3, lambda one, tried=tried: bool(tried.append(one["x"]) or one["x"] > 17.3)
        )
        for tried in asked
    ]
    assert found[0] == found[1]
    assert found[0] is not None
    assert found[0].data == {"x": 18.0}
    assert asked[0] == asked[1]
    assert len(set(asked[0])) == len(asked[0])


def test_the_tries_are_bounded() -> None:
    """A predicate that never lets go is asked no more than that."""
    asked: list[Any] = []

    def fails(one: dict[str, Any]) -> bool:
        asked.append(one)
        return len(str(one)) % 2 == 0

    long = {"x": st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=50)}
    found = smallest(long, 64, 1, fails)
    assert found is not None
    assert len(str(found.data)) % 2 == 0
    assert len(asked) <= TRIES * 64 + CALLS
