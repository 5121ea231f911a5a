"""Limits of laws: by draws, by distribution functions, against known and drawn targets."""

import numpy as np
import pytest

from tests.claims.limits import (
    COARSE,
    WIDE,
    judged,
    law,
    normal,
    normal_draws,
    samples,
    shares,
)
from verify import but
from verify.claims.limit.target import PLACES, places_of
from verify.inference.distance import massart
from verify.verdict import LEVEL, Verdict

GIVEN = {"measure": shares, "each": {"x": COARSE}, "together": True}


def test_draws_of_a_law_that_tends_to_its_target_hold() -> None:
    found = judged(law(), count=2048)
    assert (found.verdict, found.reason) == (Verdict.HOLDS, "holds")
    assert (found.target, found.low, found.distance) == (0, 0, "kolmogorov")
    assert 0 < found.estimate < found.high < 0.1
    assert len(found.rows) == PLACES
    assert found.rows[63].at["x"] == pytest.approx(0, abs=1e-9)
    assert found.rows[63].target == pytest.approx(0.5)
    assert found.rows[0].points == []
    assert found.statement == "law of summed -> normal, kolmogorov distance"


def test_at_the_end_of_the_sweep_the_band_is_massarts() -> None:
    """Beyond it is the gap of the 127 places, a step of 1/128 in probability."""
    claim = law()
    data = samples(claim, count=2048)
    found = claim.judge(data)
    assert found.last is not None
    ordered = np.sort(data[claim.cells()[-1]])
    exact = np.abs(normal(ordered) - np.arange(1, 2049) / 2048).max()
    assert found.last.estimate <= exact + 1e-3
    assert found.last.estimate == pytest.approx(exact, abs=1 / 128)
    reach = found.last.high - found.last.estimate - massart(LEVEL, 2048)
    assert 0 <= reach <= 1 / 128 + 1e-12
    assert found.last.low == max(0, found.last.estimate - massart(LEVEL, 2048))


@pytest.mark.parametrize("distance", ["kolmogorov", "wasserstein"])
def test_a_law_that_is_elsewhere_is_refuted(distance: str) -> None:
    claim = law(distance=distance, controls=(), at={"shift": 0.6})
    found = judged(claim, count=1024)
    assert (found.verdict, found.reason) == (Verdict.REFUTED, "excluded")
    assert found.low > 0
    # A shift moves all mass by .6; its distribution function by 2 Phi(.3) - 1 at most.
    expected = 0.6 if distance == "wasserstein" else 0.2358
    assert found.low < expected < found.high + 0.02


def test_the_wasserstein_distance_of_a_law_that_tends_to_its_target() -> None:
    found = judged(law(distance="wasserstein", margin=0.2), count=2048)
    assert found.verdict is Verdict.HOLDS
    assert found.distance == "wasserstein"
    assert found.notes == [
        "the integral runs from -2.418 to 2.418, between the 0.78% and the 99.22% quantile of the "
        "target"
    ]


def test_few_draws_are_inconclusive_and_name_the_number_that_decides() -> None:
    found = judged(law(margin=0.05), count=256)
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, "width")
    assert found.needed is not None
    assert found.needed > 1000
    assert "replicates would decide" in found.detail


def test_a_margin_below_the_gap_of_the_places_is_told() -> None:
    found = judged(law(margin=0.012), count=256)
    assert found.needed is None
    assert found.detail == "the places of the law are too coarse for this margin by 0.007812"


def test_a_target_that_is_drawn_has_a_band_of_both_samples() -> None:
    claim = law(target=normal_draws, controls=())
    found, known = judged(claim, count=2048), judged(law(), count=2048)
    assert found.verdict in (Verdict.HOLDS, Verdict.INCONCLUSIVE)
    assert found.low == 0
    assert found.last is not None
    assert known.last is not None
    wide = found.last.high - found.last.estimate
    assert wide > known.last.high - known.last.estimate
    assert judged(law(target=normal_draws, controls=(), at={"shift": 0.6}), 2048).verdict is (
        Verdict.REFUTED
    )


def test_distribution_functions_at_places_are_a_curve() -> None:
    claim = law(**GIVEN)
    assert len(claim.cells()) == len(WIDE["n"])
    found = judged(claim, count=64)
    assert found.verdict is Verdict.HOLDS
    assert [row.at["x"] for row in found.rows] == COARSE
    assert claim.judge_control(claim.controls[0], samples(claim, 64)).verdict is Verdict.REFUTED


def test_a_law_is_covered() -> None:
    """20 data sets; one time in a thousand four of them miss a coverage of .97."""
    claim = law(**GIVEN)
    found = [judged(claim, 64, seed) for seed in range(20)]
    inside = [all(row.low <= row.target <= row.high for row in one.rows) for one in found]
    assert sum(inside) >= 17


def test_off_by_half_of_the_margin_holds_at_the_recommended_size_and_by_twice_it_does_not() -> None:
    """The places are 1/24 apart, which is a part of the margin that replicates do not buy."""
    margin = 0.16
    half, twice = (law(**GIVEN, margin=margin, target=_moved(off * margin)) for off in (0.5, 2))
    needed = [judged(half, 32, seed).needed for seed in range(3)]
    count = int(np.median([one for one in needed if one is not None]))
    found = [judged(half, count, 50 + seed).verdict for seed in range(8)]
    assert found.count(Verdict.HOLDS) >= 7
    found = [judged(twice, count, 50 + seed).verdict for seed in range(8)]
    assert found.count(Verdict.REFUTED) >= 7


def _moved(off: float):
    """The distribution function of a normal law at a Kolmogorov distance `off`."""
    from scipy.special import erfinv, ndtr

    shift = 2 * np.sqrt(2) * erfinv(off)

    def target(x: np.ndarray) -> np.ndarray:
        return ndtr(x - shift)

    return target


def test_places_of_a_known_law_are_its_quantiles() -> None:
    places = places_of(law())
    assert normal(places) == pytest.approx(np.arange(1, PLACES + 1) / (PLACES + 1), abs=1e-12)


def test_places_of_a_discrete_law_are_its_atoms() -> None:
    assert places_of(law(target=_dice)) == pytest.approx(np.arange(1, 7), abs=1e-9)


def _dice(x: np.ndarray) -> np.ndarray:
    return np.clip(np.floor(x), 0, 6) / 6


def _rolls(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    return rng.integers(1, 7, size).astype(float)


def test_a_discrete_law_tends_to_itself_and_not_to_a_loaded_one() -> None:
    claim = law(measure=_rolls, target=_dice, margin=0.25, controls=())
    found = judged(claim, count=2048)
    assert found.low == 0
    loaded = but("loaded", "sixes are not rarer", target=_loaded)
    assert claim.judge_control(loaded, samples(claim, 2048)).verdict is Verdict.REFUTED


def _loaded(x: np.ndarray) -> np.ndarray:
    fair = _dice(x)
    return np.where(x < 6, np.minimum(1.15 * fair, 1), 1.0)
