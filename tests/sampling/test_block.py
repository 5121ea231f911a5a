"""A block is drawn by a generator of its own, and says what is wrong instead of raising."""

import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any

import numpy as np
import pytest

from theorems import monte_carlo
from verify.errors import InputError
from verify.sampling.block import BLOCK, Block, canonical
from verify.sampling.measuring import Raised, measure_block
from verify.spec.measure import Measure, cell

from . import measures
from .measures import block

GOLDEN = [8262939286014438399, 14396579264232184997, 16319258631385448870]
"""First words of the generator of `theorems.monte_carlo.error` at n=8, block 2, seed 7."""


def words(one: Block) -> list[int]:
    return [int(word) for word in one.generator().bit_generator.random_raw(3)]


def replicates(one: Block) -> np.ndarray:
    found = measure_block(one)
    assert isinstance(found, np.ndarray)
    return found


def failure(one: Block) -> Raised:
    found = measure_block(one)
    assert isinstance(found, Raised)
    return found


def test_the_generator_of_a_block_never_changes() -> None:
    assert words(block(monte_carlo.error, index=2, seed=7)) == GOLDEN


@pytest.mark.parametrize("salt", ["0", "1"])
def test_the_generator_does_not_depend_on_the_salt_of_pythons_hash(salt: str) -> None:
    program = (
        "from theorems import monte_carlo; from tests.sampling.measures import block;"
        "one = block(monte_carlo.error, index=2, seed=7);"
        "print(*one.generator().bit_generator.random_raw(3))"
    )
    path = os.pathsep.join(sys.path)
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONHASHSEED": salt, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [int(word) for word in done.stdout.split()] == GOLDEN


def test_each_block_has_a_generator_of_its_own() -> None:
    blocks = [
        *(block(measures.draws, index=index, seed=seed) for index in range(4) for seed in range(4)),
        *(block(measures.draws, n=n) for n in (9, 80)),
        block(measures.draws, n=8, d=1),
        block(measures.other_draws),
        block(measures.draws, seed=2**80),
    ]
    assert len({tuple(words(one)) for one in blocks}) == len(blocks)


def test_the_order_of_the_variables_does_not_matter() -> None:
    assert words(block(measures.draws, n=8, d=1)) == words(block(measures.draws, d=1, n=8))


@pytest.mark.parametrize("number", [8.0, np.int64(8), np.float64(8), np.int32(8)], ids=repr)
def test_equal_numbers_make_one_cell_with_one_generator(number: Any) -> None:
    one, other = block(measures.draws, n=8), block(measures.draws, n=number)
    assert one.cell == other.cell
    assert canonical(one.cell) == canonical(other.cell)
    assert words(one) == words(other)


def test_zero_has_no_sign() -> None:
    assert words(block(measures.draws, t=0.0)) == words(block(measures.draws, t=-0.0))


def test_a_measure_with_size_returns_the_block_at_once() -> None:
    one = block(measures.draws)
    assert one.size == BLOCK
    assert np.array_equal(replicates(one), one.generator().normal(size=BLOCK) / 8)


def test_a_measure_without_size_is_called_for_each_replicate_on_one_generator() -> None:
    one = block(measures.one_draw)
    generator = one.generator()
    assert replicates(one).tolist() == [generator.normal() / 8 for _ in range(BLOCK)]


def test_a_measure_without_a_generator_is_evaluated_once() -> None:
    one = block(measures.exact)
    assert one.size == 1
    assert replicates(one).tolist() == [1 / 8]


@pytest.mark.parametrize(
    ("measure", "error"),
    [
        (measures.one_too_many, r"one_too_many returned shape \(33,\); expected \(32,\)"),
        (measures.nothing, r"nothing returned None; expected .*"),
        (measures.a_pair, r"a_pair returned shape \(2,\); expected .*"),
        (measures.pairs, r"pairs returned shape \(2,\); expected .*"),
        (measures.words, r"words returned 'seven'; expected real numbers"),
        (measures.raises, r"ValueError: 8 is too many"),
        (measures.leaves, r"SystemExit: 0"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_measure_that_fails_is_told_why(measure: Measure, error: str) -> None:
    assert re.fullmatch(error, failure(block(measure)).error)


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        (measures.a_fraction, 1 / 8),
        (measures.beyond_64_bits, 8.0**30),
        (measures.many_digits, 1 / 8),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_real_number_may_be_of_any_type(measure: Measure, value: float) -> None:
    assert replicates(block(measure)).tolist() == [value]


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_one_number_that_is_not_finite_fails_the_block(value: str) -> None:
    found = failure(block(measures.not_finite, n=8, value=value))
    assert found.error == f"not_finite returned {value}; expected finite numbers"


def test_an_imaginary_part_is_not_dropped() -> None:
    assert "complex" in failure(block(measures.complex_numbers)).error


def test_a_failure_carries_the_traceback_of_the_measure() -> None:
    trace = failure(block(measures.raises)).trace
    assert "measures.py" in trace
    assert 'raise ValueError(f"{n} is too many")' in trace


def test_a_missing_variable_is_a_failure_that_names_it() -> None:
    assert "'n'" in failure(Block(cell(measures.draws, {}), 0, 0)).error


def test_a_block_travels_to_another_process_and_back() -> None:
    one = block(measures.draws, index=3, seed=5)
    assert pickle.loads(pickle.dumps(one)) == one


def test_a_measure_that_stands_in_no_file_is_refused() -> None:
    def typed_in(n: int) -> float:
        return 1 / n

    typed_in.__module__ = "a_console"
    with pytest.raises(InputError, match="typed_in is not defined in a file; put the theorem into"):
        block(typed_in).generator()


def test_measuring_twice_gives_the_same_digits() -> None:
    kinds: list[Callable[..., Any]] = [measures.draws, measures.one_draw, measures.exact]
    for kind in kinds:
        assert isinstance(kind, FunctionType)
        assert replicates(block(kind)).tobytes() == replicates(block(kind)).tobytes()
