"""One block of replicates: its identity, its generator, and how it is measured.

The generator of a block depends on the seed, the measure's name, the variables and the block's
index alone, so that adding a grid point, a claim or a worker changes no other number.  With common
random numbers each replicate has a generator, which depends on the seed, the measure's name and the
replicate's number alone.
"""

import json
import sys
import traceback
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b
from itertools import repeat
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from verify.discovery import load_module
from verify.errors import MeasurementError
from verify.planning import BLOCK
from verify.sampling.limits import NO_LIMITS, Limits, OutOfTimeError, within
from verify.sampling.source import digest_as_loaded
from verify.spec.declaration import shown
from verify.spec.instance import Instance
from verify.spec.measure import Cell, Measure, convention, home, qualified_name
from verify.spec.reduction import reduction_of

SOURCE_CHANGED = "the source changed while the run went on; repeat the run"
called = lru_cache(maxsize=1024)(convention)
"""How a measure is called, read off its signature once."""


@attrs.frozen
class Block:
    """Replicates `index * BLOCK` onwards of one cell, under one seed."""

    cell: Cell
    index: int
    seed: int
    source: str = attrs.field(default="", eq=False)  # its digest where it was sent from

    @property
    def size(self) -> int:
        """How many replicates it holds: one if the measure is exact."""
        return BLOCK if called(self.cell.measure).random else 1

    @property
    def shape(self) -> tuple[int, ...]:
        """Of its replicates: `size` rows of the cell."""
        return (self.size, *self.cell.row)

    def generator(self) -> np.random.Generator:
        """The generator of this block and no other."""
        return self._generator(f"{canonical(self.cell)}|{self.index}")

    def generators(self) -> Iterable[np.random.Generator]:
        """A generator for each replicate: that of the block, or its own if numbers are common.

        The latter is the same whatever the variables are.
        """
        if not reduction_of(self.cell.measure).common:
            return repeat(self.generator(), self.size)
        first = self.index * BLOCK
        return (self._generator(f"replicate {first + k}") for k in range(self.size))

    def _generator(self, part: str) -> np.random.Generator:
        identity = f"{qualified_name(self.cell.measure)}|{part}"
        words = np.frombuffer(blake2b(identity.encode(), digest_size=16).digest(), "<u4")
        sequence = np.random.SeedSequence(self.seed, spawn_key=tuple(words.tolist()))
        return np.random.Generator(np.random.PCG64DXSM(sequence))

    def __reduce__(self) -> tuple[Callable[..., "Block"], tuple[Any, ...]]:
        """Travels by the name of its measure, which another process imports for itself."""
        place, source = _place(self.cell.measure)
        return _rebuild, (place, self.cell.at, self.index, self.seed, source)


@lru_cache(maxsize=1024)
def _place(measure: Measure) -> tuple[tuple[str, Path, str], str]:
    """Where another process finds a measure: module, file and name; and the digest of its source.

    The same object each time, which a batch of blocks then carries once.
    """
    return (*home(measure), measure.__qualname__), digest_as_loaded(measure)


def _rebuild(
    place: tuple[str, Path, str],
    at: tuple[tuple[str, Any], ...],
    index: int,
    seed: int,
    source: str,
) -> Block:
    module, path, name = place
    present = sys.modules.get(module)
    if present is None:
        present = load_module(None if path.stem == module else module, path)
    return Block(Cell(getattr(present, name), at), index, seed, source)


@lru_cache(maxsize=2**16)
def canonical(cell: Cell) -> str:
    """The variables of a cell as text, the same on every machine."""
    return json.dumps(dict(cell.at), sort_keys=True, separators=(",", ":"), default=_tagged)


def _tagged(drawn: Instance) -> dict[str, Any]:
    """What was drawn, as no number and no run of numbers is written."""
    return {"instance": drawn.data}


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
            raise MeasurementError(SOURCE_CHANGED)
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
