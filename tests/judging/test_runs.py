"""Runs that were read at every n: which rows belong together, and what comes of it."""

from typing import Any

import numpy as np
import pytest

import verify
from verify.errors import InputError
from verify.judging import DataOutcome
from verify.verdict import Verdict

PLACES, RUNS = 10, 64
GRID = 64.0 * 2 ** np.arange(PLACES)


def trajectories(runs: int = RUNS, seed: int = 0) -> dict[str, Any]:
    """Runs whose log is off sqrt(n) by Brownian motion in log n: rows in the order of runs."""
    rng = np.random.default_rng(seed)
    drift = np.cumsum(rng.normal(0, 0.02, (runs, PLACES)), axis=1)
    return {
        "n": np.tile(GRID, runs),
        "y": (np.sqrt(GRID) * np.exp(drift)).ravel(),
        "seed": [f"seed-{k}" for k in range(runs) for _ in range(PLACES)],
    }


DATA = trajectories()


def judged(data: Any = DATA, run: str | None = "seed", **more: Any) -> DataOutcome:
    return verify.judge(data, value="y", bound="sqrt(n)", relation="Theta", run=run, **more)


def taken(data: dict[str, Any], rows: Any) -> dict[str, Any]:
    return {name: np.array(column)[rows] for name, column in data.items()}


def told(data: Any, **more: Any) -> str:
    with pytest.raises(InputError) as error:
        judged(data, **more)
    return str(error.value)


def test_runs_that_drift_are_known_less_well_than_independent_rows() -> None:
    """Brownian motion: the slope of a fit has about (6/5) / (6/K) times the variance."""
    alone, together = judged(run=None).exponents["n"].range, judged().exponents["n"].range
    widths = [row.high - row.low for row in (alone, together)]
    assert 1.2 < widths[1] / widths[0] < 2


def test_the_slope_of_each_run_gives_the_interval_on_the_range() -> None:
    """With little noise the slope of the mean is the mean of the slopes, whose spread is seen."""
    slopes = np.polyfit(np.log(GRID), np.log(DATA["y"]).reshape(RUNS, PLACES).T, 1)[0]
    found = judged().exponents["n"].range
    error = slopes.std(ddof=1) / np.sqrt(RUNS)
    assert found.estimate == pytest.approx(slopes.mean(), abs=error / 3)
    assert (found.high - found.low) / 2 / error == pytest.approx(2.2, rel=0.15)


def test_neither_the_order_of_the_rows_nor_of_the_runs_counts() -> None:
    """At each n the runs come in another order; matched by position they would be independent."""
    expected = judged()
    for seed in range(3):
        shuffled = taken(DATA, np.random.default_rng(seed).permutation(PLACES * RUNS))
        assert judged(shuffled) == expected
    swapped = np.array(DATA["seed"]).reshape(RUNS, PLACES)
    swapped = np.stack([np.roll(column, k) for k, column in enumerate(swapped.T)], axis=1)
    widths = [
        row.high - row.low
        for data in (DATA, {**DATA, "seed": swapped.ravel()})
        if (row := judged(data).exponents["n"].range)
    ]
    assert widths[1] < 0.8 * widths[0]


def test_the_names_of_runs_may_be_anything_that_can_be_told_apart() -> None:
    expected = judged().exponents["n"].range
    number = np.repeat(np.arange(RUNS), PLACES)
    for names in (number, number.tolist(), number / 2, [f" {k} " for k in number], number % 256):
        found = judged({**DATA, "seed": names}).exponents["n"].range
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_a_data_frame_may_name_its_runs_in_any_of_its_ways() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(DATA)
    for kind in ("object", "string", "category"):
        assert judged(frame.astype({"seed": kind})) == judged()
    frame.loc[7, "seed"] = None
    words = "data['seed'][7]: no-name: found "
    assert words in told(frame)


def test_what_is_said_of_runs() -> None:
    found = judged()
    assert (found.run, found.replicates, found.rows) == ("seed", RUNS, PLACES * RUNS)
    assert found.assumes.startswith("independent runs, told apart by seed, each read at every n; ")
    assert found.counted == "64 runs (by seed), each at all of them"
    assert judged(run=None).assumes.startswith("independent rows; ")


def test_twice_as_many_runs_as_places_are_needed_for_a_verdict() -> None:
    for runs, reason in ((2 * PLACES - 1, "replicates"), (2 * PLACES, "holds")):
        found = judged(trajectories(runs), margin=0.5)
        assert found.reason == reason
    assert judged(trajectories(PLACES + 1)).verdict is Verdict.INCONCLUSIVE


def test_as_many_runs_as_places_are_too_few() -> None:
    assert told(trajectories(PLACES)) == (
        "data['seed'][0]: few-runs: found 10 runs at 10 values of n; expected more runs than "
        "values; a verdict needs 20. judge fewer values of n, or keep one value of each run and "
        "name no runs"
    )


def test_a_run_that_misses_a_place_is_told_where_it_starts() -> None:
    words = told(taken(DATA, np.delete(np.arange(PLACES * RUNS), 53)))
    assert words == (
        "data['seed'][50]: incomplete-run: found run 'seed-5' without a row at n = 512; expected "
        "one row of every run at each of the 10 values of n. leave out such runs, or this n; where "
        "each row is a run of its own, name no runs"
    )


def test_a_run_that_is_twice_at_a_place_is_told_both_rows() -> None:
    names = list(DATA["seed"])
    names[73] = "seed-2"
    assert told({**DATA, "seed": names}) == (
        "data['seed'][73]: repeated-run: found run 'seed-2' again at n = 512; expected one row of "
        "a run at each n. it was there in data['seed'][23]: keep one of the two, or give different "
        "runs different names"
    )


@pytest.mark.parametrize("entry", [None, float("nan"), "", "  "])
def test_a_row_without_a_run_is_refused(entry: Any) -> None:
    names: list[Any] = list(DATA["seed"])
    names[12] = entry
    assert told({**DATA, "seed": names}).startswith("data['seed'][12]: no-name: found ")


def test_a_run_is_a_column_of_its_own() -> None:
    assert "missing-column: found no column 'sed'; expected a column of the data. did" in told(
        DATA, run="sed"
    )
    assert "unequal-columns: found 3 rows in 'seed'" in told({**DATA, "seed": list("abc")})
    assert "not-a-column: found an array of shape ()" in told({**DATA, "seed": "abc"})
    for name in ("y", "n"):
        words = f"run-in-question: found runs named by {name!r}; expected a column beside 'y' and"
        assert words in told(DATA, run=name)


def test_the_slowest_correction_is_declared_and_the_verdict_without_it_is_told() -> None:
    rows = [judged(slowest_correction=w).exponents["n"] for w in (0.25, 0.75)]
    assert (rows[1].low, rows[1].high) != (rows[0].low, rows[0].high)
    assert (rows[1].bare.low, rows[1].bare.high) == (rows[0].low, rows[0].high)
    assert ["slowest_correction" in "".join(row.notes) for row in rows] == [False, True]
    assert "declared with the data; without, " in rows[1].notes[0]
    assert "power from 0.75 to" in judged(slowest_correction=0.75).assumes
    assert "found slowest_correction=0; expected a positive number" in told(
        DATA, slowest_correction=0
    )
