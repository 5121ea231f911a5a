"""One run that is read at every place: one cell, one call, and an interval that knows it."""

import re
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import verify
from tests.cli.command_line import verify as command_line
from verify import Design, Result, testing
from verify.claims import Rate, RateOutcome
from verify.errors import StoreError
from verify.planning import BUDGETS, Plan, plan
from verify.sampling import Store, open_executor, sample
from verify.sampling.block import BLOCK, Block, canonical
from verify.sampling.measuring import Raised, arguments, measure_block
from verify.spec.lint import lint
from verify.spec.measure import Cell, cell
from verify.verdict import Evidence, Verdict

from . import walks
from .walks import GRID, TENTH, THEOREM, theorem, walk

PLACES = len(GRID.grid)
(CELL,) = walk().cells()


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of one's own, for the store."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ran(claim: Rate, **options: Any) -> Result:
    return verify.run(theorem(claim), **({"workers": 1} | options))


def outcome(claim: Rate, **options: Any) -> RateOutcome:
    (found,) = ran(claim, **options).outcomes
    assert isinstance(found, RateOutcome)
    return found


def runs(claim: Rate, replicates: int = 256, seed: int = 0) -> Any:
    """The samples of the one cell of a claim, shape (replicates, K)."""
    (one,) = claim.cells()
    blocks = [measure_block(Block(one, index, seed)) for index in range(-(-replicates // BLOCK))]
    return np.concatenate([found for found in blocks if not isinstance(found, Raised)])[:replicates]


# What a run finds.


@pytest.mark.parametrize("measure", [walks.displacement, walks.one_run])
def test_a_run_read_at_every_n_holds_and_its_control_is_refuted(room: Path, measure: Any) -> None:
    found = ran(walk(measure))
    assert (found.exit_code, found.provenance.samples) == (0, 128)
    (claim,) = found.outcomes
    assert claim.verdict is Verdict.HOLDS
    assert [control.verdict for control in claim.controls] == [Verdict.REFUTED]


def test_the_battery_passes(room: Path) -> None:
    testing.check_theorem(THEOREM)


def test_the_command_line_plans_shows_and_runs_it(tmp_path: Path) -> None:
    file = str(Path(walks.__file__))
    planned = command_line(tmp_path, "plan", file, "--budget", "quick").out
    assert "walks: 1 cells, 128 replicates at budget quick" in planned
    assert "displacement(n=[8 .. 4096])" in planned
    assert "one run that is read at every place" in command_line(tmp_path, "show", file).out
    found = command_line(tmp_path, file, "--workers", "1")
    assert found.code == 0
    assert "root: HOLDS" in found.out


def test_an_exact_measure_is_called_once_for_the_whole_grid(room: Path) -> None:
    found = ran(walk(walks.computed))
    (claim,) = found.outcomes
    assert (claim.verdict, claim.evidence) == (Verdict.HOLDS, Evidence.EXACT)
    assert found.provenance.samples == 1


def test_variables_that_move_along_a_ray_are_arrays_and_fixed_ones_numbers(room: Path) -> None:
    design = Design(
        sweep={"T": [64 * 8**k for k in range(8)], "J": [4 * 2**k for k in range(8)]}, at={"d": 2}
    )
    claim = walk(walks.spread, designs=(design,), bound="T**(1/d)*J", controls=())
    control = walks.but("tenth", "off by a tenth", bound="T**(2/5)*J")
    found = outcome(claim.replaced({"controls": (control,)}, claim.place))
    assert found.verdict is Verdict.HOLDS
    assert found.exponents[0].predicted == pytest.approx(5 / 6)


def test_a_descending_grid_gives_what_an_ascending_one_gives() -> None:
    """The columns are in the order of the grid, whatever it is."""
    backwards = Design(sweep={"n": GRID.grid[::-1]})
    there, back = walk(), walk(designs=(backwards,))
    samples = runs(there)
    one = there.judge({CELL: samples}).exponents[0]
    other = back.judge({back.cells()[0]: samples[:, ::-1]}).exponents[0]
    assert (other.low, other.high) == pytest.approx((one.low, one.high), abs=1e-9)
    assert other.range.estimate == pytest.approx(one.range.estimate, abs=1e-12)
    assert back.judge({back.cells()[0]: runs(back)}).verdict is Verdict.HOLDS


def test_a_variable_that_tends_to_zero(room: Path) -> None:
    design = Design(sweep={"h": [2.0**-k for k in range(3, 13)]})
    control = walks.but("tenth", "off by a tenth", bound="h**(3/5)")
    claim = walk(
        walks.elapsed, designs=(design,), to_zero=("h",), bound="h**(1/2)", controls=(control,)
    )
    found = outcome(claim)
    assert found.verdict is Verdict.HOLDS
    row = found.exponents[0]
    assert row.low < 0.5 < row.high
    assert row.range.low < 0.5 < row.range.high


# The samples are runs, and are judged as runs.


def test_a_replicate_is_one_run() -> None:
    """The mean squares of a run at m and n > m have the correlation m/n."""
    count = 4096
    found = np.corrcoef(runs(walk(), count).T ** 2)
    grid = np.array(GRID.grid)
    expected = np.minimum.outer(grid, grid) / np.maximum.outer(grid, grid)
    assert np.abs(found - expected).max() < 4 / np.sqrt(count)


def test_the_interval_on_the_range_is_that_of_the_slopes_of_the_runs() -> None:
    samples = runs(walk())
    slopes = np.polyfit(np.log(GRID.grid), np.log(samples).T, 1)[0]
    found = walk(statistic="mean").judge({CELL: samples}).exponents[0].range
    error = slopes.std(ddof=1) / np.sqrt(len(slopes))
    assert found.estimate == pytest.approx(slopes.mean(), abs=error)
    assert (found.high - found.low) / 2 / error == pytest.approx(2.2, rel=0.1)


def test_the_interval_differs_from_that_of_independent_places() -> None:
    """What is far apart hardly correlates, neighbours do: they repeat what they say of a slope."""
    samples, alone = runs(walk()), walk(together=False)
    apart = dict(zip(alone.cells(), samples.T, strict=True))
    one, other = (
        found.exponents[0].range for found in (walk().judge({CELL: samples}), alone.judge(apart))
    )
    assert one.estimate == pytest.approx(other.estimate, abs=1e-12)
    grid, log_n = np.array(GRID.grid), np.log(GRID.grid)
    weights = (log_n - log_n.mean()) / np.sum((log_n - log_n.mean()) ** 2)
    shared = np.minimum.outer(grid, grid) / np.maximum.outer(grid, grid)
    ratio = np.sqrt(weights @ shared @ weights / (weights @ weights))
    assert ratio > 1.3
    assert (one.high - one.low) / (other.high - other.low) == pytest.approx(ratio, rel=0.1)


@pytest.mark.parametrize("count", [2, PLACES, PLACES + 1, 2 * PLACES - 1])
def test_fewer_runs_than_twice_the_places_decide_nothing(count: int) -> None:
    found = walk(bound="n**2").judge({CELL: runs(walk(), count)})
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, "replicates")
    enough = walk(bound="n**2").judge({CELL: runs(walk(), 2 * PLACES)})
    assert enough.verdict is Verdict.REFUTED


def test_a_cell_that_is_missing_is_named() -> None:
    found = walk().judge({})
    assert found.exit_code == 4
    assert found.exponents[0].detail == "no data for displacement(n=[8 .. 4096])"


# The same digits, however they come.


def bits(work: Plan, store: Path, executor: Executor) -> list[bytes]:
    with Store(store) as opened:
        return [one.tobytes() for one in sample(work, 7, opened, executor).samples.values()]


def test_digits_depend_neither_on_workers_nor_on_interruptions(tmp_path: Path) -> None:
    work, told = plan(THEOREM, BUDGETS["quick"]), []

    def interrupt(replicates: int) -> None:
        told.append(replicates)
        if len(told) == 2:
            raise KeyboardInterrupt

    with open_executor(1) as one, open_executor(2) as two:
        expected = bits(work, tmp_path / "one", one)
        assert bits(work, tmp_path / "one", one) == expected, "from the store"
        assert bits(work, tmp_path / "two", two) == expected
        with Store(tmp_path / "three") as store, pytest.raises(KeyboardInterrupt):
            sample(work, 7, store, one, advance=interrupt)
        with Store(tmp_path / "three") as store:
            kept = [store.load(Block(CELL, index, 7)) is not None for index in range(4)]
        assert kept == [True, True, False, False]
        assert bits(work, tmp_path / "three", one) == expected


def test_a_larger_budget_begins_with_the_old_runs() -> None:
    assert np.array_equal(runs(walk(), 64), runs(walk(), 128)[:64])


# The cell, its block, its cost.


def test_a_design_is_one_cell_with_the_grid_in_its_order() -> None:
    assert walk().cells() == [cell(walks.displacement, {"n": tuple(map(float, GRID.grid))})]
    assert (CELL.row, CELL.label) == ((PLACES,), "displacement(n=[8 .. 4096])")
    assert canonical(CELL) == f'{{"n":{str(GRID.grid).replace(" ", "")}}}'
    backwards = walk(designs=(Design(sweep={"n": GRID.grid[::-1]}),)).cells()
    places = [arguments(one)["n"].tolist() for one in (CELL, *backwards)]
    assert places == [GRID.grid, GRID.grid[::-1]]


@pytest.mark.parametrize(
    ("values", "kind"),
    [((1, 2.0), np.int64), ((1, 2.5), np.float64), ((1, 2**64), np.float64)],
    ids=str,
)
def test_a_measure_gets_integers_where_all_are_whole(values: tuple[float, ...], kind: Any) -> None:
    found = arguments(Cell(walks.computed, cell(walks.computed, {"n": values, "d": 2}).at))
    assert (found["n"].dtype, found["n"].shape, found["d"]) == (kind, (2,), 2)


def test_a_block_comes_back_from_the_store_in_its_shape(tmp_path: Path) -> None:
    block = Block(CELL, 3, 5)
    found = measure_block(block)
    assert isinstance(found, np.ndarray)
    with Store(tmp_path / "store") as store:
        store.save(block, found)
        again = store.load(block)
    assert again is not None
    assert again.shape == block.shape == (BLOCK, PLACES)
    assert np.array_equal(again, found)


def test_a_block_of_another_width_is_refused(tmp_path: Path) -> None:
    block = Block(CELL, 3, 5)
    with Store(tmp_path / "store") as store:
        store.save(block, np.ones(BLOCK))
        with pytest.raises(StoreError, match=r"a block of displacement\(n=\[8 .. 4096\]\) is dam"):
            store.load(block)


def test_runs_are_counted_once_and_cost_the_sum_over_the_grid() -> None:
    apart = walk(together=False, id="apart", cost="n**2", measure=walks.flat)
    work = plan(theorem(walk(cost="n**2"), apart), BUDGETS["quick"])
    assert len(work.replicates) == 1 + PLACES
    assert work.replicates[CELL] == 128
    assert work.cost[CELL] == sum(n**2 for n in GRID.grid)
    assert work.share(CELL) == pytest.approx(1 / 2, rel=0.1)  # whole blocks at the floor


# What is wrong is told.


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (walks.flat, "flat returned shape (32,); expected (32, 10)"),
        (walks.on_its_side, "on_its_side returned shape (10, 32); expected (32, 10)"),
        (walks.last, "last returned shape (); expected (10,)"),
        (walks.smallest, "smallest returned shape (); expected (10,)"),
        (walks.broken, "broken returned nan; expected finite numbers"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_wrong_shape_is_not_measured(room: Path, measure: Any, words: str) -> None:
    found = ran(walk(measure))
    assert found.exit_code == 4
    assert [one.cell for one in found.failures] == [f"{measure.__name__}(n=[8 .. 4096])"]
    assert re.match(re.escape(words), found.failures[0].error)


def test_a_measure_of_many_places_needs_the_declaration(room: Path) -> None:
    """Without it the measure is called with a number, as ever."""
    found = ran(walk(walks.one_run, together=False))
    assert found.exit_code == 4


def test_a_measure_must_take_what_is_swept() -> None:
    design = Design(sweep=GRID.sweep, at={"m": 2})
    found = lint(theorem(walk(walks.scalar, designs=(design,))))
    assert [one.code for one in found] == ["together"]
    assert "scalar without 'n'" in str(found[0])
    assert not lint(theorem(walk(walks.scalar, designs=(design,), together=False)))


def test_the_battery_checks_the_shape_at_odd_sizes() -> None:
    with pytest.raises(AssertionError, match=r"returned shape \(1,\); expected \(1, 10\)"):
        testing.measures_bear_any_size(theorem(walk(walks.flat, controls=(TENTH,))))
