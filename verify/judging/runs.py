"""Runs that were read at several places of a sweep: which rows belong together."""

import attrs
import numpy as np
from numpy.typing import NDArray

from verify.errors import InputError
from verify.judging.sweep import Sweep
from verify.judging.table import fault


def aligned(data: Sweep, run: str) -> Sweep:
    """The sweep with the rows of each place in one order of the runs that the column `run` names.

    That of their names, so that nothing depends on the order of the rows.  Raises InputError
    unless every run has one row at every place, and there are more runs than places: with fewer,
    the correlation of the places cannot be estimated.
    """
    names = data.table.names
    number = data.table.columns[run].astype(np.intp)
    counts = np.array([np.bincount(number[rows], minlength=len(names)) for rows in data.rows])
    if (counts > 1).any():
        raise _repeated(data, run, number, counts)
    if (counts < 1).any():
        raise _incomplete(data, run, number, counts)
    _refuse_few(data, run)
    rank = np.argsort(np.argsort(np.array(names)))
    rows = [part[np.argsort(rank[number[part]])] for part in data.rows]
    return attrs.evolve(data, rows=rows)


def _repeated(
    data: Sweep, run: str, number: NDArray[np.intp], counts: NDArray[np.intp]
) -> InputError:
    """The error for the first place at which a run has two rows."""
    place, one = np.argwhere(counts > 1)[0]
    first, second = (rows := data.rows[place])[number[rows] == one][:2].tolist()
    found = f"run {data.table.names[one]!r} again at {data.variable} = {data.grid[place]:g}"
    before = f"it was there in {data.table.place(run, first)}"
    hint = f"{before}: keep one of the two, or give different runs different names"
    where, expected = data.table.place(run, second), f"one row of a run at each {data.variable}"
    return fault("repeated-run", where, found, expected, hint)


def _incomplete(
    data: Sweep, run: str, number: NDArray[np.intp], counts: NDArray[np.intp]
) -> InputError:
    """The error for the first place at which a run has no row."""
    place, one = np.argwhere(counts < 1)[0]
    name = data.variable
    found = f"run {data.table.names[one]!r} without a row at {name} = {data.grid[place]:g}"
    expected = f"one row of every run at each of the {len(data.grid)} values of {name}"
    hint = f"leave out such runs, or this {name}; where each row is a run of its own, name no runs"
    where = data.table.place(run, int((number == one).argmax()))
    return fault("incomplete-run", where, found, expected, hint)


def _refuse_few(data: Sweep, run: str) -> None:
    runs, places, name = len(data.table.names), len(data.grid), data.variable
    if runs <= places:
        found = f"{runs} runs at {places} values of {name}"
        expected = f"more runs than values; a verdict needs {2 * places}"
        hint = f"judge fewer values of {name}, or keep one value of each run and name no runs"
        raise fault("few-runs", data.table.place(run, 0), found, expected, hint)
