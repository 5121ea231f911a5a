"""One block of replicates: its identity, its generator, and how it is measured.

The generator of a block depends on the seed, the measure's name, the variables and the block's
index alone, so that adding a grid point, a claim or a worker changes no other number.
"""

import json
import sys
import traceback
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from verify.discovery import load_module
from verify.errors import InputError, MeasurementError
from verify.spec.declaration import shown
from verify.spec.measure import Cell, Measure, convention

BLOCK = 32
"""Replicates in a block."""


@attrs.frozen
class Block:
    """Replicates `index * BLOCK` onwards of one cell, under one seed."""

    cell: Cell
    index: int
    seed: int

    @property
    def size(self) -> int:
        """How many replicates it holds: one if the measure is exact."""
        return BLOCK if convention(self.cell.measure).random else 1

    def generator(self) -> np.random.Generator:
        """The generator of this block and no other."""
        identity = f"{qualified_name(self.cell.measure)}|{canonical(self.cell)}|{self.index}"
        words = np.frombuffer(blake2b(identity.encode(), digest_size=16).digest(), "<u4")
        sequence = np.random.SeedSequence(self.seed, spawn_key=tuple(words.tolist()))
        return np.random.Generator(np.random.PCG64DXSM(sequence))

    def __reduce__(self) -> tuple[Callable[..., "Block"], tuple[Any, ...]]:
        """Travels by the name of its measure, which another process imports for itself."""
        measure = self.cell.measure
        module, path = home(measure)
        return _rebuild, (module, path, measure.__qualname__, self.cell.at, self.index, self.seed)


def _rebuild(
    module: str, path: Path, name: str, at: tuple[tuple[str, Any], ...], index: int, seed: int
) -> Block:
    present = sys.modules.get(module)
    if present is None:
        present = load_module(None if path.stem == module else module, path)
    return Block(Cell(getattr(present, name), at), index, seed)


def canonical(cell: Cell) -> str:
    """The variables of a cell as text, the same on every machine."""
    return json.dumps(dict(cell.at), sort_keys=True, separators=(",", ":"))


def qualified_name(measure: Measure) -> str:
    """The name of a measure; a script has the name that its file has when given by path."""
    return f"{home(measure)[0]}.{measure.__qualname__}"


def home(measure: Measure) -> tuple[str, Path]:
    """The module and the file in which a measure is defined.

    Raises InputError for a function that was typed in and stands in no file.
    """
    module = measure.__module__
    file = getattr(sys.modules.get(module), "__file__", None)
    if file is None:
        raise InputError(
            f"{measure.__qualname__} is not defined in a file; put the theorem into one, so that "
            "other processes can import it and its source can be told from a changed one"
        )
    path = Path(file)
    return (path.stem if module == "__main__" else module), path


@attrs.frozen
class Raised:
    """What a measure did instead of returning replicates."""

    error: str
    trace: str

    def __str__(self) -> str:
        return self.error


def measure_block(block: Block) -> NDArray[np.float64] | Raised:
    """The replicates of a block, shape (size,), or what went wrong; only an interrupt is raised."""
    try:
        return _checked(_draw(block), block)
    except (Exception, SystemExit) as error:
        kind = "" if isinstance(error, MeasurementError) else f"{type(error).__name__}: "
        return Raised(f"{kind}{error}", traceback.format_exc())


def _draw(block: Block) -> Any:
    measure, at = block.cell.measure, dict(block.cell.at)
    wanted = convention(measure)
    if not wanted.random:
        return [_scalar(measure(**at), measure)]
    rng = block.generator()
    if wanted.sized:
        return measure(rng=rng, size=block.size, **at)
    return [_scalar(measure(rng=rng, **at), measure) for _ in range(block.size)]


def _scalar(value: Any, measure: Measure) -> Any:
    if np.ndim(value):
        raise MeasurementError(
            f"{measure.__name__} returned shape {np.shape(value)}; expected a number"
        )
    return value


def _checked(values: Any, block: Block) -> NDArray[np.float64]:
    name, array = block.cell.measure.__name__, np.asarray(values)
    if array.dtype.kind not in "biuf":
        strange = array.flat[0] if array.dtype == object else array.flat[0].item()
        raise MeasurementError(f"{name} returned {shown(strange)}; expected real numbers")
    array = array.astype(np.float64)
    if array.shape != (block.size,):
        raise MeasurementError(f"{name} returned shape {array.shape}; expected ({block.size},)")
    if not np.isfinite(array).all():
        bad = array[~np.isfinite(array)]
        raise MeasurementError(f"{name} returned {shown(float(bad[0]))}; expected finite numbers")
    return array
