"""Rates for every instance: a row for each, all of which must hold, by one seed everywhere."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis.strategies import booleans, floats, integers, lists

import verify
from tests.cli.command_line import verify as command_line
from verify import Design, Rate, but, testing
from verify.claims import RateOutcome
from verify.errors import InputError
from verify.planning import BUDGETS, plan
from verify.report.json import to_json
from verify.sampling import theorem_digest
from verify.sampling.measuring import arguments
from verify.spec.lint import lint
from verify.verdict import LEVEL, Verdict

from . import slopes
from .slopes import GENTLE, GRID, THEOREM, everywhere

STEEP = lists(integers(1, 12), min_size=3, max_size=3)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of one's own, for the store."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def theorem(*claims: Rate) -> Any:
    return THEOREM.replaced({"claims": claims}, THEOREM.place)


def ran(claim: Rate, **options: Any) -> RateOutcome:
    options = {"budget": "quick", "workers": 1} | options
    (found,) = verify.run(theorem(claim), **options).outcomes
    assert isinstance(found, RateOutcome)
    return found


def judged(claim: Rate, seed: int = 0) -> RateOutcome:
    """The outcome of a claim whose measure is exact."""
    drawn = claim.drawn(seed)
    samples = {cell: np.array([slopes.computed(**arguments(cell))]) for cell in drawn.cells()}
    return drawn.judge(samples)


# The rows.


def test_each_design_is_swept_for_each_instance(room: Path) -> None:
    designs = (GRID, Design(sweep={"n": [3 * n for n in GRID.grid]}))
    found = ran(everywhere(designs=designs, instances=3))
    assert found.verdict is Verdict.HOLDS
    assert [row.design for row in found.exponents] == [f"instance {k}" for k in (1, 2, 3)] * 2
    assert [row.instance.data for row in found.exponents[:3]] == [
        row.instance.data for row in found.exponents[3:]
    ]
    assert found.exponents[0].instance.data == {"slopes": [1, 1, 1]}
    assert found.not_tested == ["slopes other than in the 3 instances drawn"]


def test_a_refuted_instance_refutes_the_claim_and_can_be_replayed(room: Path) -> None:
    found = ran(everywhere(given={"slopes": STEEP}))
    assert found.verdict is Verdict.REFUTED
    steep = [max(row.instance.data["slopes"]) >= 10 for row in found.exponents]
    assert 0 < sum(steep) < 8
    assert [row.verdict is Verdict.REFUTED for row in found.exponents] == steep
    row = found.exponents[steep.index(True)]
    again = slopes.error(np.random.default_rng(0), 99, 4096, **row.instance.data).mean()
    assert again == pytest.approx(row.points[-1].value, rel=0.02)


def test_a_refutation_pays_for_the_number_of_instances() -> None:
    """Holm: of eight rows the least p-value is compared with the level over eight."""
    claim = everywhere(controls=()).drawn(0)
    rng = np.random.default_rng(1)
    samples = {
        cell: dict(cell.at)["n"] ** -0.46 * rng.lognormal(0, 0.7, 64) for cell in claim.cells()
    }
    alone = [
        claim.replaced({"designs": (design,)}, claim.place).judge(samples).exponents[0]
        for design in claim.designs
    ]
    found = claim.judge(samples)
    least = min(row.p_value for row in alone)
    assert (1 - LEVEL) / 8 < least < 1 - LEVEL
    assert Verdict.REFUTED in {row.verdict for row in alone}
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, "width")
    assert Verdict.REFUTED not in {row.verdict for row in found.exponents}


def test_a_strategy_with_few_values_gives_fewer_instances_and_the_outcome_says_so() -> None:
    found = judged(
        everywhere(measure=slopes.computed, given={"slopes": booleans().map(lambda b: [1 + b])})
    )
    assert len(found.exponents) == 2
    assert found.not_tested == ["slopes other than in the 2 instances drawn (8 were asked for)"]


def test_instances_have_no_exponents_in_common() -> None:
    """Two variables: their exponents are told all at once for one object alone."""
    designs = (
        Design(sweep={"n": GRID.grid}, at={"m": 1}),
        Design(sweep={"m": GRID.grid}, at={"n": 1}),
    )
    one = everywhere(measure=slopes.computed, bound="n**(-1/2)/m", designs=designs, controls=())
    drawn = one.drawn(0)
    samples = {cell: np.array([dict(cell.at).get("n", 1) ** -0.5 * 2.0]) for cell in drawn.cells()}
    assert drawn.judge(samples).joint == []
    single = drawn.replaced({"designs": designs}, drawn.place)
    values = dict.fromkeys(single.cells(), np.array([1.0]))
    assert len(single.judge(values).joint) == 1


def test_a_failing_strategy_stops_a_run_before_anything_is_measured(room: Path) -> None:
    claim = everywhere(given={"slopes": integers(5, 1)})
    with pytest.raises(InputError, match="claim 'everywhere': drawing 'slopes' raised Invalid"):
        ran(claim)
    other = everywhere(id="other")
    with pytest.raises(InputError, match=r"slopes.py:\d+: claim 'everywhere': "):
        verify.run(theorem(other, claim), budget="quick", workers=1)
    assert not list(room.rglob("*.sqlite"))


# Controls.


def test_controls_have_the_instances_of_their_claim(room: Path) -> None:
    swapped = but("rough", "a rougher function", measure=slopes.rough)
    found = ran(everywhere(controls=(slopes.TENTH, swapped)))
    assert [one.verdict for one in found.controls] == [Verdict.REFUTED] * 2
    for control in found.controls:
        assert [row.instance for row in control.exponents] == [
            row.instance for row in found.exponents
        ]


def test_a_control_that_holds_for_one_instance_is_not_refuted(room: Path) -> None:
    """n**(-2/5) is false for the steep instances alone."""
    claim = everywhere(given={"slopes": STEEP}, bound="n**(-3/10)", controls=())
    partly = but("partly", "not for gentle ones", bound="n**(-2/5)")
    found = ran(claim.replaced({"controls": (partly,)}, claim.place))
    assert found.controls[0].verdict is Verdict.HOLDS
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, "vacuous_control")


def test_a_control_may_change_what_is_drawn_how_often_and_where(room: Path) -> None:
    steep = lists(integers(10, 12), min_size=3, max_size=3)
    other = Design(sweep={"n": [5 * n for n in GRID.grid]})
    controls = (
        but("steep", "slopes from 10", given={"slopes": steep}),
        but("few", "off by a tenth", bound="n**(-3/5)", instances=2),
        but("elsewhere", "off by a tenth", bound="n**(-3/5)", designs=(other,)),
        but("tenth", "off by a tenth", bound="n**(-3/5)"),
    )
    claim = everywhere(controls=controls)
    assert lint(theorem(claim)) == []
    found = ran(claim)
    assert (found.verdict, found.controls[0].verdict) == (Verdict.HOLDS, Verdict.REFUTED)
    assert [len(control.exponents) for control in found.controls] == [8, 2, 8, 8]
    assert found.controls[0].exponents[0].instance.data == {"slopes": [10, 10, 10]}
    assert found.controls[2].exponents[0].points[0].x == 40


# One seed, everywhere.


def test_drawing_is_idempotent_and_leaves_other_claims_alone() -> None:
    once = THEOREM.drawn(3)
    (claim,) = once.claims
    assert [cell.at for cell in claim.drawn(5).cells()] == [cell.at for cell in claim.cells()]
    plain = everywhere(given={}, measure=slopes.computed)
    assert plain.drawn(0).designs == plain.designs


def test_seeds_differ_and_workers_change_no_digit(room: Path) -> None:
    claim = everywhere(instances=3)
    one = ran(claim, seed=1)
    assert ran(claim, seed=1, workers=2, fresh=True).exponents == one.exponents
    assert ran(claim, seed=2).exponents != one.exponents


def test_the_command_line_draws_what_python_draws(room: Path) -> None:
    one = ran(everywhere(), seed=1)
    options = ("--budget", "quick", "--seed", "1", "--json", "-", "--workers", "1")
    document = json.loads(command_line(room, str(Path(slopes.__file__)), *options).out)
    (claim,) = document["claims"]
    assert [row["instance"]["data"] for row in claim["exponents"]] == [
        row.instance.data for row in one.exponents
    ]


def test_claims_that_draw_alike_share_their_cells_and_the_store_has_them(room: Path) -> None:
    two = theorem(everywhere(), everywhere(id="again", instances=4)).drawn(0)
    assert len(plan(two, BUDGETS["quick"]).replicates) == 8 * len(GRID.grid)
    first, second = (
        to_json([verify.run(THEOREM, budget="quick", workers=1)]).partition(b'"provenance"')[0]
        for _ in range(2)
    )
    assert first == second


def test_the_digest_of_a_spec_knows_its_strategies_and_not_what_they_drew() -> None:
    code = "from tests.claims.slopes import THEOREM; from verify.sampling import theorem_digest; "
    digest = subprocess.run(
        [sys.executable, "-c", f"{code}print(theorem_digest(THEOREM))"],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": "7"},
        cwd=Path(__file__).parents[2],
    ).stdout  # fmt: skip
    assert theorem_digest(THEOREM) == digest.strip()
    assert theorem_digest(theorem(everywhere(given={"slopes": STEEP}))) != digest.strip()


# With all else that a rate may be.


def test_a_run_that_is_read_at_every_place_is_of_one_instance(room: Path) -> None:
    found = ran(everywhere(measure=slopes.run, together=True))
    assert found.verdict is Verdict.HOLDS
    assert len(found.exponents) == 8


def test_the_worst_case_is_found_for_each_instance() -> None:
    claim = everywhere(
        measure=slopes.scaled,
        bound="n**(1/2)",
        given={"scale": floats(1, 9)},
        worst_over={"gap": ("n**(-1/2)/2", "n**(-1/2)", "2*n**(-1/2)")},
        controls=(),
    ).drawn(0)
    samples = {cell: np.array([slopes.scaled(**arguments(cell))]) for cell in claim.cells()}
    found = claim.judge(samples)
    assert (found.verdict, len(found.exponents)) == (Verdict.HOLDS, 8)
    for row in found.exponents:
        assert row.points[0].worst["gap"] == pytest.approx(8**-0.5)
        assert row.points[0].value == pytest.approx(row.instance.data["scale"] * 8**0.5)


def test_the_battery_passes(room: Path) -> None:
    testing.check_theorem(theorem(everywhere(instances=2)))


def test_the_command_line_plans_and_shows_it(tmp_path: Path) -> None:
    file = str(Path(slopes.__file__))
    planned = command_line(tmp_path, "plan", file, "--budget", "quick").out
    assert "slopes: 80 cells, 10,240 replicates at budget quick" in planned
    assert "error(n=8, slopes=instance 8)" in planned
    shown = command_line(tmp_path, "show", file).out
    assert f"given: 8 instances of slopes, drawn from {GENTLE}" in shown


# What lint finds.


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"given": {"slopes": [1, 2]}}, "arguments of the measure with Hypothesis strategies"),
        ({"given": GENTLE}, "arguments of the measure with Hypothesis strategies"),
        ({"given": {1: GENTLE}}, "arguments of the measure with Hypothesis strategies"),
        ({"given": {"slope": GENTLE}}, "did you mean 'slopes'?"),
        ({"given": {"slopes": GENTLE, "n": integers(8, 9)}}, "which a design or worst_over gives"),
        ({"given": {}}, "error needs 'slopes'"),
        ({"instances": 0}, "a whole number from 1"),
        ({"instances": True}, "a whole number from 1"),
        ({"bound": "slopes*n**(-1/2)"}, "no value for 'slopes' of the bound"),
    ],
)
def test_a_faulty_given_is_found(changes: dict[str, Any], words: str) -> None:
    found = lint(theorem(everywhere(**changes)))
    assert any(words in str(one) for one in found), found
    assert all(Path(one.where.rpartition(":")[0]).name == "slopes.py" for one in found)


def test_a_control_whose_measure_takes_no_instance_is_found() -> None:
    control = but("formula", "another function", measure=slopes.scaled)
    found = lint(theorem(everywhere(controls=(slopes.TENTH, control))))
    assert any("an argument of scaled" in str(one) for one in found)


def test_a_sound_given_has_no_findings() -> None:
    assert lint(THEOREM) == []
