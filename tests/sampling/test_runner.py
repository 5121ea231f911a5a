"""A plan is measured once, to the same digits however it is done, and failures stay alone."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from verify.discovery import load_module
from verify.errors import VerifyError
from verify.planning import Plan
from verify.sampling import Measured, Store, Team, open_executor, sample
from verify.sampling.drawing import LOST
from verify.spec.measure import Cell, cell

from . import measures
from .measures import CALLS, block, plan

GRID = (8, 16, 32)
PLAN = Plan(
    {
        **plan(measures.draws, GRID).replicates,
        **plan(measures.one_draw, GRID, replicates=32).replicates,
        **plan(measures.exact, GRID, replicates=1).replicates,
    }
)


def bits(measured: Measured) -> dict[str, bytes]:
    return {f"{one.label}": values.tobytes() for one, values in measured.samples.items()}


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which `measures.counted` notes each call."""
    path = tmp_path / "calls"
    path.touch()
    monkeypatch.setenv(CALLS, str(path))
    return path


@pytest.fixture
def reference(tmp_path: Path, one_worker: Team) -> Measured:
    with Store(tmp_path / "reference.sqlite") as store:
        return sample(PLAN, 7, store, one_worker)


def test_every_cell_gets_its_replicates(reference: Measured) -> None:
    assert {one: values.size for one, values in reference.samples.items()} == PLAN.replicates
    assert list(reference.samples) == list(PLAN.replicates)
    assert reference.failures == {}


def test_one_and_two_workers_give_the_same_digits(
    reference: Measured, store: Store, two_workers: Team
) -> None:
    assert bits(sample(PLAN, 7, store, two_workers)) == bits(reference)


def test_another_seed_gives_other_digits_except_where_the_measure_is_exact(
    reference: Measured, store: Store, one_worker: Team
) -> None:
    other = bits(sample(PLAN, 8, store, one_worker))
    same = {label for label, values in bits(reference).items() if other[label] == values}
    assert same == {one.label for one in plan(measures.exact, GRID).replicates}


def test_old_cells_keep_their_digits_when_the_plan_grows_or_is_reordered(
    reference: Measured, store: Store, one_worker: Team
) -> None:
    grown = Plan(
        {
            **plan(measures.other_draws, (8,)).replicates,
            **plan(measures.draws, (4, 24, 64)).replicates,
            **dict(reversed(PLAN.replicates.items())),
        }
    )
    found = bits(sample(grown, 7, store, one_worker))
    old = bits(reference)
    assert len(found) == len(old) + 4
    assert {label: found[label] for label in old} == old


def test_more_replicates_begin_with_the_old_ones(
    reference: Measured, store: Store, one_worker: Team
) -> None:
    more = sample(plan(measures.draws, (8,), replicates=256), 7, store, one_worker)
    (values,) = more.samples.values()
    assert values.size == 256
    assert np.array_equal(values[:64], reference.samples[cell(measures.draws, {"n": 8})])


@pytest.mark.parametrize("fixture", ["one_worker", "two_workers"])
def test_progress_counts_every_replicate_once(
    store: Store, request: pytest.FixtureRequest, fixture: str
) -> None:
    executor: Team = request.getfixturevalue(fixture)
    for _ in ("measured", "stored"):
        told: Counter[Cell] = Counter()
        sample(PLAN, 7, store, executor, advance=told.update)
        assert told == PLAN.replicates


def test_a_second_run_measures_nothing(store: Store, one_worker: Team, calls: Path) -> None:
    counted = plan(measures.counted, GRID)
    first = sample(counted, 7, store, one_worker)
    assert sorted(calls.read_text().split(), key=int) == ["8", "8", "16", "16", "32", "32"]
    assert bits(sample(counted, 7, store, one_worker)) == bits(first)
    assert len(calls.read_text().split()) == 6


def test_the_first_blocks_of_a_run_span_the_grid(
    store: Store, one_worker: Team, calls: Path
) -> None:
    sample(plan(measures.counted, GRID), 7, store, one_worker)
    assert calls.read_text().split() == ["8", "16", "32"] * 2


def test_a_larger_run_measures_what_is_new(store: Store, one_worker: Team, calls: Path) -> None:
    sample(plan(measures.counted, (8, 16)), 7, store, one_worker)
    calls.write_text("")
    sample(plan(measures.counted, (8, 12, 16), replicates=96), 7, store, one_worker)
    assert sorted(calls.read_text().split(), key=int) == ["8", "12", "12", "12", "16"]


def test_a_fresh_run_measures_everything_again_to_the_same_digits(
    store: Store, one_worker: Team, calls: Path
) -> None:
    counted = plan(measures.counted, GRID)
    first = sample(counted, 7, store, one_worker)
    assert bits(sample(counted, 7, store, one_worker, fresh=True)) == bits(first)
    assert len(calls.read_text().split()) == 12


@pytest.mark.parametrize("fixture", ["one_worker", "two_workers"])
def test_a_cell_that_fails_is_reported_and_the_others_are_kept(
    store: Store, request: pytest.FixtureRequest, fixture: str
) -> None:
    executor: Team = request.getfixturevalue(fixture)
    found = sample(plan(measures.raises_at_16, GRID), 7, store, executor)
    assert [one.label for one in found.samples] == ["raises_at_16(n=8)", "raises_at_16(n=32)"]
    (failure,) = found.failures.values()
    assert failure.cell == "raises_at_16(n=16)"
    assert failure.error == "ValueError: 16 is too many"
    trace = Path(failure.trace).read_text(encoding="utf-8")
    assert trace.startswith("Traceback")
    assert 'raise ValueError(f"{n} is too many")' in trace
    stored = [store.load(block(measures.raises_at_16, seed=7, n=n)) is not None for n in GRID]
    assert stored == [True, False, True]


def test_measures_of_one_name_keep_a_traceback_each(
    tmp_path: Path, store: Store, one_worker: Team
) -> None:
    cells = {}
    for name in ("paper_one", "paper_two"):
        file = tmp_path / f"{name}.py"
        file.write_text(f"def error(n):\n    raise ValueError('{name}')\n", encoding="utf-8")
        cells[cell(load_module(None, file).error, {"n": 8})] = 1
    found = sample(Plan(cells), 7, store, one_worker)
    traces = [
        Path(failure.trace).read_text(encoding="utf-8") for failure in found.failures.values()
    ]
    assert "paper_one" in traces[0]
    assert "paper_two" in traces[1]


def test_a_cell_with_a_long_name_fails_like_any_other(store: Store, one_worker: Team) -> None:
    at = {f"a_variable_with_a_long_name_{k}": 0.123456789 for k in range(9)} | {"n": 8}
    found = sample(Plan({cell(measures.raises, at): 32}), 7, store, one_worker)
    assert Path(next(iter(found.failures.values())).trace).is_file()


def test_a_file_edited_after_it_was_loaded_does_not_mix_its_digits(
    tmp_path: Path, store: Store, one_worker: Team
) -> None:
    file = tmp_path / "edited_between_runs.py"
    text = "def error(rng, size, n):\n    return rng.uniform(size=size) + 10\n"
    file.write_text(text, encoding="utf-8")
    edited = load_module(None, file).error
    sample(plan(edited, (8,), replicates=32), 7, store, one_worker)
    file.write_text(text.replace("10", "20000"), encoding="utf-8")
    try:
        with open_executor(2) as executor:
            found = sample(plan(edited, (8,), replicates=64), 7, store, executor)
    except VerifyError:
        return
    for values in found.samples.values():
        assert values.max() < 20000 or values.min() >= 20000


def test_a_cell_under_which_workers_die_is_reported_and_all_others_are_measured(
    store: Store,
) -> None:
    grid = [*range(1, 20), 1000, *range(20, 40)]
    work = plan(measures.dies_at_1000, grid)
    with open_executor(2) as team:
        found = sample(work, 7, store, team)
    ((failed, failure),) = found.failures.items()
    assert failed.label == "dies_at_1000(n=1000)"
    assert failure.error == LOST
    assert Path(failure.trace).read_text(encoding="utf-8") == f"{LOST}\n"
    assert not found.stopped
    with open_executor(1) as team, Store(store.path.with_name("reference")) as other:
        sound = Plan({one: 64 for one in work.replicates if one != failed})
        assert bits(sample(sound, 7, other, team)) == bits(found)


def test_a_worker_that_dies_once_is_forgiven(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CALLS, str(tmp_path / "died"))
    work = plan(measures.dies_once, GRID)
    with open_executor(2) as team:
        found = sample(work, 7, store, team)
    assert found.failures == {}
    assert (tmp_path / "died").exists()
    assert {one: len(values) for one, values in found.samples.items()} == work.replicates
