"""The badge says how many claims hold, or what is the matter."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from verify.report.badge import COLOUR, to_badge
from verify.result import Result

from .test_figure import _contrast
from .variants import expected_refutation, failed, hostile, refuted, undecided, vacuous

SVG = "{http://www.w3.org/2000/svg}"


def _words(*results: Result) -> str:
    label, message = ET.fromstring(to_badge(results)).iter(f"{SVG}text")
    assert label.text == "verify"
    return str(message.text)


def test_all_hold(real: Result) -> None:
    assert _words(real) == "4 hold"
    assert _words(real, real) == "8 hold"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (refuted, "1 refuted"),
        (undecided, "1 inconclusive"),
        (vacuous, "1 not as expected"),
        (failed, "not measured"),
        (expected_refutation, "1 as expected"),
    ],
)
def test_what_is_the_matter(make: Callable[[Result], Result], words: str, real: Result) -> None:
    assert _words(make(real)) == words


def test_the_worst_counts(real: Result) -> None:
    assert _words(real, undecided(real), refuted(real)) == "1 refuted"
    assert _words(real, undecided(real)) == "1 inconclusive"
    assert _words(real, expected_refutation(real)) == "5 as expected"


def test_it_has_a_title_and_no_more_than_its_letters_need(real: Result) -> None:
    root = ET.fromstring(to_badge([real]))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "verify: 4 hold (lipschitz_regression)"
    assert len(to_badge([hostile(real)])) < 2500
    assert all(_contrast("#ffffff", shade) >= 4.5 for shade in COLOUR.values())
