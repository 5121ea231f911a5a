"""What a store holds can be listed, read as rows, and removed."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.claims import walks
from verify.errors import StoreError
from verify.sampling import Store
from verify.sampling.inventory import Chosen, columns, holdings, remove, rows
from verify.spec.instance import Instance
from verify.spec.measure import Cell, cell

from . import measures
from .measures import ODD, block

ALONE = block(measures.exact)


@pytest.fixture
def filled(store: Store) -> Store:
    for index in range(2):
        store.save(block(measures.draws, index=index, seed=3), ODD + index)
    store.save(block(measures.draws, n=9, seed=3), ODD)
    store.save(ALONE, np.array([1 / 8]))
    return store


def test_holdings_count_cells_blocks_and_bytes(filled: Store) -> None:
    found = [(one.measure.rpartition(".")[2], one.seed, one.cells, one.blocks, one.size)
             for one in holdings(filled)]  # fmt: skip
    assert found == [("draws", "3", 2, 3, 768), ("exact", "0", 1, 1, 8)]
    assert len(holdings(filled, Chosen(seed=0))) == 1


def test_rows_have_every_number_with_its_variables(filled: Store) -> None:
    wanted = Chosen(measure=f"{measures.__name__}.draws")
    found = list(rows(filled, wanted))
    assert list(columns(filled, wanted)) == [
        *("measure", "seed", "source", "replicate", "n", "column", "value")
    ]
    assert [row["replicate"] for row in found] == [*range(64), *range(32)]
    assert [row["n"] for row in found] == [8] * 64 + [9] * 32
    assert [row["value"] for row in found] == [*ODD, *(ODD + 1), *ODD]


def test_an_exact_measure_has_one_row(filled: Store) -> None:
    (row,) = rows(filled, Chosen(seed=0))
    assert (row["replicate"], row["n"], row["value"]) == (0, 8, 1 / 8)


def test_a_run_that_is_read_at_many_places_has_a_row_for_each(store: Store) -> None:
    one = block(walks.displacement, n=(8, 16))
    values = np.arange(64.0).reshape(32, 2)
    store.save(one, values)
    found = [(row["replicate"], row["n"], row["value"]) for row in rows(store)]
    assert found[:3] == [(0, 8, 0.0), (0, 16, 1.0), (1, 8, 2.0)]
    assert len(found) == 64


def test_columns_know_what_is_in_them(store: Store) -> None:
    drawn = Cell(measures.exact, (("law", Instance('{"a":1}', 1)), ("n", 8)))
    for one in (
        drawn,
        cell(measures.exact, {"n": 8, "t": 0.5, "seed": 1}),
        cell(measures.exact, {"n": 9, "t": 1}),
    ):
        store.save(type(ALONE)(one, 0, 0), np.array([1.0]))
    kinds = columns(store)
    assert {name: kinds[name] for name in ("n", "t", "law", "seed_", "seed")} == {
        "n": "int64",
        "t": "float64",
        "law": "string",
        "seed_": "int64",
        "seed": "string",
    }
    assert [row["law"] for row in rows(store) if "law" in row] == ['{"a": 1}']


@pytest.mark.parametrize("damage", ["substr(replicates, 1, 99)", "zeroblob(256)", "'text'"])
def test_damaged_numbers_are_never_read_as_rows(filled: Store, damage: str) -> None:
    filled.query(f"UPDATE block SET replicates = {damage} WHERE variables LIKE '%9%'")
    with pytest.raises(StoreError, match=r"a block of \S+draws at {\"n\":9} is damaged"):
        list(rows(filled))


@pytest.mark.parametrize("damage", ["'{'", "'[9]'", "x'ff'"])
@pytest.mark.parametrize("read", [columns, lambda store: list(rows(store))])
def test_damaged_variables_are_told(
    filled: Store, damage: str, read: Callable[[Store], object]
) -> None:
    filled.query(f"UPDATE block SET variables = {damage} WHERE variables LIKE '%9%'")
    with pytest.raises(StoreError, match=r"the variables of a block of \S+draws are damaged"):
        read(filled)


@pytest.mark.parametrize(
    ("going", "left"),
    [
        (Chosen(seed=3), ["exact"]),
        (Chosen(measure=f"{measures.__name__}.exact"), ["draws"]),
        (Chosen(measure=f"{measures.__name__}.draws", not_source="another"), ["exact"]),
    ],
)
def test_what_is_chosen_is_removed_and_nothing_else(
    filled: Store, going: Chosen, left: list[str]
) -> None:
    remove(filled, [going])
    assert [one.measure.rpartition(".")[2] for one in holdings(filled)] == left


def test_what_the_present_source_measured_stays(filled: Store) -> None:
    (present,) = {one.source for one in holdings(filled)}
    remove(filled, [Chosen(not_source=present)])
    assert sum(one.blocks for one in holdings(filled)) == 4
