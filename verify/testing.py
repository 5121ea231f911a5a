"""The battery that every theorem must pass; for the tests of a project with theorems of its own::

    @pytest.mark.parametrize("check", verify.testing.CHECKS, ids=lambda check: check.__name__)
    def test_theorem(check):
        check(THEOREM)

or all at once: `verify.testing.check_theorem(THEOREM)`.  A check raises AssertionError, saying what
was found and what was expected.
"""

import pickle
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from verify.discovery import declared
from verify.errors import InputError
from verify.inference.reduction import Reduced, doubts, reduced
from verify.inference.statistic import Mean
from verify.planning import BLOCK, BUDGETS, plan
from verify.sampling import Store, open_executor, sample
from verify.sampling.block import Block, Raised, arguments, measure_block
from verify.sequential import judge_claim
from verify.settings import Settings
from verify.spec import Cell, Theorem
from verify.spec.claim import Samples
from verify.spec.instance import Instance
from verify.spec.lint import lint
from verify.spec.measure import Measure, convention, home
from verify.spec.reduction import reduction_of
from verify.verdict import Verdict
from verify.verification import run_all

SEED = 0
ODD_SIZES = 1, 7


def check_theorem(theorem: Theorem) -> None:
    """Run the whole battery; AssertionError with every check that failed, and why."""
    failed = []
    for check in CHECKS:
        try:
            check(theorem)
        except AssertionError as error:
            failed.append(f"{check.__name__}: {error}")
    assert not failed, f"theorem {theorem.id!r} fails {len(failed)} checks\n" + "\n".join(failed)


def has_no_findings(theorem: Theorem) -> None:
    """Lint has nothing to say; without this the other checks mean little."""
    found = lint(theorem)
    assert not found, "\n".join(map(str, found))


def is_listed_as_it_is(theorem: Theorem) -> None:
    """The id and title that are read from the source are those of the theorem."""
    file = _file(theorem)
    found, expected = declared(file), (theorem.id, theorem.title)
    assert found == expected, f"{file} is listed as {found}; expected the literals {expected}"


def uses_every_assumption(theorem: Theorem) -> None:
    """Each assumption is used by a claim or dropped by a control; others say nothing."""
    used = {name for claim in theorem.claims for name in claim.uses}
    dropped = {control.violates for claim in theorem.claims for control in claim.controls}
    idle = [one.id for one in theorem.assumptions if one.id not in used | dropped]
    assert not idle, f"no claim uses {', '.join(idle)}, and no control violates it"


def controls_drop_assumptions_of_their_claim(theorem: Theorem) -> None:
    """A control that violates an assumption belongs to a claim that uses it."""
    for claim in theorem.claims:
        for control in claim.controls:
            needed = control.violates is None or control.violates in claim.uses
            assert needed, (
                f"{claim.id}: {control.id} violates {control.violates}, which is not used"
            )


def statement_has_balanced_braces(theorem: Theorem) -> None:
    """The LaTeX of the statement can be set."""
    text = theorem.statement.replace(r"\{", "").replace(r"\}", "")
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0, f"a closing brace too many at {place} in {theorem.statement!r}"
    assert depth == 0, f"{depth} braces left open in {theorem.statement!r}"


def measures_say_what_they_compute(theorem: Theorem) -> None:
    """Every measure has a docstring."""
    for block in _blocks(theorem):
        measure = block.cell.measure
        assert (measure.__doc__ or "").strip(), f"{measure.__qualname__} has no docstring"


def measures_can_be_sent_to_other_processes(theorem: Theorem) -> None:
    """A block that is pickled and read back measures with the same function."""
    for block in _blocks(theorem):
        name = block.cell.measure.__qualname__
        again = pickle.loads(pickle.dumps(block))
        assert again.cell.measure is block.cell.measure, f"{name} is another function when imported"


def measures_return_finite_replicates(theorem: Theorem) -> None:
    """The first cell of each measure gives replicates of the right shape, all finite."""
    for block in _blocks(theorem):
        _measured(block)


def instances_are_data_that_the_seed_decides(theorem: Theorem) -> None:
    """The random instances of a claim are data, and drawn again they are the same."""
    first, again = (_cells(_drawn(theorem)) for _ in range(2))
    moved = [one.label for one, other in zip(first, again, strict=False) if one != other]
    same = len(first) == len(again) and not moved
    assert same, f"drawn again, other instances are in {', '.join(moved) or 'the cells'}"


def measures_accept_every_instance(theorem: Theorem) -> None:
    """The first cell of each measure for every instance gives finite replicates."""
    first: dict[object, Cell] = {}
    for cell in _cells(_drawn(theorem)):
        given = tuple(value for _, value in cell.at if isinstance(value, Instance))
        if given:
            first.setdefault((cell.measure, given), cell)
    for cell in first.values():
        _measured(Block(cell, 0, SEED))


def measures_bear_any_size(theorem: Theorem) -> None:
    """A measure with `size` returns so many replicates, for odd sizes too."""
    for block in _blocks(theorem):
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
    for block in _blocks(theorem):
        same = np.array_equal(_measured(block), _measured(block))
        assert same, f"{block.cell.label} gives other digits when it is called again"


def measures_depend_on_the_seed(theorem: Theorem) -> None:
    """A random measure draws from the generator it is given."""
    for block in _random_blocks(theorem):
        other = Block(block.cell, block.index, block.seed + 1)
        same = np.array_equal(_measured(block), _measured(other))
        assert not same, f"{block.cell.label} has an argument rng and does not draw from it"


def measures_leave_global_generators_alone(theorem: Theorem) -> None:
    """Neither numpy's nor Python's global generator is read or moved."""
    for block in _blocks(theorem):
        found = []
        for seed in (1, 2):
            random.seed(seed)
            np.random.seed(seed)
            found.append(_measured(block))
            expected = random.Random(seed).random(), np.random.RandomState(seed).random()
            moved = (random.random(), np.random.random()) != expected
            assert not moved, f"{block.cell.label} moves a global generator"
        same = np.array_equal(found[0], found[1])
        assert same, f"{block.cell.label} depends on a global generator"


def replicates_are_not_copies(theorem: Theorem) -> None:
    """The replicates of a random block differ, within it and from the next block's."""
    for block in _random_blocks(theorem):
        values = _measured(block)
        distinct = len(np.unique(values, axis=0))
        assert distinct > 1, f"{block.cell.label}: all replicates are {values[0]!r}"
        following = _measured(Block(block.cell, block.index + 1, block.seed))
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


def digits_do_not_depend_on_the_workers(theorem: Theorem) -> None:
    """The quick budget in this process and in two others gives the same numbers."""
    one, two = _quick(theorem, workers=1), _quick(theorem, workers=2)
    for cell, values in one.items():
        assert np.array_equal(values, two[cell]), f"{cell.label} differs between 1 and 2 workers"


def verdicts_do_not_depend_on_expectations(theorem: Theorem) -> None:
    """Each claim gets the same verdict whatever verdict it expects."""
    samples = _quick(theorem, workers=1)
    for claim in _drawn(theorem).claims:
        found = {
            judge_claim(claim.replaced({"expect": expected}, claim.place), samples).verdict
            for expected in Verdict
        }
        assert len(found) == 1, f"{claim.id}: the verdict follows the expectation"


def comes_out_as_expected_and_every_control_bites(theorem: Theorem) -> None:
    """At the standard budget each claim has its expected verdict and each control is refuted.

    Of claims that are declared open neither is asked.
    """
    with TemporaryDirectory() as folder:
        options = {"budget": "standard", "seed": SEED, "command": "check_theorem"}
        settings = Settings(store=Path(folder) / "store.sqlite")
        (result,) = run_all([theorem], settings, **options)  # type: ignore[arg-type]
    asked = [claim for claim in result.outcomes if not claim.open]
    wrong = [
        f"{claim.id} {claim.verdict}, expected {claim.expected}"
        for claim in asked
        if claim.verdict is not claim.expected
    ]
    wrong += [
        f"control {control.id} of {claim.id} {control.verdict}, expected REFUTED"
        for claim in asked
        for control in claim.controls
        if control.verdict is not Verdict.REFUTED
    ]
    assert not wrong, "; ".join(wrong)


CHECKS: tuple[Callable[[Theorem], None], ...] = (
    has_no_findings,
    is_listed_as_it_is,
    uses_every_assumption,
    controls_drop_assumptions_of_their_claim,
    statement_has_balanced_braces,
    measures_say_what_they_compute,
    measures_can_be_sent_to_other_processes,
    measures_return_finite_replicates,
    instances_are_data_that_the_seed_decides,
    measures_accept_every_instance,
    measures_bear_any_size,
    measures_repeat_with_the_seed,
    measures_depend_on_the_seed,
    measures_leave_global_generators_alone,
    replicates_are_not_copies,
    declared_reductions_are_sound,
    digits_do_not_depend_on_the_workers,
    verdicts_do_not_depend_on_expectations,
    comes_out_as_expected_and_every_control_bites,
)
"""Every check, in the order in which they explain most."""


def _file(theorem: Theorem) -> Path:
    """The file that declares the theorem: where its measures live, or where it says it stands."""
    measures = [cell.measure for cell in _cells(theorem)]
    return home(measures[0])[1] if measures else Path(theorem.place.rpartition(":")[0])


def _drawn(theorem: Theorem) -> Theorem:
    """The theorem with its random instances."""
    try:
        return theorem.drawn(SEED)
    except InputError as error:
        raise AssertionError(str(error)) from None


def _cells(theorem: Theorem) -> list[Cell]:
    return list(plan(theorem, BUDGETS["quick"]).replicates)


def _blocks(theorem: Theorem) -> Iterator[Block]:
    """The first block of the first cell of each measure."""
    first: dict[str, Cell] = {}
    for cell in _cells(_drawn(theorem)):
        first.setdefault(f"{cell.measure.__module__}.{cell.measure.__qualname__}", cell)
    return (Block(cell, 0, SEED) for cell in first.values())


def _random_blocks(theorem: Theorem) -> Iterator[Block]:
    return (block for block in _blocks(theorem) if convention(block.cell.measure).random)


def _reduced_cells(theorem: Theorem) -> dict[Measure, list[Cell]]:
    """The cells of each measure whose replicates have columns."""
    found: dict[Measure, list[Cell]] = {}
    for cell in plan(theorem, BUDGETS["quick"]).replicates:
        if reduction_of(cell.measure).columns:
            found.setdefault(cell.measure, []).append(cell)
    return found


def _by_place(cell: Cell, replicates: int) -> list[NDArray[np.float64]]:
    """Replicates of a cell at each of its places, shape (replicates, W)."""
    blocks = [_measured(Block(cell, index, SEED)) for index in range(-(-replicates // BLOCK))]
    values = np.concatenate(blocks)
    return list(np.moveaxis(values, 1, 0)) if cell.places else [values]


def _measured(block: Block) -> NDArray[np.float64]:
    found = measure_block(block)
    assert not isinstance(found, Raised), f"{block.cell.label}: {found}"
    return found


def _quick(theorem: Theorem, workers: int) -> Samples:
    """What the quick budget measures, in a store of its own."""
    work = plan(_drawn(theorem), BUDGETS["quick"])
    with (
        TemporaryDirectory() as folder,
        Store(Path(folder) / "store.sqlite") as store,
        open_executor(workers) as executor,
    ):
        measured = sample(work, SEED, store, executor)
    assert not measured.failures, "; ".join(
        f"{one.cell}: {one.error}" for one in measured.failures.values()
    )
    return measured.samples
