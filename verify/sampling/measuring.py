"""What a measure makes of a block: its replicates, or what went wrong."""

import traceback
from math import inf
from time import monotonic
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from verify.errors import MeasurementError
from verify.planning import BLOCK
from verify.sampling.block import Block, called
from verify.sampling.limits import NO_LIMITS, Limits, OutOfTimeError, within
from verify.sampling.source import digest_as_loaded
from verify.spec.declaration import shown
from verify.spec.instance import Instance
from verify.spec.measure import Cell


def arguments(cell: Cell) -> dict[str, Any]:
    """The variables as a measure takes them: numbers, an array where a run is read, drawn data.

    Integers where all are whole.  Arrays are made anew for each call, for a measure may write.
    """
    return {name: _argument(value) for name, value in cell.at}


def _argument(value: Any) -> Any:
    if isinstance(value, Instance):
        return value.data
    return _array(value) if isinstance(value, tuple) else value


def _array(values: tuple[int | float, ...]) -> NDArray[Any]:
    whole = all(isinstance(value, int) and abs(value) < 2**63 for value in values)
    return np.array(values, dtype=np.int64 if whole else np.float64)


@attrs.frozen
class Raised:
    """What a measure did instead of returning replicates.

    `final`: nothing else will come of other blocks of its cell, and they are not worth their time.
    """

    error: str
    trace: str
    final: bool = False

    def __str__(self) -> str:
        return self.error


def measure_block(
    block: Block, limits: Limits = NO_LIMITS, end: float = inf
) -> NDArray[np.float64] | Raised:
    """The replicates of a block, of its shape, or what went wrong.

    Only an interrupt is raised, and OutOfTimeError at `end`, on the clock of `monotonic`.
    """
    try:
        if block.source and block.source != digest_as_loaded(block.cell.measure):
            raise MeasurementError("the source changed while the run went on; repeat the run")
        with within(limits, end):
            values = _draw(block)
        return _checked(values, block)
    except OutOfTimeError:
        if monotonic() >= end:
            raise
        return Raised(out_of_time(limits), traceback.format_exc(), final=True)
    except (Exception, SystemExit) as error:
        kind = "" if isinstance(error, MeasurementError) else f"{type(error).__name__}: "
        return Raised(f"{kind}{error}", traceback.format_exc())


def out_of_time(limits: Limits) -> str:
    """What is said of a block that takes longer than it may."""
    return f"a block of {BLOCK} replicates took longer than {limits.seconds:g} s (--cell-timeout)"


def _draw(block: Block) -> Any:
    cell, measure = block.cell, block.cell.measure
    wanted = called(measure)
    if not wanted.random:
        return [_one(measure(**arguments(cell)), cell)]
    if wanted.sized:
        return measure(rng=block.generator(), size=block.size, **arguments(cell))
    return [_one(measure(rng=rng, **arguments(cell)), cell) for rng in block.generators()]


def _one(value: Any, cell: Cell) -> Any:
    """The value of one replicate, if it has the shape of one."""
    if np.shape(value) != cell.row:
        raise MeasurementError(
            f"{cell.measure.__name__} returned shape {np.shape(value)}; "
            f"expected {cell.described(cell.row)}"
        )
    return value


def _checked(values: Any, block: Block) -> NDArray[np.float64]:
    name, array = block.cell.measure.__name__, np.asarray(values)
    plain_numbers = array.dtype.kind in "biuf"
    strange = [] if plain_numbers else [one for one in array.flat if not hasattr(one, "__float__")]
    if strange or array.dtype.kind in "cUS":
        first = (strange or array.flat)[0]
        plain = first.item() if isinstance(first, np.generic) else first
        raise MeasurementError(f"{name} returned {shown(plain)}; expected real numbers")
    array = array.astype(np.float64)
    if array.shape != block.shape:
        expected = block.cell.described(block.shape)
        raise MeasurementError(f"{name} returned shape {array.shape}; expected {expected}")
    if not np.isfinite(array).all():
        bad = array[~np.isfinite(array)]
        raise MeasurementError(f"{name} returned {shown(float(bad[0]))}; expected finite numbers")
    return array
