"""What a theorem measures with: functions that other processes can call, and that draw soundly."""

import pickle
import random

import numpy as np
from numpy.typing import NDArray

from verify.inference.reduction import Reduced, doubts, reduced
from verify.inference.statistic import Mean
from verify.planning import BLOCK, BUDGETS, plan
from verify.sampling.block import Block
from verify.sampling.measuring import arguments
from verify.spec import Cell, Theorem
from verify.spec.instance import Instance
from verify.spec.measure import Measure, convention
from verify.spec.reduction import reduction_of
from verify.testing.blocks import SEED, blocks_of, cells_of, drawn, measured, random_blocks

ODD_SIZES = 1, 7


def measures_say_what_they_compute(theorem: Theorem) -> None:
    """Every measure has a docstring."""
    for block in blocks_of(theorem):
        measure = block.cell.measure
        assert (measure.__doc__ or "").strip(), f"{measure.__qualname__} has no docstring"


def measures_can_be_sent_to_other_processes(theorem: Theorem) -> None:
    """A block that is pickled and read back measures with the same function."""
    for block in blocks_of(theorem):
        name = block.cell.measure.__qualname__
        again = pickle.loads(pickle.dumps(block))
        assert again.cell.measure is block.cell.measure, f"{name} is another function when imported"


def measures_return_finite_replicates(theorem: Theorem) -> None:
    """The first cell of each measure gives replicates of the right shape, all finite."""
    for block in blocks_of(theorem):
        measured(block)


def instances_are_data_that_the_seed_decides(theorem: Theorem) -> None:
    """The random instances of a claim are data, and drawn again they are the same."""
    first, again = (cells_of(drawn(theorem)) for _ in range(2))
    moved = [one.label for one, other in zip(first, again, strict=False) if one != other]
    same = len(first) == len(again) and not moved
    assert same, f"drawn again, other instances are in {', '.join(moved) or 'the cells'}"


def measures_accept_every_instance(theorem: Theorem) -> None:
    """The first cell of each measure for every instance gives finite replicates."""
    first: dict[object, Cell] = {}
    for cell in cells_of(drawn(theorem)):
        given = tuple(value for _, value in cell.at if isinstance(value, Instance))
        if given:
            first.setdefault((cell.measure, given), cell)
    for cell in first.values():
        measured(Block(cell, 0, SEED))


def measures_bear_any_size(theorem: Theorem) -> None:
    """A measure with `size` returns so many replicates, for odd sizes too."""
    for block in blocks_of(theorem):
        measure = block.cell.measure
        if convention(measure).sized:
            for size in ODD_SIZES:
                values = measure(rng=block.generator(), size=size, **arguments(block.cell))
                found, expected = np.shape(values), (size, *block.cell.row)
                name = f"{measure.__qualname__}(size={size})"
                wanted = block.cell.described(expected)
                assert found == expected, f"{name} returned shape {found}; expected {wanted}"


def measures_repeat_with_the_seed(theorem: Theorem) -> None:
    """Two calls with one generator agree to the last bit; exact measures agree too."""
    for block in blocks_of(theorem):
        same = np.array_equal(measured(block), measured(block))
        assert same, f"{block.cell.label} gives other digits when it is called again"


def measures_depend_on_the_seed(theorem: Theorem) -> None:
    """A random measure draws from the generator it is given."""
    for block in random_blocks(theorem):
        other = Block(block.cell, block.index, block.seed + 1)
        same = np.array_equal(measured(block), measured(other))
        assert not same, f"{block.cell.label} has an argument rng and does not draw from it"


def measures_leave_global_generators_alone(theorem: Theorem) -> None:
    """Neither numpy's nor Python's global generator is read or moved."""
    for block in blocks_of(theorem):
        found = []
        for seed in (1, 2):
            random.seed(seed)
            np.random.seed(seed)
            found.append(measured(block))
            expected = random.Random(seed).random(), np.random.RandomState(seed).random()
            moved = (random.random(), np.random.random()) != expected
            assert not moved, f"{block.cell.label} moves a global generator"
        same = np.array_equal(found[0], found[1])
        assert same, f"{block.cell.label} depends on a global generator"


def replicates_are_not_copies(theorem: Theorem) -> None:
    """The replicates of a random block differ, within it and from the next block's."""
    for block in random_blocks(theorem):
        values = measured(block)
        distinct = len(np.unique(values, axis=0))
        assert distinct > 1, f"{block.cell.label}: all replicates are {values[0]!r}"
        following = measured(Block(block.cell, block.index + 1, block.seed))
        same = np.array_equal(values, following)
        assert not same, f"{block.cell.label}: two blocks are equal"


def declared_reductions_are_sound(theorem: Theorem) -> None:
    """Controls have mean zero, and antithetic values have one law, in every cell.

    At the standard number of replicates; by chance a sound measure fails in 1 of 10,000 seeds.
    """
    for measure, cells in _reduced_cells(theorem).items():
        said, places, columns = reduction_of(measure), [], []
        for cell in cells:
            for k, values in enumerate(_by_place(cell, BUDGETS["standard"].replicates)):
                places.append(f"{cell.label}, place {k + 1}" if cell.places else cell.label)
                columns.append(values)
        statistic = reduced(Mean(), controls=said.controls > 0, antithetic=said.antithetic)
        assert isinstance(statistic, Reduced)
        found = doubts(places, columns, statistic)
        assert not found, "; ".join(found)


def _reduced_cells(theorem: Theorem) -> dict[Measure, list[Cell]]:
    """The cells of each measure whose replicates have columns."""
    found: dict[Measure, list[Cell]] = {}
    for cell in plan(theorem, BUDGETS["quick"]).replicates:
        if reduction_of(cell.measure).columns:
            found.setdefault(cell.measure, []).append(cell)
    return found


def _by_place(cell: Cell, replicates: int) -> list[NDArray[np.float64]]:
    """Replicates of a cell at each of its places, shape (replicates, W)."""
    blocks = [measured(Block(cell, index, SEED)) for index in range(-(-replicates // BLOCK))]
    values = np.concatenate(blocks)
    return list(np.moveaxis(values, 1, 0)) if cell.places else [values]
