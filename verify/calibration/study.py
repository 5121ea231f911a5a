"""Calibration itself: the trials of every law in every setting, in parallel, as a table."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import TypeVar

from verify.calibration.asked import checks
from verify.calibration.inside import NOISES, InsideTrial, inside_trial
from verify.calibration.table import Calibration, cell_row, inside_row
from verify.calibration.trial import Trial, trial
from verify.calibration.zoo import SETTINGS, ZOOS, Setting

DATA_SETS, QUICK_DATA_SETS = 800, 60
INSIDE_DATA_SETS, QUICK_INSIDE_DATA_SETS = 600, 150
CHUNK = 100

T = TypeVar("T")


def calibrate(
    executor: Executor,
    *,
    seed: int = 0,
    quick: bool = False,
    advance: Callable[[int], None] = lambda _: None,
) -> Calibration:
    """Measure the error rates on fresh data sets, drawn from `seed`; the same for any executor.

    `advance` is told how many data sets were judged.
    """
    count = QUICK_DATA_SETS if quick else DATA_SETS
    jobs = [
        (zoo, law, setting, _submit(executor, _trials, count, zoo, index, setting, seed))
        for zoo, laws in ZOOS.items()
        for setting in SETTINGS
        for index, law in enumerate(laws)
    ]
    inside_count = QUICK_INSIDE_DATA_SETS if quick else INSIDE_DATA_SETS
    drawn = {noise: _submit(executor, _inside, inside_count, noise, seed) for noise in NOISES}
    cells = [
        cell_row(zoo, law, setting, list(_collected(parts, advance)))
        for zoo, law, setting, parts in jobs
    ]
    inside = [inside_row(noise, list(_collected(parts, advance))) for noise, parts in drawn.items()]
    main = [row for row in cells if row.zoo == "main"]
    asked = list(checks(main, inside, quick))
    return Calibration(seed=seed, quick=quick, cells=cells, inside=inside, checks=asked)


def data_sets(*, quick: bool) -> int:
    """How many data sets a calibration judges."""
    laws = len(SETTINGS) * sum(map(len, ZOOS.values()))
    drawn = len(NOISES) * (QUICK_INSIDE_DATA_SETS if quick else INSIDE_DATA_SETS)
    return laws * (QUICK_DATA_SETS if quick else DATA_SETS) + drawn


def _submit(
    executor: Executor, task: Callable[..., list[T]], count: int, *given: object
) -> list[Future[list[T]]]:
    """The parts of `count` trials, in their order."""
    starts = range(0, count, CHUNK)
    return [executor.submit(task, *given, range(k, min(k + CHUNK, count))) for k in starts]


def _collected(parts: list[Future[list[T]]], advance: Callable[[int], None]) -> Iterator[T]:
    for part in parts:
        found = part.result()
        advance(len(found))
        yield from found


def _trials(zoo: str, index: int, setting: Setting, seed: int, numbers: range) -> list[Trial]:
    """Laws travel to other processes by their place in the zoo."""
    law = ZOOS[zoo][index]
    return [trial(law, setting, seed, number) for number in numbers]


def _inside(noise: float, seed: int, numbers: range) -> list[InsideTrial]:
    return [inside_trial(noise, seed, number) for number in numbers]
