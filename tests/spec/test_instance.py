"""Instances: data that the seed decides, whatever else is loaded, and that are all of a cell."""

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume
from hypothesis.strategies import (
    SearchStrategy,
    booleans,
    builds,
    composite,
    dictionaries,
    floats,
    integers,
    just,
    lists,
    none,
    nothing,
    one_of,
    sampled_from,
    text,
    tuples,
)

from verify.errors import InputError
from verify.sampling.block import Block, canonical
from verify.sampling.measuring import arguments
from verify.spec.instance import Instance, draw
from verify.spec.measure import cell

from . import specs

PAIR = tuples(integers(-9, 9), floats(0, 1))


def data(strategy: SearchStrategy[Any], count: int = 8, seed: int = 0) -> list[Any]:
    return [one["x"].data for one in draw({"x": strategy}, count, seed)]


def test_the_seed_decides_what_is_drawn_and_more_begin_with_the_same() -> None:
    assert data(PAIR) == data(PAIR)
    assert data(PAIR, seed=1)[1:] != data(PAIR)[1:]
    assert data(PAIR, count=20)[:8] == data(PAIR)


def test_the_simplest_instance_is_first_and_all_differ() -> None:
    found = data(PAIR, count=30)
    assert found[0] in ([-9, 0.0], [0, 0.0])  # what zeros stand for differs between versions
    assert len({json.dumps(one) for one in found}) == 30
    assert all(-9 <= k <= 9 and 0 <= x <= 1 for k, x in found)
    assert len({k for k, _ in found}) > 8


def test_variables_are_drawn_together_and_numbered_from_one() -> None:
    found = draw({"a": booleans(), "b": integers(0, 1)}, 8, 0)
    assert len({(one["a"].data, one["b"].data) for one in found}) == 4
    assert [str(one["b"]) for one in found] == [f"instance {k}" for k in (1, 2, 3, 4)]


DRAWN = """
{more}
from verify.spec.instance import draw
from hypothesis.strategies import floats, integers, tuples
found = draw({{"x": tuples(floats(0, 1), integers(-(2**40), 2**40))}}, 40, 0)
print([one["x"].text for one in found])
"""


def test_nothing_that_happens_to_be_loaded_changes_what_is_drawn(tmp_path: Path) -> None:
    """Hypothesis mixes constants of loaded modules into what it generates under its own seed."""
    constants = ", ".join(f"0.{k}71, {k}123" for k in range(1, 400))
    (tmp_path / "constants.py").write_text(f"A = [{constants}]\n", encoding="utf-8")
    found = {
        subprocess.run(
            [sys.executable, "-c", DRAWN.format(more=more)],
            cwd=tmp_path, capture_output=True, text=True, check=True,
        ).stdout
        for more in ("", "import constants", "import random; random.seed(5)")
    }  # fmt: skip
    assert len(found) == 1


@pytest.mark.parametrize(
    "strategy",
    [
        integers(-(2**62), 2**62),
        floats(allow_nan=False, allow_infinity=False),
        text(),
        one_of(none(), booleans()),
        lists(lists(integers(0, 5))),
        dictionaries(text(), tuples(booleans(), floats(-1, 1))),
        sampled_from(["a", 1, 1.5, None, True]),
    ],
    ids=str,
)
def test_what_json_has_is_carried_without_loss(strategy: SearchStrategy[Any]) -> None:
    for one in draw({"x": strategy}, 8, 0):
        value = one["x"]
        assert json.loads(json.dumps(value.data)) == value.data
        assert pickle.loads(pickle.dumps(value)) == value
        assert hash(value) == hash(Instance(value.text, 99))
        assert value == Instance(value.text, 99)


@pytest.mark.parametrize(
    ("strategy", "words"),
    [
        (just({1, 2}), "the strategy of 'x' drew {1, 2}; expected finite numbers, text, bool"),
        (just(float("nan")), "drew nan"),
        (just(float("inf")), "drew inf"),
        (just([{2: "a"}]), "drew [{2: 'a'}]"),
        (just(2**63), "drew 9223372036854775808"),
        (just("\ud800"), "drew '\\ud800'"),
        (just(1j), "drew 1j"),
        (just(b"bytes"), "drew b'bytes'"),
        (builds(specs.rate), "drew Rate("),
    ],
)
def test_what_is_not_data_is_refused(strategy: SearchStrategy[Any], words: str) -> None:
    with pytest.raises(InputError) as caught:
        draw({"x": strategy}, 2, 0)
    assert words in str(caught.value)


def test_a_strategy_that_makes_few_gives_fewer() -> None:
    assert data(booleans()) == [False, True]
    assert data(integers(0, 9).filter(lambda k: k == 7)) == [7]


@composite
def _rejected(draw: Any) -> int:
    value: int = draw(integers())
    assume(condition=False)
    return value


@pytest.mark.parametrize("strategy", [_rejected(), nothing(), integers().filter(lambda _: False)])
def test_a_strategy_that_makes_none_is_refused(strategy: SearchStrategy[Any]) -> None:
    with pytest.raises(InputError, match="the strategy of 'x' yields nothing"):
        draw({"x": strategy}, 2, 0)


@pytest.mark.parametrize(
    ("strategy", "words"),
    [
        (integers(5, 1), "drawing 'x' raised InvalidArgument: "),
        (integers().map(lambda k: k // 0), "drawing 'x' raised ZeroDivisionError: "),
    ],
)
def test_a_strategy_that_raises_is_named(strategy: SearchStrategy[Any], words: str) -> None:
    with pytest.raises(InputError) as caught:
        draw({"x": strategy}, 2, 0)
    assert words in str(caught.value)


# In a cell.


def _cell(text: str, number: int = 3) -> Any:
    return cell(specs.measured, {"n": 8, "slopes": Instance(text, number)})


def test_a_cell_is_that_of_its_data_and_is_named_by_its_number() -> None:
    one = _cell("[1,2.5]")
    assert one.label == "measured(n=8, slopes=instance 3)"
    assert one.row == ()
    assert one == _cell("[1,2.5]", number=5)
    assert one != _cell("[1,2]")
    assert {one: 1}[_cell("[1,2.5]", number=5)] == 1


def test_its_text_differs_from_that_of_a_run_over_the_same_numbers() -> None:
    assert canonical(_cell("[1,2.5]")) == '{"n":8,"slopes":{"instance":[1,2.5]}}'
    run = cell(specs.measured, {"n": 8, "slopes": (1, 2.5)})
    assert canonical(run) == '{"n":8,"slopes":[1,2.5]}'


def test_a_measure_gets_data_of_its_own_at_each_call() -> None:
    one = _cell('{"a":[1,2]}')
    first, second = arguments(one), arguments(one)
    assert first == second == {"n": 8, "slopes": {"a": [1, 2]}}
    first["slopes"]["a"].append(3)
    assert arguments(one) == second


def test_a_block_travels_with_its_instance() -> None:
    block = Block(_cell("[1,2.5]"), 4, 7)
    again = pickle.loads(pickle.dumps(block))
    assert again == block
    assert again.cell.label == block.cell.label
    assert again.generator().random() == block.generator().random()
