"""Common random numbers: a generator for each replicate, the same wherever it is measured."""

from pathlib import Path

import numpy as np
import pytest

from tests.claims import bandit
from verify.planning import Plan
from verify.sampling import Store, open_executor, sample
from verify.sampling.block import BLOCK, Block
from verify.sampling.measuring import Raised, measure_block
from verify.spec.measure import cell

from . import measures
from .measures import block

GOLDEN = [16612463183014093125, 10932173149428304451]
"""First word of the generators of `measures.shared` for replicates 0 and 70, seed 7."""


def replicates(one: Block) -> np.ndarray:
    found = measure_block(one)
    assert isinstance(found, np.ndarray), found
    return found


def first_words(one: Block) -> list[int]:
    return [int(rng.bit_generator.random_raw()) for rng in one.generators()]


def test_the_generator_of_a_replicate_never_changes() -> None:
    start, third = (block(measures.shared, index=index, seed=7) for index in (0, 2))
    assert [first_words(start)[0], first_words(third)[70 - 2 * BLOCK]] == GOLDEN


def test_a_replicate_has_the_same_numbers_at_every_setting() -> None:
    for index in (0, 3):
        one, other = (replicates(block(measures.shared, index=index, n=n)) for n in (8, 64))
        assert np.array_equal(8 * one, 64 * other)
    assert not np.array_equal(
        replicates(block(measures.shared)), replicates(block(measures.shared, 1))
    )


def test_other_replicates_seeds_and_measures_have_other_numbers() -> None:
    words = [
        *(word for index in range(3) for word in first_words(block(measures.shared, index=index))),
        *first_words(block(measures.shared, seed=1)),
        *first_words(block(measures.shared_too)),
    ]
    assert len(set(words)) == 5 * BLOCK


def test_without_the_declaration_the_generator_is_that_of_the_block() -> None:
    one = block(measures.one_draw)
    assert len({id(rng) for rng in one.generators()}) == 1


def test_rows_with_columns_match_as_well() -> None:
    one, other = (
        replicates(Block(cell(bandit.matched, {"T": horizon}), 0, 0)) for horizon in (64, 4096)
    )
    assert one.shape == (BLOCK, 2)
    # The noises of the horizon are drawn alike; those of the longer one are larger.
    assert np.corrcoef(one[:, 1], other[:, 1])[0, 1] > 0.9


def test_digits_depend_neither_on_workers_nor_on_the_store(tmp_path: Path) -> None:
    work = Plan({cell(bandit.matched, {"T": horizon}): 64 for horizon in (64, 512)})

    def bits(name: str, workers: int) -> list[bytes]:
        with Store(tmp_path / name) as store, open_executor(workers) as executor:
            return [v.tobytes() for v in sample(work, 7, store, executor).samples.values()]

    expected = bits("one", 1)
    assert bits("one", 1) == expected, "from the store"
    assert bits("two", 2) == expected


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (measures.without_control, r"returned shape (32,); expected (32, 2), the quantity and 1 c"),
        (measures.lone_pair, r"returned shape (3,); expected (2,), two antithetic values"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_wrong_shape_says_what_the_columns_are(measure, words: str) -> None:
    found = measure_block(block(measure))
    assert isinstance(found, Raised)
    assert words in found.error


def test_of_a_run_the_columns_stand_at_each_place() -> None:
    found = measure_block(Block(cell(measures.flat_runs, {"n": (8, 16, 32)}), 0, 0))
    assert isinstance(found, Raised)
    assert found.error.endswith(
        "expected (32, 3, 2), two antithetic values for each place of the sweep"
    )
