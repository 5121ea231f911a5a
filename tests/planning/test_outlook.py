"""What would decide a claim: the smallest change of each kind, pairs, or nothing, in sentences."""

import re
from math import log2
from pathlib import Path
from typing import Any

import attrs
import pytest

from tests.planning.pilots import LAWS, made_up, pilot_of
from verify import Design
from verify.planning import outlook as room
from verify.planning.outlook import ENOUGH, outlook
from verify.planning.proposal import Change

ROOT = Path(__file__).parents[2]


def _outlook(monkeypatch: Any, chance: Any, equal: int = 128, **fields: Any) -> Any:
    monkeypatch.setattr(room, "propose", made_up(chance))
    claim, seen = pilot_of(LAWS["3 n^.5"])
    return outlook(claim.replaced(fields, claim.place), seen, equal)


def _sum(places: float, replicates: float, noise: float, declared: float, base: float = 0.0) -> Any:
    """A chance that grows by so much for each place, doubling of replicates, of quietness, .25."""

    def chance(change: Change) -> float:
        slowest = change.slowest_correction or 0.25
        return (
            base
            + places * change.places
            + replicates * log2(change.replicates)
            + noise * log2(change.noise)
            + declared * (slowest - 0.25) / 0.25
        )

    return chance


def test_nothing_is_asked_for_where_a_claim_is_likely_to_be_decided(monkeypatch: Any) -> None:
    found = _outlook(monkeypatch, lambda change: ENOUGH)
    assert (found.remedies, found.sentences, found.best) == ((), [], found.present)


def test_the_smallest_change_of_each_kind_that_is_enough(monkeypatch: Any) -> None:
    found = _outlook(monkeypatch, _sum(0.15, 0.25, 0.3, 0.9))
    assert [one.change for one in found.remedies] == [
        Change(places=6),
        Change(replicates=16),
        Change(noise=10),
        Change(slowest_correction=0.5),
    ]
    assert found.sentences == [
        "6 more doublings would decide it (n up to 2,097,152; 1.6 times the cost; 90 %)",
        "16 times the replicates would decide it (16 times the cost; 100 %)",
        "a tenth of the noise of a replicate would decide it (100 %)",
        "slowest_correction=0.5, if that is known, would decide it (90 %)",
    ]


def test_pairs_are_tried_if_no_change_is_enough_alone(monkeypatch: Any) -> None:
    found = _outlook(monkeypatch, _sum(0.05, 0.12, 0.0, 0.0))
    assert [one.change for one in found.remedies] == [Change(places=7, replicates=16)]
    assert found.sentences == [
        "7 more doublings and 16 times the replicates would decide it "
        "(n up to 4,194,304; 27.2 times the cost; 83 %)"
    ]
    alone = _outlook(monkeypatch, _sum(0.11, 0.12, 0.0, 0.0))
    assert [one.change for one in alone.remedies] == [Change(places=8)]


def test_it_says_so_where_nothing_is_enough(monkeypatch: Any) -> None:
    found = _outlook(monkeypatch, _sum(0.02, 0.0, 0.05, 0.0))
    assert found.remedies == ()
    assert found.best.change == Change(places=8, noise=100)
    assert found.sentences == [
        "nothing tried decides it: the best chance is 49 %, with 8 more doublings and "
        "a hundredth of the noise of a replicate"
    ]
    hopeless = _outlook(monkeypatch, lambda change: 0.0)
    assert hopeless.sentences == ["nothing tried decides it: the best chance is 0 %"]


def test_replicates_are_not_asked_for_beyond_what_is_sensible(monkeypatch: Any) -> None:
    found = _outlook(monkeypatch, _sum(0, 0.25, 0, 0), equal=8192)
    assert found.remedies == ()
    assert max(found.best.change.replicates, 1) == 4


def test_what_is_declared_already_is_not_asked_for_again(monkeypatch: Any) -> None:
    chance = _sum(0, 0, 0, 0.5, base=-0.5)
    found = _outlook(monkeypatch, chance, slowest_correction=0.5, because="known")
    assert [one.change.slowest_correction for one in found.remedies] == [1.0]
    none = _outlook(monkeypatch, chance, slowest_correction=1, because="known")
    assert none.remedies == ()


@pytest.mark.parametrize("ratio", [1.5, 2.0])
def test_places_are_doublings_where_they_are(ratio: float, monkeypatch: Any) -> None:
    monkeypatch.setattr(room, "propose", made_up(_sum(1, 0, 0, 0)))
    claim, seen = pilot_of(LAWS["3 n^.5"])
    grid = [64 * ratio**k for k in range(10)]
    seen = attrs.evolve(seen, design=Design(sweep={"n": grid}))
    (sentence,) = outlook(claim, seen, 128).sentences
    assert sentence.startswith("1 more doubling would" if ratio == 2 else "1 more place would")


def test_a_law_of_the_zoo_needs_what_the_documentation_says() -> None:
    claim, seen = pilot_of(LAWS["n^.5 (1 - 3 n^-.5)"])
    found = outlook(claim, seen, 128)
    assert found.present.forecast.holds < 0.2
    first = found.remedies[0]
    assert first.forecast.holds >= ENOUGH
    assert len(first.design.grid) == 10 + first.change.places
    page = (ROOT / "docs/designing_an_experiment.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"<!-- outlook -->\n```text\n(.*?)\n```", page, re.DOTALL)
    assert told.splitlines() == found.sentences
