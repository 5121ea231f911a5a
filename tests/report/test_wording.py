"""Numbers, names and standings as words."""

import pytest

from verify.report.wording import (
    census,
    correction,
    decimal,
    exact,
    interval,
    slugs,
    split_place,
    standing,
)
from verify.result import Result
from verify.verdict import Verdict

from .variants import failed, known_false, refuted, undecided


def test_a_predicted_exponent_is_the_fraction_that_it_is() -> None:
    assert [exact(value) for value in (-1 / 3, 0.5, 2.0, 0.123456789)] == [
        *("-1/3", "1/2", "2", "0.123457")
    ]


def test_numbers_and_intervals() -> None:
    assert decimal(1 / 3) == "+0.3333"
    assert decimal(None) == ""
    assert interval(-1 / 3, 0.25) == "[-0.3333, +0.2500]"
    assert interval(None, 0.25) == "(-inf, +0.2500]"
    assert interval(0.25, None) == "[+0.2500, inf)"


def test_how_a_claim_stands(real: Result) -> None:
    results = real, refuted(real), undecided(real), failed(real)
    assert [standing(one.outcomes[0]) for one in results] == [
        *("as expected", "not as expected", "not decided", "not measured")
    ]


def test_what_corrects_a_claim(real: Result) -> None:
    wrong, right = known_false(real).outcomes
    assert correction(wrong, [wrong, right]) == "right (HOLDS)"
    assert correction(wrong, [wrong]) == "right"
    assert correction(right, [wrong, right]) == ""


def test_a_census() -> None:
    assert census([Verdict.HOLDS]) == "1 holds"
    assert census([Verdict.HOLDS, Verdict.REFUTED, Verdict.HOLDS]) == "2 hold, 1 refuted"
    assert census([Verdict.INCONCLUSIVE]) == "1 inconclusive"
    assert census([]) == "no claims"


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("a.py:3", ("a.py", 3)),
        ("C:\\a b.py:12", ("C:\\a b.py", 12)),
        *((place, None) for place in ("a.py", "a.py:0", "a.py:-1", ":3", "", "a.py:x", "a:3:")),
    ],
)
def test_a_place(place: str, found: object) -> None:
    assert split_place(place) == found


def test_names_of_files_and_anchors_are_plain_and_differ() -> None:
    found = slugs(["a b", "a-b", "a_b", "../x", "", "漢", "a b", "z" * 500])
    assert found == ["a-b", "a-b-2", "a_b", "x", "unnamed", "unnamed-2", "a-b-3", "z" * 80]
    assert slugs(["x", "x", "x-2"]) == ["x", "x-2", "x-2-2"]
