"""Limits of numbers and curves: verdicts on data whose limit is known."""

import numpy as np
import pytest

from tests.claims.limits import (
    bent,
    biased,
    curve,
    drawn,
    drawn_curve,
    exact,
    grid,
    identity,
    judged,
    limit,
    path,
    samples,
)
from verify import Quantile, but
from verify.claims.finite_size import FiniteSize
from verify.verdict import Verdict


def test_a_number_that_tends_to_its_target_holds() -> None:
    found = judged(limit())
    assert (found.verdict, found.reason) == (Verdict.HOLDS, "holds")
    assert found.low < 1 < found.high
    assert found.low < found.estimate < found.high
    assert (found.target, found.margin, found.distance) == (1, 0.05, None)
    assert found.statement == "mean of number -> 1"
    assert (found.variable, found.design, found.not_tested) == ("n", "", [])
    (row,) = found.rows
    assert (row.estimate, row.low, row.high) == (found.estimate, found.low, found.high)
    assert row.at == {}
    assert row.points[0].value == pytest.approx(1 + 1 / 16, abs=0.03)
    assert row.points[-1].fit == pytest.approx(1, abs=0.02)


def test_what_is_extrapolated_is_the_limit_and_not_the_end_of_the_sweep() -> None:
    """The end is at 1 + n^-1/2 = 1.011, four of its standard errors away."""
    found = judged(limit(measure=biased), count=4096)
    assert found.low < 1 < found.high
    assert found.last is not None
    assert found.last.x == 8192
    assert found.last.low > 1
    assert found.last.estimate == pytest.approx(1.011, abs=0.006)


def test_a_wide_interval_that_contains_the_target_is_inconclusive() -> None:
    """Not to reject is not to hold; the replicates that would decide are named."""
    found = judged(limit(measure=biased, margin=0.02))
    assert found.low < 1 < found.high
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, "width")
    assert found.needed is not None
    assert found.needed > 256
    assert "replicates would decide whether it is within half of the margin" in found.detail
    assert found.detail.startswith(f"about {float(f'{found.needed:.1g}'):,.0f} replicates")


def test_a_limit_off_by_more_than_the_margin_is_refuted() -> None:
    found = judged(limit(target=1.2, controls=()))
    assert (found.verdict, found.reason) == (Verdict.REFUTED, "excluded")
    assert found.high < 1.2


def test_a_limit_off_by_less_than_the_margin_holds_within_it_and_says_by_how_much() -> None:
    found = judged(limit(target=1.04, margin=0.1, controls=()), count=4096)
    assert (found.verdict, found.reason) == (Verdict.HOLDS, "holds_within_margin")
    assert found.detail.startswith("off the target by at least 0.03")


def test_off_by_half_of_the_margin_holds_at_the_recommended_size_and_by_twice_it_does_not() -> None:
    """In nine data sets of ten; 20 of them have a binomial standard error of .07.

    `benchmarks.limits` has the shares of more data sets.
    """
    margin = 0.05
    off = limit(measure=biased, target=1 + margin / 2, margin=margin, controls=())
    needed = [judged(off, 128, seed).needed for seed in range(9)]
    count = int(np.median([one for one in needed if one is not None]))
    found = [judged(off, count, 100 + seed).verdict for seed in range(20)]
    assert np.mean([one is Verdict.HOLDS for one in found]) >= 0.9
    wrong = limit(measure=biased, target=1 + 2 * margin, margin=margin, controls=())
    found = [judged(wrong, count, 100 + seed).verdict for seed in range(20)]
    assert np.mean([one is Verdict.REFUTED for one in found]) >= 0.9
    assert Verdict.HOLDS not in found


def test_fewer_than_eight_replicates_are_inconclusive_however_clear_the_limit() -> None:
    found = judged(limit(target=1.5, controls=()), count=7)
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, "replicates")


def test_a_shape_outside_the_family_is_inconclusive_however_clear_the_limit() -> None:
    claim = limit(target=1.5, controls=())
    data = {cell: value + 0.1 * (k % 2) for k, (cell, value) in enumerate(samples(claim).items())}
    found = claim.judge(data)
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, "model")


def test_a_missing_cell_is_a_failed_measurement_that_names_it() -> None:
    claim = limit()
    data = samples(claim)
    del data[claim.cells()[3]]
    found = claim.judge(data)
    assert (found.reason, found.exit_code) == ("measurement", 4)
    assert found.detail == "no data for number(n=128)"
    assert (found.estimate, found.rows, found.target) == (None, [], 1)


def test_an_exact_measure_is_an_exact_computation() -> None:
    found = judged(limit(measure=exact))
    assert (found.verdict, found.evidence) == (Verdict.HOLDS, "exact computation")
    assert found.needed is None
    assert found.statement == "value of exact -> 1"


def test_a_control_is_judged_by_the_same_machinery() -> None:
    claim = limit()
    found = claim.judge_control(claim.controls[0], samples(claim))
    assert (found.id, found.verdict, found.target) == ("off", Verdict.REFUTED, 1.5)
    assert "of 1 at the far end" in claim.variant(claim.controls[0]).judge(samples(claim)).assumes
    assert found.estimate == judged(claim).estimate


def test_a_target_that_is_drawn_is_measured_and_has_an_error() -> None:
    claim = limit(target=drawn, unit=1)
    assert claim.cells()[-1].measure is drawn
    assert drawn not in {cell.measure for cell in claim.costs()}
    found, known = judged(claim, count=1024), judged(limit(), count=1024)
    assert found.verdict is Verdict.HOLDS
    assert found.target == pytest.approx(1, abs=0.015)
    assert found.high - found.low > known.high - known.low
    assert found.evidence == "statistical"


def test_an_exact_measure_with_a_drawn_target_has_its_replicates() -> None:
    claim = limit(measure=exact, target=drawn, unit=1)
    assert judged(claim, count=1024).evidence == "statistical"
    assert judged(claim, count=6).reason == "replicates"


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("target", [identity, drawn_curve])
def test_a_curve_holds_at_all_of_its_places(together: bool, target: object) -> None:
    claim = path(together=together, target=target, unit=1)
    cells = claim.cells()
    count = 1 if together else 3
    assert len(cells) == count * (10 if target is identity else 11)
    found = judged(claim, count=1024)
    assert found.verdict is Verdict.HOLDS
    assert (found.target, found.low, found.distance) == (0, 0, "largest")
    assert [row.at for row in found.rows] == [{"t": t} for t in (0.25, 0.5, 1.0)]
    assert [row.verdict for row in found.rows] == [Verdict.HOLDS] * 3
    off = [max(row.high - row.target, row.target - row.low) for row in found.rows]
    assert found.high == pytest.approx(max(off))
    assert len(found.rows[0].points) == 10


def test_a_curve_that_is_wrong_at_one_place_is_refuted_there() -> None:
    found = judged(path(target=bent, controls=()), count=1024)
    assert found.verdict is Verdict.REFUTED
    verdicts = {row.at["t"]: row.verdict for row in found.rows}
    assert verdicts == {0.25: Verdict.REFUTED, 0.5: Verdict.REFUTED, 1.0: Verdict.HOLDS}
    assert found.low == pytest.approx(0.25, abs=0.05)


def test_a_curve_that_is_computed() -> None:
    found = judged(path(measure=grid))
    assert (found.verdict, found.evidence) == (Verdict.HOLDS, "exact computation")


def test_a_curve_over_two_variables_has_all_pairs_of_places() -> None:
    each = {"t": [0.25, 0.5], "d": [1, 2]}
    claim = path(each=each, measure=curve, together=False, target=1, unit=1, controls=())
    assert [place["d"] for place in claim.curve] == [1, 2, 1, 2]
    assert len(claim.cells()) == 40


def test_a_fixed_variable_is_listed_as_not_tested_elsewhere() -> None:
    found = judged(path(at={"d": 1}))
    assert found.not_tested == ["d other than 1"]
    assert found.design == "d=1"


@pytest.mark.parametrize(
    ("statistic", "target"), [("rms", np.sqrt(1.01)), ("sd", 0.1), ("median", 1.0)]
)
def test_other_statistics_have_limits(statistic: str, target: float) -> None:
    found = judged(limit(statistic=statistic, target=target, controls=()), count=1024)
    assert found.verdict is Verdict.HOLDS
    assert found.statement.startswith(statistic)


def test_a_quantile_below_zero_has_a_limit() -> None:
    claim = limit(measure=_centred, statistic=Quantile(0.1), target=-0.1282, controls=())
    assert judged(claim, count=2048).verdict is Verdict.HOLDS


def _centred(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    return 1 / n + 0.1 * rng.standard_normal(size)


def _step(rng: np.random.Generator, size: int, h: float) -> np.ndarray:
    return 1 + h + 0.1 * rng.standard_normal(size)


def test_a_variable_that_shrinks_tends_to_0() -> None:
    along = {"h": [2.0**-k for k in range(3, 13)]}
    claim = limit(measure=_step, along=along, to_zero=("h",), controls=())
    found = judged(claim, count=1024)
    assert found.verdict is Verdict.HOLDS
    assert found.last is not None
    assert found.last.x == 2.0**-12
    assert [point.x for point in found.rows[0].points] == along["h"]
    assert found.rows[0].points[0].value > found.rows[0].points[-1].value


def test_the_order_of_the_sweep_does_not_matter() -> None:
    backwards = {"n": [16 * 2**k for k in range(10)][::-1]}
    data = samples(limit())
    one, other = limit().judge(data), limit(along=backwards).judge(data)
    assert (one.low, one.high) == (other.low, other.high)


@pytest.mark.parametrize(
    "field",
    [{"corrections": ("n**(-1/2)",)}, {"slowest_correction": 0.5}, {"correction_scale": 0.05}],
)
def test_what_is_known_narrows_the_interval_and_the_verdict_without_it_is_told(
    field: dict[str, object],
) -> None:
    silent = judged(limit(measure=biased))
    found = judged(limit(measure=biased, **field, because="by an expansion"))
    assert found.bare is not None
    assert found.high - found.low < silent.high - silent.low
    assert found.low < 1 < found.high
    assert (found.bare.low, found.bare.high) == (silent.low, silent.high)
    assert found.bare.verdict is silent.verdict
    assert found.notes[0].startswith(f"{next(iter(field))} declared: by an expansion; without, ")
    rests = found.notes[0].endswith("the verdict rests on the declaration")
    assert rests is (found.verdict is not silent.verdict)


def test_without_a_declaration_nothing_is_said_of_it() -> None:
    found = judged(limit())
    assert (found.bare, found.notes) == (None, [])
    assert found.assumes == (
        "corrections that decay with a power from 0.25 to 1.5, of order 25% of 1 at the far end "
        "of the sweep"
    )
    assert set(FiniteSize.undeclared) == {
        "corrections",
        "slowest_correction",
        "correction_scale",
    }


def test_the_unit_is_that_of_the_prior() -> None:
    """In a larger unit larger corrections are expected, and the interval is wider."""
    small, large = (judged(limit(measure=biased, unit=unit)) for unit in (0.2, 5))
    assert small.high - small.low < large.high - large.low
    assert "of order 25% of 5 at" in large.assumes


def test_expectation_never_changes_a_verdict() -> None:
    plain, expecting = judged(limit()), judged(limit(expect="REFUTED"))
    assert plain.verdict is expecting.verdict
    assert plain.rows == expecting.rows


def test_a_level_is_that_of_the_interval() -> None:
    data = samples(limit())
    narrow, wide = (limit().judge(data, level) for level in (0.8, 0.99))
    assert wide.low < narrow.low < narrow.high < wide.high
    control = limit().judge_control(but("off", "it is 1", target=1.5), data, 0.8)
    assert control.high == pytest.approx(narrow.high, abs=1e-12)


def test_a_tail_without_moments_is_told() -> None:
    claim = limit(measure=_heavy, controls=())
    assert any("tail index" in note or "one replicate" in note for note in judged(claim).notes)


def _heavy(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    return rng.pareto(0.8, size)
