"""The digest of a theorem follows what it says, and not where it stands."""

import pytest

from tests.spec.specs import GRID, TENTH, exact, rate, theorem
from verify import Design, Quantile, but
from verify.sampling import theorem_digest


def test_the_same_words_elsewhere_have_the_same_digest() -> None:
    assert theorem_digest(theorem()) == theorem_digest(theorem(rate()))


@pytest.mark.parametrize(
    "changed",
    [
        theorem(title="Another title"),
        theorem(rate(margin=0.04)),
        theorem(rate(bound="n**(51/100)")),
        theorem(rate(measure=exact)),
        theorem(rate(statistic=Quantile(0.9))),
        theorem(rate(statistic=Quantile(0.8))),
        theorem(rate(designs=(Design(sweep=GRID.sweep, at={"d": 1}),))),
        theorem(rate(controls=(TENTH, but("more", "of them", bound="n")))),
        theorem(rate(), rate()),
    ],
)
def test_any_changed_field_changes_it(changed: object) -> None:
    assert theorem_digest(changed) != theorem_digest(theorem())


def test_all_of_these_differ_from_one_another() -> None:
    levels = [theorem_digest(theorem(rate(statistic=Quantile(q / 10)))) for q in range(1, 10)]
    assert len(set(levels)) == 9
