"""A measure that declares less variance, from its replicates to the report."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

import verify
from tests.spec import test_reduction as declared
from tests.spec.specs import GRID as SPEC_GRID
from tests.spec.specs import rate
from verify import Design, testing
from verify.claims import Rate, RateOutcome
from verify.claims.rate.outcome import ExponentRow, ReductionRow
from verify.claims.rate.reduction import warnings
from verify.report.kinds import account
from verify.report.wording import savings
from verify.sampling.block import BLOCK, Block
from verify.sampling.measuring import measure_block
from verify.spec.claim import Samples
from verify.verdict import Reason, Verdict

from . import bandit
from .bandit import GRID, THEOREM, claim, theorem

PLACES = len(GRID.grid)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of one's own, for the store."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def drawn(one: Rate, replicates: int = 1024, seed: int = 0) -> Samples:
    """What the measures of a claim give, shape (replicates, ...)."""
    found = {}
    for cell in one.cells():
        blocks = [measure_block(Block(cell, k, seed)) for k in range(-(-replicates // BLOCK))]
        found[cell] = np.concatenate(blocks)[:replicates]  # type: ignore[arg-type]
    return found


def judged(one: Rate, replicates: int = 1024) -> RateOutcome:
    return one.judge(drawn(one, replicates))


def row(one: Rate, replicates: int = 1024) -> ExponentRow:
    return judged(one, replicates).exponents[0]


# What a run finds.


def test_the_battery_passes(room: Path) -> None:
    testing.check_theorem(THEOREM)


def test_a_run_holds_refutes_its_control_and_tells_the_ratio(room: Path) -> None:
    (found,) = verify.run(THEOREM, workers=1).outcomes
    assert isinstance(found, RateOutcome)
    assert found.verdict is Verdict.HOLDS
    assert [control.verdict for control in found.controls] == [Verdict.REFUTED]
    (saved,) = found.exponents[0].reductions
    assert saved.by == "control variates"
    # The largest ratio, 6.5, rests on 1024 replicates of two values.
    assert saved.ratios == pytest.approx([bandit.ratio(T) for T in GRID.grid], rel=0.15)
    assert found.controls[0].exponents[0].reductions == found.exponents[0].reductions
    (text,) = savings(found.exponents[0])
    assert re.fullmatch(r"along T control variates divide the variance by 1\.\d+ to 6\.\d+", text)
    assert text in account(found)


def test_the_reduced_points_have_less_variance_by_the_ratio() -> None:
    """The same draws with and without the control: intervals of the points, squared."""
    one, plain = claim(), claim(bandit.plain)
    samples = drawn(one)
    cells = zip(one.cells(), plain.cells(), strict=True)
    without = plain.judge({mine: samples[cell][:, 0] for cell, mine in cells}).exponents[0]
    found = one.judge(samples).exponents[0]
    assert without.reductions == []
    assert found.range.high - found.range.low < without.range.high - without.range.low
    for k, ratio in enumerate(found.reductions[0].ratios):
        widths = (np.log(p.high / p.low) * p.value for p in (without.points[k], found.points[k]))
        wide, narrow = (width for width in widths)
        assert (wide / narrow) ** 2 == pytest.approx(ratio, rel=0.2)


def test_mutants_and_what_is_seen_are_those_of_the_reduced_points() -> None:
    pairs, plain = rate(measure=declared.paired), rate()
    samples = drawn(pairs, 32)
    cells = zip(pairs.cells(), plain.cells(), strict=True)
    alone = {mine: samples[cell][:, 0] for cell, mine in cells}
    sharp, blunt = pairs.judge(samples).exponents[0], plain.judge(alone).exponents[0]
    assert sharp.sees < 0.8 * blunt.sees
    by_name = {one.change: one.verdict for one in sharp.mutants}
    assert by_name["exponent -0.1"] is by_name["exponent +0.1"] is Verdict.REFUTED


def test_a_reduction_survives_a_variable_that_tends_to_zero() -> None:
    """Ratios stand in the order of the points, as 1/h ascends."""
    sweep = Design(sweep={"n": [2.0**-k for k in (7, 3, 12, 4, 5, 6, 8, 9, 10, 11)]})
    one = rate(measure=declared.controlled, designs=(sweep,), to_zero=("n",), bound="n**(1/2)")
    rng, samples = np.random.default_rng(1), {}
    for cell in one.cells():
        x, control = dict(cell.at)["n"], rng.normal(size=(2, 4096))
        share = np.sqrt(-3 - np.log2(x))
        y = x**0.5 * (1 + 0.1 * (rng.normal(size=4096) + share * control[0]))
        samples[cell] = np.column_stack([y, *control])
    found = one.judge(samples).exponents[0]
    assert found.verdict is Verdict.HOLDS
    assert [point.x for point in found.points] == sorted(sweep.grid, reverse=True)
    assert found.reductions[0].ratios == pytest.approx([1 + k for k in range(10)], rel=0.1)


# How many replicates a verdict needs.


@pytest.mark.parametrize(("count", "enough"), [(2, False), (31, False), (32, True)])
def test_fewer_than_32_replicates_with_controls_decide_nothing(count: int, enough: bool) -> None:
    found = judged(claim(bound="T**2"), count)
    expected = (Verdict.REFUTED, Reason.EXCLUDED) if enough else ("INCONCLUSIVE", "replicates")
    assert (found.verdict, found.reason) == expected
    assert [one.verdict for one in found.exponents[0].mutants].count("REFUTED") == 0 or enough
    plain = judged(claim(bandit.plain, bound="T**2"), count)
    assert (plain.verdict is Verdict.REFUTED) is (count >= 8)


def test_runs_with_controls_need_twice_as_many_as_places_beside_the_coefficients() -> None:
    one = claim(bandit.read_on, together=True, bound="T**2")
    for count, enough in ((2 * PLACES, False), (31, False), (32, True)):
        assert (judged(one, count).verdict is Verdict.REFUTED) is enough, count


# Runs, and random numbers that places share.


def test_runs_with_a_control_at_every_place(room: Path) -> None:
    (found,) = verify.run(theorem(claim(bandit.read_on, together=True)), workers=1).outcomes
    assert isinstance(found, RateOutcome)
    assert found.verdict is Verdict.HOLDS
    ratios = found.exponents[0].reductions[0].ratios
    assert ratios == pytest.approx([bandit.ratio(T) for T in GRID.grid], rel=0.2)


def test_controls_and_common_random_numbers_together(room: Path) -> None:
    (found,) = verify.run(theorem(claim(bandit.matched)), workers=1).outcomes
    assert isinstance(found, RateOutcome)
    assert found.verdict is Verdict.HOLDS
    controls, common = found.exponents[0].reductions
    assert (controls.by, common.by) == ("control variates", "common random numbers")
    assert len(controls.ratios) == PLACES
    assert len(common.ratios) == 1
    # It moves with the share of wrong arms, which has a standard error of a twentieth.
    assert common.ratios == pytest.approx([bandit.correlation_gain(GRID.grid)], rel=0.15)
    assert (
        "common random numbers divide the variance of the slope on the range by "
        in (savings(found.exponents[0])[1])
    )


def test_the_gain_is_that_of_the_interval_on_the_range() -> None:
    """The same replicates, as if their random numbers were not common."""
    one, other = claim(bandit.matched), claim()
    samples = drawn(one)
    cells = zip(one.cells(), other.cells(), strict=True)
    slope = one.judge(samples).exponents[0].range
    apart = other.judge({mine: samples[cell] for cell, mine in cells}).exponents[0].range
    narrower = (apart.high - apart.low) / (slope.high - slope.low)
    gain = one.judge(samples).exponents[0].reductions[1].ratios[0]
    assert narrower**2 == pytest.approx(gain, rel=0.01)


def test_of_common_random_numbers_the_replicates_that_every_place_has_are_used() -> None:
    """A run that is stopped has more of them at some places."""
    one = claim(bandit.matched)
    whole = drawn(one, 64)
    some = {cell: values[: 64 - 8 * (k == 3)] for k, (cell, values) in enumerate(whole.items())}
    fewest = {cell: values[:56] for cell, values in whole.items()}
    assert one.judge(some) == one.judge(fewest)


def test_antithetic_pairs(room: Path) -> None:
    """Of exp(s Z) the variance is q (q - 1), and its covariance with exp(-s Z) 1 - q, q = e^{s^2}.

    So the ratio is q (q - 1) / (q (q - 1) + 1 - q) = q / (q - 1), here 100.
    """
    one, q = rate(measure=declared.paired), np.exp(0.1**2)
    (found,) = row(one, 4096).reductions
    assert found.by == "antithetic pairs"
    assert found.ratios == pytest.approx([q / (q - 1)] * len(SPEC_GRID.grid), rel=0.15)
    assert judged(one).verdict is Verdict.HOLDS
    rms = rate(measure=declared.both, statistic="rms")
    assert [one.by for one in row(rms, 128).reductions] == [
        *("antithetic pairs", "common random numbers"),
    ]


# What speaks against a declaration.


def test_a_control_with_another_mean_is_noted_and_the_note_changes_no_verdict() -> None:
    found = judged(claim(bandit.off_centre))
    (note,) = [text for text in found.exponents[0].notes if "the declaration of control" in text]
    assert re.match(r"control 1 at \S+ has a mean that is \d\.\d standard errors from zero", note)
    assert note in account(found)
    assert row(claim()).notes == []


def test_the_battery_finds_a_control_with_another_mean() -> None:
    with pytest.raises(AssertionError, match=r"control 1 at off_centre\(T=\d+\) has a mean that"):
        testing.declared_reductions_are_sound(theorem(claim(bandit.off_centre)))
    with pytest.raises(
        AssertionError, match=r"control 1 at off_runs\(T=\[64 .. 7077888\]\), place"
    ):
        testing.declared_reductions_are_sound(theorem(claim(off_runs, together=True)))


@verify.control_variates(1)
def off_runs(rng: np.random.Generator, size: int, T: np.ndarray) -> np.ndarray:
    """Runs whose control is off at one place."""
    found = bandit.read_on(rng, size, T)
    found[:, 5, 1] += 100.0
    return found


@verify.antithetic
def of_two_laws(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """The second of a pair is larger by a twentieth."""
    noise = rng.normal(0, 0.1, size)
    return np.sqrt(n) * np.stack([np.exp(noise), 1.05 * np.exp(-noise)], axis=1)


def test_the_battery_finds_pairs_of_two_laws() -> None:
    with pytest.raises(AssertionError, match=r"difference of (the two|their)"):
        testing.declared_reductions_are_sound(theorem(rate(measure=of_two_laws)))
    testing.declared_reductions_are_sound(theorem(rate(measure=declared.paired)))


def test_tails_are_those_of_the_adjusted_summands() -> None:
    """A heavy control carries the sum, and not the estimate."""
    rng, one = np.random.default_rng(3), rate(measure=declared.controlled)
    samples = {}
    for cell in one.cells():
        heavy = rng.standard_t(1.5, size=(256, 2))
        y = dict(cell.at)["n"] ** 0.5 * (rng.normal(10, 1, 256) + heavy @ [20.0, 20.0])
        samples[cell] = np.column_stack([y, heavy])
    assert one.judge(samples).exponents[0].notes == []
    raw = {
        mine: samples[cell][:, 0] for cell, mine in zip(one.cells(), rate().cells(), strict=True)
    }
    assert any("tail index" in note for note in warnings(rate(), SPEC_GRID, raw))
    for cell, values in samples.items():
        samples[cell] = np.column_stack([values[:, 1] ** 2, rng.normal(size=(256, 2))])
    assert any("tail index" in note for note in one.judge(samples).exponents[0].notes)


# How it is told.


@pytest.mark.parametrize(
    ("by", "ratios", "words"),
    [
        (
            "control variates",
            [12.4, 41.04, 30.0],
            "control variates divide the variance by 12.4 to 41",
        ),
        ("control variates", [2.0, 2.0], "control variates divide the variance by 2"),
        ("control variates", [3.0, None], "control variates divide the variance by 3 to infinity"),
        (
            *("antithetic pairs", [0.7, 1.5, 0.9]),
            "antithetic pairs divide the variance by 0.7 to 1.5, so that they cost "
            "at 2 of 3 places",
        ),
        (
            *("antithetic pairs", [0.7, 0.9]),
            "antithetic pairs divide the variance by 0.7 to 0.9, so that they cost",
        ),
        (
            *("common random numbers", [0.31]),
            "common random numbers divide the variance of the slope on the range by 0.31, so that "
            "they cost",
        ),
    ],
)
def test_a_saving_in_words(by: str, ratios: list[Any], words: str) -> None:
    one = replace(row(claim(), 64), reductions=[ReductionRow(by, ratios)])
    assert savings(one) == [f"along T {words}"]


def test_nothing_declared_nothing_told() -> None:
    assert savings(row(claim(bandit.plain), 64)) == []


def test_noise_that_a_control_explains_wholly_is_infinite_and_none_is_one() -> None:
    one = rate(measure=declared.controlled)
    control = np.tile([1.0, -1.0], 32)
    samples = {
        cell: np.column_stack([np.full(64, dict(cell.at)["n"] ** 0.5), control, control])
        for cell in one.cells()
    }
    first = one.cells()[0]
    samples[first] = samples[first] + control[:, None] * [1.0, 0, 0]
    found = one.judge(samples).exponents[0]
    ratios = found.reductions[0].ratios
    assert ratios[1:] == pytest.approx([1] * 9, rel=0.05)
    assert ratios[0] is None or ratios[0] > 1e20
