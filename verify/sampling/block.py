"""One block of replicates: its identity, and its generator.

The generator of a block depends on the seed, the measure's name, the variables and the block's
index alone, so that adding a grid point, a claim or a worker changes no other number.  With common
random numbers each replicate has a generator, which depends on the seed, the measure's name and the
replicate's number alone.
"""

import json
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b
from itertools import repeat
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from verify.discovery import load_module
from verify.planning import BLOCK
from verify.sampling.source import digest_as_loaded
from verify.spec.instance import Instance
from verify.spec.measure import Cell, Measure, convention, home, qualified_name
from verify.spec.reduction import reduction_of

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
